import type { Databases } from '../../generators/cli/databases/index.js'
import { reasonsFor } from '../../generators/cli/databases/reasons.js'
import type { PostgresEngine } from '../../generators/engines/postgres/embedded.js'
import type { SqlClient } from '../../generators/pipeline/retain/database.js'

/** What the engine is taken to say: statements that hold a text get rows, or fail with a code of the server. */
export interface Pretended {
  readonly answers?: Readonly<Record<string, readonly unknown[]>>
  readonly fails?: Readonly<Record<string, string>>
}

/** What changes the schema, which may be several statements: a driver sends them as they are, and they give no rows. */
const isScript = /^\s*(?:--|(?:CREATE|ALTER|DROP|COMMENT|GRANT|REVOKE|LOCK|DO)\b)/i

const asked = async (engine: PostgresEngine, text: string, values: readonly unknown[]): Promise<readonly unknown[]> => {
  if (values.length > 0 || !isScript.test(text)) return engine.query(text, values)
  await engine.exec(text)
  return []
}

const failing = (code: string): Error => Object.assign(new Error('the server says no'), { code })

/** The command line's databases where there is no server: every URL leads to the engine of this process. */
export const embeddedDatabases = (engine: PostgresEngine, { answers = {}, fails = {} }: Pretended = {}): Databases => {
  const client: SqlClient = {
    query: async (text, values) => {
      const [, code] = Object.entries(fails).find(([part]) => text.includes(part)) ?? []
      if (code !== undefined) throw failing(code)
      const [, rows] = Object.entries(answers).find(([part]) => text.includes(part)) ?? []
      return { rows: rows ?? (await asked(engine, text, values)) }
    },
  }
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
