import { identifier, type Sql, sql, wrapped } from '../../kernel/safe/sql.js'
import type { Entity } from '../../model/entity.js'
import type { Field } from '../../model/field.js'
import { fieldsIn } from '../../model/lookup.js'
import type { Type } from '../../model/type.js'
import { type Context, columnType, instantFormOf, withoutModifier } from '../../relational/index.js'

/** The fields that a read shows. */
export const shownFields = (entity: Entity): readonly Field[] =>
  fieldsIn(entity, 'postgres').filter(({ encrypted }) => encrypted === null)

/** How a column is read where the value that drivers make of it is not sure. */
type Reading = 'as it is' | 'as text' | 'as text in UTC'

const isInexact = (context: Context, type: Type): boolean =>
  type.kind === 'decimal' || instantFormOf(type, context.options) === 'naive'

/**
 * Drivers make Dates of timestamps, in which microseconds are lost, and of those without a zone by the machine's zone,
 * in which an hour may be missing; `pg` makes numbers of decimals in an array, and an object of an interval.
 */
const readingOf = (context: Context, type: Type): Reading => {
  if (type.kind === 'list') {
    return columnType(context, type).array && isInexact(context, type.of) ? 'as text' : 'as it is'
  }
  if (type.kind === 'duration') return type.as === 'interval' ? 'as text' : 'as it is'
  const form = instantFormOf(type, context.options)
  if (form === 'zoned') return 'as text in UTC'
  return form === 'naive' || form === 'date' ? 'as text' : 'as it is'
}

/** A column as a read shows it: by the name of the property. */
const shownColumn = (context: Context, { name, property, type }: Field): Sql => {
  const column = identifier(name)
  const shown = identifier(property)
  switch (readingOf(context, type)) {
    case 'as it is':
      return name === property ? column : sql`${column} AS ${shown}`
    case 'as text in UTC':
      return sql`(${column} AT TIME ZONE 'UTC')::text AS ${shown}`
    case 'as text':
      return sql`${column}::text${type.kind === 'list' ? sql`[]` : sql``} AS ${shown}`
  }
}

/** What the text of a column, as it is read, is cast to for a comparison with the column. */
export const castOf = (context: Context, { type }: Field): Sql =>
  instantFormOf(type, context.options) === 'zoned'
    ? sql`timestamp AT TIME ZONE 'UTC'`
    : withoutModifier(columnType(context, type))

/** How wide a list of columns may be on one line. */
const columnsWidth = 96

/** What a statement returns of a row; of a singleton with nothing to show, its key. */
export const shownColumns = (context: Context, entity: Entity): Sql => {
  const shown = shownFields(entity).map((field) => shownColumn(context, field))
  return shown.length === 0 ? sql`singleton` : wrapped(shown, '  ', columnsWidth)
}

export const columnList = (names: readonly string[]): Sql => wrapped(names.map(identifier), '  ', columnsWidth)
