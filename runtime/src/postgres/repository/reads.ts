import type { Page } from '../../pages/page.js'
import { readPage } from '../../rows/decoding.js'
import { refusal } from '../../rows/inputs.js'
import { type KeyGiven, readKey } from '../../storage/keys.js'
import { type FindRequest, readFind, readLock, readWhere } from '../../storage/options.js'
import { countRows, hasRows } from '../changes.js'
import { arrayText } from '../kinds/lists.js'
import { type PageRequest, readStoredPage } from '../pages.js'
import type { Parameter } from '../where.js'
import { undone } from '../wire.js'
import { ask, type Calls, conditionSql, readReturned, type TableUnique } from './table.js'

/** The one row of a condition, or null. */
export const rowWhere = async (calls: Calls, whereOf: (parameter: Parameter) => string): Promise<unknown> => {
  const { table } = calls
  const [row] = await ask(
    calls,
    'read',
    (parameter) => `SELECT ${table.returned} FROM ${table.table} AS own WHERE ${whereOf(parameter)}`,
  )
  return row === undefined ? null : readReturned(calls, row, 'read')
}

/** The row that a key or unique tells, or null. */
const foundRow = (calls: Calls, { condition, unique }: KeyGiven<TableUnique>): Promise<unknown> =>
  rowWhere(calls, (parameter) => conditionSql(calls, condition, parameter, unique))

/** The keys that a call was given, with their places, by the unique that they are of. */
const byUnique = (keys: readonly KeyGiven<TableUnique>[]): ReadonlyMap<TableUnique, readonly number[]> => {
  const places = new Map<TableUnique, number[]>()
  for (const [place, { unique }] of keys.entries()) places.set(unique, [...(places.get(unique) ?? []), place])
  return places
}

/**
 * The rows of keys by their places. Locked rows are read in the order of the key, so that two calls that lock some of the
 * same rows do not wait for each other.
 */
const rowsAt = async (
  calls: Calls,
  unique: TableUnique,
  keys: readonly KeyGiven<TableUnique>[],
  places: readonly number[],
  lock: boolean,
): Promise<readonly { readonly place: number; readonly row: unknown }[]> => {
  const { table } = calls
  const columns = unique.fields.map((field) => {
    const column = table.conditions[field]
    if (column === undefined) throw new TypeError(`no column of ${field}`)
    const values = places.map((place) => keys[place]?.values[field])
    return { ...column, texts: values.map((value) => (value === null ? null : column.encode(value))) }
  })
  const rows = await ask(calls, 'read', (parameter) => {
    const arrays = [
      ...columns.map(({ texts }) => `${parameter(arrayText(texts))}::text::text[]`),
      `${parameter(arrayText(places.map(String)))}::text::text[]`,
    ]
    const names = columns.map((_, at) => `"$${at}"`)
    const equals = unique.isNullEqual ? 'IS NOT DISTINCT FROM' : '='
    const alike = columns.map(({ sql, type }, at) => `${sql} ${equals} given."$${at}"::${type}`)
    const held = unique.where === null ? alike : [...alike, `(${unique.where})`]
    const locked = lock ? ` ORDER BY ${columns.map(({ sql }) => sql).join(', ')} FOR UPDATE OF own` : ''
    return (
      `SELECT ${table.returned}, given."$place" FROM unnest(${arrays.join(', ')}) ` +
      `AS given(${[...names, '"$place"'].join(', ')}) JOIN ${table.table} AS own ON ${held.join(' AND ')}${locked}`
    )
  })
  return rows.map((stored) => {
    const { $place, ...row } = stored as { readonly $place: string }
    return { place: Number($place), row: readReturned(calls, row, 'read') }
  })
}

/** Rows by their keys, in the order asked, with null for what is not there. */
const getMany = async (calls: Calls, keys: unknown, lock: boolean): Promise<unknown[]> => {
  const { table } = calls
  if (!Array.isArray(keys))
    throw refusal(table, 'getMany', [{ code: 'custom', path: [], message: 'not a list of keys', input: undefined }])
  const given = Array.from(keys, (key: unknown, at) => readKey(table, 'getMany', key, [at]))
  const rows: unknown[] = given.map(() => null)
  for (const [unique, places] of byUnique(given)) {
    for (const { place, row } of await rowsAt(calls, unique, given, places, lock)) rows[place] = row
  }
  return rows
}

/** A page of rows as code has them. */
export const pageOf = async (
  { db, table }: Calls,
  { collects, ...request }: FindRequest,
  list?: PageRequest['list'],
): Promise<Page<unknown>> => {
  const asked = list === undefined ? request : { ...request, list }
  const { rows, next } = await readStoredPage(db, { ...table, columns: table.returned }, asked)
  const stored = rows.map((row) => undone(table.forms ?? {}, row))
  return readPage(table, stored, next, collects)
}

const find = async (calls: Calls, options: unknown): Promise<Page<unknown>> =>
  pageOf(calls, readFind(calls.table, 'find', options))

async function* each(calls: Calls, options: object): AsyncGenerator<unknown, void, undefined> {
  for (let after: unknown = null; ; ) {
    const { rows, next } = await find(calls, { limit: 1_000, ...options, after })
    yield* rows
    if (next === null) return
    after = next
  }
}

/** The calls that find rows by what tells them. */
export const getsOf = (calls: Calls) => ({
  get: async (key: unknown): Promise<unknown> => foundRow(calls, readKey(calls.table, 'get', key)),
  getMany: async (keys: unknown, options?: unknown): Promise<unknown[]> =>
    getMany(calls, keys, readLock(calls.table, options)),
})

/** The calls that read pages: their places are between the keys of two rows. */
export const pagesOf = (calls: Calls) => ({
  find: async (options?: unknown): Promise<Page<unknown>> => find(calls, options),
  each: (options: object = {}): AsyncGenerator<unknown, void, undefined> => each(calls, options),
})

/** The calls that ask of all rows. */
export const countsOf = ({ db, table }: Calls) => ({
  count: async (where?: unknown): Promise<number> => countRows(db, table, readWhere(table, 'count', where)),
  exists: async (where?: unknown): Promise<boolean> => hasRows(db, table, readWhere(table, 'exists', where)),
})
