import { collectionOf, partialFilterOf, storedName } from '../../document/index.js'
import type { PostgresEngine } from '../../engines/postgres/embedded.js'
import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { canonical } from '../../kernel/hash.js'
import { identifier, joinSql, qualified, type Sql, sql } from '../../kernel/safe/sql.js'
import type { Entity, IndexPart, NamedList } from '../../model/entity.js'
import { expressionText } from '../../model/expression-text.js'
import { orderOf, partsFor } from '../../model/lists.js'
import { entitiesIn, fieldOf } from '../../model/lookup.js'
import type { SchemaSet } from '../../model/schema-set.js'
import { type Context, columnType, expressionScope, expressionSql } from '../../relational/index.js'
import { counted, type Evidence, nothingToProve, type Proven } from './proof.js'

interface Asked {
  readonly entity: Entity
  readonly list: NamedList
}

const listsIn = (set: SchemaSet, store: 'postgres' | 'mongo'): readonly Asked[] =>
  entitiesIn(set, store).flatMap((entity) => entity.lists.map((list) => ({ entity, list })))

/** A part of an index as the YAML has it. */
const partText = (part: IndexPart): string =>
  [
    part.kind === 'field' ? part.path.join('.') : expressionText(part.expression),
    ...(part.collation === null ? [] : [`collate "${part.collation}"`]),
    ...(part.direction === 'desc' ? ['desc'] : []),
    ...(part.nulls === null ? [] : [`nulls ${part.nulls}`]),
  ].join(' ')

/** The index that would serve a list, as the YAML has it. */
const indexText = (set: SchemaSet, { entity, list }: Asked, where: NamedList['where']): string => {
  const parts = `[${partsFor(set, entity, list).map(partText).join(', ')}]`
  return where === null
    ? `\`- ${parts}\``
    : `\`- { fields: ${parts}, where: ${JSON.stringify(expressionText(where))} }\``
}

const unserved = ({ list }: Asked, store: string, index: string | null): Diagnostic =>
  report('list-unserved', list.origin, { list: list.name, store, index })

const heldOf = (all: readonly Asked[], diagnostics: readonly Diagnostic[]): string | null =>
  all.length > diagnostics.length ? counted(all.length - diagnostics.length, 'list') : null

/** What rows are ordered by: ids that are kept as texts go as the numbers that they are. */
const orderSql = (context: Context, entity: Entity, part: IndexPart): Sql => {
  const [name = ''] = part.kind === 'field' ? part.path : []
  const { type } = fieldOf(entity, name)
  const isText = type.kind === 'snowflake' && columnType(context, type).name === 'text'
  const collate = part.collation === null ? sql`` : sql` COLLATE ${identifier(part.collation)}`
  const nulls = part.nulls === null ? sql`` : part.nulls === 'first' ? sql` NULLS FIRST` : sql` NULLS LAST`
  const direction = part.direction === 'desc' ? sql` DESC` : sql``
  return sql`own.${identifier(name)}${isText ? sql`::numeric` : sql``}${collate}${direction}${nulls}`
}

/** A page as the runtime asks for it: a test holds this to what is sent. */
const pageSql = (context: Context, { entity, list }: Asked): Sql => {
  const scope = expressionScope(context, entity)
  const given = list.by.map((name, at) => sql`own.${identifier(name)} = ${`$${at + 1}` as Sql}`)
  const held = [...given, ...(list.where === null ? [] : [sql`(${expressionSql(scope, list.where)})`])]
  const where = held.length === 0 ? sql`true` : joinSql(held, ' AND ')
  const parts = partsFor(context.set, entity, list).slice(list.by.length)
  const order = parts.map((part) => orderSql(context, entity, part))
  const table = qualified(context.options.schema, entity.table)
  const ordered = order.length === 0 ? sql`` : sql` ORDER BY ${joinSql(order, ', ')}`
  return sql`SELECT own.* FROM ${table} AS own WHERE ${where}${ordered} LIMIT 100`
}

interface Plan {
  readonly 'Node Type': string
  readonly 'Index Cond'?: string
  readonly Plans?: readonly Plan[]
}

const escaped = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Whether a plan finds its rows by an index that has all that callers give, and sorts none of them anew. */
const isServed = (plan: Plan, given: readonly string[]): boolean => {
  const kind = plan['Node Type']
  if (kind === 'Sort' || kind === 'Seq Scan') return false
  if (kind === 'Index Scan' || kind === 'Index Only Scan') {
    const held = plan['Index Cond'] ?? ''
    return given.every((name) => new RegExp(`(?<![\\w"])${escaped(name)}(?![\\w"])`).test(held))
  }
  return (plan.Plans ?? []).every((inner) => isServed(inner, given))
}

/** The plan for any values, of tables that have so many rows that nobody would read all of them. */
const planOf = async (engine: PostgresEngine, context: Context, asked: Asked): Promise<Plan> => {
  const values =
    asked.list.by.length === 0
      ? sql``
      : sql`(${joinSql(
          asked.list.by.map(() => sql`NULL`),
          ', ',
        )})`
  await engine.query('BEGIN')
  try {
    for (const setting of ['enable_seqscan', 'enable_bitmapscan', 'enable_sort'])
      await engine.query(`SET LOCAL ${setting} TO off`)
    await engine.query('SET LOCAL plan_cache_mode TO force_generic_plan')
    await engine.query(sql`PREPARE botschema_list AS ${pageSql(context, asked)}`)
    const [row] = await engine.query<{ readonly 'QUERY PLAN': readonly { readonly Plan: Plan }[] }>(
      sql`EXPLAIN (FORMAT JSON, COSTS OFF) EXECUTE botschema_list${values}`,
    )
    return row?.['QUERY PLAN'][0]?.Plan ?? { 'Node Type': 'Seq Scan' }
  } finally {
    await engine.query('ROLLBACK')
    await engine.query('DEALLOCATE ALL')
  }
}

/** Asks the engine, which has the emitted schema, whether an index serves each list. */
export const listsOnPostgres = async ({ set }: Evidence, engine: PostgresEngine): Promise<Proven> => {
  const options = set.targets.postgres
  if (options === null) return nothingToProve
  const all = listsIn(set, 'postgres')
  const diagnostics: Diagnostic[] = []
  for (const asked of all) {
    const plan = await planOf(engine, { set, options }, asked)
    const given = asked.list.by.map((name) => identifier(name))
    if (!isServed(plan, given)) diagnostics.push(unserved(asked, 'Postgres', indexText(set, asked, asked.list.where)))
  }
  return { held: heldOf(all, diagnostics), diagnostics, unproved: [] }
}

type Key = readonly { readonly path: string; readonly direction: unknown }[]

/** Whether what callers give comes first in an index, and then the order, forwards or backwards. */
const hasOrder = (key: Key, given: readonly string[], order: Key): boolean => {
  const first = new Set(key.slice(0, given.length).map(({ path }) => path))
  if (first.size < given.length || !given.every((path) => first.has(path))) return false
  const rest = key.slice(given.length)
  return [1, -1].some((way) =>
    order.every(
      ({ path, direction }, at) => rest[at]?.path === path && rest[at]?.direction === Number(direction) * way,
    ),
  )
}

/** Whether a list is ordered by ids that documents have as texts, and that are ordered as numbers. */
const isOrderedByIds = ({ entity, list }: Asked): boolean =>
  list.order.some(({ field }) => fieldOf(entity, field).type.kind === 'snowflake')

const isServedByMongo = (set: SchemaSet, { entity, list }: Asked): boolean => {
  const given = list.by.map((name) => storedName(entity, name))
  const order = orderOf(entity, list).map(({ field, direction }) => ({
    path: storedName(entity, field),
    direction: direction === 'asc' ? 1 : -1,
  }))
  const wanted = list.where === null ? null : partialFilterOf(set, entity, list.where)
  const identifier = { key: [{ path: '_id', direction: 1 }], filter: null }
  return [identifier, ...collectionOf(set, entity).indexes].some(
    ({ key, filter }) =>
      (filter === null || (wanted !== null && canonical(filter) === canonical(wanted))) && hasOrder(key, given, order),
  )
}

/** Holds each list against the indexes of its collection. */
export const listsOnMongo = (set: SchemaSet): Proven => {
  const all = listsIn(set, 'mongo')
  const diagnostics = all
    .filter((asked) => isOrderedByIds(asked) || !isServedByMongo(set, asked))
    .map((asked) => {
      if (isOrderedByIds(asked)) return unserved(asked, 'Mongo', null)
      const where = asked.list.where
      const isSaid = where !== null && partialFilterOf(set, asked.entity, where) !== null
      return unserved(asked, 'Mongo', indexText(set, asked, isSaid ? where : null))
    })
  return { held: heldOf(all, diagnostics), diagnostics, unproved: [] }
}
