import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { loadInto } from '../../support/loaded.js'
import { openTestDatabase, refusal, type TestDatabase } from '../../support/postgres.js'

let database: TestDatabase

beforeAll(async () => {
  database = await openTestDatabase()
}, 60_000)

afterAll(() => database?.close())

beforeEach(() => database.reset())

describe('rules of rows', () => {
  it('numbers rows for each parent, without gaps in what it gives and after what it is given', async () => {
    const insert = await loadInto(
      database,
      `
entity: case
fields:
  guild_id: { type: snowflake(guild), key: true }
  number: { type: integer = next(guild_id), key: true }
  note: text?
`,
    )
    for (const guild of ['1', '1', '2']) expect(await insert('case', { guild_id: guild })).toBe('accepted')
    expect(await insert('case', { guild_id: '1', number: 7 })).toBe('accepted')
    expect(await insert('case', { guild_id: '1' })).toBe('accepted')
    await database.exec('DELETE FROM cases WHERE number = 8')
    expect(await insert('case', { guild_id: '1' })).toBe('accepted')
    const rows = await database.query('SELECT guild_id::text, number FROM cases ORDER BY 1, 2')
    expect(rows.map((row) => Object.values(row).join(':'))).toEqual(['1:1', '1:2', '1:7', '1:9', '2:1'])
  })

  it('refuses to change or remove what is append-only, unless retention says so', async () => {
    const insert = await loadInto(
      database,
      `
entity: entry
append_only: true
fields: { id: identity, note: text }
`,
    )
    expect(await insert('entry', { note: 'a' })).toBe('accepted')
    for (const statement of ["UPDATE entries SET note = 'b'", 'DELETE FROM entries', 'TRUNCATE entries'])
      expect(await refusal(database.exec(statement))).toMatch(
        /^entries is append-only: (update|delete|truncate) is refused$/,
      )
    await database.exec("BEGIN; SET LOCAL botschema.retention = 'on'; DELETE FROM entries; COMMIT")
    expect(await database.query('SELECT FROM entries')).toHaveLength(0)
  })

  it('keeps immutable fields, allows one row of a singleton, and dates updates', async () => {
    const insert = await loadInto(
      database,
      `
entity: state
singleton: true
fields:
  name: { type: text, immutable: true }
  hits: integer = 0
timestamps: true
`,
    )
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
    await loadInto(
      database,
      `
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
`,
    )
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
    await loadInto(
      database,
      `
entity: team
fields: { id: identity, captain: "ref(player)?" }
---
entity: player
fields: { id: identity, team: ref(team) }
`,
    )
    await database.exec(
      'INSERT INTO teams DEFAULT VALUES; INSERT INTO players (team) VALUES (1); UPDATE teams SET captain = 1',
    )
    expect(await refusal(database.exec('UPDATE teams SET captain = 2'))).toBe('teams_captain_fkey')
  })

  it.each([13, 15])('holds nulls alike in version %i', async (version) => {
    const insert = await loadInto(
      database,
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
    const insert = await loadInto(
      database,
      `
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
`,
    )
    expect(await insert('thing', {})).toBe('accepted')
    const [row] = await database.query<{ tags: unknown; on: unknown; recent: unknown }>(
      `SELECT tags, price::text, settings - 'since' AS settings,
         abs(extract(epoch FROM now()) * 1000 - epoch) < 5000 AND naive BETWEEN (now() AT TIME ZONE 'UTC') - interval '5 s' AND (now() AT TIME ZONE 'UTC') + interval '5 s' AS recent FROM things`,
    )
    expect(row).toEqual({ tags: ["a'b", 'c,d'], price: '9.50', settings: { on: true, name: "it's" }, recent: true })
  })
})
