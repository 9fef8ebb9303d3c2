import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Databases } from '../../generators/cli/databases/index.js'
import { run } from '../../generators/cli/run.js'
import type { Terminal } from '../../generators/cli/terminal.js'
import { cacheOf, writeFiles } from '../support/cli.js'
import { unattended } from '../support/terminal.js'

/** Warnings that age, and mutes that the bot has to lift first. */
export const retainedSet: Readonly<Record<string, string>> = {
  'set/botschema.yaml': 'name: kept\noutput: ../output\ntargets: { markdown: false, json-schema: false }\n',
  'set/warning.yaml': `entity: warning
summary: A warning.
fields:
  id: identity
  reason: text
  created_at: timestamp
  active: boolean = true
indexes:
  - [created_at]
retention:
  clock: created_at
  steps:
    - { after: 90 days, where: active = true, set: { active: false } }
    - { after: 365 days, archive: warnings_archive }
`,
  'set/mute.yaml': `entity: mute
summary: A mute that ends.
fields:
  id: identity
  channel: text
  ends_at: timestamp
indexes:
  - [ends_at]
retention:
  steps:
    - { at: ends_at, before: lift_mute, delete: true }
`,
}

/** What a command came to in this process. */
export interface Ended {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** The set in a folder of its own, its outputs generated. */
export interface RetainedFolder {
  /** Runs `botschema retention` in this process. */
  readonly retention: (args: readonly string[], more?: Partial<Terminal>) => Promise<Ended>
  readonly folder: string
  readonly sql: (name: 'schema' | 'retention') => string
  readonly write: (path: string, text: string) => void
  readonly remove: () => void
}

const runIn = async (folder: string, args: readonly string[], more: Partial<Terminal>): Promise<Ended> => {
  const texts = { stdout: '', stderr: '' }
  const stream = (name: keyof typeof texts) => ({
    write: (text: string) => {
      texts[name] += text
    },
    isTerminal: false,
    columns: 100,
  })
  const exitCode = await run(args, {
    workingFolder: folder,
    environment: { BOTSCHEMA_CACHE: cacheOf(folder), NO_COLOR: '1' },
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    ...unattended,
    ...more,
  })
  return { exitCode, ...texts }
}

/** Made once for a test file: the set is the same in all tests, and so are its outputs. */
export const openRetainedSet = async (databases: Databases): Promise<RetainedFolder> => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'botschema-test-')))
  writeFiles(folder, retainedSet)
  const generated = await runIn(folder, ['generate'], {})
  if (generated.exitCode !== 0) throw new Error(generated.stdout)
  return {
    folder,
    retention: (args, more = {}) => runIn(folder, ['retention', ...args], { databases, ...more }),
    sql: (name) => readFileSync(join(folder, `output/kept/postgres/${name}.sql`), 'utf8'),
    write: (path, text) => writeFiles(folder, { [path]: text }),
    remove: () => {
      for (const made of [folder, cacheOf(folder)]) rmSync(made, { recursive: true, force: true })
    },
  }
}
