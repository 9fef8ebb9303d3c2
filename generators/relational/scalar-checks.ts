import { unreachable } from '../kernel/bug.js'
import { joinSql, literal, numeral, type Sql, sql } from '../kernel/safe/sql.js'
import { durationWidth, wholeBounds } from '../model/bounds.js'
import { formatPatterns } from '../model/formats.js'
import { enumOf } from '../model/lookup.js'
import type { BigintType, DecimalType, DurationType, FloatType, IntegerType, TextType, Type } from '../model/type.js'
import { type Context, instantForm, isNumericEnum } from './forms.js'
import { withinCalendar } from './instants.js'

/** Limits as conditions; a bound that the column's type has by itself is left out. */
export const bounds = (value: Sql, min: Sql | null, max: Sql | null): readonly Sql[] => {
  if (min !== null && max !== null) return [sql`${value} BETWEEN ${min} AND ${max}`]
  if (min !== null) return [sql`${value} >= ${min}`]
  return max === null ? [] : [sql`${value} <= ${max}`]
}

const orNull = (digits: string | number | bigint | null): Sql | null => (digits === null ? null : numeral(digits))

/** Lengths, as conditions on the text of what counts them. */
export const lengths = (counted: Sql, min: number | null, max: number | null): readonly Sql[] => {
  if (min !== null && min === max) return [sql`${counted} = ${numeral(min)}`]
  return bounds(counted, min === 0 ? null : orNull(min), orNull(max))
}

const integerChecks = (value: Sql, type: IntegerType | DurationType): readonly Sql[] => {
  const width = type.kind === 'integer' ? type.width : durationWidth(type)
  const { min, max } = wholeBounds(type)
  // 64 bits hold more than the whole numbers of JavaScript; the narrower types hold exactly their own.
  if (width === 'long') return bounds(value, numeral(min), numeral(max))
  return bounds(value, orNull(type.min), orNull(type.max))
}

const floatChecks = (value: Sql, { min, max }: FloatType): readonly Sql[] => {
  if (min !== null && max !== null) return bounds(value, numeral(min), numeral(max))
  // NaN is above infinity in Postgres, so both are refused by an upper bound.
  const low = min === null ? sql`${value} > '-Infinity'` : sql`${value} >= ${numeral(min)}`
  const high = max === null ? sql`${value} < 'Infinity'` : sql`${value} <= ${numeral(max)}`
  return [low, high]
}

const decimalChecks = (value: Sql, { min, max }: DecimalType): readonly Sql[] => [
  ...bounds(value, orNull(min), orNull(max)),
  ...(max === null ? [sql`${value} <> 'NaN'`] : []),
]

/** A bound in 64 bits may be what the column has anyway. */
const bigintChecks = (value: Sql, { min, max }: BigintType): readonly Sql[] =>
  bounds(
    value,
    min === null || min <= -(2n ** 63n) ? null : numeral(min),
    max === null || max >= 2n ** 63n - 1n ? null : numeral(max),
  )

const textChecks = (value: Sql, type: TextType, limited: boolean): readonly Sql[] => {
  const exact = type.form === 'char' ? type.maxLength : null
  const min = exact ?? type.minLength
  return [
    ...lengths(sql`char_length(${value})`, min, exact ?? (limited ? null : type.maxLength)),
    ...(type.pattern === null ? [] : [sql`${value} ~ ${literal(type.pattern.postgres)}`]),
  ]
}

export const millisecondsIn: Readonly<Record<DurationType['unit'], number>> = {
  ms: 1,
  seconds: 1000,
  minutes: 60_000,
  hours: 3_600_000,
  days: 86_400_000,
}

const intervalChecks = (value: Sql, type: DurationType): readonly Sql[] => {
  const unit = numeral(millisecondsIn[type.unit])
  const amount = sql`extract(epoch FROM ${value}) * 1000`
  const { min, max } = wholeBounds(type)
  return [
    sql`extract(year FROM ${value}) = 0`,
    sql`extract(month FROM ${value}) = 0`,
    sql`(${amount}) % ${unit} = 0`,
    ...bounds(sql`(${amount}) / ${unit}`, numeral(min), numeral(max)),
  ]
}

/** A snowflake kept as text: digits of a number from 1 to 2^63-1, in its shortest spelling. */
export const snowflakeText = (value: Sql): readonly Sql[] => [
  sql`${value} ~ '^[1-9][0-9]{0,18}$'`,
  sql`(char_length(${value}) < 19 OR ${value} <= '9223372036854775807' COLLATE "C")`,
]

const enumChecks = (context: Context, value: Sql, name: string): readonly Sql[] => {
  const { as, values } = enumOf(context.set, name)
  const numbers = isNumericEnum(context, name)
  if (as === 'type' && !numbers) return []
  const list = joinSql(
    values.map((each) => (numbers ? numeral(each.value) : literal(String(each.value)))),
    ', ',
  )
  return [sql`${value} IN (${list})`]
}

/**
 * What a column of a scalar type cannot hold its values to by itself, as conditions on a value; all must hold.
 * `limited`: the column's type has the length limit (`varchar(n)`).
 */
export const scalarChecks = (context: Context, type: Type, value: Sql, limited: boolean): readonly Sql[] => {
  switch (type.kind) {
    case 'snowflake':
      return (type.as ?? context.options.snowflake) === 'text' ? snowflakeText(value) : [sql`${value} > 0`]
    case 'identity':
      return [sql`${value} > 0`]
    case 'objectid':
      return [sql`${value} ~ '^[0-9a-f]{24}$'`]
    case 'text':
      return textChecks(value, type, limited)
    case 'format':
      return [
        sql`${value} ~ ${literal(formatPatterns[type.format])}`,
        ...lengths(sql`char_length(${value})`, type.minLength, type.maxLength),
      ]
    case 'integer':
      return integerChecks(value, type)
    case 'duration':
      return type.as === 'interval' ? intervalChecks(value, type) : integerChecks(value, type)
    case 'bigint':
      return bigintChecks(value, type)
    case 'float':
      return floatChecks(value, type)
    case 'decimal':
      return decimalChecks(value, type)
    case 'timestamp':
      return [withinCalendar(value, instantForm(type, context.options))]
    case 'date':
      return [withinCalendar(value, 'date')]
    case 'time':
      return [sql`${value} < '24:00'`]
    case 'bytes':
      return lengths(sql`octet_length(${value})`, type.minLength, type.maxLength)
    case 'enum':
      return enumChecks(context, value, type.enum)
    case 'uuid':
    case 'boolean':
    case 'json':
    case 'object':
    case 'list':
    case 'map':
    case 'vector':
    case 'union':
      return []
    default:
      return unreachable(type)
  }
}
