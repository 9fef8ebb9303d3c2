import type { PostgresOptions } from '../../generators/model/options.js'
import { loadInto, type RowJson } from './loaded.js'
import type { TestDatabase } from './postgres.js'
import { emitted, setOf } from './schema-sql.js'

/** A database with what retention does to a set. */
export interface RetentionDatabase {
  readonly insert: (entity: string, ...rows: readonly RowJson[]) => Promise<void>
  /** Batches until one is not full, as of a moment; how many rows each act was done to. */
  readonly run: (table: string, at: string, batch?: number) => Promise<Readonly<Record<string, number>>>
  /** The rows of a table in the order of its columns, each as the text of its values. */
  readonly rows: (table: string, columns?: string) => Promise<readonly string[]>
  /** A column of the rows that a statement gives, as text. */
  readonly texts: (query: string) => Promise<readonly string[]>
}

const textsOf = async (database: TestDatabase, query: string): Promise<readonly string[]> => {
  const found = await database.query<{ readonly text: string | null }>(query)
  return found.map(({ text }) => String(text))
}

/** Loads schema.sql and retention.sql of a set that is given as YAML. */
export const loadRetention = async (
  database: TestDatabase,
  yaml: string,
  options: Partial<PostgresOptions> = {},
): Promise<RetentionDatabase> => {
  const insert = await loadInto(database, yaml, options)
  await database.exec(await emitted(setOf(yaml), options, 'postgres/retention.sql'))
  const schema = options.schema ?? 'public'
  return {
    insert: async (entity, ...rows) => {
      for (const row of rows) {
        const outcome = await insert(entity, row)
        if (outcome !== 'accepted') throw new Error(outcome)
      }
    },
    run: async (table, at, batch = 1000) => {
      const done: Record<string, number> = {}
      for (let isFull = true; isFull; ) {
        const acts = await database.query<{ readonly act: number; readonly retired: string }>(
          `SELECT act, retired::text FROM ${schema}.retire_${table}($1::text::timestamptz, $2::text::integer)`,
          [at, String(batch)],
        )
        for (const { act, retired } of acts) done[act] = (done[act] ?? 0) + Number(retired)
        isFull = acts.reduce((sum, { retired }) => sum + Number(retired), 0) >= batch
      }
      return done
    },
    rows: (table, columns = '*') =>
      textsOf(
        database,
        `SELECT chosen::text AS text FROM (SELECT ${columns} FROM ${schema}.${table}) AS chosen ORDER BY chosen`,
      ),
    texts: (query) => textsOf(database, query),
  }
}
