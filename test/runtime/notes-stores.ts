import { PGlite } from '@electric-sql/pglite'
import fc from 'fast-check'
import { type Connection, mongo } from 'mongoose'
import { Client } from 'pg'
import { afterAll, it } from 'vitest'
import type { Condition } from '../../runtime/src/conditions/condition.js'
import { documentPage, pageQuery, pageStages } from '../../runtime/src/mongo/pages.js'
import { whereFilter } from '../../runtime/src/mongo/where.js'
import type { Cursor } from '../../runtime/src/pages/cursor.js'
import type { Sort } from '../../runtime/src/pages/order.js'
import type { SqlClient } from '../../runtime/src/postgres/client.js'
import { readStoredPage } from '../../runtime/src/postgres/pages.js'
import { whereSql } from '../../runtime/src/postgres/where.js'
import { isSecondServer, type MongoServer, testOn } from '../support/mongo-server.js'
import { serverUrl } from '../support/postgres.js'
import { columns, drawn, drawnLow, orders, pathsWith, samples } from './notes-set.js'
import type { MemoryRow } from './rows-in-memory.js'

/** How many random cases a store is asked. */
export const runs = { numRuns: Number(process.env['CONDITION_RUNS'] ?? 200), seed: 20260101 }

/** A page as it is asked for. */
export interface Page {
  readonly condition: Condition
  readonly sorts: readonly Sort[]
  readonly limit: number
  readonly after: Cursor | null
}

/** A store that holds rows: which of them a condition gives, and a page of those. Rows go by their ids. */
export interface FilledStore {
  readonly ask: (condition: Condition) => Promise<readonly number[]>
  readonly page: (request: Page) => Promise<{ readonly ids: readonly number[]; readonly next: Cursor | null }>
}

const decimalOf = (text: string): unknown => mongo.Decimal128.fromString(text)

const name = `botschema_conditions_${process.pid}`

const table = `
DROP SCHEMA IF EXISTS ${name} CASCADE;
CREATE SCHEMA ${name};
SET search_path = ${name};
CREATE TYPE note_state AS ENUM ('open', 'done');
CREATE TABLE notes (
  id integer PRIMARY KEY, name text, state note_state, active boolean, owner bigint, level integer NOT NULL, price numeric(10, 2),
  seen timestamptz, tags text[], extra jsonb, settings jsonb NOT NULL
);`

/** Nulls of an object inside a row are there, or are missing, as an older version of the bot may have left them. */
const settingsOf = (row: MemoryRow): object => {
  const [enabled, prefix] = [row['settings.welcome.enabled'], row['settings.prefix']]
  return row['isSparse'] === true
    ? { ...(enabled === null ? {} : { welcome: { enabled } }), ...(prefix === null ? {} : { prefix }) }
    : { welcome: { enabled }, prefix }
}

/** A moment with half a millisecond more, which only Postgres keeps. */
const finer = (value: unknown): string | null =>
  value instanceof Date ? value.toISOString().replace(/Z$/, '500Z') : null

const fill = async (db: SqlClient, rows: readonly MemoryRow[]): Promise<void> => {
  for (const statement of table.split(';')) await db.query(statement, [])
  for (const [id, row] of rows.entries()) {
    const { name: text, state, active, owner, level, price, seen, tags, extra } = row
    const values = [
      id,
      text,
      state,
      active,
      owner,
      level,
      price,
      finer(seen),
      tags,
      JSON.stringify(extra),
      settingsOf(row),
    ]
    await db.query('INSERT INTO notes VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::jsonb, $11::jsonb)', [
      ...values.slice(0, 9),
      extra === null ? null : values[9],
      JSON.stringify(values[10]),
    ])
  }
}

export const documentOf = (row: MemoryRow, id: number): mongo.Document => {
  const own = Object.entries(row).flatMap(([path, value]) =>
    path.includes('.') || path === 'isSparse' || (value === null && row['isSparse'] === true)
      ? []
      : [[path, value === null ? null : (samples[path]?.store(value, decimalOf) ?? value)] as const],
  )
  return { _id: id as unknown as mongo.ObjectId, ...Object.fromEntries(own), settings: settingsOf(row) }
}

const idsIn = (found: readonly unknown[], key: string): readonly number[] =>
  found.map((row) => Number((row as MemoryRow)[key]))

const sorted = (ids: readonly number[]): readonly number[] => ids.toSorted((left, right) => left - right)

const fillPostgres = async (db: SqlClient, rows: readonly MemoryRow[]): Promise<FilledStore> => {
  await fill(db, rows)
  const source = { table: 'notes', columns: 'id', conditions: columns, orders }
  return {
    ask: async (condition) => {
      const values: unknown[] = []
      const where = whereSql(condition, columns, (value) => `$${values.push(value)}`)
      return sorted(idsIn((await db.query(`SELECT id FROM notes WHERE ${where}`, values)).rows, 'id'))
    },
    page: async (request) => {
      const page = await readStoredPage(db, source, request)
      return { ids: idsIn(page.rows, 'id'), next: page.next }
    },
  }
}

const fillMongo = async (connection: Connection, rows: readonly MemoryRow[]): Promise<FilledStore> => {
  const notes = connection.collection('notes')
  await notes.deleteMany({})
  await notes.insertMany(rows.map(documentOf))
  const paths = pathsWith(decimalOf)
  return {
    ask: async (condition) =>
      sorted(idsIn(await notes.find(whereFilter(condition, paths), { projection: { _id: 1 } }).toArray(), '_id')),
    page: async (request) => {
      const query = pageQuery(paths, { ...request, ordered: request.sorts.map(({ field }) => field) })
      const { filter, sort, limit, digits } = query
      const found = digits.length === 0 ? notes.find(filter, { sort, limit }) : notes.aggregate([...pageStages(query)])
      const { documents, next } = documentPage(paths, request, await found.toArray())
      return { ids: idsIn(documents, '_id'), next }
    },
  }
}

/** What is asked of a store, and the rows that it holds. */
type Prove = (store: FilledStore, rows: readonly MemoryRow[], random: typeof drawn) => Promise<void>

export const rowsOf = ({ row }: typeof drawn): readonly MemoryRow[] =>
  fc.sample(row, { seed: runs.seed, numRuns: 120 }).map((one, id) => ({ ...one, id }))

/** Proves a promise in every store that there is: each is filled with rows, and asked. */
export const inEveryStore = (subject: string, server: MongoServer | null, prove: Prove): void => {
  const rows = rowsOf(drawn)

  it.skipIf(isSecondServer)('in PGlite', async () => {
    const engine = await PGlite.create()
    await prove(await fillPostgres(engine, rows), rows, drawn)
    await engine.close()
  })

  it.skipIf(serverUrl === null || isSecondServer)('on a server of Postgres (POSTGRES_TEST_URL)', async () => {
    const client = new Client({ connectionString: serverUrl ?? '' })
    await client.connect()
    await prove(await fillPostgres(client, rows), rows, drawn)
    await client.query(`DROP SCHEMA ${name} CASCADE`)
    await client.end()
  })

  afterAll(() => server?.close())
  const testMongo = testOn(server, subject)
  testMongo('in documents', [], async ({ connection }) => {
    const low = rowsOf(drawnLow)
    await prove(await fillMongo(connection, low), low, drawnLow)
  })
  testMongo('in documents with texts beyond U+FFFF', ['code points'], async ({ connection }) => {
    await prove(await fillMongo(connection, rows), rows, drawn)
  })
}
