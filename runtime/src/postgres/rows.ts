import { z } from 'zod'
import { ConstraintError } from '../errors.js'
import { type Readable, readRow } from '../rows/decoding.js'
import type { Codecs } from '../rows/inputs.js'
import type { SqlClient } from './client.js'
import { type Doing, refusedBy, type Written } from './refusals.js'
import { type Forms, undone } from './wire.js'

/** What a statement is about, as errors tell it, and what reads the rows that come back. */
export interface Source<Row> extends Readable<Row>, Written {
  /** What has to be undone before the codecs of a row read it. */
  readonly forms?: Forms
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

/** A row that a statement returned. */
const rowOf = <Row>(of: Source<Row>, row: unknown, doing: Doing): Row =>
  readRow(of, of.forms === undefined ? row : undone(of.forms, row), doing !== 'read')

/** Runs a statement; what breaks a constraint is said as the description has it, all else as it came. */
export const run = async (
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
