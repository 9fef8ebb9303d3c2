import { type ClientSession, type Connection, mongo } from 'mongoose'
import { UnknownOutcomeError, UsageError } from '../errors.js'
import { createQueue } from '../queue.js'
import { refuseOwnCallback, runCallback } from '../transactions/callbacks.js'
import type { Failure, Outcome } from '../transactions/outcome.js'
import { pause, runWithRetries, type TransactionOptions } from '../transactions/retries.js'
import { Statements } from '../transactions/statements.js'
import { hasTransactions } from './transaction-support.js'

/** What a command of the driver takes to be part of a transaction; nothing outside of one. */
export type CommandOptions = { readonly session?: ClientSession }

/** Where the commands of a storage run: on a connection, or inside a transaction. */
export interface MongoSession {
  readonly connection: Connection
  /** Runs a command, to which it gives the options that make it part of the transaction. */
  run<Result>(command: (options: CommandOptions) => PromiseLike<Result>): Promise<Result>
  /**
   * Runs `run` in a transaction. MongoDB has no savepoints: inside a transaction `run` is a part of it, and its failure
   * fails all of it.
   */
  transaction<Result>(run: (session: MongoSession) => Promise<Result>, options?: TransactionOptions): Promise<Result>
}

const hasLabel = (failure: unknown, label: string): boolean =>
  failure instanceof mongo.MongoError && failure.hasErrorLabel(label)

/** The server asks for the whole transaction to be run again (MongoDB manual, "Transaction Error Handling"). */
const isRetryable = (failure: unknown): boolean => hasLabel(failure, 'TransientTransactionError')

/** How often a COMMIT is sent again whose answer was lost: the server does it once. */
const commitAttempts = 3

const commit = async (session: ClientSession): Promise<void> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await session.commitTransaction()
      return
    } catch (failure) {
      if (!hasLabel(failure, 'UnknownTransactionCommitResult')) throw failure
      if (attempt === commitAttempts) throw new UnknownOutcomeError(failure)
      await pause(attempt)
    }
  }
}

/** The server ends a transaction that is not aborted after a minute; what led to it is thrown. */
const abort = async (session: ClientSession): Promise<void> => {
  await session.abortTransaction().catch(() => null)
}

const rejected = (reason: unknown, failure: Failure | null): Outcome<never> => ({
  result: { status: 'rejected', reason },
  failure,
})

/** A session of the driver takes one command at a time inside a transaction. */
const openSession = (connection: Connection, session: ClientSession, statements: Statements): MongoSession => {
  const turns = createQueue()
  const open: MongoSession = {
    connection,
    run: (command) => statements.run(() => turns.run(async () => command({ session }))),
    transaction: (run) => statements.run(async () => run(open)),
  }
  return open
}

const runTransaction = async <Result>(
  connection: Connection,
  session: ClientSession,
  run: (session: MongoSession) => Promise<Result>,
): Promise<Outcome<Result>> => {
  // Transactions read from the primary (MongoDB manual, "Read Preference"), whatever the connection prefers.
  session.startTransaction({ readPreference: mongo.ReadPreference.primary })
  const statements = new Statements()
  const [result] = await Promise.allSettled([(async () => run(openSession(connection, session, statements)))()])
  await statements.end()
  const { failure } = statements
  if (result.status === 'rejected' || failure !== null) {
    await abort(session)
    return rejected(result.status === 'rejected' ? result.reason : failure?.cause, failure)
  }
  try {
    await commit(session)
    return { result, failure: null }
  } catch (cause) {
    return rejected(cause, { cause })
  }
}

/**
 * The session of a connection. Once a command was refused the transaction is over, also where the callback caught the
 * error: the server has ended it.
 */
export const sessionOf = (connection: Connection): MongoSession => {
  const session: MongoSession = {
    connection,
    run: async (command) => {
      refuseOwnCallback(session)
      return command({})
    },
    transaction: async (run, options = {}) => {
      refuseOwnCallback(session)
      if (!(await hasTransactions(connection)))
        throw new UsageError('this MongoDB server has no transactions, which need a replica set or a sharded cluster')
      return runWithRetries(options, isRetryable, async () => {
        const own = await connection.startSession()
        try {
          return await runTransaction(connection, own, (inner) => runCallback(session, () => run(inner)))
        } finally {
          await own.endSession()
        }
      })
    },
  }
  return session
}
