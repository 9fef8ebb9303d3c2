import { report } from '../kernel/diagnostic.js'
import type { Sql } from '../kernel/safe/sql.js'
import { sql } from '../kernel/safe/sql.js'
import type { Field } from '../model/field.js'
import { fieldsIn } from '../model/lookup.js'
import { columnType } from './column-type.js'
import { storedSql } from './expression.js'
import { commentOf, instantFormOf } from './forms.js'
import { nowAs } from './instants.js'
import { problemOfRawSql, rawSql } from './raw-sql.js'
import { expressionScope, isReadable, type TableContext } from './table-context.js'
import type { Column, ColumnType } from './tables.js'
import { defaultSql, madeKey } from './values.js'

/** The columns every table has anyway (Postgres manual, 5.6). */
const systemColumns: ReadonlySet<string> = new Set(['tableoid', 'xmin', 'cmin', 'xmax', 'cmax', 'ctid'])

const bytea: ColumnType = { text: sql`bytea`, name: 'bytea', array: false, encoding: { kind: 'bytes' } }
const boolean: ColumnType = { text: sql`boolean`, name: 'bool', array: false, encoding: { kind: 'text' } }

/** Raw SQL of the YAML, or null with a diagnostic when it could reach beyond its place. */
export const checkedRawSql = (context: TableContext, text: string, origin: Field['origin']): Sql | null => {
  const problem = problemOfRawSql(text)
  if (problem === null) return rawSql(text)
  context.found.push(report('raw-sql-escapes', origin, { problem }))
  return null
}

const columnDefault = (context: TableContext, field: Field): Sql | null => {
  const { type, maintained } = field
  if (field.generated !== null || field.encrypted !== null) return null
  if (field.postgres.default !== null) return checkedRawSql(context, field.postgres.default, field.origin)
  if (field.default !== null) return defaultSql(context, type, field.default)
  if (maintained === 'store') return madeKey(type)
  if (maintained === null) return null
  return nowAs(instantFormOf(type, context.options) ?? 'zoned')
}

const made = (context: TableContext, { type, maintained }: Field): Column['made'] => {
  if (type.kind !== 'identity' || maintained !== 'store') return null
  const as = type.as ?? context.options.identity
  return as === 'serial' || as === 'bigserial' ? 'serial' : 'identity'
}

const generated = (context: TableContext, { type, generated: expression }: Field): Sql | null =>
  expression === null || !isReadable(context.entity, expression)
    ? null
    : storedSql(expressionScope(context, context.entity), expression, type)

/** What a column means: its field's summary, or the meaning that `timestamps:` gives the pair it adds. */
const meaning = ({ summary, maintained }: Field): string | null => {
  if (summary !== null || maintained === null || maintained === 'store') return summary
  return maintained === 'created' ? 'When the row was made.' : 'When the row was last changed.'
}

const fieldColumn = (context: TableContext, field: Field): Column => {
  if (systemColumns.has(field.name)) context.found.push(report('system-column', field.origin, { name: field.name }))
  return {
    name: context.names.column(field.name, field.origin),
    field: field.name,
    type: field.encrypted === null ? columnType(context, field.type) : bytea,
    notNull: !field.nullable,
    collation: field.postgres.collation,
    default: columnDefault(context, field),
    made: made(context, field),
    generated: generated(context, field),
    comment: commentOf(context, context.entity.enforce, meaning(field)),
  }
}

/** The column that lets a table have one row: its key has one possible value. */
const singletonColumn = (context: TableContext): Column => ({
  name: context.names.column('singleton', context.entity.key.origin),
  field: null,
  type: boolean,
  notNull: true,
  collation: null,
  default: sql`true`,
  made: null,
  generated: null,
  comment: commentOf(context, context.entity.enforce, 'The key of the only row.'),
})

export const columnsOf = (context: TableContext): readonly Column[] => [
  ...(context.entity.key.kind === 'singleton' ? [singletonColumn(context)] : []),
  ...fieldsIn(context.entity, 'postgres').map((field) => fieldColumn(context, field)),
]
