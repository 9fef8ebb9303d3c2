import { unreachable } from '../kernel/bug.js'
import { identifier, joinSql, qualified, sql } from '../kernel/safe/sql.js'
import type { JsonValue } from '../model/origin.js'
import { withoutModifier } from './column-type.js'
import type { ColumnType, RelationalSchema, Table } from './tables.js'

/** A statement for any driver: every parameter is text or null, cast to its column's type in the statement. */
export interface Statement {
  readonly text: string
  readonly values: readonly (string | null)[]
}

const arrayItem = (item: JsonValue, type: ColumnType): string => {
  const text = parameterText(item, { ...type, array: false })
  return text === null ? 'NULL' : `"${text.replace(/["\\]/g, '\\$&')}"`
}

const arrayText = (items: readonly JsonValue[], type: ColumnType): string =>
  `{${items.map((item) => arrayItem(item, type)).join(',')}}`

const scalarText = (value: JsonValue): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** A value in JSON form as the text that Postgres reads for a column's type. */
export const parameterText = (value: JsonValue, type: ColumnType): string | null => {
  if (value === null) return null
  const { array, encoding } = type
  if (array && Array.isArray(value)) return arrayText(value, type)
  switch (encoding.kind) {
    case 'json':
    case 'vector':
      return JSON.stringify(value)
    case 'bytes':
      return `\\x${Buffer.from(scalarText(value), 'base64').toString('hex')}`
    case 'epoch':
      return typeof value === 'string' ? String(Date.parse(value)) : scalarText(value)
    case 'naive':
      return scalarText(value).replace(/Z$/, '')
    case 'interval':
      return `${scalarText(value)} ${encoding.unit}`
    case 'text':
      return scalarText(value)
    default:
      return unreachable(encoding)
  }
}

/**
 * An insert of one row of a table. `row` holds values in JSON form by the field's name; what it leaves out is left to
 * the column's default, and fields that the table has not are passed over. An identity that is given is kept.
 */
export const insertStatement = (
  { schema }: Pick<RelationalSchema, 'schema'>,
  table: Table,
  row: Readonly<Record<string, JsonValue>>,
): Statement => {
  const given = table.columns.filter(({ field, generated }) => field !== null && field in row && generated === null)
  const name = qualified(schema, table.name)
  if (given.length === 0) return { text: sql`INSERT INTO ${name} DEFAULT VALUES`, values: [] }
  const columns = joinSql(
    given.map((column) => identifier(column.name)),
    ', ',
  )
  const parameters = joinSql(
    given.map((column, index) => sql`$${index + 1}::text::${withoutModifier(column.type)}`),
    ', ',
  )
  const overriding = given.some(({ made }) => made === 'identity') ? sql` OVERRIDING SYSTEM VALUE` : sql``
  return {
    text: sql`INSERT INTO ${name} (${columns})${overriding} VALUES (${parameters})`,
    values: given.map((column) => parameterText(row[column.field ?? ''] ?? null, column.type)),
  }
}
