import type { PostgresEngine, ResultColumn } from '../../engines/postgres/embedded.js'
import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { nearest } from '../../kernel/nearest.js'
import { joinSql, literal, numeral, type Sql, sql } from '../../kernel/safe/sql.js'
import type { Entity, Query } from '../../model/entity.js'
import { fieldsIn } from '../../model/lookup.js'
import type { Origin } from '../../model/origin.js'
import type { Type } from '../../model/type.js'
import { columnType, withoutModifier } from '../../relational/index.js'

type Context = Parameters<typeof columnType>[0]

/** A column that `columns:` says a row has. */
interface Said {
  readonly name: string
  readonly type: Type
  readonly origin: Origin
}

const saidBy = (entity: Entity, { columns }: Query): readonly Said[] => {
  if (columns === null) return []
  if (columns.kind !== 'row') return columns.columns
  return fieldsIn(entity, 'postgres')
    .filter(({ encrypted }) => encrypted === null)
    .map(({ name, type }) => ({ name, type, origin: columns.origin }))
}

/** What a whole row has in the table and not in code is passed over: a singleton's key, and what is encrypted. */
const isPassedOver = (entity: Entity, { columns }: Query, name: string): boolean =>
  columns?.kind === 'row' &&
  (name === 'singleton' || entity.fields.some((field) => field.name === name && field.encrypted !== null))

const namesProblems = (entity: Entity, query: Query, found: readonly ResultColumn[]): readonly Diagnostic[] => {
  const said = saidBy(entity, query)
  const names = found.map(({ name }) => name)
  const refuse = (column: string, problem: 'missing' | 'unsaid' | 'twice', at: Origin | undefined) =>
    at === undefined
      ? []
      : [report('query-column-names', at, { query: query.name, column, problem, nearest: nearest(column, names) })]
  const all = query.columns?.origin
  return [
    ...said.flatMap(({ name, origin }) => (names.includes(name) ? [] : refuse(name, 'missing', origin))),
    ...[...new Set(names)].flatMap((name) => {
      if (names.indexOf(name) !== names.lastIndexOf(name)) return refuse(name, 'twice', all)
      const isSaid = said.some((each) => each.name === name) || isPassedOver(entity, query, name)
      return isSaid ? [] : refuse(name, 'unsaid', all)
    }),
  ]
}

/** Types whose values a driver returns alike, narrower ones first: a column may be narrower than what is said of it. */
const families: readonly (readonly string[])[] = [
  ['smallint', 'integer', 'bigint'],
  ['real', 'double precision'],
]

const alike: readonly (readonly string[])[] = [
  ['text', 'character varying', 'character', 'bpchar'],
  ['json', 'jsonb'],
]

/** Whether a value of a type of Postgres is read as one of another is. */
const isReadAs = (found: string, said: string): boolean =>
  found === said ||
  (found.endsWith('[]') && said.endsWith('[]') && isReadAs(found.slice(0, -2), said.slice(0, -2))) ||
  alike.some((types) => types.includes(found) && types.includes(said)) ||
  families.some((types) => types.includes(found) && types.indexOf(found) <= types.indexOf(said))

const typesProblems = async (
  engine: PostgresEngine,
  context: Context,
  entity: Entity,
  query: Query,
  found: readonly ResultColumn[],
): Promise<readonly Diagnostic[]> => {
  const pairs = saidBy(entity, query).flatMap((said) => {
    const column = found.find(({ name }) => name === said.name)
    return column === undefined ? [] : [{ said, column }]
  })
  const types = pairs.map(({ said, column }): Sql => {
    const held = literal(withoutModifier(columnType(context, said.type)))
    return sql`(format_type(${numeral(column.dataTypeID)}, NULL), format_type(${held}::regtype, NULL))`
  })
  if (types.length === 0) return []
  const rows = await engine.query<{ column1: string; column2: string }>(sql`VALUES ${joinSql(types, ', ')}`)
  return pairs.flatMap(({ said: { name, origin } }, at) => {
    const row = rows[at]
    if (row === undefined || isReadAs(row.column1, row.column2)) return []
    return [
      report('query-column-type', origin, { query: query.name, column: name, found: row.column1, said: row.column2 }),
    ]
  })
}

/** Holds what a query says of its rows against what the server says of the prepared statement, by names and types. */
export const columnProblems = async (
  engine: PostgresEngine,
  context: Context,
  entity: Entity,
  query: Query,
  statement: Sql,
): Promise<readonly Diagnostic[]> => {
  if (query.columns === null) return []
  const found = await engine.describe(statement)
  return [...namesProblems(entity, query, found), ...(await typesProblems(engine, context, entity, query, found))]
}
