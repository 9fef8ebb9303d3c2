import type { Databases } from '../../generators/cli/databases/index.js'
import { reasonsFor } from '../../generators/cli/databases/reasons.js'
import type { PostgresEngine } from '../../generators/engines/postgres/embedded.js'
import type { SqlClient } from '../../generators/pipeline/retain/database.js'

/** The command line's databases where there is no server: every URL leads to the engine of this process. */
export const embeddedDatabases = (engine: PostgresEngine): Databases => {
  const client: SqlClient = { query: async (text, values) => ({ rows: await engine.query(text, values) }) }
  return {
    open: async (_, url) => ({
      store: 'postgres',
      client,
      session: (work) => work(client),
      reasonOf: reasonsFor(url),
      close: async () => undefined,
    }),
  }
}
