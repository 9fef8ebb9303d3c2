import { type ClientSession, type Connection, mongo } from 'mongoose'
import { connectionOf, isDuplicate, isServerError, type MongoStore } from './store.js'

/** MongoDB's error CommandNotFound: a server that cannot say whether it has transactions has none. */
const isUnknownCommand = (failure: unknown): boolean => isServerError(failure) && failure.code === 59

/** Transactions are for replica sets and sharded clusters (MongoDB manual, "Transactions"). */
export const hasTransactions = async (connection: Connection): Promise<boolean> => {
  const { db } = await connection.asPromise()
  try {
    const hello = await db?.admin().command({ hello: 1 })
    return hello?.['setName'] !== undefined || hello?.['msg'] === 'isdbgrid'
  } catch (failure) {
    if (isUnknownCommand(failure)) return false
    throw failure
  }
}

/** Transactions read from the primary (MongoDB manual, "Read Preference"), whatever the connection prefers. */
export const transacted = <Result>(
  connection: Connection,
  run: (session: ClientSession) => Promise<Result>,
): Promise<Result> =>
  connection.withSession((session) =>
    session.withTransaction(() => run(session), { readPreference: mongo.ReadPreference.primary }),
  )

/** How often a transaction is tried in which a document is inserted that another inserts too. */
const attempts = 3

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
