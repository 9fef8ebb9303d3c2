import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { sha256 } from '../../kernel/hash.js'
import type { SqlClient } from '../retain/database.js'
import type { Ledgered } from './ledger.js'

/** Time as the command line has it. */
export interface Clock {
  /** Milliseconds since some moment. */
  readonly now: () => number
  readonly pause: (milliseconds: number) => Promise<void>
}

/** How long somebody else is waited for, and when the waiting is over. */
export interface Patience {
  readonly clock: Clock
  readonly wait: number
}

/** Two signed numbers of 32 bits, as the server knows a lock. */
const keyOf = ({ schema, set }: Ledgered): readonly [number, number] => {
  const hash = Buffer.from(sha256(`botschema migrate ${schema} ${set}`), 'hex')
  return [hash.readInt32BE(0), hash.readInt32BE(4)]
}

const first = async (client: SqlClient, text: string, values: unknown[]): Promise<boolean> => {
  const [row] = (await client.query(text, values)).rows as readonly { readonly is: boolean }[]
  return row?.is === true
}

const take = 'SELECT pg_try_advisory_lock($1::integer, $2::integer) AS is'
const release = 'SELECT pg_advisory_unlock($1::integer, $2::integer) AS is'

/** Whether this very session holds it: behind a pooler, the next statement may be of another one. */
const isMine = `
SELECT EXISTS (
  SELECT FROM pg_locks
  WHERE locktype = 'advisory' AND pid = pg_backend_pid() AND granted
    AND classid::bigint = $1::bigint & 4294967295 AND objid::bigint = $2::bigint & 4294967295
) AS is`

/**
 * Does work while no other session works on the same set. The lock is asked for again and again, never waited for: who
 * waits for a lock holds up the indexes that its holder builds.
 */
export const exclusively = async <T>(
  client: SqlClient,
  of: Ledgered,
  { clock, wait }: Patience,
  work: () => Promise<T>,
): Promise<T | Diagnostic> => {
  const key = [...keyOf(of)]
  const end = clock.now() + wait
  while (!(await first(client, take, key))) {
    if (clock.now() >= end) return report('migrate-busy', null, {})
    await clock.pause(250)
  }
  if (!(await first(client, isMine, key))) return report('migrate-pooled', null, {})
  try {
    return await work()
  } finally {
    await client.query(release, key).catch(() => undefined)
  }
}
