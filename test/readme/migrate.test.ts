import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTemporaryFolder, writeFiles } from '../support/cli.js'
import { botDatabases } from '../support/databases.js'
import { commandsWithoutRegistry, packInto } from '../support/packed.js'
import { serverUrl } from '../support/postgres.js'
import { stepsIn } from './session.js'

const readme = readFileSync(fileURLToPath(new URL('../../README.md', import.meta.url)), 'utf8')

/** From an empty folder to the first rows. */
const begin = stepsIn(readme, 'A bot by tonight')
  .flatMap((step) => (step.kind === 'command' ? [step.command] : []))
  .slice(0, 3)

const prepared = mkdtempSync(join(tmpdir(), 'botschema-readme-'))
let bin = ''
beforeAll(() => {
  bin = commandsWithoutRegistry(prepared, packInto(join(prepared, 'archive')))
})
afterAll(() => rmSync(prepared, { recursive: true, force: true }))

const printed = (command: string, folder: string, variables: Readonly<Record<string, string>>): string => {
  const { PATH, HOME, TMPDIR } = process.env
  const quiet = { npm_config_loglevel: 'error', BOTSCHEMA_CACHE: join(folder, '..', 'cache') }
  const env = { PATH: `${bin}:${PATH}`, HOME, TMPDIR, ...quiet, ...variables }
  return execFileSync('bash', ['-c', `{ ${command}; } 2>&1 || true`], { cwd: folder, env, encoding: 'utf8' })
}

/** Plans are applied to databases of servers: one inside of a process goes with the process. */
test.skipIf(serverUrl === null)('a database with rows is changed as the README prints it', { timeout: 600_000 }, () =>
  inTemporaryFolder(async (outer) => {
    const folder = join(outer, 'mybot')
    mkdirSync(folder)
    const server = (await botDatabases('postgres')).find(({ variables }) => variables['DATABASE_URL'] !== undefined)
    const { drop = async () => undefined, variables = {} } = server ?? {}
    try {
      for (const command of begin) printed(command, folder, variables)
      const steps = stepsIn(readme, 'Change the database')
      expect(steps.filter(({ kind }) => kind === 'command').length).toBeGreaterThan(3)
      for (const step of steps) {
        if (step.kind === 'file') writeFiles(folder, { [step.path]: step.text })
        else {
          expect(`$ ${step.command}\n${printed(step.command, folder, variables)}`).toBe(
            `$ ${step.command}\n${step.prints}`,
          )
        }
      }
    } finally {
      await drop()
    }
  }),
)
