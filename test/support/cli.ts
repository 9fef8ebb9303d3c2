import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

/** The built program. */
export const program = join(root, 'dist', 'cli', 'main.js')

export interface Run {
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly environment?: Readonly<Record<string, string | undefined>>
  /** Another copy of the program. */
  readonly program?: string
  /** The id of the user to run as; only the superuser may. */
  readonly user?: number
  /** Called with all that was printed so far, whenever something is. */
  readonly printed?: (stdout: string, kill: (signal: NodeJS.Signals) => void) => void
  /** Called with the running process: to send it signals. */
  readonly started?: (kill: (signal: NodeJS.Signals) => void) => void
}

/** A cache for what runs in a folder: beside it, since botschema uses none that the folder's repository could hold. */
export const cacheOf = (folder: string): string => `${folder}.cache`

/** Variables of the machine that would change what is printed are not handed on. */
const plainEnvironment = (folder: string): Readonly<Record<string, string | undefined>> => {
  const { PATH, HOME, TMPDIR } = process.env
  return { PATH, HOME, TMPDIR, BOTSCHEMA_CACHE: cacheOf(folder) }
}

/** Runs the built program in a folder, with a cache of the folder's own. */
export const botschema = (folder: string, args: readonly string[], options: RunOptions = {}): Promise<Run> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [options.program ?? program, ...args], {
      cwd: folder,
      env: { ...plainEnvironment(folder), ...options.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(options.user === undefined ? {} : { uid: options.user }),
    })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      options.printed?.(stdout, (signal) => child.kill(signal))
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    child.on('error', reject)
    child.on('close', (exitCode, signal) => resolve({ exitCode, signal, stdout, stderr }))
    options.started?.((signal) => child.kill(signal))
  })

/** A new folder that is gone after `use`, with its real path (links above it resolved). */
export const inTemporaryFolder = async <T>(use: (folder: string) => Promise<T>): Promise<T> => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'botschema-test-')))
  try {
    return await use(folder)
  } finally {
    for (const made of [folder, cacheOf(folder)]) rmSync(made, { recursive: true, force: true })
  }
}

/** Writes files given by path; makes the folders above them. */
export const writeFiles = (folder: string, files: Readonly<Record<string, string>>): void => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

export const copyFolder = (from: string, to: string): void => cpSync(from, to, { recursive: true })

/** Every file below a folder by its path, dot-folders left out. */
export const filesIn = (folder: string): ReadonlyMap<string, string> => {
  const files = new Map<string, string>()
  const walk = (below: string): void => {
    for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
      if (entry.name.startsWith('.')) continue
      const path = below === '' ? entry.name : `${below}/${entry.name}`
      if (entry.isDirectory()) walk(path)
      else files.set(path, readFileSync(join(folder, path), 'utf8'))
    }
  }
  walk('')
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)))
}
