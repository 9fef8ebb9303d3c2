import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { loadInto } from '../../support/loaded.js'
import { openTestDatabase, type TestDatabase } from '../../support/postgres.js'

let database: TestDatabase

beforeAll(async () => {
  database = await openTestDatabase()
}, 60_000)

afterAll(() => database?.close())

beforeEach(() => database.reset())

const yaml = `object: entry
fields:
  _id: objectid
  name: text = a
---
object: mark
fields:
  _id: uuid
  level: integer = 1
---
entity: thing
fields:
  id: snowflake
  entries: { type: list<entry>, default: [] }
  one: { type: entry, default: {} }
  mark: { type: mark, default: {} }
`

it('the _id of an object is required in columns, and made by the default of a whole object', async () => {
  const insert = await loadInto(database, yaml)
  expect(await insert('thing', { id: '1' })).toBe('accepted')
  expect(await insert('thing', { id: '2' })).toBe('accepted')
  expect(await insert('thing', { id: '3', entries: [{ name: 'a' }] })).toBe('things_entries_check')
  expect(await insert('thing', { id: '4', entries: [{ _id: '65f000000000000000000001', name: 'a' }] })).toBe('accepted')
  const rows = await database.query('SELECT one, mark FROM things WHERE id < 3 ORDER BY id')
  const made = {
    one: { _id: expect.stringMatching(/^[0-9a-f]{24}$/), name: 'a' },
    mark: { _id: expect.any(String), level: 1 },
  }
  expect(rows).toMatchObject([made, made])
  expect(rows[0]).not.toEqual(rows[1])
})
