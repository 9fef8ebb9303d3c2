import { createQueue } from '../queue.js'
import { refuseOwnCallback, runCallback } from '../transactions/callbacks.js'
import { resultOf } from '../transactions/outcome.js'
import { runWithRetries, type TransactionOptions } from '../transactions/retries.js'
import { isPool, onConnectionLoss, type SqlClient, type SqlPool, takeClient } from './client.js'
import { isRetryable } from './sqlstate.js'
import { type ClientOutcome, type OpenTransaction, runTransaction } from './transaction.js'

/** Where the statements of a storage run: on a pool, on one client, or inside a transaction. */
export interface Session extends SqlClient {
  /** Runs `run` in a transaction of its own; inside one, at a savepoint. Only the outermost is tried again. */
  transaction<Result>(run: (session: Session) => Promise<Result>, options?: TransactionOptions): Promise<Result>
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
        resultOf(await transaction.nested((inner) => runCallback(session, () => run(openSession(inner))))),
      )
    },
  }
  return session
}

/** A transaction on a client of a pool, which gets the client back, or closes it where its connection is broken. */
const runOnPool = async <Result>(
  pool: SqlPool,
  run: (transaction: OpenTransaction) => Promise<Result>,
): Promise<ClientOutcome<Result>> => {
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
      return runWithRetries(options, isRetryable, () =>
        runOnPool(pool, (transaction) => runCallback(session, () => run(openSession(transaction)))),
      )
    },
  }
  return session
}

/** A transaction on a client that is not a pool's: its owner hears of a lost connection by the call that fails. */
const runOnClient = async <Result>(
  client: SqlClient,
  run: (transaction: OpenTransaction) => Promise<Result>,
): Promise<ClientOutcome<Result>> => {
  const stopListening = onConnectionLoss(client, () => undefined)
  try {
    return await runTransaction(client, 0, run)
  } finally {
    stopListening()
  }
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
      return runWithRetries(options, isRetryable, () =>
        turns.run(() =>
          runOnClient(client, (transaction) => runCallback(session, () => run(openSession(transaction)))),
        ),
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
