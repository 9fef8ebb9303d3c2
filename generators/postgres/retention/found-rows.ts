import { identifier, joinSql, type Sql, sql } from '../../kernel/safe/sql.js'
import type { Entity } from '../../model/entity.js'
import type { Act } from '../../model/lifecycle.js'
import { fieldOf, keyFieldsOf } from '../../model/lookup.js'
import { type Context, columnType } from '../../relational/index.js'
import { indented } from '../indented.js'

/**
 * How a function holds the rows that it has found and locked, so that a second statement acts on just those. A row of
 * a plain table is held by its place; one of a partitioned table by its key, which leads to its partition.
 */
export interface FoundRows {
  /** The variables that hold them. */
  readonly variables: readonly { readonly name: Sql; readonly type: Sql }[]
  /** The statement that fills the variables with the rows of a query, given from its `FROM` on. */
  readonly find: (rest: Sql) => Sql
  /** The condition that a row is one of them. */
  readonly isFound: Sql
}

const byPlace: FoundRows = {
  variables: [{ name: sql`places`, type: sql`tid[]` }],
  find: (rest) => sql`run.places := ARRAY(\n  SELECT due.ctid ${indented(rest, '  ')}\n);`,
  isFound: sql`due.ctid = ANY (run.places)`,
}

interface HeldColumn {
  readonly column: Sql
  readonly variable: Sql
  readonly type: Sql
}

const heldColumns = (context: Context, entity: Entity): readonly HeldColumn[] => {
  const key = keyFieldsOf(entity)
  if (key.length === 0) {
    return [
      { column: sql`tableoid`, variable: sql`parts`, type: sql`oid` },
      { column: sql`ctid`, variable: sql`places`, type: sql`tid` },
    ]
  }
  return key.map((name, at) => ({
    column: identifier(name),
    variable: sql`keys_${at + 1}`,
    type: columnType(context, fieldOf(entity, name).type).text,
  }))
}

const byColumns = (columns: readonly HeldColumn[]): FoundRows => {
  const list = (of: (column: HeldColumn) => Sql): Sql => joinSql(columns.map(of), ', ')
  const own = list(({ column }) => sql`due.${column}`)
  const row = columns.length === 1 ? own : sql`(${own})`
  return {
    variables: columns.map(({ variable, type }) => ({ name: variable, type: sql`${type}[]` })),
    find: (rest) => sql`SELECT ${list(({ column }) => sql`array_agg(found.${column})`)}
INTO ${list(({ variable }) => sql`run.${variable}`)} FROM (
  SELECT ${list(({ column }) => sql`due.${column}`)} ${indented(rest, '  ')}
) AS found;`,
    isFound: sql`${row} IN (SELECT * FROM unnest(${list(({ variable }) => sql`run.${variable}`)}))`,
  }
}

/** How the rows of an act are held. An archive is a plain table. */
export const foundRows = (context: Context, entity: Entity, { place }: Pick<Act, 'place'>): FoundRows =>
  place.kind === 'archive' || entity.postgres.partition === null ? byPlace : byColumns(heldColumns(context, entity))
