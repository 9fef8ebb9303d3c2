import { z } from 'zod'
import {
  type Constraint,
  ConstraintError,
  type Cursor,
  CursorError,
  type Page,
  type PageOptions,
  typeConstraint,
} from '../typescript/storage.js'
import { type Readable, readPage, readRow } from '../zod/decoding.js'
import { type Codecs, checkedPage, encodedPrefix } from '../zod/inputs.js'
import { constraints } from './constraints.js'
import { type Forms, orderedText, undone } from './wire.js'

/** Anything that runs one statement with its parameters: a pool or a client of `pg`, PGlite, a client inside a transaction. */
export interface SqlClient {
  query(text: string, values: unknown[]): Promise<{ readonly rows: readonly unknown[] }>
}

/** What a statement is about: the table's name, as errors have it, and what reads the rows that come back. */
export interface Source<Row> extends Readable<Row> {
  readonly name: string
  /** What has to be undone before the codecs of a row read it. */
  readonly forms?: Forms
  /** The properties that the database computes. */
  readonly computed?: readonly string[]
}

/** Reads rows as the driver makes them. */
export const asReturned = <Row>(): z.ZodType<Row> => z.custom<Row>() as z.ZodType<Row>

/** A table as statements have it. */
export interface Table<Row> extends Source<Row> {
  /** The name: quoted, with its schema. */
  readonly sql: string
  /** What a statement returns of a row, by the names of the properties. */
  readonly columns: string
  /** Between a column and the value of a row, by property. */
  readonly codecs: Codecs
}

/** What `pg` and PGlite say of an error (Postgres manual, 53.8: the fields of an error). */
const databaseError = z.object({
  code: z.string(),
  table: z.string().optional(),
  constraint: z.string().optional(),
})

type DatabaseError = z.output<typeof databaseError>

/** Partitions call what they take from their table by their own name, where that begins with the table's. */
const constraintOf = (own: string, { table = own, constraint = '' }: DatabaseError): Constraint | undefined =>
  constraints[`${table}.${constraint}`] ??
  constraints[`${own}.${constraint}`] ??
  constraints[`${own}.${constraint.replace(table, () => own)}`]

/** Rows that point at the one which was to go, or to change: the constraint is theirs. */
const referenced = (constraint: Constraint): Constraint => ({
  ...constraint,
  problem: 'referenced',
  rule: `rows of ${constraint.entity} point at it`,
})

/** What a statement does to a row: one that is deleted cannot lack what it points at. */
export type Doing = 'read' | 'write' | 'delete'

/** A row that a statement returned. */
const rowOf = <Row>(of: Source<Row>, row: unknown, doing: Doing): Row =>
  readRow(of, of.forms === undefined ? row : undone(of.forms, row), doing !== 'read')

/** What breaks a constraint (Postgres manual, appendix A, class 23), and of what sort that is. */
const violations: Readonly<Record<string, Constraint['problem']>> = {
  23001: 'reference',
  23503: 'reference',
  23505: 'unique',
  23514: 'check',
}

/** The constraint of the description that an error is about; null where it is about none. */
export const constraintIn = (failure: unknown, own: string, doing: Doing = 'write'): Constraint | null => {
  const { data: error } = databaseError.safeParse(failure)
  if (error === undefined) return null
  const constraint = constraintOf(own, error)
  if (constraint === undefined || violations[error.code] !== constraint.problem) return null
  const isPointedAt = error.code === '23001' || doing === 'delete' || (error.table ?? own) !== own
  return constraint.problem === 'reference' && isPointedAt ? referenced(constraint) : constraint
}

/** What a value is refused with that leaves its type: a number its range, a text its length, a time the calendar. */
const outOfType: readonly string[] = ['22001', '22003', '22008']

/** The constraint that an error of a write is about, as `constraintIn`; what is given was held to its type before. */
export const refusedBy = (
  failure: unknown,
  { entity, name, computed = [] }: Written,
  doing: Doing,
): Constraint | null => {
  const constraint = constraintIn(failure, name, doing)
  const code = databaseError.safeParse(failure).data?.code ?? ''
  return constraint === null && doing === 'write' && outOfType.includes(code)
    ? typeConstraint(entity, computed)
    : constraint
}

/** What is written to, as errors tell it. */
type Written = Pick<Source<unknown>, 'entity' | 'name' | 'computed'>

/** Runs a statement; what breaks a constraint is said as the description has it, all else as it came. */
const run = async (
  db: SqlClient,
  table: Written,
  text: string,
  values: unknown[],
  doing: Doing = 'write',
): Promise<readonly unknown[]> => {
  try {
    return (await db.query(text, values)).rows
  } catch (failure) {
    const constraint = refusedBy(failure, table, doing)
    throw constraint === null ? failure : new ConstraintError(constraint, failure)
  }
}

/** The row that a statement returns. */
export const only = async <Row>(db: SqlClient, table: Source<Row>, text: string, values: unknown[]): Promise<Row> => {
  const [row] = await run(db, table, text, values)
  return rowOf(table, row, 'write')
}

/** The row that a statement returns, or null. */
export const one = async <Row>(
  db: SqlClient,
  table: Source<Row>,
  text: string,
  values: unknown[],
  doing: Doing = 'write',
): Promise<Row | null> => {
  const [row] = await run(db, table, text, values, doing)
  return row === undefined ? null : rowOf(table, row, doing)
}

/** The rows that a statement returns. */
export const all = async <Row>(
  db: SqlClient,
  table: Source<Row>,
  text: string,
  values: unknown[],
  doing: Doing = 'write',
): Promise<Row[]> => {
  const rows = await run(db, table, text, values, doing)
  return rows.map((row) => rowOf(table, row, doing))
}

/** Runs a statement that returns nothing. */
export const none = async (
  db: SqlClient,
  table: Written,
  text: string,
  values: unknown[],
  doing: Doing = 'write',
): Promise<void> => {
  await run(db, table, text, values, doing)
}

/** A value as its column takes it; undefined, which leaves the column to its default or as it is, stays so. */
export const encoded = <Codec extends z.ZodType>(codec: Codec, value: z.output<Codec> | undefined): unknown =>
  value === undefined ? undefined : z.encode(codec, value)

/** Bytes as the text that Postgres reads for them (manual, 8.4.1), since JSON has none. */
const bytesAsText = (_: string, value: unknown): unknown =>
  value instanceof Uint8Array ? `\\x${z.util.uint8ArrayToHex(value)}` : value

/**
 * Inserts any number of rows by one statement, whose only parameter is a JSON array of them: a statement takes no more
 * than 65,535 parameters.
 */
export const insertedAll = async <Row>(
  db: SqlClient,
  table: Table<Row>,
  text: string,
  columns: readonly string[],
  rows: readonly (readonly unknown[])[],
): Promise<Row[]> => {
  if (rows.length === 0) return []
  const named = rows.map((values) => Object.fromEntries(columns.map((column, at) => [column, values[at]])))
  return all(db, table, text, [JSON.stringify(named, bytesAsText)])
}

/** A column, quoted, and the new value that it takes; undefined: it stays as it is. */
export type Change = readonly [column: string, value: unknown]

/** Changes the row of a key, whose condition takes the first parameters; with nothing to change it is read. */
export const updated = async <Row>(
  db: SqlClient,
  table: Table<Row>,
  where: string,
  key: readonly unknown[],
  changes: readonly Change[],
): Promise<Row | null> => {
  const given = changes.filter(([, value]) => value !== undefined)
  if (given.length === 0) {
    return one(db, table, `SELECT ${table.columns} FROM ${table.sql} WHERE ${where}`, [...key], 'read')
  }
  const set = given.map(([column], at) => `${column} = $${key.length + at + 1}`).join(', ')
  const text = `UPDATE ${table.sql} SET ${set} WHERE ${where} RETURNING ${table.columns}`
  return one(db, table, text, [...key, ...given.map(([, value]) => value)])
}

/** The key or unique that an upsert goes by. */
export interface Target {
  /** The columns of its index, and the condition of that. */
  readonly on: string
  /** The condition on the row that is meant, whose parameters come first. */
  readonly where: string
  readonly key: readonly unknown[]
}

/** How often an upsert looks again, where others insert and delete the same row meanwhile. */
const attempts = 10

/**
 * Changes the row that is meant where it is there: an update, which needs no defaults, numbers or checks of another row.
 * Otherwise inserts it; where another has just inserted it, that one is changed.
 */
export const upserted = async <Row>(
  db: SqlClient,
  table: Table<Row>,
  insert: string,
  values: () => unknown[],
  { on, where, key }: Target,
  said: readonly Change[],
): Promise<Row> => {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const found = await updated(db, table, where, key, said)
    const row =
      found ?? (await one(db, table, `${insert} ON CONFLICT ${on} DO NOTHING RETURNING ${table.columns}`, values()))
    if (row !== null) return row
  }
  return only(db, table, `${insert} RETURNING ${table.columns}`, values())
}

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

/** JSON in base64url, by ASCII alone. */
const cursorOf = (content: readonly unknown[]): Cursor => {
  const json = JSON.stringify(content).replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  const bytes = new Uint8Array(json.length)
  for (let at = 0; at < json.length; at += 1) bytes[at] = json.charCodeAt(at)
  return z.util.uint8ArrayToBase64url(bytes) as Cursor
}

const contentOf = (cursor: string): unknown => {
  try {
    return JSON.parse(String.fromCharCode(...z.util.base64urlToUint8Array(cursor)))
  } catch {
    return null
  }
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
  const content = contentOf(cursor)
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
  return readPage(table, rows, stored.length > limit ? cursorOf([list.name, narrowed, texts]) : null)
}
