import { literal, type Sql, sql } from '../kernel/safe/sql.js'
import type { Type } from '../model/type.js'
import { type Context, isNumericEnum } from './forms.js'

/**
 * How tightly an expression binds, loosest first (Postgres manual, 4.1.6): an operand that binds looser than its place
 * stands in parentheses. Operators of no group of their own (`->>`, `~`) are `other`.
 */
export const binding = {
  or: 1,
  and: 2,
  not: 3,
  is: 4,
  compare: 5,
  range: 6,
  other: 7,
  add: 8,
  multiply: 9,
  negate: 10,
  cast: 11,
  primary: 12,
} as const

/** An expression as SQL. `type` is the model's type of what it gives, where it is a value of a field's type. */
export interface Operand {
  readonly text: Sql
  readonly binds: number
  readonly type: Type | null
  /** Where the value was read from: a column has its column's type, a place inside `jsonb` that of its JSON form. */
  readonly stored: 'column' | 'json'
}

export const operand = (
  text: Sql,
  binds: number,
  type: Type | null = null,
  stored: 'column' | 'json' = 'column',
): Operand => ({
  text,
  binds,
  type,
  stored,
})

/** An operand's text in a place that needs it to bind at least so tightly. */
export const inside = (inner: Operand, atLeast: number): Sql =>
  inner.binds < atLeast ? sql`(${inner.text})` : inner.text

export const castTo = (inner: Operand, type: Sql): Operand => ({
  ...inner,
  text: sql`${inside(inner, binding.cast)}::${type}`,
  binds: binding.cast,
})

const jsonCast = (context: Context, type: Type): Sql | null => {
  switch (type.kind) {
    case 'snowflake':
    case 'bigint':
      return sql`bigint`
    case 'integer':
    case 'duration':
    case 'decimal':
      return sql`numeric`
    case 'float':
      return sql`double precision`
    case 'boolean':
      return sql`boolean`
    case 'timestamp':
      return sql`timestamptz`
    case 'enum':
      return isNumericEnum(context, type.enum) ? sql`numeric` : null
    default:
      return null
  }
}

const isStructured = (type: Type): boolean => ['object', 'list', 'map', 'union', 'json', 'vector'].includes(type.kind)

const stepInto = (base: Sql, steps: readonly string[]): Sql =>
  steps.reduce<Sql>((text, step) => sql`${text} -> ${literal(step)}`, base)

/** A value inside `jsonb`, of the SQL type that its JSON form stands for; a JSON null is null. */
export const jsonOperand = (context: Context, base: Sql, path: readonly string[], type: Type): Operand => {
  if (isStructured(type)) return operand(sql`nullif(${stepInto(base, path)}, 'null')`, binding.primary, type, 'json')
  const text = operand(jsonText(base, path), binding.other, type, 'json')
  const cast = jsonCast(context, type)
  return cast === null ? text : castTo(text, cast)
}

/** A value inside `jsonb` as text. */
export const jsonText = (base: Sql, path: readonly string[]): Sql =>
  sql`${stepInto(base, path.slice(0, -1))} ->> ${literal(path.at(-1) ?? '')}`
