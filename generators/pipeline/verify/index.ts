import type { EmittedFile } from '../../engines/script/emitted.js'
import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { wholeOf } from '../../kernel/source.js'
import { type CompiledSet, compileFolder } from '../compile.js'
import type { Asked, AskedTargets, Conformance } from '../conformance/index.js'
import { guarded } from '../guard.js'
import type { Host } from '../host.js'
import { manifestFile, readManifest } from '../manifest.js'
import { compareNames, join } from '../paths.js'
import { commandsFit } from './commands-fit.js'
import { examplesAccepted } from './examples-accepted.js'
import { examplesRefer } from './examples-refer.js'
import { jsonSchemasLoad } from './json-schemas-load.js'
import { modelsLoad } from './models-load.js'
import { postgresHolds } from './postgres.js'
import { counted, type Evidence, type Proof } from './proof.js'
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

const readText = (host: Host, path: string): string | null => {
  const bytes = host.files.read(path)
  return bytes === null ? null : new TextDecoder().decode(bytes)
}

/** The files that the manifest names, as they stand on the disk; what is missing there is `check`'s to say. */
const outputFiles = (host: Host, output: string): readonly EmittedFile[] | null => {
  const text = readText(host, join(output, manifestFile))
  const manifest = text === null ? null : readManifest(text)
  if (manifest === null) return null
  return [...manifest.keys()].sort(compareNames).flatMap((path) => {
    const content = readText(host, join(output, path))
    return content === null ? [] : [{ path, text: content }]
  })
}

interface Proofs {
  readonly diagnostics: readonly Diagnostic[]
  readonly outcomes: readonly ProofOutcome[]
}

/** Makes every proof; those that held before for the very same outputs are not made again. */
const proveAll = async (host: Host, folder: string, evidence: Evidence): Promise<Proofs> => {
  const hash = hashOfEvidence(host, evidence)
  const before = provedBefore(host, folder, hash)
  if (before !== null) return { diagnostics: [], outcomes: before }
  const diagnostics: Diagnostic[] = []
  const outcomes: ProofOutcome[] = []
  for (const { id, title, prove } of proofs) {
    host.progress(`${folder}: ${title}`)
    const proven = await prove(evidence)
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

const heldBy = ({ conformance, diagnostics }: AskedTargets, evidence: Evidence): string | null =>
  conformance === null || diagnostics.length > 0
    ? null
    : `${counted(conformance.rows, 'row')} of ${counted(evidence.set.entities.length, 'entity', 'entities')}`

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
  const answers =
    diagnostics.length > 0 ? unasked : await askTargets(evidence, asked, { progress, breathe: host.breathe })
  const findings = answers.diagnostics.length
  const proof = { id: 'conformance', title, held: heldBy(answers, evidence), findings, unproved: answers.unproved }
  return {
    diagnostics: [...diagnostics, ...answers.diagnostics],
    outcomes: [...outcomes, proof],
    conformance: answers.conformance,
  }
}

const verify = async (host: Host, folder: string, asked: Asked | null): Promise<Verified> => {
  const compiled: CompiledSet = compileFolder(host, folder)
  const { set, output, root } = compiled
  if (set === null) return { diagnostics: compiled.diagnostics, outcome: null }
  const files = outputFiles(host, output)
  if (files === null) {
    return {
      diagnostics: [...compiled.diagnostics, report('nothing-to-verify', wholeOf(root), { output })],
      outcome: null,
    }
  }
  const evidence = { set, output, files }
  const proved = { ...(await proveAll(host, folder, evidence)), conformance: null }
  const { diagnostics, outcomes, conformance } =
    asked === null ? proved : await withConformance(host, folder, evidence, asked, proved)
  return {
    diagnostics: [...compiled.diagnostics, ...diagnostics],
    outcome: { folder, name: set.name, output, proofs: outcomes, conformance },
  }
}

/**
 * Proves the outputs of a set as they stand on the disk, each on the engine it is for. Writes nothing.
 *
 * @param asked the rows that all targets are asked about besides; null for none
 */
export const verifySet = (host: Host, folder: string, asked: Asked | null = null): Promise<Verified> =>
  guarded(
    () => verify(host, folder, asked),
    (diagnostic): Verified => ({ diagnostics: [diagnostic], outcome: null }),
  )
