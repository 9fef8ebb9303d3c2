import type { Connection } from 'mongoose'
import { connectionOf, isDuplicate, type MongoStore } from './store.js'

/** Transactions are for replica sets and sharded clusters (MongoDB manual, "Transactions"). */
export const hasTransactions = async (connection: Connection): Promise<boolean> => {
  try {
    const { db } = await connection.asPromise()
    const hello = await db?.admin().command({ hello: 1 })
    return hello?.['setName'] !== undefined || hello?.['msg'] === 'isdbgrid'
  } catch {
    return false
  }
}

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
      return await connection.withSession((session) => session.withTransaction(() => run({ connection, session })))
    } catch (failure) {
      if (!isDuplicate(failure) || attempt === attempts) throw failure
    }
  }
}
