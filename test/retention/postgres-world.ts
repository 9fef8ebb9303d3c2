import type { Entity } from '../../generators/model/entity.js'
import { callOf, fileOf, loadModule } from '../storage/emitted.js'
import type { TestDatabase } from '../support/postgres.js'
import type { EmittedSet } from './emitted-sets.js'
import { comparedFields, madeIds, type PlainRow, plainValue, quoted, sqlOf } from './plain-values.js'
import type { Client, Query, StoredText, World } from './worlds.js'

const userTables = `
SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS path, c.relname AS name
FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
  AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'`

interface UserTable {
  readonly path: string
  readonly name: string
}

const tables = async (query: Query) => (await query(userTables)) as unknown as readonly UserTable[]

/** Removes all rows: what guards rows against that is off for the time. */
const emptied = async (query: Query): Promise<void> => {
  const paths = (await tables(query)).map(({ path }) => path)
  await query("SET session_replication_role = 'replica'")
  await query(`TRUNCATE ${paths.join(', ')} RESTART IDENTITY CASCADE`)
  await query("SET session_replication_role = 'origin'")
}

const allTexts = async (query: Query): Promise<readonly StoredText[]> => {
  const texts: StoredText[] = []
  for (const { path, name } of await tables(query)) {
    const found = await query(
      `SELECT e.key AS field, e.value AS text FROM ${path} AS t, jsonb_each_text(to_jsonb(t)) AS e`,
    )
    for (const { field, text } of found) {
      if (text !== null) texts.push({ table: name, field: String(field), text: String(text) })
    }
  }
  return texts
}

export type PostgresWorld = World & { readonly postgres: NonNullable<World['postgres']> }

/** A set on Postgres, all that was there before removed. */
export const postgresWorld = async (
  title: string,
  database: TestDatabase,
  { set, files }: EmittedSet,
): Promise<PostgresWorld> => {
  await database.reset()
  await database.exec(fileOf(files, 'postgres/schema.sql'))
  await database.exec(fileOf(files, 'postgres/retention.sql'))
  const call = callOf(await loadModule(files, 'postgres/index.ts'))
  const query: Query = (text, values = []) => database.query(text, values)
  const client: Client = { query: async (text: string, values: unknown[]) => ({ rows: await query(text, values) }) }
  const made = madeIds()
  const schema = set.targets.postgres?.schema ?? 'public'
  const rowsOf = async (table: Entity): Promise<readonly PlainRow[]> => {
    const fields = comparedFields(table)
    const columns = fields.map((field) => `${sqlOf(field)} AS ${quoted(field.name)}`)
    const rows = await query(`SELECT ${columns.join(', ')} FROM ${quoted(schema)}.${quoted(table.table)}`)
    return rows.map((row) =>
      Object.fromEntries(fields.map(({ name, type }) => [name, plainValue(type, row[name], made)])),
    )
  }
  return {
    title,
    store: 'postgres',
    set,
    made,
    call: (name, ...given) => call(name, client, ...given),
    rowsOf,
    texts: () => allTexts(query),
    postgres: { sql: query, callOn: (other, name, ...given) => call(name, other, ...given) },
    empty: () => {
      made.forget()
      return emptied(query)
    },
  }
}
