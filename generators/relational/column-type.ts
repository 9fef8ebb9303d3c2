import { unreachable } from '../kernel/bug.js'
import { numeral, qualified, type Sql, sql } from '../kernel/safe/sql.js'
import { durationWidth } from '../model/bounds.js'
import { enumOf } from '../model/lookup.js'
import type { DurationType, IdentityType, IntegerType, TextType, TimestampType, Type } from '../model/type.js'
import { type Context, instantForm, isArray, isNumericEnum } from './forms.js'
import type { ColumnType, Encoding } from './tables.js'

/** The largest n of `varchar(n)` (Postgres manual, 8.3); longer limits are checks on `text`. */
const longestVarchar = 10_485_760

const plain = (name: string, text: string = name, encoding: Encoding = { kind: 'text' }): ColumnType => ({
  text: text as Sql,
  name,
  array: false,
  encoding,
})

const jsonb = plain('jsonb', 'jsonb', { kind: 'json' })

/** A name of the set's own schema, in full: a connection's search path may have another one first. */
export const schemaName = ({ options }: Context, name: string): Sql => qualified(options.schema, name)

const integerColumn = (width: IntegerType['width']): ColumnType => {
  switch (width) {
    case 'smallint':
      return plain('int2', 'smallint')
    case 'integer':
      return plain('int4', 'integer')
    case 'long':
      return plain('int8', 'bigint')
    default:
      return unreachable(width)
  }
}

const textColumn = (type: TextType): ColumnType => {
  if (type.form === 'char' && type.maxLength !== null) return plain('bpchar', sql`char(${numeral(type.maxLength)})`)
  const bounded = type.form === 'string' && type.as === null && type.maxLength !== null
  if (bounded && type.maxLength <= longestVarchar) return plain('varchar', sql`varchar(${numeral(type.maxLength)})`)
  return plain(type.as === 'varchar' ? 'varchar' : 'text')
}

const timestampColumn = (context: Context, type: TimestampType): ColumnType => {
  const modifier = (type.precision ?? context.options.precision) === 3 ? '(3)' : ''
  const form = instantForm(type, context.options)
  switch (form) {
    case 'zoned':
      return plain('timestamptz', `timestamptz${modifier}`)
    case 'naive':
      return plain('timestamp', `timestamp${modifier}`, { kind: 'naive' })
    case 'milliseconds':
    case 'date':
      return plain('int8', 'bigint', { kind: 'epoch' })
    default:
      return unreachable(form)
  }
}

const intervalUnit = (type: DurationType): string => (type.unit === 'ms' ? 'milliseconds' : type.unit)

const durationColumn = (type: DurationType): ColumnType =>
  type.as === 'interval'
    ? plain('interval', 'interval', { kind: 'interval', unit: intervalUnit(type) })
    : integerColumn(durationWidth(type))

/** How wide an identity is, wherever it stands. */
export const identityWidth = (context: Context, type: IdentityType): 'integer' | 'long' => {
  const as = type.as ?? context.options.identity
  return as === 'serial' || as === 'int' ? 'integer' : 'long'
}

const enumColumn = (context: Context, name: string): ColumnType => {
  const definition = enumOf(context.set, name)
  if (definition.as === 'type' && !isNumericEnum(context, name)) return plain(name, schemaName(context, name))
  if (definition.base !== null) return columnType(context, definition.base)
  return isNumericEnum(context, name) ? plain('int2', 'smallint') : plain('text')
}

const arrayOf = (item: ColumnType): ColumnType => ({
  ...item,
  text: sql`${item.text}[]`,
  array: true,
})

/** What casts a parameter: without a length, lest a cast cut what an insert would refuse (Postgres manual, 4.2.9). */
export const withoutModifier = ({ text }: ColumnType): Sql =>
  text.replace(/^char\(\d+\)/, 'bpchar').replace(/\(\d+\)/, '') as Sql

/** How a column holds values of a type. */
export const columnType = (context: Context, type: Type): ColumnType => {
  switch (type.kind) {
    case 'snowflake':
      return (type.as ?? context.options.snowflake) === 'text' ? plain('text') : plain('int8', 'bigint')
    case 'identity':
      return integerColumn(identityWidth(context, type))
    case 'bigint':
      return plain('int8', 'bigint')
    case 'uuid':
      return plain('uuid')
    case 'objectid':
    case 'format':
      return plain('text')
    case 'text':
      return textColumn(type)
    case 'integer':
      return integerColumn(type.width)
    case 'float':
      return type.width === 'real' ? plain('float4', 'real') : plain('float8', 'double precision')
    case 'decimal':
      return plain('numeric', sql`numeric(${numeral(type.precision)}, ${numeral(type.scale)})`)
    case 'boolean':
      return plain('bool', 'boolean')
    case 'timestamp':
      return timestampColumn(context, type)
    case 'date':
      return plain('date')
    case 'time':
      return plain('time')
    case 'duration':
      return durationColumn(type)
    case 'json':
      return type.as === 'json' ? plain('json', 'json', { kind: 'json' }) : jsonb
    case 'enum':
      return enumColumn(context, type.enum)
    case 'bytes':
      return plain('bytea', 'bytea', { kind: 'bytes' })
    case 'vector':
      return type.as === 'real[]'
        ? arrayOf(plain('float4', 'real'))
        : plain('vector', sql`${qualified(context.options.extension_schema, 'vector')}(${numeral(type.dimensions)})`, {
            kind: 'vector',
          })
    case 'list':
      return isArray(type) ? arrayOf(columnType(context, type.of)) : jsonb
    case 'object':
    case 'map':
    case 'union':
      return jsonb
    default:
      return unreachable(type)
  }
}
