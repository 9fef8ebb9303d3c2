import { PGlite } from '@electric-sql/pglite'
import { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SqlClient } from '../../runtime/src/postgres/client.js'
import { keyedCalls } from '../../runtime/src/postgres/repository/index.js'
import { sessionOf } from '../../runtime/src/postgres/session.js'
import { serverUrl } from '../support/postgres.js'
import { key, type MembersStore, proveCalls } from './members-calls.js'
import { ddl, membersTable } from './members-table.js'

const schema = `botschema_members_${process.pid}`
const table = membersTable(schema)

let engine: PGlite
beforeAll(async () => {
  engine = await PGlite.create()
})
afterAll(() => engine.close())

interface Given extends MembersStore {
  readonly db: SqlClient
}

/** Runs a test on the embedded engine and, where there is one, on a pool of a server, each with an empty table. */
const test = (title: string, run: (given: Given) => Promise<void>): void => {
  const prove = async (db: SqlClient): Promise<void> => {
    for (const statement of ddl(schema).split(';')) await db.query(statement, [])
    const spoil = async (user: number): Promise<void> => {
      await db.query(`ALTER TABLE ${schema}.members DROP CONSTRAINT coins_range, DROP CONSTRAINT rich_have_code`, [])
      await db.query(`ALTER TABLE ${schema}.members ALTER coins TYPE text`, [])
      await db.query(`UPDATE ${schema}.members SET coins = 'many' WHERE user_id = $1`, [user])
    }
    await run({ db, spoil, members: keyedCalls({ db: sessionOf(db), table, keys: {} }) })
  }
  it(`${title} (embedded)`, () => prove(engine))
  it.skipIf(serverUrl === null)(`${title} (POSTGRES_TEST_URL)`, async () => {
    const pool = new Pool({ connectionString: serverUrl ?? '', max: 8 })
    await prove(pool)
    await pool.query(`DROP SCHEMA ${schema} CASCADE`)
    await pool.end()
  })
}

/** The statements that calls send, with their parameters. */
const sentBy = async (
  db: SqlClient,
  run: (members: MembersStore['members']) => Promise<unknown>,
): Promise<readonly string[]> => {
  const sent: string[] = []
  const spy: SqlClient = {
    query: (text, values) => {
      sent.push(text)
      return db.query(text, values)
    },
  }
  await run(keyedCalls({ db: sessionOf(spy), table, keys: {} }))
  return sent
}

proveCalls(test)

describe('what is sent', () => {
  test('holds limits and conditions in the statement that writes', async ({ db, members }) => {
    await members.insert(key(1))
    expect(await sentBy(db, (spied) => spied.increment(key(1), { coins: 5 }))).toEqual([
      `UPDATE ${schema}.members AS own SET coins = coins + $1::text::integer ` +
        'WHERE (own.guild_id = $6::text::bigint AND own.user_id = $7::text::bigint) ' +
        'AND coins::numeric + $2::text::numeric >= $3::text::numeric ' +
        `AND coins::numeric + $4::text::numeric <= $5::text::numeric RETURNING ${table.returned}`,
    ])
  })
})

describe('rows that are locked', () => {
  it.skipIf(serverUrl === null)('let sixty payments both ways end without a retry', async () => {
    const pool = new Pool({ connectionString: serverUrl ?? '', max: 16 })
    for (const statement of ddl(schema).split(';')) await pool.query(statement)
    const session = sessionOf(pool)
    await keyedCalls({ db: session, table, keys: {} }).insertMany([1, 2].map((user) => ({ ...key(user), coins: 400 })))
    let runs = 0
    const pay = (from: number, to: number) =>
      session.transaction(async (tx) => {
        runs += 1
        const members = keyedCalls({ db: tx, table, keys: {} })
        await members.getMany([key(from), key(to)], { lock: true })
        await members.increment(key(from), { coins: -5 })
        await members.increment(key(to), { coins: 5 })
      })
    await Promise.all(Array.from({ length: 60 }, (_, at) => (at % 2 === 0 ? pay(1, 2) : pay(2, 1))))
    expect(runs).toBe(60)
    expect(await keyedCalls({ db: session, table, keys: {} }).getMany([key(1), key(2)])).toMatchObject([
      { coins: 400 },
      { coins: 400 },
    ])
    await pool.query(`DROP SCHEMA ${schema} CASCADE`)
    await pool.end()
  })
})
