/** The process that proves: it runs what sets emit and what their queries say, with as few rights as Node can give it. */
import { EngineLost } from '../../engines/postgres/embedded.js'
import { type Prover, proveWith } from '../../pipeline/verify/prover.js'
import { type Stop, stopFinding, type Watch } from '../../pipeline/verify/watch.js'
import type { FromProcess, Request, ToProcess } from './messages.js'

// Ctrl-C reaches all processes of a terminal: the one that started this ends it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined)
process.on('disconnect', () => process.exit())

/** Resolves when the message has left: what comes next may keep the process from doing anything else. */
const send = (message: FromProcess): Promise<void> =>
  new Promise((resolve) => {
    process.send?.(message, undefined, undefined, () => resolve())
  })

const breathe = (): Promise<void> => new Promise((resume) => setImmediate(resume))

let stops: ReadonlyMap<string, Stop> = new Map()
let current: { readonly key: string; readonly share: number } | null = null

const watch: Watch = {
  step: async (step, work, stopped) => {
    const stop = stops.get(step.key)
    if (stop !== undefined) return stopped(stopFinding(step, stop))
    current = { key: step.key, share: step.share }
    await send({ kind: 'step', step: current })
    const result = await work()
    current = null
    await send({ kind: 'step', step: null })
    return result
  },
  renew: () => void send({ kind: 'step', step: current }),
}

let sets: Parameters<typeof proveWith>[0] = []
let prover: Omit<Prover, 'close'> | null = null

const answerTo = (request: Request): Promise<unknown> => {
  const evidence = sets[request.set]
  if (evidence === undefined) throw new Error(`there is no set ${request.set}`)
  prover ??= proveWith(sets, watch, breathe)
  if (request.kind === 'prove') return prover.prove(evidence, request.proof)
  return prover.ask(evidence, request.asked, (text) => void send({ kind: 'progress', text }))
}

const failureOf = (failure: unknown): FromProcess => {
  if (failure instanceof EngineLost) return { kind: 'lost', reason: `the engine broke down: ${failure.message}` }
  const { message, stack = '' } = failure instanceof Error ? failure : new Error(String(failure))
  return { kind: 'failed', message, stack }
}

process.on('message', async (message: ToProcess) => {
  if (message.kind === 'sets') {
    sets = message.sets
    return
  }
  stops = message.stops
  try {
    await send({ kind: 'answer', answer: await answerTo(message.request) })
  } catch (failure) {
    await send(failureOf(failure))
  }
})
