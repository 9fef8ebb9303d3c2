import { literal, numeral, type Sql, sql } from '../kernel/safe/sql.js'
import type { Literal } from '../model/expression.js'
import type { Type } from '../model/type.js'
import { type Context, instantFormOf } from './forms.js'
import { instantLiteral } from './instants.js'
import type { Operand } from './operand.js'

const textOf = (value: Literal & { kind: 'string' | 'number' }): string => value.text

const isInteger = (text: string): boolean => /^-?\d+$/.test(text)

const isTextColumn = (context: Context, type: Type): boolean =>
  type.kind === 'text' ||
  type.kind === 'format' ||
  type.kind === 'objectid' ||
  (type.kind === 'snowflake' && (type.as ?? context.options.snowflake) === 'text')

const isWholeNumber = (context: Context, type: Type): boolean =>
  type.kind === 'identity' || type.kind === 'bigint' || (type.kind === 'snowflake' && !isTextColumn(context, type))

const besideColumn = (context: Context, value: Literal & { kind: 'string' | 'number' }, type: Type): Sql | null => {
  const text = textOf(value)
  const form = instantFormOf(type, context.options)
  if (form !== null && value.kind === 'string') return instantLiteral(text, form)
  if (type.kind === 'duration' && type.as === 'interval')
    return sql`interval ${literal(`${text} ${type.unit === 'ms' ? 'milliseconds' : type.unit}`)}`
  if (type.kind === 'bytes') return literal(`\\x${Buffer.from(text, 'base64').toString('hex')}`)
  if (isTextColumn(context, type)) return literal(text)
  if (isWholeNumber(context, type) && isInteger(text)) return numeral(text)
  return null
}

const besideJson = (value: Literal & { kind: 'string' | 'number' }, type: Type): Sql | null => {
  if (type.kind === 'timestamp') return instantLiteral(value.text, 'zoned')
  if ((type.kind === 'snowflake' || type.kind === 'bigint') && isInteger(value.text)) return numeral(value.text)
  return type.kind === 'identity' || type.kind === 'objectid' ? literal(value.text) : null
}

/** A literal of the predicate language as a constant that can be compared with `beside`: of its type, in its form. */
export const literalSql = (context: Context, value: Literal, beside: Operand | null): Sql => {
  switch (value.kind) {
    case 'null':
      return sql`NULL`
    case 'boolean':
      return value.truth ? sql`true` : sql`false`
    case 'string':
    case 'number': {
      const type = beside?.type ?? null
      const fitted =
        type === null || beside === null
          ? null
          : beside.stored === 'json'
            ? besideJson(value, type)
            : besideColumn(context, value, type)
      return fitted ?? (value.kind === 'number' ? numeral(value.text) : literal(value.text))
    }
  }
}
