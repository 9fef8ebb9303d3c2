import { identifier, type Sql, sql, wrapped } from '../../kernel/safe/sql.js'
import type { Entity } from '../../model/entity.js'
import type { Field } from '../../model/field.js'
import { fieldsIn } from '../../model/lookup.js'
import { type Context, columnType, instantFormOf, withoutModifier } from '../../relational/index.js'
import { askedFor, type Form } from './forms.js'

/** The fields that a read shows. */
export const shownFields = (entity: Entity): readonly Field[] =>
  fieldsIn(entity, 'postgres').filter(({ encrypted }) => encrypted === null)

/** A column as a read shows it: by the name of the property. */
const shownColumn = (context: Context, { name, property, type }: Field): Sql => {
  const column = identifier(name)
  const { text } = askedFor(context, type, column)
  return text === column && name === property ? column : sql`${text} AS ${identifier(property)}`
}

/** What has to be undone to read columns, by property. */
export const shownForms = (context: Context, entity: Entity): Readonly<Record<string, Form>> =>
  Object.fromEntries(
    shownFields(entity).flatMap(({ property, type }) => {
      const { form } = askedFor(context, type, identifier(property))
      return form === null ? [] : [[property, form]]
    }),
  )

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
