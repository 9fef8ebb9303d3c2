import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Terminal } from '../../generators/cli/terminal.js'
import { inTemporaryFolder, writeFiles } from '../support/cli.js'
import { type Ended, runInProcess } from '../support/in-process.js'

/** A project with one set, on which commands run. */
export interface Workshop {
  readonly folder: string
  readonly run: (...args: readonly string[]) => Promise<Ended>
  /** Writes the one file of definitions. */
  readonly describe: (yaml: string) => void
  readonly read: (path: string) => string
  readonly write: (path: string, text: string) => void
  /** The folders of the plans. */
  readonly plans: () => readonly string[]
  /** Gives a reason for every hazard of the last plan. */
  readonly accept: () => void
}

const root = `name: sample
stores: [postgres]
output: generated
`

/** Does work in a project that is taken away afterwards. */
export const inWorkshop = (
  work: (workshop: Workshop) => Promise<void>,
  databases?: Terminal['databases'],
): Promise<void> =>
  inTemporaryFolder(async (folder) => {
    writeFiles(folder, { 'package.json': '{}', 'botschema.yaml': root })
    mkdirSync(join(folder, 'migrations/sample'), { recursive: true })
    const read = (path: string): string => readFileSync(join(folder, path), 'utf8')
    const write = (path: string, text: string): void => writeFileSync(join(folder, path), text)
    const plans = (): readonly string[] => readdirSync(join(folder, 'migrations/sample')).sort()
    await work({
      folder,
      run: (...args) => runInProcess(folder, args, databases === undefined ? {} : { databases }),
      describe: (yaml) => write('set.yaml', yaml),
      read,
      write,
      plans,
      accept: () => {
        const path = `migrations/sample/${plans().at(-1)}/plan.yaml`
        write(path, read(path).replaceAll('because: null', 'because: it is a test'))
      },
    })
  })
