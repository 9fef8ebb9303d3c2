import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { botschema, filesIn, inTemporaryFolder } from '../support/cli.js'
import { botDatabases } from '../support/databases.js'
import { openServer } from '../support/mongo-server.js'
import { installedPackages } from '../support/packed.js'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const example = join(root, 'example')
const begun = ['init', 'schemas/bot', '--with', 'settings,members,warnings,memories', '--store', 'both', '--javascript']

/** What the example has on top of what `init` wrote; `generated/` is held to the set by `npm run check`. */
const own = ['bot.js', 'expected.txt', 'schemas/bot/level.yaml']

test('the example is what init writes, and three files', async () => {
  await inTemporaryFolder(async (folder) => {
    expect(await botschema(folder, begun)).toMatchObject({ exitCode: 0 })
    const written = filesIn(folder)
    const kept = [...filesIn(example)].filter(
      ([path]) => !/^(?:generated|generated-js|database|node_modules)\//.test(path),
    )
    expect(new Map(kept.filter(([path]) => !own.includes(path)))).toEqual(written)
    expect(kept.map(([path]) => path)).toEqual(expect.arrayContaining(own))
  })
})

/** The example as its own build leaves it, for the bot on every store: it runs in there. */
const built = mkdtempSync(join(tmpdir(), 'botschema-example-'))
afterAll(() => rmSync(built, { recursive: true, force: true }))

beforeAll(() => {
  for (const path of ['bot.js', 'storage.js', 'package.json', 'tsconfig.botschema.json', 'generated']) {
    cpSync(join(example, path), join(built, path), { recursive: true })
  }
  for (const name of installedPackages()) {
    const link = join(built, 'node_modules', name)
    mkdirSync(dirname(link), { recursive: true })
    symlinkSync(join(root, 'node_modules', name), link)
  }
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  execFileSync(process.execPath, [compiler, '-p', 'tsconfig.botschema.json'], { cwd: built })
}, 240_000)

/** Collections that are there take the validator of now, which a server without `collMod` cannot do. */
const timesOn = async (store: 'postgres' | 'mongo'): Promise<number> => {
  if (store === 'postgres') return 2
  const server = await openServer()
  const times = server?.can.has('collMod') ? 2 : 1
  await server?.close()
  return times
}

test.each(['postgres', 'mongo'] as const)(
  'the same calls print the same on every %s there is, and again on the same database',
  { timeout: 240_000 },
  async (store) => {
    const expected = readFileSync(join(example, 'expected.txt'), 'utf8')
    const databases = await botDatabases(store)
    const times = await timesOn(store)
    for (const { title, variables, drop } of databases) {
      const env = { PATH: process.env['PATH'], ...variables }
      for (let time = 1; time <= times; time++) {
        const printed = execFileSync(process.execPath, ['bot.js', store], { cwd: built, env, encoding: 'utf8' })
        expect(printed, `${title}, time ${time}`).toBe(expected)
      }
      await drop()
    }
  },
)
