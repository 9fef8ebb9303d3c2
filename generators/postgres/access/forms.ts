import { type Sql, sql } from '../../kernel/safe/sql.js'
import { enumOf } from '../../model/lookup.js'
import type { Type } from '../../model/type.js'
import { type Context, columnType, instantFormOf } from '../../relational/index.js'

/** A form of the emitted `postgres/wire.ts`, which undoes it. */
export type Form =
  | 'number'
  | 'boolean'
  | 'json'
  | 'double'
  | 'real'
  | 'interval'
  | 'bytes'
  | 'numbers'
  | 'booleans'
  | 'doubles'
  | 'reals'
  | 'intervals'
  | 'bytesList'

/** How a statement asks for a column, and what the answer is made of; null: the text of the value. */
export interface Asked {
  readonly text: Sql
  readonly form: Form | null
}

const asText = (column: Sql, form: Form | null = null): Asked => ({ text: sql`${column}::text`, form })

/** As the database sends it over the wire, which no setting changes. */
const asSent = (column: Sql, send: Sql, form: Form): Asked => ({ text: sql`encode(${send}(${column}), 'hex')`, form })

/** JSON has one form of dates and times, whatever DateStyle says. */
const asJsonText = (column: Sql): Asked => ({ text: sql`to_jsonb(${column}) #>> '{}'`, form: null })

const listOf = (column: Sql, name: string): Asked => {
  switch (name) {
    case 'int2':
    case 'int4':
      return { text: sql`to_jsonb(${column}::text[])::text`, form: 'numbers' }
    case 'bool':
      return { text: sql`to_jsonb(${column}::text[])::text`, form: 'booleans' }
    case 'float4':
      return asSent(column, sql`array_send`, 'reals')
    case 'float8':
      return asSent(column, sql`array_send`, 'doubles')
    case 'interval':
      return asSent(column, sql`array_send`, 'intervals')
    case 'bytea':
      return asSent(column, sql`array_send`, 'bytesList')
    case 'date':
    case 'timestamp':
    case 'timestamptz':
      return { text: sql`to_jsonb(${column})::text`, form: 'json' }
    default:
      return { text: sql`to_jsonb(${column}::text[])::text`, form: 'json' }
  }
}

const scalarOf = (column: Sql, name: string): Asked => {
  switch (name) {
    case 'text':
    case 'bpchar':
      return { text: column, form: null }
    case 'int2':
    case 'int4':
      return asText(column, 'number')
    case 'bool':
      return asText(column, 'boolean')
    case 'json':
    case 'jsonb':
      return asText(column, 'json')
    case 'float4':
      return asSent(column, sql`float4send`, 'real')
    case 'float8':
      return asSent(column, sql`float8send`, 'double')
    case 'interval':
      return asSent(column, sql`interval_send`, 'interval')
    case 'bytea':
      return { text: sql`encode(${column}, 'hex')`, form: 'bytes' }
    case 'date':
    case 'timestamp':
      return asJsonText(column)
    case 'timestamptz':
      return asJsonText(sql`${column} AT TIME ZONE 'UTC'`)
    default:
      return asText(column)
  }
}

/** Whether a column is of a type that the set makes itself, which may be called as one of Postgres' own is. */
const isOwnType = ({ set }: Context, type: Type): boolean => {
  const item = type.kind === 'list' ? type.of : type
  if (item.kind !== 'enum') return false
  const { as, values } = enumOf(set, item.enum)
  return as === 'type' && !values.every(({ value }) => typeof value === 'number')
}

/**
 * How a statement asks for a column so that neither a setting of the session (DateStyle, TimeZone, bytea_output,
 * IntervalStyle, extra_float_digits) nor a parser that a bot gives its driver changes what comes back.
 */
export const askedFor = (context: Context, type: Type, column: Sql): Asked => {
  const { name, array } = columnType(context, type)
  if (isOwnType(context, type)) return array ? listOf(column, 'text') : asText(column)
  if (instantFormOf(type, context.options) === 'milliseconds' && !array) return asText(column)
  return array ? listOf(column, name) : scalarOf(column, name)
}
