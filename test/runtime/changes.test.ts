import { PGlite } from '@electric-sql/pglite'
import { mongo } from 'mongoose'
import { Pool } from 'pg'
import { afterAll, describe, expect, it } from 'vitest'
import { ZodError, z } from 'zod'
import { type Counters, readIncrements } from '../../runtime/src/changes/increments.js'
import type { Condition } from '../../runtime/src/conditions/condition.js'
import {
  type ChangedCollection,
  countDocuments,
  deleteDocuments,
  hasDocuments,
  incrementDocument,
  updateDocuments,
} from '../../runtime/src/mongo/changes.js'
import { type MongoSession, sessionOf } from '../../runtime/src/mongo/session.js'
import {
  type ChangedTable,
  countRows,
  deleteRows,
  hasRows,
  incrementRow,
  updateRows,
} from '../../runtime/src/postgres/changes.js'
import type { SqlClient } from '../../runtime/src/postgres/client.js'
import type { ConditionColumn } from '../../runtime/src/postgres/where.js'
import { isSecondServer, type MongoServer, openServer, testOn } from '../support/mongo-server.js'
import { serverUrl } from '../support/postgres.js'

const schema = `botschema_changes_${process.pid}`

const counters: Counters = {
  coins: { amount: z.int(), min: '0', max: '1000' },
  gems: { amount: z.bigint(), min: '-9223372036854775808', max: '9223372036854775807' },
  balance: { amount: z.string().regex(/^-?\d+\.\d\d$/), min: '0.00', max: null },
}

const textColumn = (sql: string, type: string): ConditionColumn => ({
  sql,
  type,
  encode: String,
  next: null,
  ordered: null,
})

const table: ChangedTable = {
  table: `${schema}.wallets`,
  conditions: {
    id: textColumn('id', 'integer'),
    coins: textColumn('coins', 'bigint'),
    kind: textColumn('kind', 'text'),
  },
  columns: {
    coins: { name: 'coins', type: 'integer', encode: String, sumType: 'numeric' },
    gems: { name: 'gems', type: 'bigint', encode: String, sumType: 'numeric' },
    balance: { name: 'balance', type: 'numeric', encode: String, sumType: 'numeric' },
    kind: { name: 'kind', type: 'text', encode: String, sumType: null },
  },
}

const decimalOf = (value: unknown): unknown => mongo.Decimal128.fromString(String(value))
const whole = (value: unknown): unknown => mongo.Long.fromString(String(value))

const collection: ChangedCollection = {
  collection: 'wallets',
  conditions: {
    id: { path: '_id', encode: Number },
    coins: { path: 'coins', encode: Number },
    kind: { path: 'kind', encode: String },
  },
  paths: {
    coins: { path: 'coins', encode: Number, missing: 50 },
    gems: { path: 'gems', encode: whole },
    balance: { path: 'balance', encode: decimalOf },
    kind: { path: 'kind', encode: String },
  },
}

interface Wallet {
  readonly coins: number
  readonly gems: bigint
  readonly balance: string
  readonly kind: string | null
}

/** The functions of one store, alike. */
interface Store {
  readonly fill: (wallets: readonly Wallet[]) => Promise<void>
  readonly count: (condition: Condition) => Promise<number>
  readonly has: (condition: Condition) => Promise<boolean>
  readonly remove: (condition: Condition) => Promise<number>
  readonly update: (condition: Condition, patch: object) => Promise<number>
  readonly increment: (id: number, amounts: object) => Promise<unknown>
}

const keyOf = (id: number): Condition => ({ kind: 'equal', field: 'id', value: id })

const inPostgres = (db: SqlClient): Store => ({
  fill: async (wallets) => {
    await db.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`, [])
    await db.query(`CREATE SCHEMA ${schema}`, [])
    await db.query(
      `CREATE TABLE ${table.table} (id integer PRIMARY KEY, coins integer NOT NULL, gems bigint NOT NULL, balance numeric(10, 2) NOT NULL, kind text)`,
      [],
    )
    for (const [id, { coins, gems, balance, kind }] of wallets.entries())
      await db.query(`INSERT INTO ${table.table} VALUES ($1, $2, $3, $4, $5)`, [id, coins, String(gems), balance, kind])
  },
  count: (condition) => countRows(db, table, condition),
  has: (condition) => hasRows(db, table, condition),
  remove: (condition) => deleteRows(db, table, condition),
  update: (condition, patch) => updateRows(db, table, condition, { ...patch }),
  increment: async (id, amounts) => {
    const returned = 'coins::text AS coins, gems::text AS gems, balance::text AS balance'
    const outcome = await incrementRow(db, table, keyOf(id), readIncrements(counters, amounts), returned)
    return typeof outcome === 'string' ? outcome : outcome.row
  },
})

const inMongo = (session: MongoSession): Store => ({
  fill: async (wallets) => {
    const documents = session.connection.collection('wallets')
    await documents.deleteMany({})
    await documents.insertMany(
      wallets.map(({ gems, balance, ...rest }, _id) => ({
        ...rest,
        _id: _id as unknown as mongo.ObjectId,
        gems: whole(gems),
        balance: decimalOf(balance),
      })),
    )
  },
  count: (condition) => countDocuments(session, collection, condition),
  has: (condition) => hasDocuments(session, collection, condition),
  remove: (condition) => deleteDocuments(session, collection, condition),
  update: (condition, patch) => updateDocuments(session, collection, condition, { ...patch }),
  increment: async (id, amounts) => {
    const outcome = await incrementDocument(session, collection, { _id: id }, readIncrements(counters, amounts))
    if (typeof outcome === 'string') return outcome
    const { coins, gems, balance } = outcome.document as Record<string, unknown>
    return { coins: String(coins), gems: String(gems), balance: String(balance) }
  },
})

const wallet: Wallet = { coins: 0, gems: 0n, balance: '0.00', kind: 'a' }
const rich: Condition = { kind: 'order', operator: 'gte', field: 'coins', value: 10 }
const everyRow: Condition = { kind: 'all', of: [] }

const changeRows = async (store: Store): Promise<void> => {
  await store.fill([wallet, { ...wallet, coins: 10 }, { ...wallet, coins: 20, kind: null }])
  expect([await store.count(rich), await store.count(everyRow), await store.has(rich)]).toEqual([2, 3, true])
  expect(await store.update(rich, { kind: 'rich' })).toBe(2)
  expect(await store.update(rich, { kind: undefined })).toBe(2)
  expect(await store.count({ kind: 'equal', field: 'kind', value: 'rich' })).toBe(2)
  expect(await store.update(everyRow, { kind: null })).toBe(3)
  expect(await store.remove(rich)).toBe(2)
  expect([await store.has(rich), await store.count(everyRow), await store.remove(rich)]).toEqual([false, 1, 0])
}

const addExactly = async (store: Store): Promise<void> => {
  await store.fill([{ ...wallet, gems: 9_007_199_254_740_993n }])
  expect(await store.increment(0, { coins: 5, gems: 2n, balance: '0.10' })).toEqual({
    coins: '5',
    gems: '9007199254740995',
    balance: '0.10',
  })
  expect(await store.increment(0, { coins: -5, balance: '0.20' })).toMatchObject({ coins: '0', balance: '0.30' })
  expect(await store.increment(9, { coins: 5 })).toBe('missing')
}

const keepLimits = async (store: Store): Promise<void> => {
  await store.fill([{ ...wallet, gems: 9_223_372_036_854_775_000n }])
  expect(await store.increment(0, { coins: -1 })).toBe('refused')
  expect(await store.increment(0, { coins: 1001 })).toBe('refused')
  expect(await store.increment(0, { balance: '-0.01' })).toBe('refused')
  expect(await store.increment(0, { coins: 2_000_000_000 })).toBe('refused')
  expect(await store.increment(0, { coins: 1, balance: '-0.01' })).toBe('refused')
  expect(await store.increment(0, { coins: 1000 })).toMatchObject({ coins: '1000' })
}

/** Twenty at once add five: "read, add, write" would end anywhere between 5 and 100. */
const raceToHundred = async (store: Store): Promise<void> => {
  for (let round = 0; round < 10; round += 1) {
    await store.fill([wallet])
    await Promise.all(Array.from({ length: 20 }, () => store.increment(0, { coins: 5 })))
    expect(await store.count({ kind: 'equal', field: 'coins', value: 100 })).toBe(1)
  }
}

const promises: readonly (readonly [name: string, prove: (store: Store) => Promise<void>])[] = [
  ['counts, updates and deletes what a condition holds of', changeRows],
  ['adds exactly, to several fields at once', addExactly],
  ['refuses what would leave a limit, and adds nothing then', keepLimits],
]

const onPostgres = (open: () => SqlClient): void => {
  it.each(promises)('%s', (_, prove) => prove(inPostgres(open())))
  it('adds all that many add at once', () => raceToHundred(inPostgres(open())))
}

describe.skipIf(isSecondServer)('in PGlite', () => {
  const engine = new PGlite()
  afterAll(() => engine.close())
  onPostgres(() => engine)
})

describe.skipIf(serverUrl === null || isSecondServer)('on a server of Postgres (POSTGRES_TEST_URL)', () => {
  const pool = new Pool({ connectionString: serverUrl ?? '', max: 8 })
  afterAll(async () => {
    await pool.query(`DROP SCHEMA ${schema} CASCADE`)
    await pool.end()
  })
  onPostgres(() => pool)
})

const server = await openServer()
afterAll(() => server?.close())

describe('on a server of Mongo', () => {
  const proved = testOn(server, 'changes of many documents, and sums')
  const storeOn = ({ connection }: MongoServer): Store => inMongo(sessionOf(connection))
  for (const [name, prove] of promises) proved(name, [], (on) => prove(storeOn(on)))
  proved('adds all that many add at once', ['races'], (on) => raceToHundred(storeOn(on)))
  proved('adds to what an older document lacks as it is read', [], async (on) => {
    const store = storeOn(on)
    await store.fill([wallet])
    await on.connection.collection('wallets').updateMany({}, { $unset: { coins: 1 } })
    expect(await Promise.all([1, 2].map((coins) => store.increment(0, { coins })))).toContainEqual(
      expect.objectContaining({ coins: '53' }),
    )
  })
})

describe('what cannot be added is refused', () => {
  it.each([
    [{}, 'amounts: not an object of fields and what is added to them'],
    [null, 'amounts: not an object of fields and what is added to them'],
    [{ kind: 1 }, 'amounts.kind: no field that can be added to'],
    [{ constructor: 1 }, 'amounts.constructor: no field that can be added to'],
    [{ coins: 0.5 }, 'amounts.coins: Invalid input: expected int, received number'],
    [{ gems: 1 }, 'amounts.gems: Invalid input: expected bigint, received number'],
    [{ coins: undefined }, 'amounts.coins: Invalid input: expected number, received undefined'],
  ])('%j', (amounts, message) => {
    try {
      readIncrements(counters, amounts)
      expect.fail('taken')
    } catch (failure) {
      if (!(failure instanceof ZodError)) throw failure
      expect(failure.issues.map(({ path, message: text }) => `${path.join('.')}: ${text}`).join('; ')).toBe(message)
    }
  })
})
