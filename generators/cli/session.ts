import type { Host } from '../pipeline/host.js'
import { hostPath, realPath } from './host/files.js'
import { diskHost } from './host/index.js'
import type { OutsideOptions } from './options.js'
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

/** The same session, with the folders outside of a set's project that the command line allows. */
export const allowingOutside = (session: Session, { allowOutside = [] }: OutsideOptions): Session => {
  const { host } = session
  return { ...session, host: { ...host, allowedOutside: allowOutside.map(host.files.absolute) } }
}

export const sessionOn = (terminal: Terminal): Session => {
  const progress = progressOn(terminal, () => performance.now())
  const workingFolder = realPath(terminal.workingFolder)
  return {
    terminal,
    host: diskHost(workingFolder, terminal.environment, progress.say),
    progress,
    paths: (given) => given.map((path) => hostPath(workingFolder, path)),
  }
}
