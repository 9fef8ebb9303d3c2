import { Worker } from 'node:worker_threads'

/** Milliseconds that one input may be looked at before it counts as a hang. */
const patience = 60_000

/** Bytes of an input that are kept for the message. */
const room = 1 << 20

const guard = `
const { workerData: { count, text, patience } } = require('node:worker_threads')
const { writeSync } = require('node:fs')
let last = -1
setInterval(() => {
  const now = Atomics.load(count, 0)
  if (now !== last) { last = now; return }
  if (now === 0) return
  writeSync(2, 'an input was not done in ' + patience + ' ms:\\n' + Buffer.from(text).toString().replace(/\\0+$/, '') + '\\n')
  process.kill(process.pid, 'SIGKILL')
}, patience)
`

/** Ends a process that hangs inside one input, which no timer of its own could do, and prints the input. */
export interface Watchdog {
  readonly look: (input: string) => void
  readonly end: () => Promise<number>
}

export const startWatchdog = (): Watchdog => {
  const count = new Int32Array(new SharedArrayBuffer(4))
  const text = new Uint8Array(new SharedArrayBuffer(room))
  const worker = new Worker(guard, { eval: true, workerData: { count, text, patience } })
  worker.unref()
  return {
    look: (input) => {
      text.fill(0)
      text.set(Buffer.from(input).subarray(0, room))
      Atomics.add(count, 0, 1)
    },
    end: () => worker.terminate(),
  }
}
