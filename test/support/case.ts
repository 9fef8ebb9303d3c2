import { appendFileSync, existsSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import type { Terminal } from '../../generators/cli/terminal.js'
import type { Stop } from '../../generators/pipeline/verify/watch.js'
import { alteredProver, type Emitted } from './altered-prover.js'
import { copyFolder, inTemporaryFolder, writeFiles } from './cli.js'
import { embeddedDatabases, type Pretended } from './embedded-databases.js'
import { runInProcess } from './in-process.js'
import { openTestDatabase, type TestDatabase } from './postgres.js'

/** What is done to a copy of a case's input before its command runs. */
type Step =
  | { readonly run: readonly string[] }
  | { readonly write: Readonly<Record<string, string>> }
  | { readonly replace: Readonly<Record<string, readonly [from: string, to: string]>> }
  | { readonly remove: readonly string[] }
  | { readonly move: Readonly<Record<string, string>> }
  | { readonly link: Readonly<Record<string, string>> }
  /** Appends a text so many times, `#` in it being 1, 2, 3, … */
  | { readonly append: Readonly<Record<string, readonly [text: string, times: number]>> }

/** `case.json`: `validate` on the input as it stands, unless it says otherwise. */
interface Case {
  readonly command?: readonly string[]
  readonly steps?: readonly Step[]
  /** What the set is taken to emit when it is verified: no set emits what its proofs refuse. */
  readonly emits?: Emitted
  /** Steps of proofs that are taken to have been stopped. */
  readonly stops?: Readonly<Record<string, Stop>>
  /**
   * An embedded Postgres stands for every database. After the steps, files are run in it, then commands on it, then a text.
   */
  readonly database?: Pretended & {
    readonly apply: readonly string[]
    readonly commands?: readonly (readonly string[])[]
    readonly run?: string
  }
}

/** A command as a person would see it: the streams, then the exit code. */
export const transcript = async (
  folder: string,
  command: readonly string[],
  terminal?: Partial<Pick<Terminal, 'databases' | 'openProver'>>,
): Promise<string> => {
  const { exitCode, stdout, stderr } = await runInProcess(folder, command, terminal)
  const error = stderr === '' ? '' : `--- standard error\n${stderr}`
  return `$ botschema ${command.join(' ')}\n${stdout}${error}--- exit ${exitCode}\n`
}

const replaceIn = (folder: string, changes: Readonly<Record<string, readonly [from: string, to: string]>>): void => {
  for (const [path, [from, to]] of Object.entries(changes)) {
    const text = readFileSync(join(folder, path), 'utf8')
    if (!text.includes(from)) throw new Error(`${path} does not hold ${from}`)
    writeFiles(folder, { [path]: text.replace(from, to) })
  }
}

const append = (folder: string, path: string, text: string, times: number): void =>
  appendFileSync(
    join(folder, path),
    Array.from({ length: times }, (_, index) => text.replaceAll('#', String(index + 1))).join(''),
  )

const take = async (folder: string, step: Step): Promise<void> => {
  if ('run' in step) await transcript(folder, step.run)
  else if ('write' in step) writeFiles(folder, step.write)
  else if ('replace' in step) replaceIn(folder, step.replace)
  else if ('remove' in step) for (const path of step.remove) rmSync(join(folder, path), { recursive: true })
  else if ('move' in step) {
    for (const [path, to] of Object.entries(step.move)) renameSync(join(folder, path), join(folder, to))
  } else if ('link' in step) {
    for (const [path, target] of Object.entries(step.link)) symlinkSync(target, join(folder, path))
  } else for (const [path, [text, times]] of Object.entries(step.append)) append(folder, path, text, times)
}

const readCase = (folder: string): Case => {
  const file = join(folder, 'case.json')
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Case) : {}
}

let opened: Promise<TestDatabase> | null = null

/** The one database of all cases, which each finds empty. */
const emptyDatabase = async (): Promise<TestDatabase> => {
  opened ??= openTestDatabase()
  const database = await opened
  await database.reset()
  return database
}

/** Called after the last case. */
export const closeDatabase = async (): Promise<void> => (await opened)?.close()

/** A command with a database that holds what the case says. */
const transcriptOn = async (folder: string, { database, command = [] }: Case): Promise<string> => {
  const engine = await emptyDatabase()
  for (const path of database?.apply ?? []) await engine.exec(readFileSync(join(folder, path), 'utf8'))
  for (const before of database?.commands ?? []) {
    await transcript(folder, before, { databases: embeddedDatabases(engine) })
  }
  await engine.exec(database?.run ?? '')
  return transcript(folder, command, { databases: embeddedDatabases(engine, database) })
}

/** Runs the case of a folder with `input/` and perhaps `case.json`; gives what `expected.txt` should hold. */
export const runCase = async (folder: string): Promise<string> => {
  const read = readCase(folder)
  const { command = ['validate'], database, emits = {}, steps = [], stops = {} } = read
  if (steps.length === 0 && command[0] === 'validate') return transcript(join(folder, 'input'), command)
  return inTemporaryFolder(async (copy) => {
    copyFolder(join(folder, 'input'), copy)
    for (const step of steps) await take(copy, step)
    const openProver = async () => alteredProver(emits, stops)
    return database === undefined ? transcript(copy, command, { openProver }) : transcriptOn(copy, read)
  })
}
