import type { PostgresEngine } from '../../engines/postgres/embedded.js'
import type { NamedChange } from '../../evolution/index.js'
import { canonical } from '../../kernel/hash.js'
import { literal, qualified, sql } from '../../kernel/safe/sql.js'

type Row = Readonly<Record<string, unknown>>

/** All rows of a schema, by table. */
export type Rows = ReadonlyMap<string, readonly Row[]>

export const readRows = async (engine: PostgresEngine, schema: string): Promise<Rows> => {
  const tables = await engine.query<{ readonly name: string }>(
    sql`SELECT c.relname AS name FROM pg_class AS c WHERE c.relnamespace = to_regnamespace(quote_ident(${literal(schema)})) AND c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY 1`,
  )
  const rows = new Map<string, readonly Row[]>()
  for (const { name } of tables) {
    const all = await engine.query<{ readonly row: string }>(
      sql`SELECT to_jsonb(it)::text AS row FROM ${qualified(schema, name)} AS it`,
    )
    rows.set(
      name,
      all.map(({ row }) => JSON.parse(row) as Row),
    )
  }
  return rows
}

/** The rows with the names that tables and columns have after a step that renames them. */
const renamed = (rows: Rows, renames: readonly NamedChange[]): Rows => {
  const tables = new Map(renames.flatMap(({ is, was }) => (was.column === null ? [[was.table, is] as const] : [])))
  return new Map(
    [...rows].map(([table, all]) => {
      const now = tables.get(table) ?? table
      const columns = new Map(
        renames.flatMap(({ is, was }) => (was.column !== null && was.table === now ? [[was.column, is] as const] : [])),
      )
      const rename = (row: Row): Row =>
        Object.fromEntries(Object.entries(row).map(([name, value]) => [columns.get(name) ?? name, value]))
      return [now, all.map(rename)]
    }),
  )
}

const only = (row: Row, columns: readonly string[]): string => canonical(columns.map((name) => row[name] ?? null))

/** Whether every one of some values is among others, each as often. */
const areAmong = (some: readonly unknown[], all: readonly unknown[]): boolean => {
  const left = new Map<string, number>()
  for (const value of all) left.set(canonical(value), (left.get(canonical(value)) ?? 0) + 1)
  return some.every((value) => {
    const count = left.get(canonical(value)) ?? 0
    left.set(canonical(value), count - 1)
    return count > 0
  })
}

/** What a step lost. `converted`: columns whose values the server converted into other ones. */
export interface Kept {
  readonly lost: readonly string[]
  readonly converted: readonly string[]
}

/**
 * Compares the rows before and after a step: as many, and each value of the columns that stay as it was. `values` are the
 * columns that the step may change: what had a value has one, and it is the same but where its type is another.
 */
export const compareRows = (
  before: Rows,
  after: Rows,
  renames: readonly NamedChange[],
  values: readonly string[],
): Kept => {
  const lost: string[] = []
  const converted: string[] = []
  for (const [table, was] of renamed(before, renames)) {
    const is = after.get(table)
    if (is === undefined) continue
    if (was.length !== is.length) lost.push(`${table} had ${was.length} rows and has ${is.length}`)
    const [one, other] = [was[0], is[0]]
    if (one === undefined || other === undefined) continue
    const columns = Object.keys(one).filter((name) => Object.hasOwn(other, name))
    const changed = columns.filter((name) => values.includes(`${table}.${name}`))
    const stable = columns.filter((name) => !changed.includes(name))
    const [left, right] = [was, is].map((all) => all.map((row) => only(row, stable)).sort())
    if (canonical(left) !== canonical(right)) lost.push(`values of ${table} changed`)
    for (const name of changed) {
      const given = (all: readonly Row[]): readonly unknown[] =>
        all.map((row) => row[name] ?? null).filter((value) => value !== null)
      if (given(is).length < given(was).length) lost.push(`values of ${table}.${name} are gone`)
      else if (!areAmong(given(was), given(is))) converted.push(`${table}.${name}`)
    }
  }
  return { lost, converted }
}
