import type { ModuleExports } from '../../engines/script/load.js'
import { type Asking, mostSent } from './asking.js'

/** What says that no transaction is open (Postgres manual, appendix A: no_active_sql_transaction). */
const noTransaction = Object.assign(new Error('no transaction is open'), { code: '25P01' })

/** A statement over several lines, with its words as they are sent. */
const laidOut = async (statement: string): Promise<string> => {
  const { formatDialect, postgresql } = await import('sql-formatter')
  return formatDialect(statement, { dialect: postgresql, expressionWidth: 90 })
}

/** The storage that emitted code makes on a client which keeps what it is sent and has no rows. */
export const askingPostgres = (exported: ModuleExports, keys: Readonly<Record<string, string>>): Asking => {
  const sent: string[] = []
  const client = {
    query: async (text: string): Promise<{ readonly rows: readonly unknown[] }> => {
      if (text.startsWith('SAVEPOINT')) throw noTransaction
      if (sent.length === mostSent) throw new Error('asked again and again')
      sent.push(text)
      return { rows: [] }
    },
  }
  const make = exported['postgresStorage'] as (db: typeof client, options: object) => object
  return {
    storage: make(client, { keys }),
    sentBy: async (run) => {
      sent.length = 0
      await run().catch(() => null)
      return Promise.all([...new Set(sent)].map(laidOut))
    },
  }
}
