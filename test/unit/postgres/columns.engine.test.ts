import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { JsonValue } from '../../../generators/model/origin.js'
import { loadInto, type RowJson } from '../../support/loaded.js'
import { openTestDatabase, refusal, type TestDatabase } from '../../support/postgres.js'

let database: TestDatabase

beforeAll(async () => {
  database = await openTestDatabase()
}, 60_000)

afterAll(() => database?.close())

beforeEach(() => database.reset())

describe('scalar columns', () => {
  const yaml = `
entity: thing
fields:
  id: snowflake
  small: { type: smallint?, min: 1, max: 3 }
  wide: long?
  flags: bitfield?
  ratio: float?
  single: { type: real?, max: 1 }
  price: decimal(6, 2)?
  name: { type: string(5)?, min_length: 2 }
  code: char(3)?
  free: { type: string(4)?, as: text }
  link: url?
  tint: color?
  at: timestamp?
  naive: { type: timestamp?, zone: false }
  epoch: timestamp(ms)?
  day: date?
  clock: time?
  wait: { type: duration(minutes)?, as: interval, max: 90 }
  blob: { type: bytes?, max_length: 3 }
  mood: enum(glad, sad)?
  rank: { type: smallint?, values: { 1: One, 2: Two } }
  oid: objectid?
  text_id: { type: snowflake(user)?, as: text }
  shape: { type: vector(2)?, as: "real[]" }
  any: json?
`
  const good: readonly RowJson[] = [
    { small: 1, wide: 9007199254740991, flags: '9223372036854775807', ratio: 1.5, single: 0.5, price: '9999.99' },
    { name: 'ab', code: 'abc', free: 'ab  ', link: 'https://a.b/c', tint: '#fff', mood: 'glad', rank: 2 },
    { name: '🎲🎲🎲🎲🎲', at: '0001-01-01T00:00:00.000Z', naive: '9999-12-31T23:59:59.999Z', day: '2024-02-29' },
    { epoch: '2024-01-01T00:00:00.001Z', clock: '23:59:59.999', wait: 90, blob: 'AQID', shape: [1, 2.5] },
    { oid: '0123456789abcdef01234567', text_id: '9223372036854775807', any: { a: [null] } },
  ]
  const bad: readonly (readonly [string, JsonValue])[] = [
    ['small', 4],
    ['wide', '9007199254740992'],
    ['ratio', 'NaN'],
    ['ratio', 'Infinity'],
    ['single', 'NaN'],
    ['price', 'NaN'],
    ['name', 'a'],
    ['code', 'ab'],
    ['free', 'abcde'],
    ['link', 'ftp://x'],
    ['link', 'https://a b'],
    ['tint', '#ffff'],
    ['at', 'infinity'],
    ['at', '10000-01-01T00:00:00Z'],
    ['at', '0001-01-01 00:00:00 BC'],
    ['naive', '-infinity'],
    ['day', 'infinity'],
    ['clock', '24:00'],
    ['blob', 'AQIDBA=='],
    ['rank', 3],
    ['oid', '0123456789ABCDEF01234567'],
    ['text_id', '9223372036854775808'],
    ['text_id', '012'],
    ['shape', [1]],
    ['any', null],
  ]

  it('take what their types hold and refuse the rest by the constraint of the column', async () => {
    const insert = await loadInto(database, yaml)
    let id = 1
    for (const row of good)
      expect([row, await insert('thing', { id: String(id++), ...row })]).toEqual([row, 'accepted'])
    for (const [field, value] of bad) {
      const expected = value === null ? 'accepted' : `things_${field}_check`
      expect([field, value, await insert('thing', { id: String(id++), [field]: value })]).toEqual([
        field,
        value,
        expected,
      ])
    }
    expect(await insert('thing', { id: '0' })).toBe('things_id_check')
    expect(await refusal(database.query(`INSERT INTO things (id, "any") VALUES (900, 'null')`))).toBe(
      'things_any_check',
    )
    expect(await refusal(database.query("INSERT INTO things (id, wait) VALUES (901, '1 month')"))).toBe(
      'things_wait_check',
    )
    expect(await refusal(database.query("INSERT INTO things (id, wait) VALUES (902, '91 minutes')"))).toBe(
      'things_wait_check',
    )
    expect(await refusal(database.query("INSERT INTO things (id, wait) VALUES (903, '30 seconds')"))).toBe(
      'things_wait_check',
    )
  })
})

describe('computed columns that copy what is kept in another form', () => {
  const yaml = `
entity: thing
fields:
  id: snowflake
  at: timestamp
  naive: { type: timestamp, zone: false }
  epoch: timestamp(ms)
  wait: { type: duration(minutes), as: interval }
  amount: integer
  who: { type: snowflake(user), as: text }
  at_of_naive: { type: timestamp, generated: naive }
  at_of_epoch: { type: timestamp, generated: epoch }
  naive_of_at: { type: timestamp, zone: false, generated: at }
  naive_of_epoch: { type: timestamp, zone: false, generated: epoch }
  epoch_of_at: { type: timestamp(ms), generated: at }
  epoch_of_naive: { type: timestamp(ms), generated: naive }
  number_of_wait: { type: integer, generated: wait }
  wait_of_number: { type: duration(hours), as: interval, generated: amount }
  wait_of_wait: { type: duration(hours), as: interval, generated: wait }
  who_as_number: { type: snowflake(user), generated: who }
checks:
  long_enough: wait >= amount
`
  const time = '9999-12-31T23:59:59.999Z'
  const row: RowJson = { id: '1', at: time, naive: time, epoch: time, wait: 90, amount: 90, who: '9223372036854775807' }

  it('means the same in a session of another time zone', async () => {
    await database.exec("SET TIME ZONE 'America/Caracas'")
    const insert = await loadInto(database, yaml)
    expect(await insert('thing', row)).toBe('accepted')
    expect(await insert('thing', { ...row, id: '2', amount: 91 })).toBe('things_long_enough')
    await database.exec("SET TIME ZONE 'UTC'")
    const rows = await database.query('SELECT to_jsonb(things) AS row FROM things')
    expect(rows).toMatchObject([
      {
        row: {
          at_of_naive: '9999-12-31T23:59:59.999+00:00',
          at_of_epoch: '9999-12-31T23:59:59.999+00:00',
          naive_of_at: '9999-12-31T23:59:59.999',
          naive_of_epoch: '9999-12-31T23:59:59.999',
          epoch_of_at: 253402300799999,
          epoch_of_naive: 253402300799999,
          number_of_wait: 90,
          wait_of_number: '90:00:00',
          wait_of_wait: '90:00:00',
          who_as_number: Number('9223372036854775807'),
        },
      },
    ])
  })
})
