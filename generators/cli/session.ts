import type { Host } from '../pipeline/host.js'
import { diskHost, hostPath } from './host/index.js'
import { type Progress, progressOn } from './progress.js'
import type { Terminal } from './terminal.js'

/** One run of the program: where it runs and what it works on. */
export interface Session {
  readonly terminal: Terminal
  readonly host: Host
  readonly progress: Progress
  /** Makes arguments into paths as the host has them. */
  readonly paths: (given: readonly string[]) => readonly string[]
}

export const sessionOn = (terminal: Terminal): Session => {
  const progress = progressOn(terminal, () => performance.now())
  return {
    terminal,
    host: diskHost(terminal.workingFolder, terminal.environment, progress.say),
    progress,
    paths: (given) => given.map((path) => hostPath(terminal.workingFolder, path)),
  }
}
