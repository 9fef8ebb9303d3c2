import { visibleLine } from '../kernel/safe/visible.js'
import type { Terminal } from './terminal.js'

/** A run shorter than this, in milliseconds, says nothing of its progress. */
const patience = 500

export interface Progress {
  readonly say: (text: string) => void
  /** Takes the line away again; called before anything else is written. */
  readonly clear: () => void
}

/** One line on standard error that tells a person at a terminal what takes so long; nothing anywhere else. */
export const progressOn = ({ stderr, environment }: Terminal, now: () => number): Progress => {
  if (!stderr.isTerminal || environment['CI'] !== undefined) return { say: () => undefined, clear: () => undefined }
  const started = now()
  let isShown = false
  const line = (text: string): void => stderr.write(`\r\u001B[K${text}`)
  return {
    say: (text) => {
      if (now() - started < patience) return
      isShown = true
      line(visibleLine(text).slice(0, stderr.columns - 1))
    },
    clear: () => {
      if (isShown) line('')
      isShown = false
    },
  }
}
