import { identifier, identifiers, type Sql, sql } from '../kernel/safe/sql.js'
import type { Entity, Unique } from '../model/entity.js'
import { expressionSql } from './expression.js'
import type { Context } from './forms.js'
import { isConstraint, nullableOf } from './keys.js'
import { expressionScope } from './table-context.js'

/**
 * What holds a unique for the rows in which exactly the fields `nulls` are null. One with no nulls at all is for every
 * row; several stand for nulls that are alike, on servers that have no such unique.
 */
export interface Arbiter {
  readonly nulls: readonly string[]
  readonly columns: readonly string[]
  readonly where: Sql | null
}

const subsets = ([first, ...rest]: readonly string[]): readonly (readonly string[])[] => {
  if (first === undefined) return [[]]
  const without = subsets(rest)
  return [...without, ...without.map((some) => [first, ...some])]
}

/**
 * Nulls that are alike, on servers before 15: beside the unique of all columns, one more for each set of columns that
 * may be null together, over the other columns.
 */
const emulated = (unique: Unique, nullable: readonly string[], given: Sql | null): readonly Arbiter[] =>
  subsets(nullable).map((nulls) => {
    const conditions = [
      ...nulls.map((name) => sql`${identifier(name)} IS NULL`),
      ...(given === null ? [] : [sql`(${given})`]),
    ]
    const where = conditions.length === 0 ? null : (conditions.join(' AND ') as Sql)
    return { nulls, columns: unique.fields.filter((name) => !nulls.includes(name)), where }
  })

/** What a server is asked for to hold a unique: one constraint or index, or several where it needs help with nulls. */
export const arbitersOf = (context: Context, entity: Entity, unique: Unique): readonly Arbiter[] => {
  const where = unique.where === null ? null : expressionSql(expressionScope(context, entity), unique.where)
  const own = { ...context, entity }
  const nullable = nullableOf(own, unique.fields)
  const alike = unique.nulls === 'not distinct' && nullable.length > 0
  if (!isConstraint(own, unique) && alike && context.options.version < 15) return emulated(unique, nullable, where)
  return [{ nulls: [], columns: unique.fields, where }]
}

/** What `ON CONFLICT` names: the columns of an index, which is on a constant where it has none, and its condition. */
export const conflictTarget = ({ columns, where }: Arbiter): Sql => {
  const on = columns.length === 0 ? sql`((true))` : sql`(${identifiers(columns)})`
  return where === null ? on : sql`${on} WHERE ${where}`
}
