import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../support/postgres.js'
import { loadRetention, type RetentionDatabase } from '../../support/retention.js'

let database: TestDatabase

beforeAll(async () => {
  database = await openTestDatabase()
}, 60_000)

afterAll(() => database?.close())

/** Persons by a key of the store's, by Discord's id, in lists, in objects and in lists of objects. */
const yaml = `
entity: user
fields: { id: identity, discord_id: { type: snowflake(user), unique: true } }
retention: { erase: { discord_id: delete } }
---
entity: guild
fields: { id: snowflake }
retention: { guild_leave: delete }
---
object: answer
fields: { by: snowflake(user), text: text }
---
entity: poll
fields:
  id: identity
  guild_id: { ref: guild, on_delete: cascade }
  user_id: { ref: user, on_delete: cascade }
  helper_id: ref(user)?
  voters: { type: list<snowflake(user)>, default: [] }
  judges: { type: list<ref(user)>, enforced: false, default: [] }
  answers: { type: list<answer>, default: [] }
  best: answer?
  note: { type: text?, personal: true }
  open: boolean = true
  closed_at: timestamp?
  made_at: timestamp = now
indexes: [[made_at]]
retention:
  clock: made_at
  steps:
    - { after: 30 days, archive: polls_archive }
    - { after: 60 days, delete: true, summarise: { into: poll_counts, by: [guild_id], count: polls } }
  member_leave: { set: { open: false, closed_at: now } }
  erase:
    user_id: delete
    helper_id: "null"
    voters: { keep: A vote stays. }
    judges: { keep: Judges answer for it. }
    answers: { keep: An answer belongs to the poll. }
    best: "null"
    note: "null"
---
entity: entry
append_only: true
fields: { id: snowflake, by: snowflake(user)?, kind: text }
retention:
  erase: { by: { keep: A record has no gaps. } }
`

const empty = {
  voters: [],
  judges: [],
  answers: [],
  best: null,
  note: null,
  helper_id: null,
  closed_at: null,
  open: true,
}

const poll = (id: number, owner: string, others: object = {}) => ({
  ...empty,
  id: String(id),
  guild_id: '1',
  user_id: owner,
  made_at: '2024-01-01T00:00:00.000Z',
  ...others,
})

let loaded: RetentionDatabase

const did = (call: string): Promise<readonly string[]> =>
  loaded.texts(`SELECT concat_ws(' ', place, field, did, touched, because) AS text FROM ${call} WHERE touched > 0`)

describe.each(['bigint', 'text'] as const)('events, where snowflakes are %s', (snowflake) => {
  beforeAll(async () => {
    await database.reset()
    loaded = await loadRetention(database, yaml, { snowflake })
    await loaded.insert('user', { id: '1', discord_id: '70' }, { id: '2', discord_id: '80' })
    await loaded.insert('guild', { id: '1' }, { id: '2' })
    await loaded.insert(
      'poll',
      poll(1, '1', { made_at: '2020-01-01T00:00:00.000Z' }),
      poll(2, '1', { made_at: '2020-02-01T00:00:00.000Z', guild_id: '2' }),
      poll(3, '1'),
      poll(4, '2', { helper_id: '1', note: 'of 80 and 70' }),
      poll(5, '2', { voters: ['70', '80'] }),
      poll(6, '2', { judges: ['2', '1'] }),
      poll(7, '2', {
        answers: [
          { by: '80', text: '70' },
          { by: '70', text: 'a' },
        ],
        best: { by: '70', text: 'b' },
      }),
      poll(8, '2', { note: 'of nobody else', guild_id: '2' }),
    )
    await loaded.insert('entry', { id: '1', by: '70', kind: 'a' }, { id: '2', by: null, kind: 'b' })
    await loaded.run('polls', '2020-03-05T00:00:00Z')
  })

  it('change what is said of a member, by all that names them, and once', async () => {
    const changed = 'SELECT id::text AS text FROM polls WHERE NOT open AND closed_at IS NOT NULL ORDER BY id'
    expect(await did(`member_leave('1', '70')`)).toEqual(['polls guild_id changed 1'])
    expect(await loaded.texts(changed)).toEqual(['3'])
    expect(await did(`member_leave('1', '70')`)).toEqual([])
    expect(await did(`member_leave('2', '99')`)).toEqual([])
  })

  it('forget a person by the key of their row, and wherever values name them', async () => {
    expect(await did(`forget_user('70')`)).toEqual([
      'entries by kept 1 A record has no gaps.',
      'polls_archive user_id deleted 1',
      'polls user_id deleted 1',
      'polls note changed 1',
      'polls helper_id changed 1',
      'polls best changed 1',
      'polls voters kept 1 A vote stays.',
      'polls judges kept 1 Judges answer for it.',
      'polls answers kept 1 An answer belongs to the poll.',
      'users discord_id deleted 1',
    ])
    expect(await loaded.texts('SELECT id::text AS text FROM polls ORDER BY id')).toEqual(['4', '5', '6', '7', '8'])
    expect(await loaded.texts('SELECT note AS text FROM polls WHERE note IS NOT NULL')).toEqual(['of nobody else'])
    expect(await did(`forget_user('70')`)).toEqual([
      'entries by kept 1 A record has no gaps.',
      'polls voters kept 1 A vote stays.',
      'polls answers kept 1 An answer belongs to the poll.',
    ])
  })

  it('take everything of a guild, children first, with what is kept of what went', async () => {
    expect(await loaded.rows('poll_counts')).toEqual(['(1,1)'])
    expect(await did(`guild_leave('1')`)).toEqual(['polls guild_id deleted 4', 'guilds id deleted 1'])
    expect(await loaded.texts('SELECT id::text AS text FROM polls')).toEqual(['8'])
  })

  it('do nothing for what is no id', async () => {
    const called = database.query("SELECT sum(touched)::text AS touched FROM guild_leave('1; DROP TABLE polls')")
    expect(await called.catch(() => [{ touched: '0' }])).toEqual([{ touched: '0' }])
    expect(await loaded.texts('SELECT id::text AS text FROM polls')).toEqual(['8'])
  })
})
