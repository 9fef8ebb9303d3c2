import type { Diagnostic } from '../../kernel/diagnostic.js'
import { hasErrors } from '../../kernel/result.js'
import type { Asked, AskedTargets, Conformance } from '../conformance/index.js'
import { eachSet, type RunResult } from '../each-set.js'
import { guarded } from '../guard.js'
import type { Host } from '../host.js'
import type { OutputClaims } from '../outputs.js'
import { type Begun, begin } from './begin.js'
import { counted, type Evidence } from './proof.js'
import { hashOfEvidence, provedBefore, rememberProofs } from './proved-before.js'
import { type OpenProver, type Prover, proofs, proverHere } from './prover.js'

/** What one proof came to for a set. */
export interface ProofOutcome {
  readonly id: string
  readonly title: string
  /** What held, in a few words; null where something did not, or where there was nothing to prove. */
  readonly held: string | null
  readonly findings: number
  readonly unproved: readonly string[]
}

export interface VerifiedSet {
  readonly folder: string
  readonly name: string
  readonly output: string
  readonly proofs: readonly ProofOutcome[]
  /** Null where it was not asked for, or could not be had: the proof of that name says why. */
  readonly conformance: Conformance | null
}

/** `outcome` is null where there was nothing to prove: the set has errors, or was not generated. */
export interface Verified {
  readonly diagnostics: readonly Diagnostic[]
  readonly outcome: VerifiedSet | null
}

interface Proofs {
  readonly diagnostics: readonly Diagnostic[]
  readonly outcomes: readonly ProofOutcome[]
}

/** Makes every proof; those that held before for the very same outputs are not made again. */
const proveAll = async (host: Host, folder: string, evidence: Evidence, { limit, prover }: Means): Promise<Proofs> => {
  const hash = hashOfEvidence(host, evidence, limit)
  const before = provedBefore(host, folder, hash)
  if (before !== null) return { diagnostics: [], outcomes: before }
  const diagnostics: Diagnostic[] = []
  const outcomes: ProofOutcome[] = []
  for (const { id, title } of proofs) {
    host.progress(`${folder}: ${title}`)
    const proven = await prover().prove(evidence, id)
    diagnostics.push(...proven.diagnostics)
    outcomes.push({ id, title, held: proven.held, findings: proven.diagnostics.length, unproved: proven.unproved })
    await host.breathe()
  }
  if (diagnostics.length === 0) rememberProofs(host, folder, hash, outcomes)
  return { diagnostics, outcomes }
}

const unasked: AskedTargets = {
  conformance: null,
  diagnostics: [],
  unproved: ['no target was asked about any row, since the outputs do not hold what is proved above'],
}

const heldBy = ({ conformance, diagnostics }: AskedTargets): string | null =>
  conformance === null || conformance.rows === 0 || hasErrors(diagnostics)
    ? null
    : `${counted(conformance.rows, 'row')} of ${counted(conformance.entities, 'entity', 'entities')}`

/** Asks all targets about rows, where the outputs hold what the other proofs say of them. */
const withConformance = async (
  host: Host,
  folder: string,
  evidence: Evidence,
  asked: Asked,
  { prover }: Means,
  { diagnostics, outcomes }: Proofs,
): Promise<Proofs & Pick<AskedTargets, 'conformance'>> => {
  const title = 'rows mean one thing to all targets'
  const progress = (entity: string): void => host.progress(`${folder}: ${title}: ${entity}`)
  const answers = hasErrors(diagnostics) ? unasked : await prover().ask(evidence, asked, progress)
  const findings = answers.diagnostics.length
  const proof = { id: 'conformance', title, held: heldBy(answers), findings, unproved: answers.unproved }
  return {
    diagnostics: [...diagnostics, ...answers.diagnostics],
    outcomes: [...outcomes, proof],
    conformance: answers.conformance,
  }
}

/** What is asked of a set, and what proves it. */
interface Means {
  readonly asked: Asked | null
  /** Milliseconds that each query may take. */
  readonly limit: number
  /** Opened when something is to be proved. */
  readonly prover: () => Prover
}

const proveSet = async (host: Host, folder: string, evidence: Evidence, means: Means): Promise<Verified> => {
  const { asked } = means
  const proved = { ...(await proveAll(host, folder, evidence, means)), conformance: null }
  const { diagnostics, outcomes, conformance } =
    asked === null ? proved : await withConformance(host, folder, evidence, asked, means, proved)
  const { set, output } = evidence
  return { diagnostics, outcome: { folder, name: set.name, output, proofs: outcomes, conformance } }
}

const refused = (diagnostic: Diagnostic): Begun & Verified => ({ diagnostics: [diagnostic], outcome: null })

const beginSet = (host: Host, folder: string, claims: OutputClaims): Promise<Begun> =>
  guarded(() => begin(host, folder, claims), refused)

const finishSet = async (host: Host, folder: string, begun: Begun, means: Means): Promise<Verified> => {
  const { outcome: evidence } = begun
  if (evidence === null) return { diagnostics: begun.diagnostics, outcome: null }
  const { diagnostics, outcome } = await guarded(() => proveSet(host, folder, evidence, means), refused)
  return { diagnostics: [...begun.diagnostics, ...diagnostics], outcome }
}

/** How sets are verified. */
export interface VerifyOptions {
  /** The rows that all targets are asked about besides; null for none. */
  readonly asked?: Asked | null
  /** Milliseconds that each query may take, and anything else that runs a text of the user's. */
  readonly limit?: number
  readonly openProver?: OpenProver
}

/** Milliseconds that a query may take when nothing else is said: examples are few, and queries take some of them. */
export const defaultLimit = 60_000

/** Sets of which something is still to be proved, or asked. */
const setsToProve = (host: Host, begun: RunResult<Begun>, asked: Asked | null, limit: number): readonly Evidence[] =>
  begun.sets.flatMap(({ folder, result: { outcome } }) => {
    if (outcome === null) return []
    const isProved = provedBefore(host, folder, hashOfEvidence(host, outcome, limit)) !== null
    return isProved && asked === null ? [] : [outcome]
  })

const proveSets = async (host: Host, begun: RunResult<Begun>, options: VerifyOptions): Promise<RunResult<Verified>> => {
  const { asked = null, limit = defaultLimit, openProver = proverHere } = options
  const opened: { prover: Prover | null } = { prover: null }
  const prover = (): Prover => {
    opened.prover ??= openProver(setsToProve(host, begun, asked, limit), limit)
    return opened.prover
  }
  try {
    const sets: { readonly folder: string; readonly result: Verified }[] = []
    for (const { folder, result } of begun.sets)
      sets.push({ folder, result: await finishSet(host, folder, result, { asked, limit, prover }) })
    return { diagnostics: begun.diagnostics, sets }
  } finally {
    opened.prover?.close()
  }
}

/**
 * Proves the outputs of every set that the paths name, each on the engine it is for: what one set fails at stops no other.
 * Writes nothing, and runs nothing but what the sets emit now.
 */
export const verifySets = async (
  host: Host,
  paths: readonly string[],
  options: VerifyOptions = {},
): Promise<RunResult<Verified>> => {
  const begun = await eachSet(host, paths, (folder, claims) => beginSet(host, folder, claims))
  const { diagnostics, sets } = await proveSets(host, begun, options)
  const early = new Set(begun.diagnostics)
  const later = sets.flatMap(({ result }) => result.diagnostics.filter((diagnostic) => !early.has(diagnostic)))
  return { diagnostics: [...diagnostics, ...later], sets }
}

/** `verifySets` of one set, whose folder is known. */
export const verifySet = async (host: Host, folder: string, options: VerifyOptions = {}): Promise<Verified> => {
  const result = await beginSet(host, folder, new Map())
  const { sets } = await proveSets(host, { diagnostics: [], sets: [{ folder, result }] }, options)
  return sets[0]?.result ?? { diagnostics: result.diagnostics, outcome: null }
}
