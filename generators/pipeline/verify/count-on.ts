import type { PostgresEngine } from '../../engines/postgres/embedded.js'
import { identifier, literal, qualified, sql } from '../../kernel/safe/sql.js'
import type { RelationalSchema } from '../../relational/index.js'

/** Has identities count on from the stored rows, whose keys were given. */
export const countOn = async (engine: PostgresEngine, { schema, tables }: RelationalSchema): Promise<void> => {
  for (const table of tables) {
    for (const { name, made } of table.columns) {
      if (made === null) continue
      const from = qualified(schema, table.name)
      const sequence = sql`pg_get_serial_sequence(${literal(from)}, ${literal(name)})`
      await engine.query(sql`SELECT setval(${sequence}, coalesce(max(${identifier(name)}), 0) + 1, false) FROM ${from}`)
    }
  }
}
