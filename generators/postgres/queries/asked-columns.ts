import { identifier, type Sql, sql, wrapped } from '../../kernel/safe/sql.js'
import type { Entity, Query, QueryColumn } from '../../model/entity.js'
import { type Context, columnType, withoutModifier } from '../../relational/index.js'
import { shownColumns } from '../access/columns.js'
import { askedFor, type Form } from '../access/forms.js'

/** How wide a list of columns may be on one line. */
const columnsWidth = 96

/** Floats of either width may stand where the wider is said; in an array as the server sends it each has its own width. */
const held = (context: Context, { name, type }: QueryColumn): Sql => {
  const column = columnType(context, type)
  const isFloats = column.array && (column.name === 'float4' || column.name === 'float8')
  return isFloats ? sql`${identifier(name)}::${withoutModifier(column)}` : identifier(name)
}

const askedColumn = (context: Context, column: QueryColumn): Sql => {
  const name = identifier(column.name)
  const { text } = askedFor(context, column.type, held(context, column))
  return text === name && column.name === column.property ? name : sql`${text} AS ${identifier(column.property)}`
}

/** The columns of a result, asked for as the columns of a table are: so that no setting and no parser changes them. */
export const askedColumns = (context: Context, entity: Entity, { columns, returns }: Query): Sql | null => {
  if (columns === null || returns === 'none') return null
  if (columns.kind === 'row') return shownColumns(context, entity)
  const asked = columns.columns.map((column) => askedColumn(context, column))
  const isAsGiven = columns.columns.every(({ name }, at) => asked[at] === identifier(name))
  return isAsGiven ? null : wrapped(asked, '  ', columnsWidth)
}

/** What has to be undone to read the columns of a result, by property. */
export const askedForms = (context: Context, columns: readonly QueryColumn[]): Readonly<Record<string, Form>> =>
  Object.fromEntries(
    columns.flatMap((column) => {
      const { form } = askedFor(context, column.type, held(context, column))
      return form === null ? [] : [[column.property, form]]
    }),
  )
