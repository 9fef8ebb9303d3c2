import { identifier, joinSql, literal, type Sql, sql } from '../../kernel/safe/sql.js'
import type { Entity } from '../../model/entity.js'
import { fieldOf, fieldsIn } from '../../model/lookup.js'
import type { JsonValue } from '../../model/origin.js'
import type { StepAction } from '../../model/retention.js'
import { columnType } from '../column-type.js'
import { type Context, instantFormOf } from '../forms.js'
import { parameterText } from '../insert.js'
import { valueLiteral } from '../values.js'
import type { Moments } from './moments.js'

export type SetValues = Extract<StepAction, { kind: 'set' }>['values']

interface ValueContext extends Context {
  readonly entity: Entity
  readonly moments: Moments
}

const isNow = (value: JsonValue | { readonly now: true }): value is { readonly now: true } =>
  typeof value === 'object' && value !== null && 'now' in value && value.now === true

const nowSql = ({ entity, options, moments }: ValueContext, field: string): Sql => {
  const { type } = fieldOf(entity, field)
  return type.kind === 'time'
    ? sql`${moments({ age: null, form: 'naive' })}::time`
    : moments({ age: null, form: instantFormOf(type, options) ?? 'zoned' })
}

/** A constant; an array as the text that its column reads, since functions find no types but those of Postgres itself. */
const constant = (context: ValueContext, field: string, value: JsonValue): Sql => {
  const { type } = fieldOf(context.entity, field)
  const held = columnType(context, type)
  const text = held.array && Array.isArray(value) ? parameterText(value, held) : null
  return text === null ? valueLiteral(context, type, value) : literal(text)
}

const inPostgres = ({ entity }: ValueContext, values: SetValues): SetValues => {
  const held = new Set(fieldsIn(entity, 'postgres').map(({ name }) => name))
  return values.filter(({ field }) => held.has(field))
}

/** What follows `SET` in an update. */
export const assignments = (context: ValueContext, values: SetValues): Sql =>
  joinSql(
    inPostgres(context, values).map(({ field, value }) => {
      const given = isNow(value) ? nowSql(context, field) : constant(context, field, value)
      return sql`${identifier(field)} = ${given}`
    }),
    ', ',
  )

/** A value that is not there yet; null where the row does not tell. */
const differs = (context: ValueContext, { field, value }: SetValues[number], row: Sql): Sql | null => {
  const { type, nullable } = fieldOf(context.entity, field)
  const column = sql`${row}.${identifier(field)}`
  if (isNow(value)) return nullable ? sql`${column} IS NULL` : null
  if (value === null) return sql`${column} IS NOT NULL`
  const given = constant(context, field, value)
  // `json` has no equality.
  if (columnType(context, type).name === 'json') return sql`${column}::jsonb IS DISTINCT FROM ${given}::jsonb`
  return nullable ? sql`${column} IS DISTINCT FROM ${given}` : sql`${column} <> ${given}`
}

/** What a row lacks of the values, one condition each; none where rows do not tell. */
export const notDone = (context: ValueContext, values: SetValues, row: Sql): readonly Sql[] =>
  inPostgres(context, values).flatMap((value) => differs(context, value, row) ?? [])
