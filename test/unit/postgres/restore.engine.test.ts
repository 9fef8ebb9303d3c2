import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compileFolder } from '../../support/compile.js'
import { openTestDatabase, serverUrl, type TestDatabase } from '../../support/postgres.js'
import { emitted } from '../../support/schema-sql.js'

let database: TestDatabase

beforeAll(async () => {
  database = await openTestDatabase()
}, 60_000)

afterAll(() => database?.close())

const constraints = `
  SELECT conrelid::regclass::text AS table, conname, contype FROM pg_constraint
  WHERE connamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace) ORDER BY 1, 2`

const dumpOf = (url: string): string =>
  execFileSync('pg_dump', ['--no-owner', '--inserts', '--dbname', url], { encoding: 'utf8', maxBuffer: 2 ** 26 })
    .split('\n')
    .filter((line) => !line.startsWith('\\'))
    .join('\n')

const urlOfCurrent = async (server: string): Promise<string> => {
  const [row] = await database.query<{ name: string }>('SELECT current_database() AS name')
  const url = new URL(server)
  url.pathname = `/${row?.name ?? ''}`
  return url.href
}

const compiled = () => {
  const { value } = compileFolder('test/fixtures/everything')
  const options = value?.set.targets.postgres
  if (value === null || value === undefined || options === null || options === undefined) throw new Error('no set')
  return { set: value.set, options }
}

const notProved = 'that pg_dump restores the schema, for want of a server (name one in POSTGRES_TEST_URL)'

describe('the schema of everything', () => {
  it('loads twice with its seed', async () => {
    const { set, options } = compiled()
    const scripts = [await emitted(set, options), await emitted(set, options, 'postgres/seed.sql')]
    for (const script of [...scripts, ...scripts]) await database.exec(script)
    expect(await database.query(constraints)).not.toHaveLength(0)
  })

  it('is restored by pg_dump, with an empty search path', async ({ skip }) => {
    if (serverUrl === null) {
      process.stderr.write(`not proved: ${notProved}\n`)
      return skip(notProved)
    }
    const before = await database.query(constraints)
    const dump = dumpOf(await urlOfCurrent(serverUrl))
    await database.reset()
    const makesPublic = /^CREATE SCHEMA public;$/m.test(dump)
    await database.exec(`${makesPublic ? 'DROP SCHEMA public;' : ''} ${dump}`)
    await database.exec("SELECT set_config('search_path', 'public', false)")
    expect(await database.query(constraints)).toEqual(before)
  })
})
