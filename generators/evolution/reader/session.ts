import type { Ask } from './ask.js'

/** What changes how a server prints, and how long it may work. Set for one transaction: a pooler keeps nothing of it. */
const settings = {
  search_path: 'pg_catalog',
  TimeZone: 'UTC',
  DateStyle: 'ISO, MDY',
  IntervalStyle: 'postgres',
  bytea_output: 'hex',
  extra_float_digits: '1',
  quote_all_identifiers: 'off',
  standard_conforming_strings: 'on',
  statement_timeout: '60s',
  lock_timeout: '5s',
  idle_in_transaction_session_timeout: '60s',
} as const

/** Does work in one read-only transaction, which sees one state of the database and prints in one way. */
export const inSnapshot = async <T>(ask: Ask, work: () => Promise<T>): Promise<T> => {
  await ask('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY', [])
  try {
    const calls = Object.entries(settings).map(([name, value]) => `set_config('${name}', '${value}', true)`)
    await ask(`SELECT ${calls.join(', ').replaceAll('set_config', 'pg_catalog.set_config')}`, [])
    return await work()
  } finally {
    await ask('ROLLBACK', [])
  }
}
