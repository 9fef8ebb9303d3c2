import { wholeOf } from '../../kernel/source.js'
import type { AskedTargets } from '../../pipeline/conformance/index.js'
import type { Evidence, Proven } from '../../pipeline/verify/proof.js'
import { type OpenProver, stoppedAsking, stoppedProof } from '../../pipeline/verify/prover.js'
import { type Stop, stopFinding } from '../../pipeline/verify/watch.js'
import type { Request } from './messages.js'
import { type Running, startProving } from './running.js'
import { openScratch } from './scratch.js'

const ignore = (): void => undefined

/**
 * A prover in a process of its own, which is ended when a step takes too long or when this process ends. What was asked of
 * it is then asked of a new one, which leaves out the steps that were stopped.
 */
export const proverInProcess: OpenProver = (sets, limit) => {
  const scratch = openScratch()
  const stops = new Map<string, Stop>()
  let running: Running | null = null
  const close = (): void => {
    process.off('exit', close)
    running?.kill()
    scratch.remove()
  }
  process.on('exit', close)

  /** The answer, or why the process ended outside of any step that it could leave out. */
  const request = async (asked: Request, progress: (text: string) => void): Promise<{ answer: unknown } | Stop> => {
    for (;;) {
      running ??= startProving(sets, limit, scratch)
      const outcome = await running.ask(asked, stops, progress)
      if (outcome.kind === 'answer') return outcome
      running = null
      if (outcome.key === null || stops.has(outcome.key)) return outcome.stop
      stops.set(outcome.key, outcome.stop)
    }
  }

  const finding = ({ set }: Evidence, what: string, stop: Stop) =>
    stopFinding({ what, at: wholeOf(set.origin.source) }, stop)

  return {
    prove: async (evidence, proof) => {
      const outcome = await request({ kind: 'prove', set: sets.indexOf(evidence), proof }, ignore)
      if ('answer' in outcome) return outcome.answer as Proven
      return stoppedProof(finding(evidence, `the proof \`${proof}\``, outcome))
    },
    ask: async (evidence, asked, progress) => {
      const outcome = await request({ kind: 'ask', set: sets.indexOf(evidence), asked }, progress)
      if ('answer' in outcome) return outcome.answer as AskedTargets
      return stoppedAsking(finding(evidence, 'asking all targets', outcome))
    },
    close,
  }
}
