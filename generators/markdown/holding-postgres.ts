import { unreachable } from '../kernel/bug.js'
import { identifier } from '../kernel/safe/sql.js'
import type { Column, Constraint, ForeignKey, Table, TableIndex } from '../relational/tables.js'
import type { HeldField, HeldIndex, Holding } from './holding.js'

const columnText = (column: Column): string =>
  [
    column.type.text,
    ...(column.made === 'identity' ? ['identity'] : []),
    ...(column.collation === null ? [] : [`collate ${column.collation}`]),
  ].join(' ')

const heldField = (column: Column): readonly HeldField[] =>
  column.field === null
    ? []
    : [{ field: column.field, name: column.name === column.field ? null : column.name, type: columnText(column) }]

const columnList = (columns: readonly string[]): readonly string[] =>
  columns.length === 0 ? [] : [`(${columns.join(', ')})`]

const actionText = ({ onDelete, onUpdate, setNull }: ForeignKey): string =>
  [
    ...(onDelete === 'no action' ? [] : [`on delete ${[onDelete, ...columnList(setNull)].join(' ')}`]),
    ...(onUpdate === 'no action' ? [] : [`on update ${onUpdate}`]),
  ].join(', ')

const heldConstraint = (constraint: Constraint): readonly HeldIndex[] => {
  const { name } = constraint
  switch (constraint.kind) {
    case 'primary-key':
      return [{ name, on: constraint.columns.join(', '), kind: 'primary key' }]
    case 'unique':
      return [{ name, on: constraint.columns.join(', '), kind: 'unique' }]
    case 'foreign-key': {
      const to = `${constraint.to.table} (${constraint.to.columns.join(', ')})`
      const kind = ['foreign key', actionText(constraint)].filter((part) => part !== '').join(', ')
      return [{ name, on: `${constraint.columns.join(', ')} → ${to}`, kind }]
    }
    case 'check':
      return constraint.source === 'type'
        ? []
        : [{ name, on: constraint.predicate?.text ?? constraint.conditions.join(' AND '), kind: 'check' }]
    default:
      return unreachable(constraint)
  }
}

const partText = ({ text, operatorClass, direction, nulls, collation }: TableIndex['parts'][number]): string =>
  [
    text,
    ...(collation === null ? [] : [`COLLATE ${identifier(collation)}`]),
    ...(operatorClass === null ? [] : [operatorClass]),
    ...(direction === 'desc' ? ['DESC'] : []),
    ...(nulls === null ? [] : [`NULLS ${nulls.toUpperCase()}`]),
  ].join(' ')

const heldIndex = (index: TableIndex): HeldIndex => ({
  name: index.name,
  on: [
    index.parts.map(partText).join(', '),
    ...(index.include.length === 0 ? [] : [`INCLUDE (${index.include.join(', ')})`]),
    ...(index.where === null ? [] : [`WHERE ${index.where}`]),
  ].join(' '),
  kind: [...(index.unique ? ['unique'] : []), index.method].join(', '),
})

const keyText = (table: Table): string | null =>
  table.singleton ? (table.columns.find(({ field }) => field === null)?.name ?? null) : null

/** A table as the docs tell of it. */
export const postgresHolding = (table: Table): Holding => ({
  store: 'postgres',
  name: table.name,
  key: keyText(table),
  fields: table.columns.flatMap(heldField),
  indexes: [...table.constraints.flatMap(heldConstraint), ...table.indexes.map(heldIndex)],
})
