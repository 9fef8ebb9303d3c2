import type { Connection } from 'mongoose'

/** MongoDB's error CommandNotFound: a server that cannot say whether it has transactions has none. */
const isUnknownCommand = (failure: unknown): boolean =>
  typeof failure === 'object' && failure !== null && Reflect.get(failure, 'code') === 59

/** Transactions are for replica sets and sharded clusters (MongoDB manual, "Transactions"). */
const askForTransactions = async ({ db }: Connection): Promise<boolean> => {
  try {
    const hello = await db?.admin().command({ hello: 1 })
    return hello?.['setName'] !== undefined || hello?.['msg'] === 'isdbgrid'
  } catch (failure) {
    if (isUnknownCommand(failure)) return false
    throw failure
  }
}

/** What the servers of a client answered. */
const answers = new WeakMap<object, Promise<boolean>>()

/** The clients that say when their servers change. */
const heard = new WeakSet<object>()

/** Whether the servers of a connection have transactions. They are asked once, and again when they change. */
export const hasTransactions = async (connection: Connection): Promise<boolean> => {
  const open = await connection.asPromise()
  const client = connection.getClient()
  const known = answers.get(client)
  if (known !== undefined) return known
  if (!heard.has(client)) client.on('topologyDescriptionChanged', () => answers.delete(client))
  heard.add(client)
  const answer = askForTransactions(open)
  answers.set(client, answer)
  answer.catch(() => answers.delete(client))
  return answer
}
