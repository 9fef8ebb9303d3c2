import { identifier, joinSql, literal, numeral, type Sql, sql, wrapped } from '../kernel/safe/sql.js'
import type { Default } from '../model/field.js'
import type { JsonValue } from '../model/origin.js'
import type { Type } from '../model/type.js'
import { columnType } from './column-type.js'
import { type Context, instantFormOf } from './forms.js'
import { instantLiteral, nowAs } from './instants.js'

const jsonLiteral = (value: JsonValue): Sql => literal(JSON.stringify(value))

const arrayLiteral = (context: Context, type: Type, items: readonly JsonValue[], of: Type): Sql => {
  if (items.length === 0) return sql`'{}'`
  const values = joinSql(
    items.map((item) => valueLiteral(context, of, item)),
    ', ',
  )
  return sql`ARRAY[${values}]::${columnType(context, type).text}`
}

const bytesLiteral = (base64: string): Sql => literal(`\\x${Buffer.from(base64, 'base64').toString('hex')}`)

/** A value in JSON form as a constant for a column of its type. */
export const valueLiteral = (context: Context, type: Type, value: JsonValue): Sql => {
  if (value === null) return sql`NULL`
  const column = columnType(context, type)
  if (column.encoding.kind === 'json') return jsonLiteral(value)
  if (type.kind === 'list' && Array.isArray(value)) return arrayLiteral(context, type, value, type.of)
  if (type.kind === 'vector') return literal(vectorText(value, type.as === 'vector'))
  if (typeof value === 'boolean') return value ? sql`true` : sql`false`
  if (typeof value === 'number') {
    if (column.encoding.kind === 'interval') return literal(`${value} ${column.encoding.unit}`)
    return numeral(value)
  }
  return typeof value === 'string' ? textLiteral(context, type, column.name, value) : jsonLiteral(value)
}

const vectorText = (value: JsonValue, isVector: boolean): string => {
  const numbers = Array.isArray(value) ? value.join(',') : ''
  return isVector ? `[${numbers}]` : `{${numbers}}`
}

const isNumberColumn = (name: string): boolean => ['int2', 'int4', 'int8', 'numeric'].includes(name)

const textLiteral = (context: Context, type: Type, column: string, value: string): Sql => {
  const form = instantFormOf(type, context.options)
  if (form !== null) return instantLiteral(value, form)
  if (type.kind === 'bytes') return bytesLiteral(value)
  return isNumberColumn(column) && /^-?\d+(\.\d+)?$/.test(value) ? numeral(value) : literal(value)
}

/** Now, as JSON has it. */
const jsonNow = sql`to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/** A function of Postgres takes 100 arguments at most (FUNC_MAX_ARGS): more pairs than 50 are built in pieces. */
const mostPairs = 50

/** How wide the pairs of a built object may be on one line. */
const pairsWidth = 80

const builtObject = (fields: (Default & { kind: 'object' })['fields']): Sql => {
  const pairs = fields.map((field) => sql`${literal(field.name)}, ${jsonDefault(field.default)}`)
  const built = (some: readonly Sql[]): Sql => sql`jsonb_build_object(${wrapped(some, '    ', pairsWidth)})`
  if (pairs.length <= mostPairs) return built(pairs)
  const pieces = Array.from({ length: Math.ceil(pairs.length / mostPairs) }, (_, index) =>
    built(pairs.slice(index * mostPairs, (index + 1) * mostPairs)),
  )
  return sql`(${joinSql(pieces, ' || ')})`
}

/** A value as `jsonb_build_object` takes it: scalars as themselves, the rest as JSON. */
const builtValue = (value: JsonValue): Sql => {
  if (value === null) return sql`NULL`
  if (typeof value === 'string') return literal(value)
  if (typeof value === 'number') return numeral(value)
  if (typeof value === 'boolean') return value ? sql`true` : sql`false`
  return sql`${jsonLiteral(value)}::jsonb`
}

/** An ObjectId as it is made: seconds since 1970, then random digits, in hexadecimal. */
const madeId = (of: 'uuid' | 'objectid'): Sql =>
  of === 'uuid'
    ? sql`gen_random_uuid()`
    : sql`lpad(to_hex(extract(epoch FROM now())::bigint), 8, '0') || right(replace(gen_random_uuid()::text, '-', ''), 16)`

const jsonDefault = (given: Default): Sql => {
  switch (given.kind) {
    case 'now':
      return jsonNow
    case 'id':
      return madeId(given.of)
    case 'object':
      return builtObject(given.fields)
    case 'literal':
      return builtValue(given.value)
    case 'next':
      return sql`NULL`
  }
}

/** What a column is when an insert leaves it out, or null where no DEFAULT gives it (a number per parent is a trigger's). */
export const defaultSql = (context: Context, type: Type, given: Default): Sql | null => {
  switch (given.kind) {
    case 'literal':
      return valueLiteral(context, type, given.value)
    case 'now':
      return type.kind === 'time'
        ? sql`(now() AT TIME ZONE 'UTC')::time`
        : nowAs(instantFormOf(type, context.options) ?? 'zoned')
    case 'id':
      return madeId(given.of)
    case 'object':
      return builtObject(given.fields)
    case 'next':
      return null
  }
}

/** What makes a key that the store makes by a DEFAULT; null where the column itself does. */
export const madeKey = (type: Type): Sql | null =>
  type.kind === 'uuid' || type.kind === 'objectid' ? madeId(type.kind) : null

export const columnList = (names: readonly string[]): Sql => joinSql(names.map(identifier), ', ')
