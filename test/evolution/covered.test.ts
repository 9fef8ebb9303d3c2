import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { covered } from '../../generators/evolution/reader/covered.js'
import { openTestDatabases, type TestDatabase } from '../support/postgres.js'
import { openServers } from './sets.js'

let databases: readonly (readonly [driver: string, database: TestDatabase])[] = []

beforeAll(async () => {
  databases = [...(await openTestDatabases()), ...(await openServers())]
})

afterAll(async () => {
  for (const [, database] of databases) await database.close()
})

const folder = fileURLToPath(new URL('../../generators/evolution/reader/', import.meta.url))

/** The queries of the reader, without the list itself. */
const queries = readdirSync(folder)
  .filter((name) => name !== 'covered.ts')
  .map((name) => readFileSync(`${folder}${name}`, 'utf8'))
  .join('\n')

const columnsOf = `
SELECT a.attname AS name FROM pg_attribute AS a
WHERE a.attrelid = $1::regclass AND NOT a.attisdropped AND (a.attnum > 0 OR a.attname = 'oid')`

describe.each(Object.entries(covered))('each column of %s', (catalogue, columns) => {
  test('is read or ignored for a reason, on every version', async () => {
    for (const [driver, database] of databases) {
      const rows = await database.query<{ name: string }>(columnsOf, [`pg_catalog.${catalogue}`])
      const untold = rows.map(({ name }) => name).filter((name) => !Object.hasOwn(columns, name))
      expect([driver, ...untold]).toEqual([driver])
    }
  })

  test('that counts as read stands in a query', () => {
    const names = Object.entries(columns).filter(([, coverage]) => coverage === 'read')
    const absent = names.map(([name]) => name).filter((name) => !new RegExp(`\\b${name}\\b`).test(queries))
    expect(absent).toEqual([])
  })

  test('that is ignored stands in none', () => {
    const names = Object.entries(columns).filter(([, coverage]) => coverage !== 'read')
    expect(names.map(([name]) => name).filter((name) => new RegExp(`\\b${name}\\b`).test(queries))).toEqual([])
  })
})
