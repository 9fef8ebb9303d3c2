import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { known } from '../../../generators/kernel/bug.js'
import type { PostgresOptions } from '../../../generators/model/options.js'
import type { JsonValue } from '../../../generators/model/origin.js'
import { insertStatement } from '../../../generators/relational/index.js'
import { openTestDatabase, refusal, type TestDatabase } from '../../support/postgres.js'
import { emitted, setOf, viewOf } from '../../support/schema-sql.js'

let database: TestDatabase

beforeAll(async () => {
  database = await openTestDatabase()
}, 60_000)

afterAll(() => database?.close())

beforeEach(() => database.reset())

type RowJson = Readonly<Record<string, JsonValue>>

/** Loads a set, and gives what inserts a row of JSON: the constraint that refuses it, or "accepted". */
const loaded = async (yaml: string, options: Partial<PostgresOptions> = {}) => {
  const set = setOf(yaml)
  await database.exec(await emitted(set, options))
  const { schema } = viewOf(set, options)
  return (entity: string, row: RowJson): Promise<string> => {
    const table = known(
      schema.tables.find((each) => each.entity === entity && each.role === 'entity'),
      entity,
    )
    const { text, values } = insertStatement(schema, table, row)
    return refusal(database.query(text, values))
  }
}

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
    const insert = await loaded(yaml)
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
    const insert = await loaded(yaml)
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
    const insert = await loaded(yaml)
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

describe('rules of rows', () => {
  it('numbers rows for each parent, without gaps in what it gives and after what it is given', async () => {
    const insert = await loaded(`
entity: case
fields:
  guild_id: { type: snowflake(guild), key: true }
  number: { type: integer = next(guild_id), key: true }
  note: text?
`)
    for (const guild of ['1', '1', '2']) expect(await insert('case', { guild_id: guild })).toBe('accepted')
    expect(await insert('case', { guild_id: '1', number: 7 })).toBe('accepted')
    expect(await insert('case', { guild_id: '1' })).toBe('accepted')
    await database.exec('DELETE FROM cases WHERE number = 8')
    expect(await insert('case', { guild_id: '1' })).toBe('accepted')
    const rows = await database.query('SELECT guild_id::text, number FROM cases ORDER BY 1, 2')
    expect(rows.map((row) => Object.values(row).join(':'))).toEqual(['1:1', '1:2', '1:7', '1:9', '2:1'])
  })

  it('refuses to change or remove what is append-only, unless retention says so', async () => {
    const insert = await loaded(`
entity: entry
append_only: true
fields: { id: identity, note: text }
`)
    expect(await insert('entry', { note: 'a' })).toBe('accepted')
    for (const statement of ["UPDATE entries SET note = 'b'", 'DELETE FROM entries', 'TRUNCATE entries'])
      expect(await refusal(database.exec(statement))).toMatch(
        /^entries is append-only: (update|delete|truncate) is refused$/,
      )
    await database.exec("BEGIN; SET LOCAL botschema.retention = 'on'; DELETE FROM entries; COMMIT")
    expect(await database.query('SELECT FROM entries')).toHaveLength(0)
  })

  it('keeps immutable fields, allows one row of a singleton, and dates updates', async () => {
    const insert = await loaded(`
entity: state
singleton: true
fields:
  name: { type: text, immutable: true }
  hits: integer = 0
timestamps: true
`)
    expect(await insert('state', { name: 'a', updated_at: '2020-01-01T00:00:00Z' })).toBe('accepted')
    expect(await insert('state', { name: 'b' })).toBe('states_pkey')
    expect(await refusal(database.exec("UPDATE states SET name = 'b'"))).toBe(
      'a row of states keeps its name, created_at',
    )
    await database.exec("UPDATE states SET hits = 1, name = 'a'")
    const [row] = await database.query<{ fresh: boolean }>("SELECT updated_at > '2021-01-01' AS fresh FROM states")
    expect(row?.fresh).toBe(true)
  })

  it('makes partitions, moving rows of theirs and keeping what refers to them', async () => {
    await loaded(`
entity: message
key: [id, sent_at]
fields:
  id: snowflake
  sent_at: timestamp
  text: text
  long: { type: integer, generated: length(text) }
append_only: true
postgres: { partition: { by: month, on: sent_at, ahead: 2 } }
---
entity: pin
fields:
  id: identity
  message_id: snowflake
  message_sent_at: timestamp
references:
  - { fields: [message_id, message_sent_at], to: message }
`)
    await database.exec(`
      INSERT INTO messages (id, sent_at, text) VALUES (1, '2024-01-31 23:59:59Z', 'a'), (2, '2024-02-01 00:00:00Z', 'bb');
      INSERT INTO pins (message_id, message_sent_at) VALUES (2, '2024-02-01 00:00:00Z')`)
    const made = await database.query("SELECT public.messages_make_partitions('2024-01-15Z') AS made")
    expect(made).toEqual([{ made: 3 }])
    const rows = await database.query(
      'SELECT tableoid::regclass::text AS part, id::text, long FROM messages ORDER BY id',
    )
    expect(rows).toEqual([
      { part: 'messages_y2024m01', id: '1', long: 1 },
      { part: 'messages_y2024m02', id: '2', long: 2 },
    ])
    expect(await database.query("SELECT public.messages_make_partitions('2024-01-15Z') AS made")).toEqual([{ made: 0 }])
    expect(await refusal(database.exec('DELETE FROM messages'))).toMatch(/append-only/)
    expect(await database.query('SELECT FROM pins')).toHaveLength(1)
    expect(await refusal(database.exec('UPDATE pins SET message_id = 5'))).toMatch(
      /^pins_message_id_message_sent_at_fkey/,
    )
  })

  it('solves a circle of references after both tables are there', async () => {
    await loaded(`
entity: team
fields: { id: identity, captain: "ref(player)?" }
---
entity: player
fields: { id: identity, team: ref(team) }
`)
    await database.exec(
      'INSERT INTO teams DEFAULT VALUES; INSERT INTO players (team) VALUES (1); UPDATE teams SET captain = 1',
    )
    expect(await refusal(database.exec('UPDATE teams SET captain = 2'))).toBe('teams_captain_fkey')
  })

  it.each([13, 15])('holds nulls alike in version %i', async (version) => {
    const insert = await loaded(
      `
entity: mute
fields: { id: identity, guild_id: snowflake(guild)?, user_id: snowflake(user)? }
unique:
  - { fields: [guild_id, user_id], nulls: not distinct }
`,
      { version },
    )
    const rows = [{ guild_id: '1', user_id: '1' }, { guild_id: '1' }, { user_id: '1' }, {}]
    for (const row of rows) expect(await insert('mute', row)).toBe('accepted')
    for (const row of rows) expect(await insert('mute', row)).toMatch(/^mutes_/)
    expect(await insert('mute', { guild_id: '2' })).toBe('accepted')
  })

  it('fills in what a row leaves out', async () => {
    const insert = await loaded(`
entity: thing
fields:
  id: uuid
  naive: { type: timestamp = now, zone: false }
  epoch: timestamp(ms) = now
  tags: { type: list<string(5)>, default: ["a'b", "c,d"] }
  price: decimal(5, 2) = 9.5
  settings:
    default: {}
    fields: { since: timestamp = now, on: boolean = true, name: "text = it's" }
`)
    expect(await insert('thing', {})).toBe('accepted')
    const [row] = await database.query<{ tags: unknown; on: unknown; recent: unknown }>(
      `SELECT tags, price::text, settings - 'since' AS settings,
         abs(extract(epoch FROM now()) * 1000 - epoch) < 5000 AND naive BETWEEN (now() AT TIME ZONE 'UTC') - interval '5 s' AND (now() AT TIME ZONE 'UTC') + interval '5 s' AS recent FROM things`,
    )
    expect(row).toEqual({ tags: ["a'b", 'c,d'], price: '9.50', settings: { on: true, name: "it's" }, recent: true })
  })
})

describe('idempotence and seeds', () => {
  it('runs twice, in a schema of its own', async () => {
    const set = setOf(`
entity: level
fields: { id: identity, name: { type: text, unique: true }, mood: "enum(glad, sad) = glad", boss: "ref(level)?" }
seed:
  - { id: "3", name: it's }
  - { name: other, mood: sad }
`)
    const options = { idempotent: true, schema: 'Club' }
    const [schema, seed] = [await emitted(set, options), await emitted(set, options, 'postgres/seed.sql')]
    for (const script of [schema, seed, schema, seed]) await database.exec(script)
    await database.exec(`INSERT INTO "Club".levels (name) VALUES ('new')`)
    const rows = await database.query('SELECT id::text, name, mood FROM "Club".levels ORDER BY name')
    expect(rows.map(({ name }) => name)).toEqual(["it's", 'new', 'other'])
    expect(rows.find(({ name }) => name === "it's")?.['id']).toBe('3')
  })
})

describe('names', () => {
  it('are those that Postgres itself would give', async () => {
    const fields = '{ id: identity, guild_id: snowflake(guild), a_rather_long_column_name_for_a_bot: text, b: "text?" }'
    const set = setOf(`
entity: a_table_of_a_bot_with_quite_a_long_name
fields: ${fields}
unique:
  - [guild_id, a_rather_long_column_name_for_a_bot]
indexes:
  - [b, "guild_id desc"]
  - [lower(b)]
  - { fields: [lower(b), b], where: b is not null }
  - { fields: [guild_id], include: [b] }
`)
    await database.exec(await emitted(set))
    const names = 'SELECT indexname AS name FROM pg_indexes WHERE schemaname = current_schema() ORDER BY 1'
    const ours = await database.query(names)
    const unnamed = (await emitted(set))
      .replace(/CONSTRAINT \S+ (PRIMARY KEY|UNIQUE|CHECK)/g, '$1')
      .replace(/INDEX \S+ ON/g, 'INDEX ON')
    await database.reset()
    await database.exec(unnamed)
    expect(await database.query(names)).toEqual(ours)
    expect(ours).toHaveLength(6)
  })
})
