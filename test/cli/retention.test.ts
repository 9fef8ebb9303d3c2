import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import mongoose from 'mongoose'
import { Client } from 'pg'
import { afterAll, describe, expect, test } from 'vitest'
import { serverDatabases } from '../../generators/cli/databases/index.js'
import { botschema } from '../support/cli.js'
import { embeddedDatabases } from '../support/embedded-databases.js'
import { serverUri } from '../support/mongo-server.js'
import { openTestDatabase, serverUrl } from '../support/postgres.js'
import { type Ended, openRetainedSet } from './retained-set.js'

const engine = await openTestDatabase()
const { folder, remove, retention, sql, write } = await openRetainedSet(embeddedDatabases(engine))

afterAll(async () => {
  remove()
  await engine.close()
})

const url = 'postgres://bot:s3cret@host/bot'
const at = ['--at', '2025-06-01T00:00:00Z']
const plan = (...args: readonly string[]): Promise<Ended> => retention(['plan', '--postgres', url, ...at, ...args])
const run = (...args: readonly string[]): Promise<Ended> => retention(['run', '--postgres', url, ...args])

const rows = `
INSERT INTO warnings (reason, created_at, active) VALUES
  ('new', '2025-05-31T00:00:00Z', true),
  ('old', '2025-03-01T00:00:00Z', true),
  ('older', '2025-02-01T00:00:00Z', true),
  ('oldest', '2024-01-01T00:00:00Z', true);
INSERT INTO mutes (channel, ends_at) VALUES
  ('general', '2025-05-01T00:00:00Z'), ('games', '2025-05-02T00:00:00Z'), ('help', '2025-07-01T00:00:00Z');`

/** A database of the set, with rows of every age. */
const withRows = async (use: () => Promise<void>): Promise<void> => {
  await engine.reset()
  for (const text of [sql('schema'), sql('retention'), rows]) await engine.exec(text)
  await use()
}

const counts = async (): Promise<Readonly<Record<string, unknown>>> => {
  const [counted] = await engine.query(`SELECT
    (SELECT count(*)::int FROM warnings) AS warnings,
    (SELECT count(*)::int FROM warnings WHERE NOT active) AS inactive,
    (SELECT count(*)::int FROM warnings_archive) AS archived,
    (SELECT count(*)::int FROM mutes) AS mutes`)
  return counted ?? {}
}

const codesIn = ({ stdout }: Ended): readonly string[] =>
  (JSON.parse(stdout) as { readonly diagnostics: readonly { readonly code: string }[] }).diagnostics.map(
    ({ code }) => code,
  )

describe('retention plan', () => {
  test('says what is due, as a table and as JSON, and changes nothing', () =>
    withRows(async () => {
      expect(await plan()).toEqual({
        exitCode: 0,
        stderr: '',
        stdout: `set, as of 2025-06-01T00:00:00.000Z
  entity   step  what                                                      rows  oldest
  mute        1  delete from mutes at ends_at, after lift_mute                2  2025-05-01T00:00:00.000Z
  warning     1  set active after 90 days of created_at                       3  2024-01-01T00:00:00.000Z
  warning     2  archive to warnings_archive after 365 days of created_at     1  2024-01-01T00:00:00.000Z
`,
      })
      const due = [
        { entity: 'mute', step: 1, action: 'delete', from: 'mutes', hook: 'lift_mute', rows: 2, indexed: true },
        { entity: 'warning', step: 1, action: 'set', fields: ['active'], rows: 3, indexed: true },
        { entity: 'warning', step: 2, action: 'archive', into: 'warnings_archive', rows: 1, indexed: true },
      ]
      expect(JSON.parse((await plan('--json')).stdout)).toMatchObject({
        ok: true,
        diagnostics: [],
        sets: [{ folder: 'set', name: 'kept', at: '2025-06-01T00:00:00.000Z', due }],
      })
      expect(await counts()).toEqual({ warnings: 4, inactive: 0, archived: 0, mutes: 3 })
    }))

  test('finds the clock that no index serves: an index of something else is none, one of block ranges is', () =>
    withRows(async () => {
      await engine.exec('DROP INDEX mutes_ends_at_idx; CREATE INDEX ON mutes (channel, ends_at)')
      await engine.exec('DROP INDEX warnings_created_at_idx; CREATE INDEX ON warnings USING brin (created_at)')
      const ended = await plan('--json')
      expect(ended.exitCode).toBe(0)
      expect(codesIn(ended)).toEqual(['clock-unindexed'])
      expect(ended.stdout).toContain('mutes')
    }))

  test('asks for the functions of retention.sql, as the set makes them', () =>
    withRows(async () => {
      await engine.exec(sql('retention').replaceAll("'90 days'", "'80 days'"))
      const older = await plan()
      expect(older.exitCode).toBe(1)
      expect(older.stdout).toContain(
        'the function `retire_warnings` and 1 more in the database is not as the set makes',
      )
      await engine.exec('DROP FUNCTION retire_warnings')
      const missing = await plan()
      expect(missing.exitCode).toBe(1)
      expect(missing.stdout).toContain('the database has no function `retire_warnings`')
      expect(missing.stdout).toContain('-f output/kept/postgres/retention.sql')
    }))
})

test('tables that are not as the set describes them are named, and what to do about them', () =>
  withRows(async () => {
    await engine.exec('ALTER TABLE mutes RENAME COLUMN ends_at TO ended_at')
    const planned = await plan()
    expect(planned.exitCode).toBe(1)
    expect(planned.stdout).toContain('error database-differs: the tables in Postgres are not as the set describes them')
    const { exitCode, stdout } = await run(...at)
    expect(exitCode).toBe(1)
    expect(stdout).toContain('set/mute.yaml:10:3: error database-differs: ')
    expect(stdout).toContain('  warning  set active after 90 days of created_at')
  }))

describe('retention run', () => {
  test('without its hook leaves a step, does all others, and says so with exit code 1', () =>
    withRows(async () => {
      const { exitCode, stdout } = await run(...at)
      expect(exitCode).toBe(1)
      expect(stdout).toContain('set/mute.yaml:11:7: error hook-missing: 2 rows of mute wait for `lift_mute`')
      expect(stdout).toContain('  warning  archived to warnings_archive after 365 days of created_at  1\n')
      expect(await counts()).toEqual({ warnings: 3, inactive: 2, archived: 1, mutes: 3 })
    }))

  test('hands rows to the hooks of a file, and to those of its default export', () =>
    withRows(async () => {
      write('named.mjs', 'globalThis.lifted = []\nexport const liftMute = (row) => lifted.push(row.channel)\n')
      write('default.cjs', 'module.exports = { liftMute: (row) => globalThis.lifted.push(row.channel) }\n')
      expect(await run('--hooks', 'named.mjs', ...at)).toMatchObject({ exitCode: 0, stderr: '' })
      const later = ['--at', '2025-08-01T00:00:00Z', '--only', 'mute']
      expect(await run('--hooks', 'default.cjs', ...later)).toMatchObject({ exitCode: 0, stderr: '' })
      expect(globalThis).toMatchObject({ lifted: ['general', 'games', 'help'] })
      expect(await counts()).toEqual({ warnings: 3, inactive: 2, archived: 1, mutes: 0 })
    }))

  test('reports a hook that fails, leaves its row, and masks what it throws', () =>
    withRows(async () => {
      const thrown = `if (channel === 'games') throw new Error('no login with ${url}')`
      write('failing.mjs', `export const liftMute = ({ channel }) => { ${thrown} }\n`)
      const { exitCode, stdout } = await run('--hooks', 'failing.mjs', ...at)
      expect(exitCode).toBe(1)
      expect(stdout).toContain('error hook-failed: `lift_mute` failed for 1 row of mute (id 2), after 3 attempts')
      expect(stdout).toContain('no login with •••')
      expect(stdout).not.toContain('s3cret')
      expect(await counts()).toMatchObject({ mutes: 2 })
    }))

  test('ends after the batch under way when it is asked to, with its report and exit code 130', () =>
    withRows(async () => {
      const stop = new AbortController()
      Object.assign(globalThis, { stopRun: () => stop.abort() })
      write('stopping.mjs', 'export const liftMute = () => globalThis.stopRun()\n')
      const stopRequests = () => ({ signal: stop.signal, ignore: () => undefined })
      const args = ['run', '--postgres', url, '--hooks', 'stopping.mjs', '--batch', '1', '--every', '1 day']
      const { exitCode, stdout } = await retention(args, { stopRequests })
      expect(exitCode).toBe(130)
      expect(stdout).toContain('stopped before all was done')
      expect(await counts()).toMatchObject({ warnings: 4, mutes: 2 })
    }))

  test('tells what the database refuses, and goes on with other entities', () =>
    withRows(async () => {
      write('hooks.mjs', 'export const liftMute = () => undefined\n')
      await engine.exec('ALTER TABLE warnings_archive ADD CHECK (reason IS NULL)')
      const ended = await run('--hooks', 'hooks.mjs', '--json', ...at)
      expect(ended.exitCode).toBe(1)
      expect(codesIn(ended)).toEqual(['retention-failed'])
      expect(await counts()).toMatchObject({ archived: 0, mutes: 1 })
    }))

  test('tells why a set cannot be read, whatever entity of it is asked for', async () => {
    write('set/note.yaml', 'entity: note\nfields: { id: identit }\n')
    const { exitCode, stderr, stdout } = await run('--only', 'note')
    rmSync(join(folder, 'set/note.yaml'))
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' })
    expect(stdout).toContain('set/note.yaml:2:15: error unknown-type')
  })

  test('knows no other entities than those that age', async () => {
    const { exitCode, stderr, stdout } = await run('--only', 'warnin')
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
    expect(stderr).toContain('nothing ages in an entity `warnin` of these sets; did you mean `warning`?')
  })
})

test.each([
  [['plan', '--postgres', 'bot:s3cret@host/bot']],
  [['plan', '--postgres', url, '--mongo']],
  [['plan', '--mongo', 'set', url]],
  [['plan', `--postgress=${url}`]],
])('a connection string is not shown where it is wrong: %j', async (args) => {
  const { exitCode, stderr, stdout } = await retention(args)
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
  expect(stderr).toContain('error ')
  expect(stderr).not.toContain('s3cret')
})

const named = (server: string): string => {
  const own = new URL(server)
  own.pathname = `/retention_${randomUUID().replaceAll('-', '')}`
  return own.href
}

const onPostgres = async (database: string, ...texts: readonly string[]): Promise<unknown> => {
  const client = new Client({ connectionString: database })
  await client.connect()
  try {
    let last: unknown = null
    for (const text of texts) last = (await client.query<Record<string, unknown>>(text)).rows
    return last
  } finally {
    await client.end()
  }
}

const mutes = `INSERT INTO mutes (channel, ends_at)
SELECT 'channel ' || number, '2025-05-01T00:00:00Z' FROM generate_series(1, 5) AS number`

/** Asks its own process to end while the third row is in its hands. */
const asksToStop = `let handed = 0
export const liftMute = async () => {
  if (++handed < 3) return
  const heard = new Promise((resolve) => process.once('SIGTERM', resolve))
  process.kill(process.pid, 'SIGTERM')
  await heard
}
`

const onServer = async (server: string): Promise<void> => {
  const database = named(server)
  const name = new URL(database).pathname.slice(1)
  const own = { databases: serverDatabases, environment: { DATABASE_URL: database } }
  const refused = await retention(['plan', '--postgres', 'set'], own)
  expect(refused.stdout).toContain('Postgres cannot be used: there is no database of that name')
  await onPostgres(server, `CREATE DATABASE ${name}`)
  try {
    await onPostgres(database, sql('schema'), sql('retention'), mutes)
    const planned = await retention(['plan', '--postgres', 'set'], own)
    expect(planned).toMatchObject({ exitCode: 0, stderr: '' })
    expect(planned.stdout).toMatch(/mute +1 +delete from mutes at ends_at, after lift_mute +5 +2025-05-01/)
    write('stop.mjs', asksToStop)
    const args = ['retention', 'run', '--postgres', '--hooks', 'stop.mjs', '--json']
    const stopped = await botschema(folder, args, own)
    expect(stopped).toMatchObject({ exitCode: 130, signal: null, stderr: '' })
    const done = { retired: [{ entity: 'mute', rows: 3 }], finished: false }
    expect(JSON.parse(stopped.stdout)).toMatchObject({ ok: false, sets: [done] })
    expect(await onPostgres(database, 'SELECT count(*)::int FROM mutes')).toEqual([{ count: 2 }])
  } finally {
    await onPostgres(server, `DROP DATABASE ${name} WITH (FORCE)`)
  }
}

const inMongo = async (server: string): Promise<void> => {
  const uri = named(server)
  const own = { databases: serverDatabases, environment: { MONGODB_URI: uri } }
  const empty = await retention(['plan', '--mongo'], own)
  expect(empty.stdout).toContain('the database has no collection `mutes` and 1 more')
  const connection = await mongoose.createConnection(uri).asPromise()
  try {
    const collection = connection.collection('mutes')
    const ends = ['2025-05-01T00:00:00Z', '2025-07-01T00:00:00Z']
    await collection.insertMany(ends.map((text) => ({ channel: 'general', ends_at: new Date(text) })))
    const planned = await retention(['plan', '--mongo', ...at], own)
    expect(planned).toMatchObject({ exitCode: 0, stderr: '' })
    expect(planned.stdout).toMatch(/mute +1 +delete from mutes at ends_at, after lift_mute +1 +2025-05-01/)
    write('hooks.mjs', 'export const liftMute = () => undefined\n')
    const ran = await retention(['run', '--mongo', '--hooks', 'hooks.mjs', ...at], own)
    expect(ran).toMatchObject({ exitCode: 0, stderr: '' })
    expect(await collection.countDocuments()).toBe(1)
  } finally {
    await connection.dropDatabase()
    await connection.close()
  }
}

/** Proved where there is a server, and else named as not proved. */
const testOn = (title: string, server: string | null, variable: string, prove: (server: string) => Promise<void>) =>
  server === null
    ? test.skip(`not proved here: ${title} (${variable} is not set)`, () => undefined)
    : test(title, () => prove(server))

testOn('plan and run on a Postgres server, until SIGTERM', serverUrl, 'POSTGRES_TEST_URL', onServer)
testOn('plan and run on a server of Mongo', serverUri, 'MONGODB_URI', inMongo)
