import { qualified } from '../kernel/safe/sql.js'
import type { Printed } from './facts.js'
import type { Ask } from './reader/ask.js'

const view = 'botschema_reprint'

const queryOf = (schema: string, { sql: text, table, within }: Printed): string | null => {
  if (within === 'query') return text
  if (within !== 'expression') return null
  return `SELECT (${text}) AS value${table === null ? '' : ` FROM ${qualified(schema, table)}`}`
}

/**
 * Has an engine that holds the wanted schema print a text of a server's as its own: in a view that is taken back. Null
 * where it cannot: it does not know a function, or the column has another type here.
 */
const reprinted = async (ask: Ask, schema: string, text: Printed): Promise<string | null> => {
  const query = queryOf(schema, text)
  if (query === null) return null
  await ask('BEGIN', [])
  try {
    await ask(`CREATE TEMP VIEW ${view} AS ${query}`, [])
    const [row] = await ask(`SELECT pg_catalog.pg_get_viewdef('pg_temp.${view}'::regclass) AS text`, [])
    return (row as { readonly text: string }).text
  } catch {
    return null
  } finally {
    await ask('ROLLBACK', [])
  }
}

/**
 * Whether the engine prints two texts alike. Both are printed anew, that of the engine too: what servers print changes when
 * it is read and printed again, and stays as it is from then on.
 */
export const isPrintedAlike = async (ask: Ask, schema: string, a: Printed, b: Printed): Promise<boolean> => {
  const first = await reprinted(ask, schema, a)
  return first !== null && first === (await reprinted(ask, schema, b))
}
