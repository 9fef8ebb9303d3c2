import { identifier, identifiers, joinSql, literal, type Sql, sql } from '../kernel/safe/sql.js'
import type { Table, TableIndex, TableIndexPart } from '../relational/index.js'
import { ifNotExists, named, type Style } from './style.js'

const partSql = ({ text, operatorClass, direction }: TableIndexPart): Sql => {
  const by = operatorClass === null ? sql`` : sql` ${identifier(operatorClass)}`
  return sql`${text}${by}${direction === 'desc' ? sql` DESC` : sql``}`
}

const createIndex = (style: Style, table: Table, index: TableIndex): Sql => {
  const unique = index.unique ? sql` UNIQUE` : sql``
  const method = index.method === 'btree' ? sql`` : sql` USING ${identifier(index.method)}`
  const tail = [
    ...(index.include.length === 0 ? [] : [sql` INCLUDE (${identifiers(index.include)})`]),
    ...(index.nullsNotDistinct ? [sql` NULLS NOT DISTINCT`] : []),
    ...(index.where === null ? [] : [sql` WHERE ${index.where}`]),
  ]
  const start = sql`CREATE${unique} INDEX${ifNotExists(style)} ${identifier(index.name)} ON ${named(style, table.name)}`
  return sql`${start}${method} (${joinSql(index.parts.map(partSql), ', ')})${joinSql(tail, '')};`
}

const noteOf = (style: Style, { name, note }: TableIndex): readonly Sql[] =>
  note === null ? [] : [sql`COMMENT ON INDEX ${named(style, name)} IS ${literal(note)};`]

export const indexStatements = (style: Style, table: Table): readonly Sql[] => [
  ...table.indexes.map((index) => createIndex(style, table, index)),
  ...table.indexes.flatMap((index) => noteOf(style, index)),
]
