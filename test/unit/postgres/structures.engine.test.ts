import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { JsonValue } from '../../../generators/model/origin.js'
import { loadInto, type RowJson } from '../../support/loaded.js'
import { openTestDatabase, type TestDatabase } from '../../support/postgres.js'

let database: TestDatabase

beforeAll(async () => {
  database = await openTestDatabase()
}, 60_000)

afterAll(() => database?.close())

beforeEach(() => database.reset())

describe('structures', () => {
  const yaml = `
object: span
fields:
  from: { type: integer, min: 1 }
  to: integer?
checks:
  ordered: to is null or to >= from
---
object: card
fields:
  owner: snowflake(user)
  title: { type: string(5) }
  nick?: text
  big: bigint
  ratio: real
  price: decimal(4, 1)
  when: timestamp
  day: date
  clock: time
  blob: { type: bytes, max_length: 3 }
  mood: enum(glad, sad)
  rank: { type: smallint, values: { 1: One, 2: Two } }
  free: json
  spans: { type: list<span>, max_items: 2 }
  byName: map<integer>
  either: union<integer, span>
  grid: list<list<boolean>>
---
entity: thing
fields:
  id: snowflake
  card: card?
  spans: { type: list<span>?, min_items: 1 }
  links: list<url>?
  ids: { type: list<snowflake(user)>?, max_items: 2 }
  words: { type: list<string(3)>?, max_items: 2 }
  counts: { type: map<integer>?, max_items: 2 }
  either: union<text, span>?
`
  const card: RowJson = {
    owner: '123456789012345678',
    title: 'title',
    big: '-9223372036854775808',
    ratio: 0.5,
    price: '999.9',
    when: '2024-02-29T12:00:00.000Z',
    day: '2000-02-29',
    clock: '12:00:00',
    blob: 'AQID',
    mood: 'sad',
    rank: 1,
    free: { any: [1, null] },
    spans: [{ from: 1, to: null }],
    byName: { a: 1 },
    either: { from: 2, to: 3 },
    grid: [[true], []],
  }
  const broken: readonly RowJson[] = [
    { ...card, owner: 123 },
    { ...card, owner: '0123' },
    { ...card, owner: '9223372036854775808' },
    { ...card, title: 'titles' },
    { ...card, title: null },
    { ...card, nick: null },
    { ...card, extra: 1 },
    { ...card, big: '9223372036854775808' },
    { ...card, big: 1 },
    { ...card, ratio: 0.1 },
    { ...card, ratio: 1e-60 },
    { ...card, price: '1.25' },
    { ...card, price: '1000.0' },
    { ...card, price: '-0' },
    { ...card, when: '2023-02-29T12:00:00.000Z' },
    { ...card, when: '2024-02-29T12:00:00+01:00' },
    { ...card, day: '1900-02-29' },
    { ...card, day: '0000-01-01' },
    { ...card, clock: '24:00:00' },
    { ...card, blob: 'AQIDBA==' },
    { ...card, blob: 'AQI' },
    { ...card, mood: 'angry' },
    { ...card, rank: '1' },
    { ...card, free: null },
    { ...card, spans: [{ from: 1 }] },
    { ...card, spans: [{ from: 1.5, to: null }] },
    { ...card, spans: [{ from: 3, to: 2 }] },
    { ...card, spans: [null] },
    { ...card, spans: {} },
    { ...card, byName: { $a: 1 } },
    { ...card, byName: { 'a.b': 1 } },
    { ...card, byName: { ['__proto__']: 1 } },
    { ...card, byName: { a: null } },
    { ...card, either: 'x' },
    { ...card, grid: [[1]] },
    { ...card, grid: [true] },
  ]

  it('are checked to the bottom', async () => {
    const insert = await loadInto(database, yaml)
    expect(await insert('thing', { id: '1', card })).toBe('accepted')
    expect(await insert('thing', { id: '2', card: { ...card, nick: '', ratio: 0, price: '-0.5' } })).toBe('accepted')
    for (const [index, row] of broken.entries())
      expect([row, await insert('thing', { id: String(100 + index), card: row })]).toEqual([row, 'things_card_check'])
    for (const missing of Object.keys(card)) {
      const { [missing]: _, ...rest } = card
      expect([missing, await insert('thing', { id: '99', card: rest })]).toEqual([missing, 'things_card_check'])
    }
    for (const value of [1, 'x', [], true])
      expect([value, await insert('thing', { id: '98', card: value })]).toEqual([value, 'things_card_check'])
  })

  it('that are columns of their own are checked too', async () => {
    const insert = await loadInto(database, yaml)
    const row = {
      spans: [{ from: 1, to: 2 }],
      links: ['https://a.b', 'https://c"d\\e'],
      ids: ['1', '2'],
      words: ['a,b', '"'],
      counts: { a: 1 },
      either: 'x',
    }
    expect(await insert('thing', { id: '1', ...row })).toBe('accepted')
    const refused: readonly (readonly [string, JsonValue])[] = [
      ['spans', []],
      ['links', ['https://a.b', null]],
      ['links', ['nope']],
      ['ids', ['0']],
      ['ids', ['1', '2', '3']],
      ['words', [null]],
      ['counts', { a: 1, b: 2, c: 3 }],
      ['either', 5],
    ]
    for (const [field, value] of refused)
      expect([field, value, await insert('thing', { id: '2', [field]: value })]).toEqual([
        field,
        value,
        `things_${field}_check`,
      ])
  })
})
