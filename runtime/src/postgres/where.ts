import type { Condition, Order } from '../conditions/condition.js'
import { arrayText } from './kinds/lists.js'

/** A value of a row, as statements compare it. */
export interface ValueColumn {
  /**
   * The expression over the table as `own`, with quoted names. A name alone would be that of a returned column in ORDER BY
   * (Postgres manual, SELECT).
   */
  readonly sql: string
  /** What the text of a value is cast to; of a list, that of an item. */
  readonly type: string
  /** The text of a value, as Postgres reads it. */
  readonly encode: (value: unknown) => string
  /** The milliseconds of a value after it where the column may hold what is finer; null where it does not. */
  readonly next: ((value: unknown) => unknown) | null
}

/** A column, or a value inside of one, as conditions have it. */
export interface ConditionColumn extends ValueColumn {
  /** What is compared by order and searched, where that is not the value itself: text by code point. Null elsewhere. */
  readonly ordered: ValueColumn | null
}

export type ConditionColumns = { readonly [field: string]: ConditionColumn }

/** Gives a value its place among the parameters of a statement, and returns how the statement calls it: `$3`. */
export type Parameter = (value: unknown) => string

const symbols: { readonly [Operator in Order]: string } = { lt: '<', lte: '<=', gt: '>', gte: '>=' }

/** A text as a pattern of LIKE that only matches itself. */
const literal = (text: string): string => text.replace(/[\\%_]/g, '\\$&')

const columnOf = (columns: ConditionColumns, field: string): ConditionColumn => {
  const column = columns[field]
  if (column === undefined) throw new TypeError(`no column of ${field}`)
  return column
}

/**
 * A condition as SQL. It is true of exactly the rows that the condition holds of; of others it is false or null, which
 * `IS NOT TRUE` makes the same. Values are parameters, as text that no driver makes anything else of.
 */
export const whereSql = (condition: Condition, columns: ConditionColumns, parameter: Parameter): string => {
  const print = (inner: Condition): string => whereSql(inner, columns, parameter)
  const value = ({ encode, type }: ValueColumn, given: unknown): string => `${parameter(encode(given))}::text::${type}`

  const order = (operator: Order, column: ValueColumn, given: unknown): string => {
    // What is read is cut to the millisecond: it is at most `given` where the column is before the next one.
    const isCut = column.next !== null && (operator === 'lte' || operator === 'gt')
    if (!isCut) return `${column.sql} ${symbols[operator]} ${value(column, given)}`
    return `${column.sql} ${operator === 'lte' ? '<' : '>='} ${value(column, column.next(given))}`
  }

  const equal = (column: ValueColumn, given: unknown): string =>
    column.next === null
      ? `${column.sql} = ${value(column, given)}`
      : `(${order('gte', column, given)} AND ${order('lte', column, given)})`

  const oneOf = (column: ValueColumn, values: readonly unknown[]): string => {
    if (values.length === 0) return 'false'
    if (column.next !== null) return `(${values.map((given) => equal(column, given)).join(' OR ')})`
    const items = arrayText(values.map((given) => column.encode(given)))
    return `${column.sql} = ANY(${parameter(items)}::text::${column.type}[])`
  }

  switch (condition.kind) {
    case 'all':
      return condition.of.length === 0 ? 'true' : `(${condition.of.map(print).join(' AND ')})`
    case 'any':
      return condition.of.length === 0 ? 'false' : `(${condition.of.map(print).join(' OR ')})`
    case 'not':
      return `(${print(condition.of)}) IS NOT TRUE`
    case 'null':
      return `${columnOf(columns, condition.field).sql} IS NULL`
    case 'equal':
      return equal(columnOf(columns, condition.field), condition.value)
    case 'one-of':
      return oneOf(columnOf(columns, condition.field), condition.values)
    case 'order': {
      const column = columnOf(columns, condition.field)
      return order(condition.operator, column.ordered ?? column, condition.value)
    }
    case 'has': {
      const column = columnOf(columns, condition.field)
      const item = value(column, condition.value)
      return `${column.sql} @> ${column.type === 'jsonb' ? item : `ARRAY[${item}]`}`
    }
    case 'starts': {
      const column = columnOf(columns, condition.field)
      return `${(column.ordered ?? column).sql} LIKE ${parameter(`${literal(condition.text)}%`)}::text`
    }
    case 'contains':
      return `strpos(${columnOf(columns, condition.field).sql}, ${parameter(condition.text)}::text) > 0`
  }
}
