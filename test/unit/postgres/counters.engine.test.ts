import { Pool } from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openTestDatabase, serverUrl, type TestDatabase } from '../../support/postgres.js'
import { emitted, setOf } from '../../support/schema-sql.js'

let database: TestDatabase

beforeAll(async () => {
  database = await openTestDatabase()
}, 60_000)

afterAll(() => database?.close())

beforeEach(() => database.reset())

const cases = `
entity: case
key: [guild_id, number]
fields:
  guild_id: snowflake(guild)
  number: integer = next(guild_id)
`

const insert = 'INSERT INTO cases (guild_id) VALUES (1) RETURNING number'

describe('a counter', () => {
  it('begins after rows that are older than it', async () => {
    await database.exec('CREATE TABLE cases (guild_id bigint, number integer, PRIMARY KEY (guild_id, number))')
    await database.exec('INSERT INTO cases VALUES (1, 7)')
    const sql = await emitted(setOf(cases))
    await database.exec(sql.replace(/CREATE TABLE public\.cases \([^;]*;/, ''))
    expect(await database.query(insert)).toEqual([{ number: 8 }])
  })

  it('goes on after rows that came without its trigger', async () => {
    await database.exec(await emitted(setOf(cases)))
    expect(await database.query(insert)).toEqual([{ number: 1 }])
    await database.exec(`
      ALTER TABLE cases DISABLE TRIGGER ALL;
      INSERT INTO cases VALUES (1, 2), (1, 9);
      ALTER TABLE cases ENABLE TRIGGER ALL;
    `)
    expect(await database.query(insert)).toEqual([{ number: 10 }])
    await database.exec('DELETE FROM cases')
    expect(await database.query(insert)).toEqual([{ number: 11 }])
  })

  it('numbers the rows of one statement one after the other', async () => {
    await database.exec(await emitted(setOf(cases)))
    await database.exec('INSERT INTO cases (guild_id) SELECT 1 FROM generate_series(1, 5)')
    expect(await database.query('SELECT number FROM cases ORDER BY 1')).toHaveLength(5)
    expect(await database.query(insert)).toEqual([{ number: 6 }])
  })
})

describe.runIf(serverUrl !== null)('a counter on a server', () => {
  it('gives each of many inserters at once a number of its own, after rows that are older than it', async () => {
    const schema = `counters_${process.pid}`
    const pool = new Pool({ connectionString: serverUrl ?? '', max: 8 })
    try {
      await pool.query(await emitted(setOf(cases), { schema }))
      await pool.query(`
        ALTER TABLE ${schema}.cases DISABLE TRIGGER ALL;
        INSERT INTO ${schema}.cases VALUES (1, 20);
        ALTER TABLE ${schema}.cases ENABLE TRIGGER ALL;
      `)
      const text = `INSERT INTO ${schema}.cases (guild_id) VALUES (1) RETURNING number`
      const rows = await Promise.all(Array.from({ length: 60 }, () => pool.query<{ number: number }>(text)))
      const numbers = rows.flatMap(({ rows: [row] }) => row?.number ?? []).sort((a, b) => a - b)
      expect(numbers).toEqual(Array.from({ length: 60 }, (_, at) => 21 + at))
    } finally {
      await pool.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`)
      await pool.end()
    }
  })
})
