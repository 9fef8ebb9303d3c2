import pg from 'pg'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { openTestDatabase, serverUrl } from '../support/postgres.js'
import { setOfTexts } from './emitted-sets.js'
import { type PostgresWorld, postgresWorld } from './postgres-world.js'
import { type Client, snapshot } from './worlds.js'

const setText = `
entity: warning
fields:
  id: identity
  guild_id: snowflake(guild)
  given_at: timestamp
  active: boolean = true
indexes:
  - [given_at]
retention:
  clock: given_at
  steps:
    - { after: 30 days, set: { active: false } }
    - { after: 60 days, archive: warnings_archive }
    - after: 90 days
      delete: true
      summarise: { into: warning_summaries, by: [guild_id], count: warnings, max: { last_at: given_at } }
---
entity: punishment
fields:
  id: identity
  ends_at: timestamp
indexes:
  - [ends_at]
retention:
  steps:
    - { at: ends_at, before: lift, delete: true }
`

const emitted = await setOfTexts({ 'botschema.yaml': 'name: cut\n', 'set.yaml': setText })
const database = await openTestDatabase()
const world = await postgresWorld('Postgres', database, emitted)

afterAll(() => database.close())

const at = new Date('2090-06-01T00:00:00Z')
const hooks = { lift: () => undefined }

/** `count` warnings for each age, and punishments that are over. */
const fill = (count: number): string => `
INSERT INTO warnings (guild_id, given_at)
SELECT 123456789012345678 + n % 3, timestamptz '2090-06-01 00:00Z' - age - n * interval '1 second'
FROM unnest('{10 days,40 days,70 days,100 days}'::interval[]) AS age, generate_series(1, ${count}) AS n
ORDER BY 2;
INSERT INTO punishments (ends_at) SELECT timestamptz '2090-05-31 00:00Z' FROM generate_series(1, ${count});`

/** A connection that ends at the n-th statement: before the server has it, or before its answer comes. */
const ending = (
  { postgres: { sql } }: PostgresWorld,
  statement: number,
  isDone: boolean,
): Client & { count: () => number } => {
  let count = 0
  const end = (): never => {
    throw new Error('the connection ended')
  }
  return {
    count: () => count,
    query: async (text, values) => {
      count++
      if (count > statement || (count === statement && !isDone)) end()
      const rows = await sql(text, values)
      return count === statement ? end() : { rows }
    },
  }
}

describe('a run', () => {
  beforeEach(async () => {
    await world.empty()
    await database.exec(fill(3))
  })

  it('that is cut off at any statement is finished by the next', async () => {
    const options = { at, batch: 2, hooks }
    const all = ending(world, Infinity, false)
    await world.postgres.callOn(all, 'runRetention', options)
    const uncut = await snapshot(world)
    expect(uncut['warnings']).toHaveLength(6)
    expect(all.count()).toBeGreaterThan(8)
    for (let statement = 1; statement <= all.count(); statement++) {
      for (const isDone of [false, true]) {
        await world.empty()
        await database.exec(fill(3))
        await world.postgres.callOn(ending(world, statement, isDone), 'runRetention', options)
        await world.call('runRetention', options)
        expect(await snapshot(world), `cut at ${statement}`).toEqual(uncut)
      }
    }
  })
})

interface Report {
  readonly retired: readonly { readonly step: number; readonly entity: string; readonly rows: number }[]
  readonly failures: readonly unknown[]
}

describe.runIf(serverUrl !== null)('workers on a server', () => {
  const rows = 1000
  const workers: pg.Client[] = []

  const connect = async (): Promise<pg.Client> => {
    const [current] = await database.query<{ name: string }>('SELECT current_database() AS name')
    const url = new URL(serverUrl ?? '')
    url.pathname = `/${current?.name}`
    const client = new pg.Client({ connectionString: url.href })
    // A connection that the server ends says so here as well.
    client.on('error', () => undefined)
    await client.connect()
    workers.push(client)
    return client
  }

  beforeEach(async () => {
    await world.empty()
    await database.exec(fill(rows))
  })
  afterAll(async () => {
    for (const client of workers) await client.end()
  })

  const runOn = (client: pg.Client, batch: number): Promise<Report> =>
    world.postgres.callOn(client, 'runRetention', { at, batch, hooks }) as Promise<Report>

  const numbers = async () => {
    const [found] = await database.query(`
      SELECT
        (SELECT count(*)::int FROM warnings WHERE active) AS active,
        (SELECT count(*)::int FROM warnings WHERE NOT active) AS inactive,
        (SELECT count(*)::int FROM warnings_archive) AS archived,
        (SELECT count(DISTINCT id)::int FROM warnings_archive) AS different,
        (SELECT sum(warnings)::int FROM warning_summaries) AS counted,
        (SELECT count(*)::int FROM punishments) AS punishments`)
    return found
  }
  const all = { active: rows, inactive: rows, archived: rows, different: rows, counted: rows, punishments: 0 }

  it('that run at once do each thing to each row once', async () => {
    const clients = [await connect(), await connect()]
    const reports = await Promise.all(clients.map((client) => runOn(client, 37)))
    expect(reports.flatMap(({ failures }) => failures)).toEqual([])
    expect(await numbers()).toEqual(all)
    const done = (entity: string, step: number): number =>
      reports
        .flatMap(({ retired }) => retired)
        .filter((one) => one.entity === entity && one.step === step)
        .reduce((sum, one) => sum + one.rows, 0)
    expect([1, 2, 3].map((step) => done('warning', step))).toEqual([3 * rows, 2 * rows, rows])
    expect(done('punishment', 1)).toBe(rows)
  })

  it('that are ended in the middle of a batch leave it undone, for the next', async () => {
    const worker = await connect()
    const [backend] = (await worker.query('SELECT pg_backend_pid() AS pid')).rows as { pid: number }[]
    const pid = backend?.pid ?? 0
    const blocker = await connect()
    await blocker.query('BEGIN')
    await blocker.query('LOCK TABLE warning_summaries IN EXCLUSIVE MODE')
    const ended = runOn(worker, 300)
    const isWaiting = async (): Promise<boolean> => {
      const text = `SELECT 1 FROM pg_stat_activity WHERE pid = ${pid} AND wait_event_type = 'Lock'`
      return (await database.query(text)).length > 0
    }
    while (!(await isWaiting()));
    // Its locks are its until it is gone, and what is locked is left to a later run.
    await database.query(`SELECT pg_terminate_backend(${pid}, 60000)`)
    expect((await ended).failures).not.toEqual([])
    await blocker.query('ROLLBACK')
    expect((await runOn(await connect(), 300)).failures).toEqual([])
    expect(await numbers()).toEqual(all)
  })
})
