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

/** What an insert of one row says after `INSERT INTO table`. A column that is left out takes its default. */
export const newRowSql = (columns: InsertedColumns, row: NewRow, parameter: Parameter): string => {
  const given = Object.entries(columns).filter(([field]) => row[field] !== undefined)
  if (given.length === 0) return 'DEFAULT VALUES'
  const names = given.map(([, { name }]) => name).join(', ')
  const values = given.map(([field, column]) => `${parameter(textOf(column, row[field]))}::text::${column.type}`)
  return `(${names}) VALUES (${values.join(', ')})`
}

/**
 * The same of many rows: a parameter a column, as a statement takes no more than 65,535. Rows are inserted in their order,
 * so that the database numbers them in it.
 */
export const newRowsSql = (columns: InsertedColumns, rows: readonly NewRow[], parameter: Parameter): string => {
  const given = Object.entries(columns).filter(
    ([field, { initial }]) => initial !== null || rows.some((row) => row[field] !== undefined),
  )
  const texts = given.map(([field, column]) => rows.map((row) => textOf(column, row[field] ?? null)))
  const arrays = texts.map((items) => `${parameter(arrayText(items))}::text::text[]`)
  const values = given.map(([, { type, initial }], at) => {
    const value = `given.c${at}::${type}`
    return initial === null ? value : `coalesce(${value}, ${initial})`
  })
  return (
    `(${given.map(([, { name }]) => name).join(', ')}) SELECT ${values.join(', ')} ` +
    `FROM unnest(${arrays.join(', ')}) WITH ORDINALITY AS given(${[...given.keys()].map((at) => `c${at}, `).join('')}place) ` +
    'ORDER BY given.place'
  )
}
