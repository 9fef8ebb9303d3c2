/** What a database really holds, read from Postgres's own catalogues (pg_catalog, Postgres manual chapter 53). */
export interface Catalogue {
  readonly enums: Readonly<Record<string, readonly string[]>>
  readonly tables: Readonly<Record<string, CatalogueTable>>
}

export interface CatalogueTable {
  readonly columns: Readonly<Record<string, CatalogueColumn>>
  readonly key: readonly string[]
  readonly uniques: readonly CatalogueUnique[]
  readonly references: readonly CatalogueReference[]
  readonly indexes: Readonly<Record<string, CatalogueIndex>>
}

export interface CatalogueColumn {
  readonly type: string
  readonly nullable: boolean
  readonly default: string | null
}

export interface CatalogueUnique {
  readonly name: string
  readonly columns: readonly string[]
  readonly nulls: 'distinct' | 'not distinct'
}

export interface CatalogueReference {
  readonly name: string
  readonly columns: readonly string[]
  readonly to: string
  readonly toColumns: readonly string[]
  readonly onDelete: string
  readonly onUpdate: string
}

export interface CatalogueIndex {
  readonly method: string
  readonly parts: readonly string[]
  readonly where: string | null
}

export type Query = (text: string) => Promise<readonly Record<string, unknown>[]>

const actions: Readonly<Record<string, string>> = { a: 'NO ACTION', r: 'RESTRICT', c: 'CASCADE', n: 'SET NULL' }

const actionNamed = (letter: unknown): string => actions[String(letter)] ?? String(letter)

/** The tables, columns, keys, references and indexes of a schema. Partitions are left out: they are their parent's storage. */
export const readCatalogue = async (query: Query, schema: string): Promise<Catalogue> => {
  const inSchema = `n.nspname = '${schema}'`
  const enums = await query(`
    SELECT t.typname AS name, e.enumlabel AS label
    FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid JOIN pg_namespace n ON n.oid = t.typnamespace
    WHERE ${inSchema} ORDER BY t.typname, e.enumsortorder`)
  const columns = await query(`
    SELECT c.relname AS table, a.attname AS column, format_type(a.atttypid, a.atttypmod) AS type,
           NOT a.attnotnull AS nullable, pg_get_expr(d.adbin, d.adrelid) AS default
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE ${inSchema} AND c.relkind IN ('r', 'p') AND NOT c.relispartition
    ORDER BY c.relname, a.attnum`)
  const constraints = await query(`
    SELECT c.relname AS table, k.conname AS name, k.contype AS kind, target.relname AS to, k.confdeltype AS on_delete,
           k.confupdtype AS on_update,
           (SELECT x.indnullsnotdistinct FROM pg_index x WHERE x.indexrelid = k.conindid) AS nulls_not_distinct,
           ARRAY(SELECT a.attname FROM unnest(k.conkey) WITH ORDINALITY AS u(number, place)
                 JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.number ORDER BY u.place)::text[] AS columns,
           ARRAY(SELECT a.attname FROM unnest(k.confkey) WITH ORDINALITY AS u(number, place)
                 JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.number ORDER BY u.place)::text[] AS to_columns
    FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_class target ON target.oid = k.confrelid
    WHERE ${inSchema} AND k.contype IN ('p', 'u', 'f') AND NOT c.relispartition
    ORDER BY c.relname, k.conname`)
  const indexes = await query(`
    SELECT c.relname AS table, i.relname AS name, m.amname AS method, pg_get_expr(x.indpred, x.indrelid) AS where,
           ARRAY(SELECT pg_get_indexdef(x.indexrelid, place, false) ||
                        CASE WHEN x.indoption[place - 1] & 1 = 1 THEN ' DESC' ELSE '' END
                 FROM generate_series(1, x.indnkeyatts) AS place) AS parts
    FROM pg_index x JOIN pg_class c ON c.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid
    JOIN pg_am m ON m.oid = i.relam JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE ${inSchema} AND NOT c.relispartition
      AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = x.indexrelid AND k.contype IN ('p', 'u', 'x'))
    ORDER BY c.relname, i.relname`)

  const names = [...new Set(columns.map((row) => String(row['table'])))]
  const of = (rows: readonly Record<string, unknown>[], table: string) => rows.filter((row) => row['table'] === table)
  const tableOf = (table: string): CatalogueTable => ({
    columns: Object.fromEntries(
      of(columns, table).map((row) => [
        String(row['column']),
        { type: String(row['type']), nullable: row['nullable'] === true, default: row['default'] as string | null },
      ]),
    ),
    key: of(constraints, table).flatMap((row) => (row['kind'] === 'p' ? (row['columns'] as string[]) : [])),
    uniques: of(constraints, table).flatMap((row) =>
      row['kind'] === 'u'
        ? [
            {
              name: String(row['name']),
              columns: row['columns'] as string[],
              nulls: row['nulls_not_distinct'] === true ? 'not distinct' : 'distinct',
            },
          ]
        : [],
    ),
    references: of(constraints, table).flatMap((row) =>
      row['kind'] === 'f'
        ? [
            {
              name: String(row['name']),
              columns: row['columns'] as string[],
              to: String(row['to']),
              toColumns: row['to_columns'] as string[],
              onDelete: actionNamed(row['on_delete']),
              onUpdate: actionNamed(row['on_update']),
            },
          ]
        : [],
    ),
    indexes: Object.fromEntries(
      of(indexes, table).map((row) => [
        String(row['name']),
        { method: String(row['method']), parts: row['parts'] as string[], where: row['where'] as string | null },
      ]),
    ),
  })
  const labelsOf = (name: string) => enums.flatMap((row) => (row['name'] === name ? [String(row['label'])] : []))
  return {
    enums: Object.fromEntries(
      [...new Set(enums.map((row) => String(row['name'])))].map((name) => [name, labelsOf(name)]),
    ),
    tables: Object.fromEntries(names.map((name) => [name, tableOf(name)])),
  }
}
