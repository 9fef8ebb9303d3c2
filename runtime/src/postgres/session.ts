import { AsyncLocalStorage } from 'node:async_hooks'
import { UsageError } from '../errors.js'
import { createQueue } from '../queue.js'
import { isPool, onConnectionLoss, type SqlClient, type SqlPool, takeClient } from './client.js'
import { isRetryable } from './sqlstate.js'
import { type OpenTransaction, type Outcome, runTransaction } from './transaction.js'

/** How a transaction runs. */
export interface TransactionOptions {
  /**
   * How many more times the callback runs where Postgres asks for that (40001, 40P01): 5 by default. What the callback
   * does outside of the database is then done again.
   */
  readonly retry?: number | undefined
}

/** Where the statements of a storage run: on a pool, on one client, or inside a transaction. */
export interface Session extends SqlClient {
  /** Runs `run` in a transaction of its own; inside one, at a savepoint. */
  transaction<Result>(run: (session: Session) => Promise<Result>, options?: TransactionOptions): Promise<Result>
}

/** The sessions whose callback the running code is in. */
const around = new AsyncLocalStorage<ReadonlySet<Session>>()

const refuseOwnCallback = (session: Session): void => {
  if (around.getStore()?.has(session) === true)
    throw new UsageError(
      'a storage was called inside the callback of its own $transaction: call the storage that the callback was given',
    )
}

const within = <Result>(session: Session, run: () => Promise<Result>): Promise<Result> =>
  around.run(new Set([...(around.getStore() ?? []), session]), run)

const resultOf = <Result>({ result }: Outcome<Result>): Result => {
  if (result.status === 'rejected') throw result.reason
  return result.value
}

/**
 * A transaction that is open. Transactions inside it take turns, since savepoints nest and do not interleave; so do plain
 * statements, which would be rolled back with a savepoint that is not theirs.
 */
const openSession = (transaction: OpenTransaction): Session => {
  const turns = createQueue()
  const session: Session = {
    query: async (text, values) => {
      refuseOwnCallback(session)
      await turns.idle()
      return transaction.query(text, values)
    },
    transaction: async (run) => {
      refuseOwnCallback(session)
      return turns.run(async () =>
        resultOf(await transaction.nested((inner) => within(session, () => run(openSession(inner))))),
      )
    },
  }
  return session
}

/** The longest first pause before a transaction is tried again, in milliseconds; each further one may be twice as long. */
const firstPause = 10
const longestPause = 1_000

/** Two that met once must not meet again: the pause is drawn from the whole range. */
const pause = (attempt: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, Math.random() * Math.min(longestPause, firstPause * 2 ** attempt))
  })

const withRetries = async <Result>(
  { retry = 5 }: TransactionOptions,
  run: () => Promise<Outcome<Result>>,
): Promise<Result> => {
  for (let attempt = 0; ; attempt += 1) {
    const outcome = await run()
    const failure = outcome.failure?.cause ?? (outcome.result.status === 'rejected' ? outcome.result.reason : null)
    if (outcome.result.status === 'fulfilled' || attempt >= retry || !isRetryable(failure)) return resultOf(outcome)
    await pause(attempt)
  }
}

/** A transaction on a client of a pool, which gets the client back, or closes it where its connection is broken. */
const runOnPool = async <Result>(
  pool: SqlPool,
  run: (transaction: OpenTransaction) => Promise<Result>,
): Promise<Outcome<Result>> => {
  const client = await takeClient(pool)
  let loss: Error | null = null
  const stopListening = onConnectionLoss(client, (error) => {
    loss = error
  })
  let isBroken = true
  try {
    const outcome = await runTransaction(client, 0, run)
    isBroken = outcome.isBroken
    return outcome
  } finally {
    stopListening()
    client.release(loss ?? isBroken)
  }
}

const poolSession = (pool: SqlPool): Session => {
  const session: Session = {
    query: async (text, values) => {
      refuseOwnCallback(session)
      return pool.query(text, values)
    },
    transaction: async (run, options = {}) => {
      refuseOwnCallback(session)
      return withRetries(options, () =>
        runOnPool(pool, (transaction) => within(session, () => run(openSession(transaction)))),
      )
    },
  }
  return session
}

const clientSession = (client: SqlClient): Session => {
  const turns = createQueue()
  const session: Session = {
    query: async (text, values) => {
      refuseOwnCallback(session)
      await turns.idle()
      return client.query(text, values)
    },
    transaction: async (run, options = {}) => {
      refuseOwnCallback(session)
      return withRetries(options, () =>
        turns.run(async () => {
          const stopListening = onConnectionLoss(client, () => undefined)
          try {
            return await runTransaction(client, 0, (transaction) =>
              within(session, () => run(openSession(transaction))),
            )
          } finally {
            stopListening()
          }
        }),
      )
    },
  }
  return session
}

/** The sessions of clients that are not pools: storages that share a client share its turns. */
const clientSessions = new WeakMap<SqlClient, Session>()

const sharedClientSession = (client: SqlClient): Session => {
  const session = clientSessions.get(client) ?? clientSession(client)
  clientSessions.set(client, session)
  return session
}

/**
 * The session of what a storage is made with. On a pool each transaction has a client of its own; on a single client
 * transactions wait for one another, and other statements for the transaction that is open.
 */
export const sessionOf = (db: SqlClient): Session => (isPool(db) ? poolSession(db) : sharedClientSession(db))
