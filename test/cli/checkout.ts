import { lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { sha256 } from '../../generators/kernel/hash.js'
import { botschema, inTemporaryFolder, type Run, writeFiles } from '../support/cli.js'

/** What stands outside of the checkout and must not be shown by any command. */
export const secret = 'hunter2-of-the-user'

/** Everything below a folder, links not followed: kinds, contents and times. */
export const snapshot = (folder: string): ReadonlyMap<string, string> => {
  const found = new Map<string, string>()
  const walk = (below: string): void => {
    for (const name of readdirSync(join(folder, below)).sort()) {
      const path = join(folder, below, name)
      const stats = lstatSync(path)
      const content = stats.isFile() ? readFileSync(path, 'utf8') : stats.isSymbolicLink() ? readlinkSync(path) : ''
      found.set(join(below, name), `${stats.mode} ${stats.ino} ${stats.mtimeMs} ${content}`)
      if (stats.isDirectory()) walk(join(below, name))
    }
  }
  walk('.')
  return found
}

/** A repository that a stranger made, on the disk of a user who has files beside it. */
export interface Checkout {
  /** The folder of the repository. */
  readonly folder: string
  /** Everything of the user's that no command may change. */
  readonly outside: string
  readonly write: (files: Readonly<Record<string, string>>) => void
  /** Commits a symbolic link, as git would check it out. */
  readonly link: (path: string, target: string) => void
  readonly read: (path: string) => string
  readonly run: (args: readonly string[], environment?: Readonly<Record<string, string>>) => Promise<Run>
}

const untouched: Readonly<Record<string, string>> = {
  'outside/precious.txt': 'Mine.\n',
  'outside/guild.json': 'Mine.\n',
  'outside/out/keep.txt': 'Mine.\n',
  'outside/private/module.yaml': 'module: private\n',
  'outside/private/credentials.yaml': `password: ${secret}\n`,
  'outside/private/broken.yaml': `password: "${secret}\n`,
  'outside/private/nested.yaml': `name: ${secret}\n`,
  'outside/botschema.yaml': `name: ${secret}!\npassword: ${secret}\n`,
  'outside/package.json': `{ "name": "outside", "password": "${secret}", }\n`,
}

/** Small sets of one target: these tests are about where files are, not about what is in them. */
export const head = (name: string, rest = ''): string =>
  `name: ${name}\n${rest.includes('output:') ? '' : 'output: ../../output\n'}stores: [postgres]\ntargets: { postgres: false, zod: false, typescript: false, markdown: false }\n${rest}`

export const guild = 'entity: guild\nsummary: A server.\nfields:\n  id: snowflake\n'

export const withCheckout = (use: (checkout: Checkout) => Promise<void>): Promise<void> =>
  inTemporaryFolder(async (above) => {
    const folder = join(above, 'checkout')
    writeFiles(above, untouched)
    for (const made of ['home', 'tmp']) mkdirSync(join(above, made))
    writeFiles(folder, { 'package.json': '{ "name": "stranger" }\n', '.git/HEAD': 'ref: refs/heads/main\n' })
    await use({
      folder,
      outside: join(above, 'outside'),
      write: (files) => writeFiles(folder, files),
      link: (path, target) => {
        mkdirSync(dirname(join(folder, path)), { recursive: true })
        symlinkSync(target, join(folder, path))
      },
      read: (path) => readFileSync(join(folder, path), 'utf8'),
      run: (args, environment = {}) =>
        botschema(folder, args, {
          environment: {
            HOME: join(above, 'home'),
            TMPDIR: join(above, 'tmp'),
            BOTSCHEMA_CACHE: undefined,
            XDG_CACHE_HOME: undefined,
            ...environment,
          },
        }),
    })
  })

/** A manifest that names what it likes, with its own hash right. */
export const forgedManifest = (set: string, files: Readonly<Record<string, string>>): string => {
  const lines = Object.entries(files).map(
    ([path, text]) => `    ${JSON.stringify(path)}: { "hash": "${sha256(text)}", "definitions": [] }`,
  )
  const body = `  "set": "${set}",\n  "files": {\n${lines.join(',\n')}\n  }`
  return `{\n${body},\n  "hash": "${sha256(body)}"\n}\n`
}

interface Finding {
  readonly code: string
  readonly file: string | null
  readonly message: string
}

/** The findings of a run's `--json` document. */
export const findingsOf = ({ stdout }: Run): readonly Finding[] =>
  (JSON.parse(stdout) as { readonly diagnostics: readonly Finding[] }).diagnostics
