import { PGlite } from '@electric-sql/pglite'
import { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ZodError } from 'zod'
import { ConstraintError, CursorError } from '../../runtime/src/errors.js'
import type { SqlClient } from '../../runtime/src/postgres/client.js'
import { keyedCalls } from '../../runtime/src/postgres/repository/index.js'
import { sessionOf } from '../../runtime/src/postgres/session.js'
import { StoredValueError } from '../../runtime/src/stored-value-error.js'
import { serverUrl } from '../support/postgres.js'
import { ddl, membersTable } from './members-table.js'

const schema = `botschema_members_${process.pid}`
const table = membersTable(schema)

interface Given {
  readonly db: SqlClient
  readonly members: ReturnType<typeof keyedCalls>
}

let engine: PGlite
beforeAll(async () => {
  engine = await PGlite.create()
})
afterAll(() => engine.close())

/** Runs a test on the embedded engine and, where there is one, on a pool of a server, each with an empty table. */
const test = (title: string, run: (given: Given) => Promise<void>): void => {
  const prove = async (db: SqlClient): Promise<void> => {
    for (const statement of ddl(schema).split(';')) await db.query(statement, [])
    await run({ db, members: keyedCalls({ db: sessionOf(db), table, keys: {} }) })
  }
  it(`${title} (embedded)`, () => prove(engine))
  it.skipIf(serverUrl === null)(`${title} (POSTGRES_TEST_URL)`, async () => {
    const pool = new Pool({ connectionString: serverUrl ?? '', max: 8 })
    await prove(pool)
    await pool.query(`DROP SCHEMA ${schema} CASCADE`)
    await pool.end()
  })
}

const key = (user: number) => ({ guild_id: '10', user_id: String(user) })

/** The statements that calls send, with their parameters. */
const sentBy = async (
  db: SqlClient,
  run: (members: Given['members']) => Promise<unknown>,
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

describe('inserts', () => {
  test('return the row as it is stored, with what was left out', async ({ members }) => {
    const row = { ...key(1), code: 'a"b\\', coins: 5, tags: ['x', '"', ','], extra: { a: [1, null] } }
    const joined_at = new Date('2026-01-01T00:00:00.000Z')
    expect(await members.insert(row)).toEqual({ ...row, number: 1n, joined_at })
    expect(await members.insert(key(2))).toEqual({
      ...key(2),
      number: 2n,
      code: null,
      coins: 0,
      tags: [],
      extra: null,
      joined_at,
    })
    expect(await members.insert({ ...key(3), number: 9n })).toMatchObject({ number: 9n })
  })

  test('of many rows keep their order, and the numbers that they bring', async ({ members }) => {
    const rows = [{ ...key(3), tags: ['a', '{}'] }, { ...key(1), number: 77n, code: 'NULL' }, key(2)]
    expect(await members.insertMany(rows)).toMatchObject([
      { ...key(3), number: 1n, tags: ['a', '{}'], code: null },
      { ...key(1), number: 77n, code: 'NULL' },
      { ...key(2), number: 2n },
    ])
    expect(await members.insertMany([])).toEqual([])
  })

  test('of many rows store all or none', async ({ members }) => {
    await members.insert(key(2))
    const failure = await members.insertMany([key(1), key(2)]).catch((error: unknown) => error)
    expect(failure).toMatchObject({ name: 'ConstraintError', problem: 'unique', constraint: 'members_pkey' })
    expect(await members.count()).toBe(1)
    await expect(members.insertMany([key(3), { ...key(4), coins: -1 }])).rejects.toThrow(ZodError)
    expect(await members.count()).toBe(1)
  })
})

describe('reads', () => {
  test('find a row by its key and by another unique', async ({ members }) => {
    await members.insert({ ...key(1), code: 'one' })
    expect(await members.get(key(1))).toMatchObject({ code: 'one' })
    expect(await members.get({ code: 'one' })).toMatchObject(key(1))
    expect(await members.get(key(2))).toBe(null)
    for (const wrong of [
      {},
      { guild_id: '10' },
      { code: null },
      { coins: 1 },
      { ...key(1), code: 'one' },
      '10',
      null,
      undefined,
    ])
      await expect(members.get(wrong)).rejects.toThrow(ZodError)
    await expect(members.get({ guild_id: '10', user_id: { $gt: '' } })).rejects.toThrow(ZodError)
  })

  test('of many keys are in the order asked', async ({ members }) => {
    await members.insertMany([{ ...key(1), code: 'one' }, key(2), { ...key(3), code: '{"' }])
    const rows = await members.getMany([key(3), key(9), key(1), { code: 'one' }, key(3)])
    expect(rows.map((row) => (row === null ? null : Reflect.get(Object(row), 'user_id')))).toEqual([
      '3',
      null,
      '1',
      '1',
      '3',
    ])
    expect(await members.getMany([{ code: '{"' }])).toMatchObject([key(3)])
    expect(await members.getMany([])).toEqual([])
    await expect(members.getMany([key(1), { guild_id: '10' }])).rejects.toMatchObject({ issues: [{ path: [1] }] })
  })

  test('walk all pages, and refuse cursors of other pages', async ({ members }) => {
    await members.insertMany(Array.from({ length: 25 }, (_, at) => ({ ...key(at + 1), coins: at % 4 })))
    const where = { coins: { gte: 1 } }
    const order = { coins: 'desc' } as const
    const first = await members.find({ where, order, limit: 10 })
    expect(first.rows).toHaveLength(10)
    const rest = await members.find({ where, order, limit: 10, after: first.next })
    expect(rest.next).toBe(null)
    const all: unknown[] = []
    for await (const row of members.each({ where, order, limit: 4 })) all.push(row)
    expect(all).toEqual([...first.rows, ...rest.rows])
    expect(all).toHaveLength(await members.count(where))
    await expect(members.find({ where, after: first.next })).rejects.toThrow(CursorError)
    await expect(members.find({ limit: 1_001 })).rejects.toThrow(ZodError)
    await expect(members.find({ wher: {} })).rejects.toThrow(ZodError)
  })

  test('throw for a row that cannot be read, or collect what cannot', async ({ db, members }) => {
    await members.insertMany([key(1), key(2)])
    await db.query(`ALTER TABLE ${schema}.members DROP CONSTRAINT coins_range, DROP CONSTRAINT rich_have_code`, [])
    await db.query(`ALTER TABLE ${schema}.members ALTER coins TYPE text`, [])
    await db.query(`UPDATE ${schema}.members SET coins = 'many' WHERE user_id = 1`, [])
    const failure: unknown = await members.find().catch((error: unknown) => error)
    if (!StoredValueError.is(failure)) throw failure
    expect(failure).toMatchObject({ field: 'coins', stored: 'many', written: false, rows: [key(2)], next: null })
    expect(await members.find({ unreadable: 'collect' })).toMatchObject({
      rows: [key(2)],
      unreadable: [{ field: 'coins', key: key(1) }],
    })
  })

  test('count, and tell whether there is one', async ({ members }) => {
    await members.insertMany([key(1), { ...key(2), tags: ['a'] }])
    expect(await members.count({ tags: { has: 'a' } })).toBe(1)
    expect(await members.exists({ tags: { has: 'b' } })).toBe(false)
    expect(await members.exists()).toBe(true)
  })

  test('ask inside of a column of JSON', async ({ members }) => {
    await members.insertMany([
      { ...key(1), extra: { level: 3 } },
      { ...key(2), extra: { level: null } },
      { ...key(3), extra: {} },
      key(4),
    ])
    expect(await members.count({ 'extra.level': { gte: 3 } })).toBe(1)
    expect(await members.count({ 'extra.level': null })).toBe(3)
    const { rows } = await members.find({ order: { 'extra.level': 'desc' }, limit: 1 })
    expect(rows).toMatchObject([key(1)])
  })
})

describe('updates', () => {
  test('change what is given, and nothing where nothing is', async ({ members }) => {
    const row = await members.insert({ ...key(1), code: 'one', coins: 3 })
    expect(await members.update(key(1), { code: null, tags: ['"'] })).toEqual({
      ...Object(row),
      code: null,
      tags: ['"'],
    })
    expect(await members.update(key(1), {})).toMatchObject({ coins: 3 })
    expect(await members.update(key(2), { coins: 1 })).toBe(null)
    await expect(members.update(key(1), { number: 1n })).rejects.toThrow(ZodError)
    const failure: unknown = await members.update(key(1), { coins: 950 }).catch((error: unknown) => error)
    expect(failure).toMatchObject({ name: 'ConstraintError', constraint: 'rich_have_code', fields: ['coins', 'code'] })
  })

  test('of many rows ask for a condition, or for all', async ({ members }) => {
    await members.insertMany([key(1), key(2), key(3)])
    expect(await members.updateMany({ user_id: { in: ['1', '3'] } }, { coins: 7 })).toBe(2)
    for (const nothing of [{}, { $and: [] }, { $and: [{}] }, undefined])
      await expect(members.updateMany(nothing, { coins: 1 })).rejects.toThrow(ZodError)
    expect(await members.updateMany({}, { coins: 1 }, { all: true })).toBe(3)
    await expect(members.updateMany({ coins: 1 }, { coins: 950 })).rejects.toThrow(ConstraintError)
    expect(await members.count({ coins: 1 })).toBe(3)
  })

  test('add to numbers within their limits', async ({ members }) => {
    await members.insert({ ...key(1), coins: 5 })
    expect(await members.increment(key(1), { coins: 5 })).toMatchObject({ coins: 10 })
    expect(await members.increment(key(2), { coins: 5 })).toBe(null)
    const failure: unknown = await members.increment(key(1), { coins: -11 }).catch((error: unknown) => error)
    expect(failure).toMatchObject({ name: 'ConstraintError', problem: 'check', fields: ['coins'] })
    for (const wrong of [{}, { coins: 0.5 }, { number: 1 }, { coins: undefined }])
      await expect(members.increment(key(1), wrong)).rejects.toThrow(ZodError)
    expect(await members.get(key(1))).toMatchObject({ coins: 10 })
  })
})

describe('upserts', () => {
  test('insert where there is no row, and change what was said where there is one', async ({ members }) => {
    const joined_at = new Date('2026-02-02T00:00:00.000Z')
    expect(await members.upsert({ ...key(1), coins: 4, joined_at })).toMatchObject({
      inserted: true,
      row: { coins: 4 },
    })
    const again = await members.upsert({ ...key(1), code: 'c', joined_at: new Date() })
    expect(again).toMatchObject({ inserted: false, row: { code: 'c', coins: 4, joined_at } })
    expect(await members.upsert({ ...key(1), code: 'c', coins: 8 }, { by: ['code'] })).toMatchObject({
      inserted: false,
      row: { coins: 8 },
    })
    await expect(members.upsert(key(1), { by: ['coins'] })).rejects.toThrow(ZodError)
  })

  test('of a row that is there are held to its own checks alone, and take no number', async ({ members }) => {
    await members.insert({ ...key(1), code: 'rich', coins: 899 })
    // A new row of this would have no code.
    expect(await members.upsert({ ...key(1), coins: 950 })).toMatchObject({ inserted: false, row: { coins: 950 } })
    await expect(members.upsert({ ...key(2), coins: 950 })).rejects.toThrow(ConstraintError)
    expect(await members.insert(key(3))).toMatchObject({ number: 3n })
  })

  test('at once insert one row', async ({ members }) => {
    const done = await Promise.all(Array.from({ length: 12 }, (_, at) => members.upsert({ ...key(1), coins: at })))
    expect(done.filter(({ inserted }) => inserted)).toHaveLength(1)
    expect(await members.count()).toBe(1)
  })
})

describe('deletes', () => {
  test('return the row that is gone, or count many', async ({ members }) => {
    await members.insertMany([{ ...key(1), code: 'one' }, key(2), key(3)])
    expect(await members.delete({ code: 'one' })).toMatchObject(key(1))
    expect(await members.delete(key(1))).toBe(null)
    await expect(members.deleteMany({})).rejects.toThrow(ZodError)
    expect(await members.deleteMany({ user_id: '3' })).toBe(1)
    expect(await members.deleteMany({}, { all: true })).toBe(1)
  })
})

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
