import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Evidence } from '../../pipeline/verify/proof.js'
import type { Stop } from '../../pipeline/verify/watch.js'
import type { FromProcess, Request, ToProcess } from './messages.js'
import { permissionFlags } from './permissions.js'
import type { Scratch } from './scratch.js'

/** What a request came to: an answer, or the step that was stopped (null where it was none) and the process with it. */
export type Outcome =
  | { readonly kind: 'answer'; readonly answer: unknown }
  | { readonly kind: 'stopped'; readonly key: string | null; readonly stop: Stop }

/** A process that proves. It answers one request after the other until a step is stopped. */
export interface Running {
  readonly ask: (
    request: Request,
    stops: ReadonlyMap<string, Stop>,
    progress: (text: string) => void,
  ) => Promise<Outcome>
  readonly kill: () => void
}

const entry = fileURLToPath(new URL('./process.js', import.meta.url))

/** How much of what a process says last is kept, to tell why it ended. */
const lastWords = 4000

const reasonOf = (code: number | null, signal: NodeJS.Signals | null, said: string): string => {
  if (/out of memory|allocation failed/i.test(said)) return 'it ran out of memory'
  if (signal === 'SIGKILL') return 'something killed it, as the operating system does when memory runs out'
  const [error = null] = /^\w*Error\b.*$/m.exec(said) ?? []
  return error ?? `it ended with ${signal ?? `exit code ${code}`}`
}

/** Starts a process that proves, with an empty environment, in a scratch folder. */
export const startProving = (sets: readonly Evidence[], limit: number, scratch: Scratch): Running => {
  const child = fork(entry, [], {
    cwd: scratch.folder,
    env: {},
    execArgv: [...permissionFlags()],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  scratch.look(child.pid ?? 0)
  let said = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-lastWords)
  })
  const send = (message: ToProcess): void => {
    // A process that has ended is noticed by its end.
    child.send(message, () => undefined)
  }
  send({ kind: 'sets', sets })

  const ask: Running['ask'] = (request, stops, progress) =>
    new Promise((resolve, reject) => {
      let key: string | null = null
      let timer: NodeJS.Timeout | undefined
      const stopTimer = (): void => clearTimeout(timer)
      const end = (outcome: Outcome): void => {
        stopTimer()
        child.removeAllListeners()
        child.on('error', () => undefined)
        if (outcome.kind === 'stopped') child.kill('SIGKILL')
        resolve(outcome)
      }
      const stopped = (stop: Stop): void => end({ kind: 'stopped', key, stop })
      const takeStep = (step: { readonly key: string; readonly share: number } | null): void => {
        stopTimer()
        key = step?.key ?? null
        if (step === null) return
        // setTimeout takes no more than 31 bits.
        const time = Math.min(limit * step.share, 2 ** 31 - 1)
        timer = setTimeout(() => stopped({ kind: 'slow', limit: limit * step.share }), time)
      }
      child.on('message', (message: FromProcess) => {
        if (message.kind === 'step') takeStep(message.step)
        else if (message.kind === 'progress') progress(message.text)
        else if (message.kind === 'answer') end(message)
        else if (message.kind === 'lost') stopped({ kind: 'crashed', reason: message.reason })
        else reject(Object.assign(new Error(message.message), { stack: message.stack }))
      })
      child.on('error', (failure) => stopped({ kind: 'crashed', reason: failure.message }))
      child.on('close', (code, signal) => stopped({ kind: 'crashed', reason: reasonOf(code, signal, said) }))
      send({ kind: 'request', request, stops })
    })
  return { ask, kill: () => void child.kill('SIGKILL') }
}
