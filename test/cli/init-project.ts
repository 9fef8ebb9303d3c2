import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { botschema, inTemporaryFolder, type Run, type RunOptions, writeFiles } from '../support/cli.js'
import { runInProcess } from '../support/in-process.js'

/** A project in a folder of its own, where a bot begins. */
export interface Project {
  readonly folder: string
  /** Runs a command as a process of its own. */
  readonly run: (args: readonly string[], options?: RunOptions) => Promise<Run>
  /** Runs a command that has to end well, without a process of its own; gives what it printed. */
  readonly done: (args: readonly string[]) => Promise<string>
  readonly read: (path: string) => string
  readonly write: (files: Readonly<Record<string, string>>) => void
  /** Every file of the project by its path, those in dot-folders too. */
  readonly files: () => ReadonlyMap<string, string>
}

const filesBelow = (folder: string, below = ''): readonly (readonly [string, string])[] =>
  readdirSync(join(folder, below), { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules')
    .flatMap((entry) => {
      const path = below === '' ? entry.name : `${below}/${entry.name}`
      return entry.isDirectory()
        ? filesBelow(folder, path)
        : [[path, readFileSync(join(folder, path), 'utf8')] as const]
    })

/** An empty project in a folder called `name`. */
export const withProject = <T>(use: (project: Project) => Promise<T>, name = 'my-bot'): Promise<T> =>
  inTemporaryFolder((above) => {
    const folder = join(above, name)
    mkdirSync(folder)
    const run = (args: readonly string[], options?: RunOptions): Promise<Run> => botschema(folder, args, options)
    return use({
      folder,
      run,
      done: async (args) => {
        const { exitCode, stderr, stdout } = await runInProcess(folder, args)
        if (exitCode !== 0) throw new Error(`botschema ${args.join(' ')} ended with ${exitCode}\n${stdout}${stderr}`)
        return stdout
      },
      read: (path) => readFileSync(join(folder, path), 'utf8'),
      write: (files) => writeFiles(folder, files),
      files: () => new Map([...filesBelow(folder)].sort(([a], [b]) => (a < b ? -1 : 1))),
    })
  })
