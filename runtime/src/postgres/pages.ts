import { z } from 'zod'
import type { Condition } from '../conditions/condition.js'
import { CursorError } from '../errors.js'
import { type Cursor, cursorAfter, valuesOf } from '../pages/cursor.js'
import type { Sort } from '../pages/order.js'
import type { SqlClient } from './client.js'
import { sqlStateOf } from './sqlstate.js'
import { type ConditionColumns, type Parameter, type ValueColumn, whereSql } from './where.js'

/** A column that rows can be ordered by. */
export interface OrderColumn extends ValueColumn {
  /** Its value as text that a cast to its type reads back, whatever the settings of the session. */
  readonly text: string
  /** Makes that text of what `text` gives, where this is the bytes that the server sends; null where it is the text. */
  readonly readText: ((sent: string) => string) | null
  /** What the statement returns it as already; null: it has to be returned beside the row. */
  readonly returnedAs: string | null
  readonly isNullable: boolean
}

export type OrderColumns = { readonly [field: string]: OrderColumn }

/** What pages are read from. */
export interface PageSource {
  /** The table: quoted, with its schema. */
  readonly table: string
  /** What the statement returns of a row. */
  readonly columns: string
  readonly conditions: ConditionColumns
  readonly orders: OrderColumns
}

export interface PageRequest {
  readonly condition: Condition
  readonly sorts: readonly Sort[]
  readonly limit: number
  readonly after: Cursor | null
  /** The named list that it is a page of, and the condition that this has on its rows, as SQL over the columns. */
  readonly list?: { readonly name: string; readonly where: string | null }
}

interface Ordered extends OrderColumn {
  readonly direction: Sort['direction']
}

const orderedBy = ({ orders }: PageSource, sorts: readonly Sort[]): readonly Ordered[] =>
  sorts.map(({ field, direction }) => {
    const column = orders[field]
    if (column === undefined) throw new TypeError(`no column to order by ${field}`)
    return { ...column, direction }
  })

/** Postgres puts nulls last, ascending (manual, 7.5); here they are the smallest. */
const orderText = ({ sql, direction, isNullable }: Ordered): string => {
  const nulls = direction === 'asc' ? ' NULLS FIRST' : ' NULLS LAST'
  return `${sql} ${direction.toUpperCase()}${isNullable ? nulls : ''}`
}

const valueText = ({ type }: Ordered, text: string, parameter: Parameter): string => `${parameter(text)}::text::${type}`

const equalText = (column: Ordered, text: string | null, parameter: Parameter): string =>
  text === null ? `${column.sql} IS NULL` : `${column.sql} = ${valueText(column, text, parameter)}`

/** What comes after a value of a column. */
const beyond = (column: Ordered, text: string | null, parameter: Parameter): readonly string[] => {
  const { sql, direction, isNullable } = column
  if (direction === 'asc')
    return [text === null ? `${sql} IS NOT NULL` : `${sql} > ${valueText(column, text, parameter)}`]
  if (text === null) return []
  const smaller = `${sql} < ${valueText(column, text, parameter)}`
  return isNullable ? [smaller, `${sql} IS NULL`] : [smaller]
}

/**
 * Conditions on the rows after a place, each of which an index serves: together they hold of all of them, and no row
 * meets two. Columns without nulls that all go one way are compared at once, as rows are (manual, 9.25.5).
 */
const afterPlace = (
  columns: readonly Ordered[],
  texts: readonly (string | null)[],
  parameter: Parameter,
): readonly string[] => {
  const [first, ...rest] = columns
  const [text = null, ...others] = texts
  if (first === undefined) return []
  if (columns.every(({ isNullable, direction }) => !isNullable && direction === first.direction)) {
    const values = columns.map((column, at) => valueText(column, texts[at] ?? '', parameter))
    return [
      `(${columns.map(({ sql }) => sql).join(', ')}) ${first.direction === 'asc' ? '>' : '<'} (${values.join(', ')})`,
    ]
  }
  return [
    ...afterPlace(rest, others, parameter).map((condition) => `${equalText(first, text, parameter)} AND ${condition}`),
    ...beyond(first, text, parameter),
  ]
}

/** What a statement calls the text of an ordered value that is no column of the row. */
const placeName = (at: number): string => `$${at}`

/** What a statement returns beside the row: the ordered values that it does not have. */
const placeColumns = (columns: readonly Ordered[]): string =>
  columns.map(({ text, returnedAs }, at) => (returnedAs === null ? `, ${text} AS "${placeName(at)}"` : '')).join('')

/** The statement of a page: one select, or where indexes serve parts of it, the first rows of all parts together. */
export const pageSql = (source: PageSource, request: PageRequest, parameter: Parameter): string => {
  const { condition, sorts, limit, after, list } = request
  const columns = orderedBy(source, sorts)
  const order = columns.map(orderText).join(', ')
  const given = whereSql(condition, source.conditions, parameter)
  const held = list === undefined || list.where === null ? given : `${given} AND (${list.where})`
  const most = parameter(limit + 1)
  const select = (returned: string, conditions: readonly string[]): string =>
    `SELECT ${returned} FROM ${source.table} AS own WHERE ${conditions.join(' AND ')} ORDER BY ${order} LIMIT ${most}`
  const returned = `${source.columns}${placeColumns(columns)}`
  const texts = after === null ? null : textsOf(after, request)
  const parts = texts === null ? [] : afterPlace(columns, texts, parameter)
  if (texts !== null && parts.length === 0) return select(returned, ['false'])
  if (parts.length < 2) return select(returned, [held, ...parts])
  const all = parts.map((part) => `(${select('*', [held, part])})`).join(' UNION ALL ')
  return `SELECT ${returned} FROM (${all}) AS own ORDER BY ${order} LIMIT ${most}`
}

const texts = z.array(z.string().nullable())

const textsOf = (cursor: Cursor, { condition, sorts, list }: PageRequest): readonly (string | null)[] => {
  const { data } = texts.safeParse(valuesOf(cursor, condition, sorts, list?.name))
  if (data === undefined) throw new CursorError('not a cursor of Postgres')
  return data
}

type StoredRow = { readonly [column: string]: unknown }

/** The texts of the ordered values of a row, by what the statement returned. */
const placeOf = (source: PageSource, { sorts }: PageRequest, row: StoredRow): readonly (string | null)[] =>
  orderedBy(source, sorts).map(({ readText, returnedAs }, at) => {
    const sent = row[returnedAs ?? placeName(at)]
    if (sent === null || sent === undefined) return null
    return readText === null ? String(sent) : readText(String(sent))
  })

/** Rows as the driver made them, and where the next page begins; null where there is none. */
export interface StoredPage {
  readonly rows: readonly StoredRow[]
  readonly next: Cursor | null
}

/** What Postgres says of a text that is no value of a type begins with 22 (manual, appendix A). */
const isBadValue = (failure: unknown): boolean => sqlStateOf(failure)?.startsWith('22') === true

/**
 * Reads a page. The cursor has the text of the last row's ordered columns, so that it stands between two rows whatever is
 * inserted or deleted around it. Throws a `CursorError` for a cursor of another `where` or `order`.
 */
export const readStoredPage = async (db: SqlClient, source: PageSource, request: PageRequest): Promise<StoredPage> => {
  const values: unknown[] = []
  const text = pageSql(source, request, (value) => `$${values.push(value)}`)
  const answer = await db.query(text, values).catch((cause: unknown) => {
    throw request.after !== null && isBadValue(cause) ? new CursorError('not a cursor of this page', { cause }) : cause
  })
  const stored = answer.rows.slice(0, request.limit) as readonly StoredRow[]
  const last = stored.at(-1)
  const isMore = answer.rows.length > request.limit && last !== undefined
  return {
    rows: stored,
    next: isMore
      ? cursorAfter(request.condition, request.sorts, placeOf(source, request, last), request.list?.name)
      : null,
  }
}
