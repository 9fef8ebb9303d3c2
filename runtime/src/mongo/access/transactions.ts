import { type ClientSession, type Connection, mongo } from 'mongoose'
import { hasTransactions } from '../transaction-support.js'
import { isDuplicate } from './refusals.js'
import { connectionOf, forgetRefusal, type MongoStore, refusalIn } from './store.js'

/** Transactions read from the primary (MongoDB manual, "Read Preference"), whatever the connection prefers. */
export const transacted = <Result>(
  connection: Connection,
  run: (session: ClientSession) => Promise<Result>,
): Promise<Result> =>
  connection.withSession((session) =>
    session.withTransaction(() => run(session), { readPreference: mongo.ReadPreference.primary }),
  )

/** How often a transaction is tried in which a document is inserted that another inserts too, or that is not committed. */
const attempts = 3

const uncommitted =
  'the transaction was not committed: the server had ended it, which it does after an error of any statement. Let such errors through.'

/**
 * Runs in a transaction of its own, or in the caller's; all of it is done, or nothing. The driver may call `run` again
 * where the server asks for that, so it should do nothing else. The server ends a transaction at the first statement that
 * it refuses: the call then rejects with that error, even where `run` has caught it.
 */
export const inTransaction = async <Result>(
  db: MongoStore,
  run: (db: MongoStore) => Promise<Result>,
): Promise<Result> => {
  if ('session' in db) return run(db)
  if (!(await hasTransactions(db)))
    throw new Error('this server of Mongo has no transactions, which need a replica set or a sharded cluster')
  let ended = 0
  return transacted(db, async (session) => {
    if (ended === attempts) throw new Error(uncommitted)
    forgetRefusal(session)
    const result = await run({ connection: db, session })
    const refusal = refusalIn(session)
    if (refusal !== null) throw refusal
    ended += 1
    return result
  })
}

/** Runs in the caller's transaction, or in one of its own; where the server has none, without. */
export const asUnit = async <Result>(
  db: MongoStore,
  isTransacted: boolean,
  run: (db: MongoStore) => Promise<Result>,
): Promise<Result> => {
  if ('session' in db || !isTransacted) return run(db)
  const connection = connectionOf(db)
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transacted(connection, (session) => run({ connection, session }))
    } catch (failure) {
      if (!isDuplicate(failure) || attempt === attempts) throw failure
    }
  }
}
