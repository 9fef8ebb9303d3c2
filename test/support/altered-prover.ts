import type { Asked } from '../../generators/pipeline/conformance/index.js'
import type { Evidence } from '../../generators/pipeline/verify/proof.js'
import { type OpenProver, proveWith } from '../../generators/pipeline/verify/prover.js'
import { type Stop, stopFinding, type Watch } from '../../generators/pipeline/verify/watch.js'

/** What a case has a set emit, which no set does: a whole file, or a change in one. */
export type Emitted = Readonly<Record<string, string | readonly [from: string, to: string]>>

const changed = (text: string, change: string | readonly [from: string, to: string] | undefined): string => {
  if (change === undefined) return text
  if (typeof change === 'string') return change
  if (!text.includes(change[0])) throw new Error(`the output does not hold ${change[0]}`)
  return text.replace(...change)
}

export const alter = (evidence: Evidence, emitted: Emitted): Evidence => ({
  ...evidence,
  files: evidence.files.map(({ path, text }) => ({ path, text: changed(text, emitted[path]) })),
})

/** The steps that somebody stopped, by their keys. */
const stoppedWatch = (stops: Readonly<Record<string, Stop>>): Watch => ({
  step: (step, work, stopped) => {
    const stop = stops[step.key]
    return stop === undefined ? work() : Promise.resolve(stopped(stopFinding(step, stop)))
  },
  renew: () => undefined,
})

/** A prover in this process, of sets that emit something else than they do, and whose steps were stopped. */
export const alteredProver =
  (emitted: Emitted, stops: Readonly<Record<string, Stop>>): OpenProver =>
  (sets) => {
    const altered = new Map(sets.map((evidence) => [evidence, alter(evidence, emitted)]))
    const prover = proveWith([...altered.values()], stoppedWatch(stops), async () => undefined)
    const of = (evidence: Evidence): Evidence => altered.get(evidence) ?? evidence
    return {
      prove: (evidence, proof) => prover.prove(of(evidence), proof),
      ask: (evidence, asked: Asked, progress) => prover.ask(of(evidence), asked, progress),
      close: () => undefined,
    }
  }
