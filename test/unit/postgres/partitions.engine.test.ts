import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { loadInto } from '../../support/loaded.js'
import { openTestDatabase, refusal, type TestDatabase } from '../../support/postgres.js'

let database: TestDatabase

beforeAll(async () => {
  database = await openTestDatabase()
}, 60_000)

afterAll(() => database?.close())

beforeEach(() => database.reset())

const yaml = (on: string, by: string) => `
entity: event
key: [id, at]
fields:
  id: snowflake
  at: ${on}
  note: { type: text, immutable: true }
  settings: { fields: { on: boolean } }
timestamps: true
postgres: { partition: { by: ${by}, on: at, ahead: 1 } }
`

describe('partitions', () => {
  it.each([
    ['timestamp', 'year', 'events_y2024'],
    ['{ type: timestamp, zone: false }', 'month', 'events_y2024m12'],
    ['timestamp(ms)', 'week', 'events_y2025w01'],
    ['date', 'day', 'events_y2024m12d31'],
  ])('of %s by %s take their rows and keep their rules', async (on, by, name) => {
    const insert = await loadInto(database, yaml(on, by))
    const at = on === 'date' ? '2024-12-31' : '2024-12-31T23:59:59.999Z'
    expect(await insert('event', { id: String('abc'.indexOf('a') + 1), at, note: 'a', settings: { on: true } })).toBe(
      'accepted',
    )
    await database.query("SELECT public.events_make_partitions('2024-12-31Z')")
    expect(await insert('event', { id: String('abc'.indexOf('b') + 1), at, note: 'b', settings: { on: true } })).toBe(
      'accepted',
    )
    expect(await insert('event', { id: String('abc'.indexOf('c') + 1), at, note: 'c', settings: { on: 1 } })).toBe(
      'events_settings_check',
    )
    const rows = await database.query('SELECT tableoid::regclass::text AS part, id::text, note FROM events ORDER BY id')
    expect(rows).toEqual([
      { part: name, id: '1', note: 'a' },
      { part: name, id: '2', note: 'b' },
    ])
    expect(await refusal(database.exec("UPDATE events SET note = 'z'"))).toMatch(/keeps its note, created_at$/)
  })
})
