import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PGlite } from '@electric-sql/pglite'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { compileEmitted } from '../../generators/engines/script/compile.js'
import type { EmittedFile } from '../../generators/engines/script/emitted.js'
import { loadEmitted } from '../../generators/engines/script/load.js'

const root = fileURLToPath(new URL('../../', import.meta.url))
const output = join(root, 'output', 'starter')

/** The block of the README about a storage, without its import and the making of it. */
const block = (): string => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8')
  const section = readme.slice(readme.indexOf('## Reading and writing rows'))
  const [, code = ''] = /```ts\n([\s\S]*?)\n```/.exec(section) ?? []
  return code.replace(/^import .*\n/m, '').replace(/^const storage = .*\n/m, '')
}

const module = (): EmittedFile => ({
  path: 'bot.ts',
  text: `import type { PostgresStorage } from './typescript/storage.js'
declare const console: { log(text: string): void }
export const run = async (storage: PostgresStorage, guild: string, ada: string, bo: string) => {
${block()}
  return { warning, row, inserted, rows, next }
}
`,
})

const filesIn = (folder: string): readonly EmittedFile[] =>
  readdirSync(join(output, folder))
    .filter((name) => name.endsWith('.ts'))
    .map((name) => ({ path: `${folder}/${name}`, text: readFileSync(join(output, folder, name), 'utf8') }))

const files = (): readonly EmittedFile[] => [...['typescript', 'zod', 'postgres'].flatMap(filesIn), module()]

let engine: PGlite
beforeAll(async () => {
  engine = await PGlite.create()
  for (const name of ['schema', 'retention']) {
    const path = join(output, 'postgres', `${name}.sql`)
    if (existsSync(path)) await engine.exec(readFileSync(path, 'utf8').replace(/CREATE EXTENSION[^;]*;/g, ''))
  }
})
afterAll(() => engine.close())

test('the calls that the README shows compile', async () => {
  expect(await compileEmitted(files(), 'esm')).toEqual([])
})

test('the calls that the README shows do what it says', async () => {
  const load = await loadEmitted(files())
  const { postgresStorage } = await load('postgres/index.ts')
  const { run } = await load('bot.ts')
  if (typeof postgresStorage !== 'function' || typeof run !== 'function') throw new Error('no functions')
  const storage = postgresStorage(engine)
  const [guild, ada, bo] = ['240100000000000001', '240100000000000101', '240100000000000102']
  await storage.user.insertMany([ada, bo].map((id) => ({ id, username: id })))
  await storage.guild.insert({ id: guild, name: 'Harbour Reading Room', owner_id: ada, joined_at: new Date() })
  await storage.guildMember.insertMany(
    [ada, bo].map((user_id) => ({ guild_id: guild, user_id, joined_at: new Date() })),
  )
  await storage.wallet.insert({ guild_id: guild, user_id: ada, balance: 50 })
  const said = vi.spyOn(console, 'log').mockReturnValue()
  const done = await run(storage, guild, ada, bo)
  expect(said.mock.calls).toEqual([['Spoilers'], ['Shouting']])
  said.mockRestore()
  expect(done).toMatchObject({
    warning: { reason: 'Spoilers', active: true },
    row: { user_id: bo, balance: 20 },
    inserted: true,
    rows: [{ reason: 'Spoilers' }],
    next: null,
  })
  expect(await storage.wallet.get({ guild_id: guild, user_id: ada })).toMatchObject({ balance: 45 })
  expect(await storage.wallet.get({ guild_id: guild, user_id: bo })).toBe(null)
})
