import { identifier, identifiers, joinSql, literal, type Sql, sql } from '../kernel/safe/sql.js'
import type { IndexMethod, NullsPlace } from '../model/words.js'
import type { Table, TableIndex, TableIndexPart } from '../relational/index.js'
import { ifNotExists, named, namedOfExtension, type Style } from './style.js'

/** How Postgres calls each method; null for the one that it takes when none is said. */
const methodNames: Readonly<Record<IndexMethod, Sql | null>> = {
  btree: null,
  hash: sql`hash`,
  gin: sql`gin`,
  gist: sql`gist`,
  brin: sql`brin`,
  spgist: sql`spgist`,
  hnsw: sql`hnsw`,
  ivfflat: sql`ivfflat`,
}

const nullsWords: Readonly<Record<NullsPlace, Sql>> = { first: sql` NULLS FIRST`, last: sql` NULLS LAST` }

const partSql = (style: Style, { text, operatorClass, direction, nulls, collation }: TableIndexPart): Sql => {
  const collate = collation === null ? sql`` : sql` COLLATE ${identifier(collation)}`
  const by = operatorClass === null ? sql`` : sql` ${namedOfExtension(style, operatorClass)}`
  const place = nulls === null ? sql`` : nullsWords[nulls]
  return sql`${text}${collate}${by}${direction === 'desc' ? sql` DESC` : sql``}${place}`
}

const createIndex = (style: Style, table: Table, index: TableIndex): Sql => {
  const unique = index.unique ? sql` UNIQUE` : sql``
  const using = methodNames[index.method]
  const method = using === null ? sql`` : sql` USING ${using}`
  const tail = [
    ...(index.include.length === 0 ? [] : [sql` INCLUDE (${identifiers(index.include)})`]),
    ...(index.nullsNotDistinct ? [sql` NULLS NOT DISTINCT`] : []),
    ...(index.where === null ? [] : [sql` WHERE ${index.where}`]),
  ]
  const start = sql`CREATE${unique} INDEX${ifNotExists(style)} ${identifier(index.name)} ON ${named(style, table.name)}`
  return sql`${start}${method} (${joinSql(
    index.parts.map((part) => partSql(style, part)),
    ', ',
  )})${joinSql(tail, '')};`
}

const noteOf = (style: Style, { name, note }: TableIndex): readonly Sql[] =>
  note === null || style.comments === false ? [] : [sql`COMMENT ON INDEX ${named(style, name)} IS ${literal(note)};`]

export const indexStatements = (style: Style, table: Table): readonly Sql[] => [
  ...table.indexes.map((index) => createIndex(style, table, index)),
  ...table.indexes.flatMap((index) => noteOf(style, index)),
]
