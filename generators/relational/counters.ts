import type { Field } from '../model/field.js'
import { fieldOf } from '../model/lookup.js'
import { columnType } from './column-type.js'
import { commentOf } from './forms.js'
import { counterWidth } from './index-widths.js'
import { objectName } from './object-name.js'
import type { TableContext } from './table-context.js'
import { TableNames } from './table-names.js'
import type { Column, ColumnType, Table } from './tables.js'

const plainColumn = (name: string, type: ColumnType): Column => ({
  name,
  field: null,
  type,
  notNull: true,
  collation: null,
  default: null,
  made: null,
  generated: null,
  comment: null,
})

/**
 * The table that keeps the last number given to each parent: its row is locked by whoever takes the next one, so two
 * inserts never get the same, and a number is not given again when its row is gone.
 */
const counterTable = (context: TableContext, field: Field, per: readonly string[]): Table => {
  const { entity, relationNames } = context
  const name = relationNames.claim(objectName(entity.table, field.name, 'counters'), 'table', field.origin)
  const key = new TableNames(name, relationNames).key(null, null, 'pkey', field.origin)
  context.found.push(...counterWidth(context, field, per))
  const parents = per.map((parent) => plainColumn(parent, columnType(context, fieldOf(entity, parent).type)))
  return {
    name,
    role: 'counter',
    entity: entity.name,
    comment: commentOf(
      context,
      entity.enforce,
      `The last ${field.name} given in ${entity.table}, for each ${per.join(', ')}.`,
    ),
    columns: [...parents, plainColumn('last_number', columnType(context, field.type))],
    constraints: [{ kind: 'primary-key', name: key, columns: per }],
    indexes: [],
    triggers: [],
    partition: null,
    unlogged: false,
    singleton: false,
    appendOnly: false,
    depth: 0,
    origin: field.origin,
  }
}

export const counterTablesOf = (context: TableContext): readonly Table[] =>
  context.entity.fields.flatMap((field) =>
    field.default?.kind === 'next' && field.stores.includes('postgres')
      ? [counterTable(context, field, field.default.per)]
      : [],
  )
