import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import mongoose from 'mongoose'
import { Client } from 'pg'
import { describe, expect, test } from 'vitest'
import { serverDatabases } from '../../generators/cli/databases/index.js'
import { botschema } from '../support/cli.js'
import { serverUri } from '../support/mongo-server.js'
import { serverUrl } from '../support/postgres.js'
import { withRetainedSet } from './retained-set.js'

const named = (url: string): string => {
  const own = new URL(url)
  own.pathname = `/retention_${randomUUID().replaceAll('-', '')}`
  return own.href
}

const onPostgres = async (url: string, ...texts: readonly string[]): Promise<readonly Record<string, unknown>[]> => {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    let rows: Record<string, unknown>[] = []
    for (const text of texts) rows = (await client.query<Record<string, unknown>>(text)).rows
    return rows
  } finally {
    await client.end()
  }
}

/** A database of its own on the server, which is gone after `use`. */
const withPostgres = async (server: string, use: (url: string) => Promise<void>): Promise<void> => {
  const url = named(server)
  const name = new URL(url).pathname.slice(1)
  await onPostgres(server, `CREATE DATABASE ${name}`)
  try {
    await use(url)
  } finally {
    await onPostgres(server, `DROP DATABASE ${name} WITH (FORCE)`)
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

const proof = 'retention plan and run on a Postgres server'

describe('retention on servers', () => {
  test.skipIf(serverUrl === null)(
    serverUrl === null ? `not proved here: ${proof} (POSTGRES_TEST_URL is not set)` : proof,
    () =>
      withPostgres(serverUrl ?? '', (url) =>
        withRetainedSet(serverDatabases, async ({ folder, retention, write }) => {
          const plan = ['plan', '--postgres', 'set']
          const environment = { DATABASE_URL: url }
          const empty = await retention(plan, { environment })
          expect(empty.stdout).toContain('error retention-not-applied')
          const files = ['schema', 'retention'].map((name) => join(folder, `output/kept/postgres/${name}.sql`))
          await onPostgres(url, ...files.map((file) => readFileSync(file, 'utf8')), mutes)
          const planned = await retention(plan, { environment })
          expect(planned).toMatchObject({ exitCode: 0, stderr: '' })
          expect(planned.stdout).toMatch(/mute +1 +delete from mutes at ends_at, after lift_mute +5 +2025-05-01/)
          write('hooks.mjs', asksToStop)
          const args = ['retention', 'run', '--postgres', '--hooks', 'hooks.mjs', '--json']
          const stopped = await botschema(folder, args, { environment })
          expect(stopped).toMatchObject({ exitCode: 130, signal: null, stderr: '' })
          expect(JSON.parse(stopped.stdout)).toMatchObject({
            ok: false,
            sets: [{ retired: [{ entity: 'mute', rows: 3 }], finished: false }],
          })
          expect(await onPostgres(url, 'SELECT count(*)::int FROM mutes')).toEqual([{ count: 2 }])
          const nobody = await retention(['plan', '--postgres', `${named(url)}?password=s3cret`])
          expect(nobody).toMatchObject({ exitCode: 1, stderr: '' })
          expect(nobody.stdout).toContain('Postgres cannot be used: there is no database of that name')
        }),
      ),
  )

  const inMongo = 'retention plan and run on a server of Mongo'

  test.skipIf(serverUri === null)(
    serverUri === null ? `not proved here: ${inMongo} (MONGODB_URI is not set)` : inMongo,
    () =>
      withRetainedSet(serverDatabases, async ({ retention, write }) => {
        const uri = named(serverUri ?? '')
        const connection = await mongoose.createConnection(uri).asPromise()
        try {
          const environment = { MONGODB_URI: uri }
          const empty = await retention(['plan', '--mongo'], { environment })
          expect(empty.stdout).toContain('the database has no collection `mutes` and 1 more')
          const collection = connection.collection('mutes')
          await collection.insertMany([
            { channel: 'general', ends_at: new Date('2025-05-01T00:00:00Z') },
            { channel: 'games', ends_at: new Date('2025-07-01T00:00:00Z') },
          ])
          const at = ['--at', '2025-06-01T00:00:00Z']
          const planned = await retention(['plan', '--mongo', ...at], { environment })
          expect(planned).toMatchObject({ exitCode: 0, stderr: '' })
          expect(planned.stdout).toMatch(/mute +1 +delete from mutes at ends_at, after lift_mute +1 +2025-05-01/)
          write('hooks.mjs', 'export const liftMute = () => undefined\n')
          const ran = await retention(['run', '--mongo', '--hooks', 'hooks.mjs', ...at], { environment })
          expect(ran).toMatchObject({ exitCode: 0, stderr: '' })
          expect(await collection.countDocuments()).toBe(1)
        } finally {
          await connection.dropDatabase()
          await connection.close()
        }
      }),
  )
})
