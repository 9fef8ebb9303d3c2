import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTemporaryFolder, writeFiles } from '../support/cli.js'
import { botDatabases } from '../support/databases.js'
import { commandsWithoutRegistry, packInto } from '../support/packed.js'
import { type Step, stepsIn } from './session.js'

const readme = readFileSync(fileURLToPath(new URL('../../README.md', import.meta.url)), 'utf8')
const steps = stepsIn(readme, 'A bot by tonight')
const [init = '', install = '', run = ''] = steps.flatMap((step) => (step.kind === 'command' ? [step.command] : []))
const modules =
  'guilds,users,members,roles,channels,messages,memories,moderation,warnings,economy,reminders,settings,retention-brief'

const prepared = mkdtempSync(join(tmpdir(), 'botschema-readme-'))
let bin = ''
beforeAll(() => {
  bin = commandsWithoutRegistry(prepared, packInto(join(prepared, 'archive')))
})
afterAll(() => rmSync(prepared, { recursive: true, force: true }))

/** All that a command prints, on both streams, as a terminal shows it; whatever its exit code. */
const printed = (command: string, folder: string, variables: Readonly<Record<string, string>> = {}): string => {
  const { PATH, HOME, TMPDIR } = process.env
  const quiet = { npm_config_loglevel: 'error', BOTSCHEMA_CACHE: join(folder, '..', 'cache') }
  const env = { PATH: `${bin}:${PATH}`, HOME, TMPDIR, ...quiet, ...variables }
  return execFileSync('bash', ['-c', `{ ${command}; } 2>&1 || true`], { cwd: folder, env, encoding: 'utf8' })
}

const inBotFolder = (use: (folder: string) => Promise<void>): Promise<void> =>
  inTemporaryFolder(async (folder) => {
    const bot = join(folder, 'mybot')
    mkdirSync(bot)
    await use(bot)
  })

const take = (step: Step, folder: string): void => {
  if (step.kind === 'file') writeFiles(folder, { [step.path]: step.text })
  else expect(`$ ${step.command}\n${printed(step.command, folder)}`).toBe(`$ ${step.command}\n${step.prints}`)
}

test('every command of the README prints what is printed there', { timeout: 240_000 }, () =>
  inBotFolder(async (folder) => {
    for (const step of steps) take(step, folder)
  }),
)

test('three commands lead from an empty folder to the first rows', () => {
  expect(init).toMatch(/^npx botschema init --with \S+ --store both --javascript$/)
  expect([install, run]).toEqual(['npm install --silent', 'npm run --silent botschema:try'])
})

const serverOf = { postgres: null, mongo: 'MONGODB_URI' } as const

test.each(['postgres', 'mongo'] as const)(
  'with every module, rows are stored in %s and read back after three commands',
  { timeout: 240_000 },
  async (store) => {
    const databases = await botDatabases(store)
    if (databases.length === 0) return expect(process.env[serverOf[store] ?? '']).toBeUndefined()
    await inBotFolder(async (folder) => {
      printed(init.replace(/--with \S+ --store both/, `--with ${modules} --store ${store}`), folder)
      printed(install, folder)
      for (const { title, variables, drop } of databases) {
        const rows = printed(`${run} -- ${store}`, folder, variables)
        expect(rows, title).toContain('stored and read back: rules: Be kind.\nmost used: [{"name":"rules","uses":0}]\n')
        await drop()
      }
    })
  },
)
