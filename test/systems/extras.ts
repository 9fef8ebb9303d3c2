import type { Query } from './catalogue.js'

/** What a database holds beside tables, columns, keys and indexes, each by name. */
export interface Extras {
  readonly extensions: readonly string[]
  readonly functions: readonly string[]
  /** By table. */
  readonly checks: Readonly<Record<string, readonly string[]>>
  /** By table. */
  readonly triggers: Readonly<Record<string, readonly string[]>>
}

const grouped = (rows: readonly Record<string, unknown>[]): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(rows.map((row) => [String(row['table']), row['names'] as string[]]))

/** Reads what stands on top of the tables of a schema, from Postgres's own catalogues. Partitions are left out. */
export const readExtras = async (query: Query, schema: string): Promise<Extras> => {
  const perTable = (catalogue: string, name: string, condition: string): string => `
    SELECT c.relname AS table, array_agg(x.${name}::text ORDER BY x.${name}::text) AS names
    FROM ${catalogue} x JOIN pg_class c ON c.oid = x.${catalogue === 'pg_trigger' ? 'tgrelid' : 'conrelid'}
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = '${schema}' AND NOT c.relispartition AND ${condition}
    GROUP BY c.relname ORDER BY c.relname`
  const extensions = await query(`SELECT extname AS name FROM pg_extension WHERE extname <> 'plpgsql' ORDER BY 1`)
  const functions = await query(`
    SELECT p.proname AS name FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname = '${schema}'
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
    ORDER BY 1`)
  return {
    extensions: extensions.map(({ name }) => String(name)),
    functions: functions.map(({ name }) => String(name)),
    checks: grouped(await query(perTable('pg_constraint', 'conname', `x.contype = 'c'`))),
    triggers: grouped(await query(perTable('pg_trigger', 'tgname', 'NOT x.tgisinternal'))),
  }
}

/** The tables and columns that nobody described: `servers`, `servers.config`. */
export const readUndescribed = async (query: Query, schema: string): Promise<readonly string[]> => {
  const rows = await query(`
    SELECT c.relname || coalesce('.' || a.attname, '') AS name
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN LATERAL (
      SELECT NULL::name AS attname, 0 AS attnum
      UNION ALL SELECT attname, attnum FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped
    ) a ON true
    WHERE n.nspname = '${schema}' AND c.relkind IN ('r', 'p') AND NOT c.relispartition
      AND col_description(c.oid, a.attnum) IS NULL AND (a.attnum > 0 OR obj_description(c.oid, 'pg_class') IS NULL)
    ORDER BY 1`)
  return rows.map(({ name }) => String(name))
}
