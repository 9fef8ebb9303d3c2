import { run } from '../../generators/cli/run.js'
import type { Stream, Terminal } from '../../generators/cli/terminal.js'
import { cacheOf } from './cli.js'
import { unattended } from './terminal.js'

/** What a command came to that had no process of its own. */
export interface Ended {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

const capture = (): { readonly stream: Stream; readonly text: () => string } => {
  const texts: string[] = []
  const stream = { write: (text: string) => void texts.push(text), isTerminal: false, columns: 100 }
  return { stream, text: () => texts.join('') }
}

/** Runs a command line in a folder as its process would, with a cache of the folder's own. */
export const runInProcess = async (
  folder: string,
  command: readonly string[],
  terminal: Partial<Pick<Terminal, 'databases' | 'openProver'>> = {},
): Promise<Ended> => {
  const [stdout, stderr] = [capture(), capture()]
  const exitCode = await run(command, {
    workingFolder: folder,
    environment: { BOTSCHEMA_CACHE: cacheOf(folder) },
    stdout: stdout.stream,
    stderr: stderr.stream,
    ...unattended,
    ...terminal,
  })
  return { exitCode, stdout: stdout.text(), stderr: stderr.text() }
}
