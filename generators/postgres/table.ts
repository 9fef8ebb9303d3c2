import { identifier, joinSql, literal, type Sql, sql } from '../kernel/safe/sql.js'
import type { Column, Table } from '../relational/index.js'
import { constraintSql } from './constraints.js'
import { ifNotExists, named, type Style } from './style.js'

const serial = ({ type }: Column): Sql => (type.name === 'int4' ? sql`serial` : sql`bigserial`)

const filled = (column: Column): Sql => {
  if (column.made === 'identity') return sql` GENERATED ALWAYS AS IDENTITY`
  if (column.generated !== null) return sql` GENERATED ALWAYS AS (${column.generated}) STORED`
  return column.default === null ? sql`` : sql` DEFAULT ${column.default}`
}

const columnSql = (column: Column): Sql => {
  const type = column.made === 'serial' ? serial(column) : column.type.text
  const collation = column.collation === null ? sql`` : sql` COLLATE ${identifier(column.collation)}`
  // An identity or a serial is NOT NULL by itself.
  const notNull = column.notNull && column.made === null ? sql` NOT NULL` : sql``
  return sql`${identifier(column.name)} ${type}${collation}${notNull}${filled(column)}`
}

const partitionBy = ({ partition }: Table): Sql =>
  partition === null ? sql`` : sql` PARTITION BY RANGE (${identifier(partition.column)})`

export const createTable = async (style: Style, table: Table): Promise<Sql> => {
  const constraints = table.constraints.filter((each) => each.kind !== 'foreign-key' || !each.late)
  const lines = [
    ...table.columns.map(columnSql),
    ...(await Promise.all(constraints.map((constraint) => constraintSql(style, constraint)))),
  ]
  const name = named(style, table.name)
  const create = table.unlogged ? sql`CREATE UNLOGGED TABLE` : sql`CREATE TABLE`
  return sql`${create}${ifNotExists(style)} ${name} (\n  ${joinSql(lines, ',\n  ')}\n)${partitionBy(table)};`
}

export const defaultPartition = (style: Style, table: Table): readonly Sql[] => {
  if (table.partition === null) return []
  const [name, parent] = [named(style, table.partition.default), named(style, table.name)]
  return [sql`CREATE TABLE${ifNotExists(style)} ${name} PARTITION OF ${parent} DEFAULT;`]
}

/** COMMENT ON for the table and those of its columns that have a summary. */
export const tableComments = (style: Style, table: Table): readonly Sql[] => {
  const name = named(style, table.name)
  return [
    ...(table.comment === null ? [] : [sql`COMMENT ON TABLE ${name} IS ${literal(table.comment)};`]),
    ...table.columns.flatMap((column) =>
      column.comment === null
        ? []
        : [sql`COMMENT ON COLUMN ${name}.${identifier(column.name)} IS ${literal(column.comment)};`],
    ),
  ]
}
