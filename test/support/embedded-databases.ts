import type { Databases } from '../../generators/cli/databases/index.js'
import { reasonsFor } from '../../generators/cli/databases/reasons.js'
import type { PostgresEngine } from '../../generators/engines/postgres/embedded.js'
import type { SqlClient } from '../../generators/pipeline/retain/database.js'

/** What the engine is taken to say: statements that hold a text get rows, or fail with a code of the server. */
export interface Pretended {
  readonly answers?: Readonly<Record<string, readonly unknown[]>>
  readonly fails?: Readonly<Record<string, string>>
}

/** A driver sends several statements without values as they are; the engine takes one at a time. */
const asked = async (engine: PostgresEngine, text: string, values: readonly unknown[]): Promise<readonly unknown[]> => {
  try {
    return await engine.query(text, values)
  } catch (failure) {
    if ((failure as { readonly code?: string }).code !== '42601' || values.length > 0) throw failure
    await engine.exec(text)
    return []
  }
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
