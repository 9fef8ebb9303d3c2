import type { WrittenColumn } from '../changes.js'
import { arrayText } from '../kinds/lists.js'
import type { Parameter } from '../where.js'

/** A column that an insert may give a value. */
export interface InsertedColumn extends WrittenColumn {
  /** What the database makes where a row leaves the column out, as SQL: `nextval(…)`. Null where that is null. */
  readonly initial: string | null
}

/** The columns that inserts may give values, by the names of their fields in code. */
export type InsertedColumns = { readonly [field: string]: InsertedColumn }

/** A new row, held to its schema: what the database makes is undefined. */
export type NewRow = { readonly [field: string]: unknown }

const textOf = ({ encode }: WrittenColumn, value: unknown): string | null => (value === null ? null : encode(value))

/** What stands for a value of a column in a statement. */
export const valueSql = (column: WrittenColumn, value: unknown, parameter: Parameter): string =>
  `${parameter(textOf(column, value))}::text::${column.type}`

/** The columns that a row gives, and what stands for their values in a statement. A column that is left out takes its default. */
export const insertedValues = (
  columns: InsertedColumns,
  row: NewRow,
  parameter: Parameter,
): readonly { readonly name: string; readonly value: string }[] =>
  Object.entries(columns)
    .filter(([field]) => row[field] !== undefined)
    .map(([field, column]) => ({
      name: column.name,
      value: valueSql(column, row[field], parameter),
    }))

/** What an insert of one row says after `INSERT INTO table`. */
export const newRowSql = (columns: InsertedColumns, row: NewRow, parameter: Parameter): string => {
  const given = insertedValues(columns, row, parameter)
  if (given.length === 0) return 'DEFAULT VALUES'
  return `(${given.map(({ name }) => name).join(', ')}) VALUES (${given.map(({ value }) => value).join(', ')})`
}

/**
 * The same of many rows: a parameter a column, as a statement takes no more than 65,535. Rows are inserted in their order,
 * so that the database numbers them in it. A column that some rows give and others leave out has a second parameter, which
 * says of each row whether it does: null is a value that no default replaces.
 */
export const newRowsSql = (columns: InsertedColumns, rows: readonly NewRow[], parameter: Parameter): string => {
  const arrays: string[] = []
  const given = (items: readonly (string | null)[]): string => {
    const at = arrays.push(`${parameter(arrayText(items))}::text::text[]`)
    return `given."$${at}"`
  }
  const parts = Object.entries(columns).flatMap(([field, column]) => {
    const { name, type, initial } = column
    if (rows.every((row) => row[field] === undefined)) return []
    const value = `${given(rows.map((row) => textOf(column, row[field] ?? null)))}::${type}`
    if (initial === null || rows.every((row) => row[field] !== undefined)) return [{ name, value }]
    const isGiven = `${given(rows.map((row) => String(row[field] !== undefined)))}::boolean`
    return [{ name, value: `CASE WHEN ${isGiven} THEN ${value} ELSE ${initial} END` }]
  })
  // Rows of defaults alone have nothing to unnest but their number.
  if (arrays.length === 0) given(rows.map(() => null))
  const names = parts.map(({ name }) => name)
  const places = arrays.map((_, at) => `"$${at + 1}", `)
  return (
    `${names.length === 0 ? '' : `(${names.join(', ')}) `}SELECT ${parts.map(({ value }) => value).join(', ')} ` +
    `FROM unnest(${arrays.join(', ')}) WITH ORDINALITY AS given(${places.join('')}"$place") ORDER BY given."$place"`
  )
}
