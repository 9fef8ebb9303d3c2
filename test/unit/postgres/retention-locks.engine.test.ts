import { Client } from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openTestDatabase, serverUrl, type TestDatabase } from '../../support/postgres.js'
import { loadRetention, type RetentionDatabase } from '../../support/retention.js'

const yaml = `
entity: note
fields: { id: snowflake, at: timestamp, kept: boolean = false, text: text?, by: snowflake(user)? }
indexes: [[at]]
retention:
  erase: { by: delete }
  clock: at
  steps:
    - { after: 10 days, where: kept = true, archive: kept_notes }
    - { after: 20 days, delete: true, summarise: { into: note_counts, by: [by], count: notes } }
---
entity: task
fields: { id: snowflake, at: timestamp, text: text? }
indexes: [[at]]
retention: { steps: [{ at: at, before: tell, delete: true }] }
---
entity: event
key: [id, at]
fields: { id: snowflake, at: timestamp }
indexes: [[at]]
postgres: { partition: { by: month, on: at, ahead: 1 } }
retention: { clock: at, steps: [{ after: 10 days, delete: true }] }
---
entity: guild
fields: { id: snowflake }
retention: { guild_leave: delete }
---
entity: channel
fields: { id: snowflake, guild_id: { ref: guild, on_delete: cascade } }
---
entity: post
fields: { id: snowflake, channel_id: { ref: channel, on_delete: cascade } }
`

const now = '2024-03-12T00:00:00Z'

/** Two connections at once take a server. */
describe.runIf(serverUrl !== null)('rows that others are at', () => {
  let database: TestDatabase
  let loaded: RetentionDatabase
  let other: Client

  beforeAll(async () => {
    database = await openTestDatabase()
    loaded = await loadRetention(database, yaml)
    const [current] = await database.query<{ name: string }>('SELECT current_database() AS name')
    const url = new URL(serverUrl ?? '')
    url.pathname = `/${current?.name}`
    other = new Client({ connectionString: url.href })
    await other.connect()
  })

  afterAll(async () => {
    await other?.end()
    await database?.close()
  })

  beforeEach(async () => {
    await database.exec('TRUNCATE notes, kept_notes, note_counts, tasks, events')
    await loaded.insert(
      'note',
      ...[true, false].map((kept, at) => ({ id: String(at + 1), at: '2024-01-01T00:00:00.000Z', kept })),
    )
    await loaded.insert('task', ...['1', '2'].map((id) => ({ id, at: '2024-01-01T00:00:00.000Z' })))
  })

  /** What a query gives that begins, and has to wait, between two statements of the other connection's. */
  const during = async (change: string, query: string, end: string) => {
    await other.query('BEGIN')
    await other.query(change)
    const found = loaded.texts(query)
    const waiting = `SELECT count(*)::int AS waiting FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'`
    // Inside a transaction what others do is read once, unless it is asked for anew (manual, 27.2.2).
    const isWaiting = async (): Promise<boolean> => {
      await other.query('SELECT pg_stat_clear_snapshot()')
      return (await other.query(waiting)).rows[0].waiting > 0
    }
    while (!(await isWaiting())) await new Promise(setImmediate)
    await other.query(end)
    return found
  }

  /** Settles both tasks while the other connection has changed one of them and not yet said whether it stays so. */
  const settleDuring = (change: string, end: 'COMMIT' | 'ROLLBACK') =>
    during(change, `SELECT retire_tasks_rows(0, '[{"id": 1}, {"id": 2}]', '${now}')::text AS text`, end)

  it('are left to them, by the steps that come after as well', async () => {
    await other.query("BEGIN; UPDATE notes SET text = 'a' WHERE id = 1")
    expect(await loaded.run('notes', now)).toEqual({ 0: 0, 1: 0, 2: 1 })
    await other.query('COMMIT')
    expect(await loaded.rows('notes', 'id')).toEqual(['(1)'])
    expect(await loaded.run('notes', now)).toEqual({ 0: 1, 1: 1, 2: 0 })
  })

  it('stay when they are not due any more', async () => {
    await other.query("BEGIN; UPDATE notes SET at = '2024-03-12Z' WHERE id = 2")
    expect(await loaded.run('notes', now)).toEqual({ 0: 1, 1: 1, 2: 0 })
    await other.query('COMMIT')
    expect(await loaded.run('notes', now)).toEqual({ 0: 0, 1: 0, 2: 0 })
    expect(await loaded.rows('notes', 'id')).toEqual(['(2)'])
  })

  it('are waited for once their hook was called, and stay where they are not due then', async () => {
    expect(await settleDuring("UPDATE tasks SET at = '2024-03-13Z' WHERE id = 1", 'COMMIT')).toEqual(['1'])
    expect(await loaded.rows('tasks', 'id')).toEqual(['(1)'])
  })

  it('go where they are due still, wherever they lie by then', async () => {
    expect(await settleDuring("UPDATE tasks SET text = 'longer' WHERE id = 1", 'COMMIT')).toEqual(['2'])
    await loaded.insert('task', { id: '3', at: '2024-01-01T00:00:00.000Z' })
    expect(await loaded.rows('tasks', 'id')).toEqual(['(3)'])
  })

  it.each([
    ['guilds', '1'],
    ['channels', '2'],
  ])('are waited for before anything that points at them is touched: %s', async (table, id) => {
    await database.exec(
      'INSERT INTO guilds VALUES (1); INSERT INTO channels VALUES (2, 1); INSERT INTO posts VALUES (3, 2)',
    )
    const left = await during(
      `SELECT FROM ${table} WHERE id = ${id} FOR UPDATE`,
      "SELECT concat_ws(' ', place, touched) AS text FROM guild_leave(1)",
      `DELETE FROM ${table} WHERE id = ${id}; COMMIT`,
    )
    const count = table === 'guilds' ? 0 : 1
    expect(left).toEqual(['posts 0', 'channels 0', `guilds ${count}`])
  })

  it.each(['2024-01-15Z', now])('are gone for good when they were moved meanwhile, by a run at %s', async (at) => {
    await database.exec('UPDATE notes SET by = 7')
    const select = "SELECT concat_ws(' ', place, touched) AS text FROM forget_user(7) WHERE touched > 0"
    await during(`SELECT FROM retire_notes('${at}')`, select, 'COMMIT')
    const left = ['notes', 'kept_notes', 'note_counts'].map((table) => `SELECT FROM ${table} WHERE by = 7`)
    expect(await database.query(left.join(' UNION ALL '))).toEqual([])
  })

  it('go one by one where their partition is in use', async () => {
    await database.exec("SELECT events_make_partitions('2024-01-15Z', 1)")
    await loaded.insert('event', ...['1', '2'].map((id) => ({ id, at: '2024-01-20T00:00:00.000Z' })))
    await other.query('BEGIN; SELECT FROM events')
    expect(await loaded.run('events', now)).toEqual({ 0: 2 })
    await other.query('COMMIT')
    expect(await loaded.texts("SELECT to_regclass('events_y2024m01')::text AS text")).toEqual(['events_y2024m01'])
    expect(await loaded.run('events', now)).toEqual({ 0: 0 })
    expect(await loaded.texts("SELECT to_regclass('events_y2024m01')::text AS text")).toEqual(['null'])
  })
})
