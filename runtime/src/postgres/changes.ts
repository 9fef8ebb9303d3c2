import { z } from 'zod'
import type { Increment } from '../changes/increments.js'
import type { Condition } from '../conditions/condition.js'
import type { SqlClient } from './client.js'
import { type ConditionColumns, type Parameter, whereSql } from './where.js'

/** A column that is written. */
export interface WrittenColumn {
  /** The name: quoted. */
  readonly name: string
  /** What the text of a value is cast to. */
  readonly type: string
  /** The text of a value, as Postgres reads it. */
  readonly encode: (value: unknown) => string
  /** The type that holds every sum with the column, so that a limit is asked and no range is left; null where it is its own. */
  readonly sumType: string | null
}

/** A table whose rows are counted and changed. */
export interface ChangedTable {
  /** The name: quoted, with its schema. */
  readonly table: string
  readonly conditions: ConditionColumns
  readonly columns: { readonly [field: string]: WrittenColumn }
}

const columnOf = ({ columns }: ChangedTable, field: string): WrittenColumn => {
  const column = columns[field]
  if (column === undefined) throw new TypeError(`no column of ${field}`)
  return column
}

/** Runs a statement whose parameters are given their places while its text is made. */
const ask = async (db: SqlClient, textOf: (parameter: Parameter) => string): Promise<readonly unknown[]> => {
  const values: unknown[] = []
  const text = textOf((value) => `$${values.push(value)}`)
  return (await db.query(text, values)).rows
}

const counted = z.tuple([z.looseObject({ count: z.string().regex(/^\d+$/).transform(Number) })])

/** Counts as text: `pg` makes a bigint of it, or whatever else a bot has it do. */
const count = async (db: SqlClient, textOf: (parameter: Parameter) => string): Promise<number> =>
  counted.parse(await ask(db, textOf))[0].count

/** How many rows a condition holds of. */
export const countRows = (db: SqlClient, source: ChangedTable, condition: Condition): Promise<number> =>
  count(
    db,
    (parameter) =>
      `SELECT count(*)::text AS count FROM ${source.table} AS own WHERE ${whereSql(condition, source.conditions, parameter)}`,
  )

/** Whether a condition holds of any row. */
export const hasRows = async (db: SqlClient, source: ChangedTable, condition: Condition): Promise<boolean> =>
  (
    await ask(
      db,
      (parameter) =>
        `SELECT FROM ${source.table} AS own WHERE ${whereSql(condition, source.conditions, parameter)} LIMIT 1`,
    )
  ).length > 0

/** Deletes the rows that a condition holds of, and returns how many. */
export const deleteRows = (db: SqlClient, source: ChangedTable, condition: Condition): Promise<number> =>
  count(
    db,
    (parameter) =>
      `WITH gone AS (DELETE FROM ${source.table} AS own WHERE ${whereSql(condition, source.conditions, parameter)} RETURNING 1) ` +
      'SELECT count(*)::text AS count FROM gone',
  )

const valueText = ({ encode, type }: WrittenColumn, value: unknown, parameter: Parameter): string =>
  `${parameter(value === null ? null : encode(value))}::text::${type}`

/** Sets fields of the rows that a condition holds of, and returns how many rows these were. */
export const updateRows = (
  db: SqlClient,
  source: ChangedTable,
  condition: Condition,
  patch: { readonly [field: string]: unknown },
): Promise<number> => {
  const given = Object.entries(patch).filter(([, value]) => value !== undefined)
  if (given.length === 0) return countRows(db, source, condition)
  return count(db, (parameter) => {
    const set = given.map(([field, value]) => {
      const column = columnOf(source, field)
      return `${column.name} = ${valueText(column, value, parameter)}`
    })
    return (
      `WITH changed AS (UPDATE ${source.table} AS own SET ${set.join(', ')} ` +
      `WHERE ${whereSql(condition, source.conditions, parameter)} RETURNING 1) SELECT count(*)::text AS count FROM changed`
    )
  })
}

/** The new value of a field, and the limits that it has to keep, in the statement that writes it. */
const added = (source: ChangedTable, { field, amount, min, max }: Increment, parameter: Parameter) => {
  const column = columnOf(source, field)
  const wide = { ...column, type: column.sumType ?? column.type }
  const sum = (of: WrittenColumn, name: string): string => `${name} + ${valueText(of, amount, parameter)}`
  const limit = (operator: string, value: string | null): readonly string[] =>
    value === null
      ? []
      : [`${sum(wide, `${column.name}::${wide.type}`)} ${operator} ${parameter(value)}::text::${wide.type}`]
  return { set: `${column.name} = ${sum(column, column.name)}`, held: [...limit('>=', min), ...limit('<=', max)] }
}

/**
 * Adds to fields of the one row that a condition holds of, in one statement, so that nothing is lost that others add at
 * the same time. Returns what `returned` names of the row; `missing` where there is none, and `refused` where a limit of
 * a field would be left.
 */
export const incrementRow = async (
  db: SqlClient,
  source: ChangedTable,
  key: Condition,
  increments: readonly Increment[],
  returned: string,
): Promise<{ readonly row: unknown } | 'missing' | 'refused'> => {
  const [row] = await ask(db, (parameter) => {
    const parts = increments.map((increment) => added(source, increment, parameter))
    const conditions = [whereSql(key, source.conditions, parameter), ...parts.flatMap(({ held }) => held)]
    return `UPDATE ${source.table} AS own SET ${parts.map(({ set }) => set).join(', ')} WHERE ${conditions.join(' AND ')} RETURNING ${returned}`
  })
  if (row !== undefined) return { row }
  return (await hasRows(db, source, key)) ? 'refused' : 'missing'
}
