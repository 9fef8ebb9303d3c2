import type { Diagnostic } from '../../kernel/diagnostic.js'
import type { Asked, AskedTargets } from '../conformance/index.js'
import { commandsFit } from './commands-fit.js'
import { compiledTogether } from './compiled-together.js'
import { examplesAccepted } from './examples-accepted.js'
import { examplesRefer } from './examples-refer.js'
import { jsonSchemasLoad } from './json-schemas-load.js'
import { modelsLoad } from './models-load.js'
import { postgresHolds } from './postgres.js'
import type { Evidence, Proof, Proven } from './proof.js'
import { typesCompile } from './types-compile.js'
import { unwatched, type Watch } from './watch.js'

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

/** What makes the proofs of some sets: here, or in a process that can be ended. */
export interface Prover {
  readonly prove: (evidence: Evidence, proof: string) => Promise<Proven>
  /** Asks all targets about rows; `progress` is told the entity. */
  readonly ask: (evidence: Evidence, asked: Asked, progress: (entity: string) => void) => Promise<AskedTargets>
  readonly close: () => void
}

/** Opens a prover of sets. Milliseconds that each step may take, where its steps can be stopped. */
export type OpenProver = (sets: readonly Evidence[], limit: number) => Prover

/** What a proof comes to that was stopped as a whole. */
export const stoppedProof = (finding: Diagnostic): Proven => ({ held: null, diagnostics: [finding], unproved: [] })

/** What asking all targets comes to when it was stopped as a whole. */
export const stoppedAsking = (finding: Diagnostic): AskedTargets => ({
  conformance: null,
  diagnostics: [finding],
  unproved: [],
})

/** Makes proofs in this process. */
export const proveWith = (
  sets: readonly Evidence[],
  watch: Watch,
  breathe: () => Promise<void>,
): Omit<Prover, 'close'> => {
  const means = { compiler: compiledTogether(sets), watch }
  return {
    prove: async (evidence, id) => {
      const proof = proofs.find((each) => each.id === id)
      if (proof === undefined) throw new Error(`there is no proof ${id}`)
      return proof.prove(evidence, means)
    },
    ask: async (evidence, asked, progress) => {
      const { askTargets } = await import('../conformance/index.js')
      return askTargets(evidence, asked, { progress, breathe, watch })
    },
  }
}

/** A prover in this process: whatever it runs, nothing can stop it. */
export const proverHere: OpenProver = (sets) => ({
  ...proveWith(sets, unwatched, () => new Promise((resume) => setImmediate(resume))),
  close: () => undefined,
})
