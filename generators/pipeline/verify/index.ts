import type { Diagnostic } from '../../kernel/diagnostic.js'
import { hasErrors } from '../../kernel/result.js'
import type { Asked, AskedTargets, Conformance } from '../conformance/index.js'
import { eachSet, type RunResult } from '../each-set.js'
import { guarded } from '../guard.js'
import type { Host } from '../host.js'
import { type Begun, begin } from './begin.js'
import { commandsFit } from './commands-fit.js'
import { compiledTogether } from './compiled-together.js'
import { examplesAccepted } from './examples-accepted.js'
import { examplesRefer } from './examples-refer.js'
import { jsonSchemasLoad } from './json-schemas-load.js'
import { modelsLoad } from './models-load.js'
import { postgresHolds } from './postgres.js'
import { type Compiler, counted, type Evidence, type Proof } from './proof.js'
import { hashOfEvidence, provedBefore, rememberProofs } from './proved-before.js'
import { typesCompile } from './types-compile.js'

/** Everything that `verify` proves, in the order it is told. */
export const proofs: readonly Proof[] = [
  postgresHolds,
  typesCompile,
  modelsLoad,
  commandsFit,
  jsonSchemasLoad,
  examplesRefer,
  examplesAccepted,
]

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
const proveAll = async (host: Host, folder: string, evidence: Evidence, compiler: Compiler): Promise<Proofs> => {
  const hash = hashOfEvidence(host, evidence)
  const before = provedBefore(host, folder, hash)
  if (before !== null) return { diagnostics: [], outcomes: before }
  const diagnostics: Diagnostic[] = []
  const outcomes: ProofOutcome[] = []
  for (const { id, title, prove } of proofs) {
    host.progress(`${folder}: ${title}`)
    const proven = await prove(evidence, compiler)
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
  { diagnostics, outcomes }: Proofs,
): Promise<Proofs & Pick<AskedTargets, 'conformance'>> => {
  const title = 'rows mean one thing to all targets'
  const { askTargets } = await import('../conformance/index.js')
  const progress = (entity: string): void => host.progress(`${folder}: ${title}: ${entity}`)
  const answers = hasErrors(diagnostics)
    ? unasked
    : await askTargets(evidence, asked, { progress, breathe: host.breathe })
  const findings = answers.diagnostics.length
  const proof = { id: 'conformance', title, held: heldBy(answers), findings, unproved: answers.unproved }
  return {
    diagnostics: [...diagnostics, ...answers.diagnostics],
    outcomes: [...outcomes, proof],
    conformance: answers.conformance,
  }
}

/** What is asked of a set, and what compiles it. */
interface Means {
  readonly asked: Asked | null
  readonly compiler: Compiler
}

const proveSet = async (
  host: Host,
  folder: string,
  evidence: Evidence,
  { asked, compiler }: Means,
): Promise<Verified> => {
  const proved = { ...(await proveAll(host, folder, evidence, compiler)), conformance: null }
  const { diagnostics, outcomes, conformance } =
    asked === null ? proved : await withConformance(host, folder, evidence, asked, proved)
  const { set, output } = evidence
  return { diagnostics, outcome: { folder, name: set.name, output, proofs: outcomes, conformance } }
}

const refused = (diagnostic: Diagnostic): Begun & Verified => ({ diagnostics: [diagnostic], outcome: null })

const beginSet = (host: Host, folder: string): Promise<Begun> => guarded(async () => begin(host, folder), refused)

const finishSet = async (host: Host, folder: string, begun: Begun, means: Means): Promise<Verified> => {
  const { outcome: evidence } = begun
  if (evidence === null) return { diagnostics: begun.diagnostics, outcome: null }
  const { diagnostics, outcome } = await guarded(() => proveSet(host, folder, evidence, means), refused)
  return { diagnostics: [...begun.diagnostics, ...diagnostics], outcome }
}

const isProvedBefore = (host: Host, folder: string, evidence: Evidence): boolean =>
  provedBefore(host, folder, hashOfEvidence(host, evidence)) !== null

/**
 * Proves the outputs of every set that the paths name as they stand on the disk, each on the engine it is for: what one
 * set fails at stops no other. Writes nothing.
 *
 * @param asked the rows that all targets are asked about besides; null for none
 */
export const verifySets = async (
  host: Host,
  paths: readonly string[],
  asked: Asked | null = null,
): Promise<RunResult<Verified>> => {
  const begun = await eachSet(host, paths, (folder) => beginSet(host, folder))
  const toProve = begun.sets.flatMap(({ folder, result: { outcome } }) =>
    outcome === null || isProvedBefore(host, folder, outcome) ? [] : [outcome],
  )
  const means = { asked, compiler: compiledTogether(toProve) }
  const sets: { readonly folder: string; readonly result: Verified }[] = []
  for (const { folder, result } of begun.sets)
    sets.push({ folder, result: await finishSet(host, folder, result, means) })
  const early = new Set(begun.diagnostics)
  const later = sets.flatMap(({ result }) => result.diagnostics.filter((diagnostic) => !early.has(diagnostic)))
  return { diagnostics: [...begun.diagnostics, ...later], sets }
}

/** `verifySets` of one set, whose folder is known. */
export const verifySet = async (host: Host, folder: string, asked: Asked | null = null): Promise<Verified> =>
  finishSet(host, folder, await beginSet(host, folder), { asked, compiler: compiledTogether([]) })
