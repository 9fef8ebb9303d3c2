import { known } from '../../../kernel/bug.js'
import { identifier, joinSql, literal, qualified, type Sql, sql } from '../../../kernel/safe/sql.js'
import { clockOf } from '../../../model/lifecycle.js'
import { fieldOf } from '../../../model/lookup.js'
import type { PostgresOptions } from '../../../model/options.js'
import type { SchemaSet } from '../../../model/schema-set.js'
import { expressionScope, expressionSql } from '../../../relational/index.js'
import type { SqlClient } from '../database.js'
import { type OrderedField, ordersOf, type PlacedAct } from './acts.js'

/** A node of a query's plan, as EXPLAIN prints it in JSON (Postgres manual, 14.1). */
interface PlanNode {
  readonly 'Node Type': string
  readonly 'Index Name'?: string
  readonly Plans?: readonly PlanNode[]
}

const nodesIn = (node: PlanNode): readonly PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesIn)]

const explained = async (client: SqlClient, query: Sql): Promise<readonly PlanNode[]> => {
  const { rows } = await client.query(`EXPLAIN (FORMAT JSON) ${query}`, [])
  const [row] = rows as readonly { readonly 'QUERY PLAN': readonly [{ readonly Plan: PlanNode }] }[]
  return nodesIn(known(row, 'the row of EXPLAIN')['QUERY PLAN'][0].Plan)
}

/** Some moment as a constant that takes the type of the clock. */
const momentFor = ({ entity, act }: PlacedAct): Sql => {
  const { type } = fieldOf(entity, clockOf(act.due))
  return literal(type.kind === 'timestamp' && type.form === 'milliseconds' ? '0' : '2000-01-01')
}

const dueRows = (set: SchemaSet, options: PostgresOptions, placed: PlacedAct): Sql => {
  const { act, entity, place } = placed
  const isDue = sql`${identifier(clockOf(act.due))} <= ${momentFor(placed)}`
  const where = act.where === null ? null : expressionSql(expressionScope({ set, options }, entity), act.where)
  const met = where === null ? isDue : sql`${isDue} AND (${where})`
  return sql`SELECT 1 FROM ${qualified(options.schema, place.table)} WHERE ${met}`
}

const inOrder = (query: Sql, order: readonly OrderedField[]): Sql => {
  const fields = order.map(({ field, descending }) => (descending ? sql`${identifier(field)} DESC` : identifier(field)))
  return sql`${query} ORDER BY ${joinSql(fields, ', ')} LIMIT 1`
}

/** Reading the whole table; or sorting what an index gave, which then is for something else and was read to its end. */
const readingAll: ReadonlySet<string> = new Set(['Seq Scan', 'Sort', 'Incremental Sort'])

const areOfBlocks = `
SELECT bool_and(a.amname = 'brin') AS are
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_am AS a ON a.oid = c.relam
WHERE c.relname IN (SELECT json_array_elements_text($1))`

/** An index of block ranges has no order (Postgres manual, 65.5), but finds what is old. */
const isServedByBlocks = async (client: SqlClient, query: Sql): Promise<boolean> => {
  const nodes = await explained(client, query)
  const names = nodes.flatMap((node) => node['Index Name'] ?? [])
  const { rows } = await client.query(areOfBlocks, [JSON.stringify(names)])
  const [row] = rows as readonly { readonly are: boolean | null }[]
  return row?.are === true && !nodes.some((node) => node['Node Type'] === 'Seq Scan')
}

/**
 * Whether an index serves the clock of an act. It asks for the rows in the order in which retention takes them, with the
 * reading of whole tables made unattractive for the rest of the transaction: a table that is small as yet hides nothing.
 * Parts of a table that are named by the clock are left out by their names.
 */
export const isServedInPostgres = async (set: SchemaSet, client: SqlClient, act: PlacedAct): Promise<boolean> => {
  if (act.place.postgres.partition?.on === clockOf(act.act.due)) return true
  const query = dueRows(set, known(set.targets.postgres, 'the target postgres'), act)
  await client.query('SET LOCAL enable_seqscan = off', [])
  await client.query('SET LOCAL enable_bitmapscan = off', [])
  for (const order of ordersOf(act)) {
    const nodes = await explained(client, inOrder(query, order))
    if (!nodes.some((node) => readingAll.has(node['Node Type']))) return true
  }
  await client.query('SET LOCAL enable_bitmapscan = on', [])
  return isServedByBlocks(client, query)
}
