import type { Pool, PoolClient } from 'pg'
import type { PostgresDatabase } from '../../pipeline/retain/database.js'
import { reasonsFor } from './reasons.js'
import { patience, type Refused } from './refused.js'

const ignore = (): void => undefined

const databaseOn = (pool: Pool, reasonOf: PostgresDatabase['reasonOf']): PostgresDatabase => ({
  store: 'postgres',
  client: pool,
  session: async (work) => {
    const client: PoolClient = await pool.connect()
    // One that is lost between two statements is told by the next one, which fails.
    client.on('error', ignore)
    try {
      return await work(client)
    } finally {
      client.off('error', ignore)
      client.release()
    }
  },
  reasonOf,
  close: () => pool.end(),
})

/** The driver reads any URL as one of Postgres. */
const isOfAnother = (url: string): boolean => url.includes('://') && !/^(?:postgres|postgresql|socket):/i.test(url)

/** Opens a Postgres server's database with one connection, which is made anew where it was lost. */
export const openPostgres = async (url: string, queryTimeout?: number): Promise<PostgresDatabase | Refused> => {
  if (isOfAnother(url)) return { refused: 'the URL is not one of Postgres' }
  const reasonOf = reasonsFor(url)
  const { default: pg } = await import('pg')
  let pool: Pool | null = null
  try {
    pool = new pg.Pool({
      connectionString: url,
      max: 1,
      connectionTimeoutMillis: patience,
      application_name: 'botschema',
      ...(queryTimeout === undefined ? {} : { query_timeout: queryTimeout }),
    })
    // A connection that is lost while nobody uses it is told by the next statement.
    pool.on('error', ignore)
    await pool.query('SELECT 1')
    return databaseOn(pool, reasonOf)
  } catch (failure) {
    await pool?.end()
    return { refused: reasonOf(failure) }
  }
}
