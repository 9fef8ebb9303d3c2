import { CursorError } from '../errors.js'
import type { Cursor } from '../pages/cursor.js'
import { decodeJson, encodeJson } from '../pages/json-text.js'
import type { Page, PageOptions } from '../pages/page.js'
import { readPage } from '../rows/decoding.js'
import { checkedPage, encodedPrefix } from '../rows/inputs.js'
import type { SqlClient } from './client.js'
import { databaseError } from './refusals.js'
import { run, type Table } from './rows.js'
import { orderedText, undone } from './wire.js'

/** A column that a list is ordered by. Ascending, nulls come last; descending, first: as an index has them. */
export interface Ordered {
  readonly property: string
  readonly column: string
  /** What its text is cast to. */
  readonly type: string
  readonly nullable: boolean
}

/** Rows in the order of an index or of the key. */
export interface List {
  readonly name: string
  readonly order: readonly (readonly [column: Ordered, direction: 'ASC' | 'DESC'])[]
  /** How many columns it may be narrowed to, from the first. */
  readonly narrowing: number
  /** The rows that a partial index has. */
  readonly where: string | null
}

type StoredRow = Readonly<Record<string, unknown>>

/** The values that a list is narrowed to, as its first columns take them. */
const narrowedTo = <Of>(table: Table<Of>, list: List, where: StoredRow): readonly unknown[] => {
  const names = list.order.slice(0, list.narrowing).map(([{ property }]) => property)
  return encodedPrefix(table, list.name, table.codecs, names, where).map(([, value]) => value)
}

/** What a cursor holds: its list, what that was narrowed to, and the text of each value that it stands after. */
type Place = readonly [list: string, narrowed: readonly unknown[], texts: readonly (string | null)[]]

const isText = (value: unknown): boolean => value === null || typeof value === 'string'

const isPlaceOf = (content: unknown, list: List, narrowed: readonly unknown[]): content is Place => {
  if (!Array.isArray(content)) return false
  const [name, before, texts]: readonly unknown[] = content
  const isOwn = name === list.name && JSON.stringify(before) === JSON.stringify(narrowed)
  return isOwn && Array.isArray(texts) && texts.length === list.order.length - narrowed.length && texts.every(isText)
}

const placeOf = (cursor: string, list: List, narrowed: readonly unknown[]): Place[2] => {
  const content = decodeJson(cursor)
  if (isPlaceOf(content, list, narrowed)) return content[2]
  throw new CursorError(`not a cursor of ${list.name} and what it is narrowed to`)
}

/** Gives a value its place among a statement's parameters, and says how the statement calls it. */
type Parameter = (value: unknown) => string

const equals = (column: string, value: unknown, parameter: Parameter): string =>
  value === null ? `${column} IS NULL` : `${column} = ${parameter(value)}`

/** What comes after a value of a column. */
const beyond = (
  [{ column, type, nullable }, direction]: List['order'][number],
  text: string | null,
  parameter: Parameter,
): readonly string[] => {
  if (text === null) return direction === 'ASC' ? [] : [`${column} IS NOT NULL`]
  const after = `${column} ${direction === 'ASC' ? '>' : '<'} ${parameter(text)}::text::${type}`
  return nullable && direction === 'ASC' ? [after, `${column} IS NULL`] : [after]
}

/**
 * Conditions on the rows after a place, each of which an index serves: together they hold of all of them, and no row
 * meets two. Columns without nulls that all go one way are compared at once, as rows are.
 */
const after = (order: List['order'], texts: readonly (string | null)[], parameter: Parameter): readonly string[] => {
  const [first] = order
  if (first === undefined) return []
  if (order.every(([{ nullable }, direction]) => !nullable && direction === first[1])) {
    const values = order.map(([{ type }], at) => `${parameter(texts[at])}::text::${type}`)
    return [
      `(${order.map(([{ column }]) => column).join(', ')}) ${first[1] === 'ASC' ? '>' : '<'} (${values.join(', ')})`,
    ]
  }
  const [text = null] = texts
  const alike =
    text === null ? `${first[0].column} IS NULL` : `${first[0].column} = ${parameter(text)}::text::${first[0].type}`
  return [
    ...after(order.slice(1), texts.slice(1), parameter).map((condition) => `${alike} AND ${condition}`),
    ...beyond(first, text, parameter),
  ]
}

interface Selection {
  readonly list: List
  readonly conditions: readonly string[]
  /** Conditions of which a row meets one, or none where all rows are meant. */
  readonly alternatives: readonly string[]
  readonly limit: string
}

/** A statement for each alternative, so that each is read along the index; then the first rows of all. */
const selectionText = <Of>(table: Table<Of>, { list, conditions, alternatives, limit }: Selection): string => {
  const order = list.order.map(([{ column }, direction]) => `page.${column} ${direction}`).join(', ')
  const rowsThat = (columns: string, held: readonly string[]): string =>
    `SELECT ${columns} FROM ${table.sql} AS page${held.length === 0 ? '' : ` WHERE ${held.join(' AND ')}`} ORDER BY ${order} LIMIT ${limit}`
  if (alternatives.length < 2) return rowsThat(table.columns, [...conditions, ...alternatives])
  const parts = alternatives.map((alternative) => `(${rowsThat('*', [...conditions, alternative])})`)
  return `SELECT ${table.columns} FROM (${parts.join(' UNION ALL ')}) AS page ORDER BY ${order} LIMIT ${limit}`
}

/** What Postgres says of a text that is no value of a type begins with 22 (manual, appendix A). */
const isBadValue = (failure: unknown): boolean => databaseError.safeParse(failure).data?.code.startsWith('22') === true

/**
 * A page of a list, and where the next begins. The cursor has the text of the last row's ordered columns, so that it
 * stands between two rows whatever is inserted or deleted around it.
 */
export const page = async <Of>(
  db: SqlClient,
  table: Table<Of>,
  list: List,
  options: PageOptions & { readonly where?: object | undefined },
): Promise<Page<Of>> => {
  const { limit, after: cursor, where } = checkedPage(table, list.name, options)
  const narrowed = narrowedTo(table, list, where)
  const order = list.order.slice(narrowed.length)
  const values: unknown[] = []
  const parameter: Parameter = (value) => `$${values.push(value)}`
  const conditions = [
    ...(list.where === null ? [] : [`(${list.where})`]),
    ...narrowed.map((value, at) => equals(list.order[at]?.[0].column ?? '', value, parameter)),
  ]
  const alternatives = cursor === null ? [] : after(order, placeOf(cursor, list, narrowed), parameter)
  const text = selectionText(table, { list, conditions, alternatives, limit: parameter(limit + 1) })
  const stored = await run(db, table, text, values, 'read').catch((failure: unknown) => {
    throw cursor !== null && isBadValue(failure)
      ? new CursorError(`not a cursor of ${list.name}`, { cause: failure })
      : failure
  })
  const rows = stored.slice(0, limit).map((row) => undone(table.forms ?? {}, row))
  const last = rows.at(-1)
  const texts = order.map(([{ property }]) => orderedText(last?.[property]))
  return readPage(table, rows, stored.length > limit ? (encodeJson([list.name, narrowed, texts]) as Cursor) : null)
}
