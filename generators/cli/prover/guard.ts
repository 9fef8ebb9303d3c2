/**
 * A process that waits for another to end, however it ends: when the standard input closes, it kills the process whose id
 * came last, and removes the scratch folder. The process that proves cannot look after itself: while an engine computes, it
 * does not notice that nobody waits for it.
 */
import { rmSync } from 'node:fs'

const scratch = process.argv[2] ?? ''

// Ctrl-C reaches all processes of a terminal; this one ends after the others.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)

let told = ''
process.stdin.setEncoding('utf8').on('data', (text) => {
  told += text
})
process.stdin.on('end', () => {
  const id = Number(told.trim().split('\n').at(-1))
  try {
    if (id > 0) process.kill(id, 'SIGKILL')
  } catch {
    // It has ended before.
  }
  rmSync(scratch, { recursive: true, force: true })
})
