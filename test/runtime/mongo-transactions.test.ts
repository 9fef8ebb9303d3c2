import type { Connection, mongo } from 'mongoose'
import { afterAll, beforeAll, expect } from 'vitest'
import { UsageError } from '../../runtime/src/errors.js'
import { type MongoSession, sessionOf } from '../../runtime/src/mongo/session.js'
import { openServer, testOn } from '../support/mongo-server.js'

const server = await openServer()
const proved = testOn(server, 'transactions of Mongo')

interface Wallet {
  readonly _id: number
  readonly coins: number
}

const walletsOf = (connection: Connection) => connection.collection<Wallet>('wallets')

const add = (session: MongoSession, id: number, coins: number): Promise<unknown> =>
  session.run((options) => walletsOf(session.connection).updateOne({ _id: id }, { $inc: { coins } }, options))

const insert = (session: MongoSession, id: number): Promise<unknown> =>
  session.run((options) => walletsOf(session.connection).insertOne({ _id: id, coins: 0 }, options))

const coinsIn = async (connection: Connection): Promise<readonly Wallet[]> =>
  walletsOf(connection)
    .find({}, { sort: { _id: 1 } })
    .toArray()

const at = (first: number, second: number) => [
  { _id: 1, coins: first },
  { _id: 2, coins: second },
]

const opened = async ({ connection }: { readonly connection: Connection }): Promise<MongoSession> => {
  await walletsOf(connection).deleteMany({})
  await walletsOf(connection).insertMany(at(100, 100))
  return sessionOf(connection)
}

beforeAll(async () => {
  await server?.connection.createCollection('wallets').catch(() => null)
})
afterAll(() => server?.close())

proved('commit what the callback did, and return its result', ['transactions'], async (on) => {
  const session = await opened(on)
  const result = await session.transaction(async (tx) => {
    await add(tx, 1, -5)
    await add(tx, 2, 5)
    return 'paid'
  })
  expect([result, await coinsIn(on.connection)]).toEqual(['paid', at(95, 105)])
})

proved('roll back what a callback did that rejects', ['transactions'], async (on) => {
  const session = await opened(on)
  const failing = session.transaction(async (tx) => {
    await add(tx, 1, -5)
    throw new RangeError('no')
  })
  await expect(failing).rejects.toThrow(RangeError)
  expect(await coinsIn(on.connection)).toEqual(at(100, 100))
})

proved(
  'reject once a command was refused, even where the callback swallowed the error',
  ['transactions'],
  async (on) => {
    const session = await opened(on)
    let calls = 0
    const swallowing = session.transaction(async (tx) => {
      calls += 1
      await add(tx, 2, 5)
      await insert(tx, 1).catch(() => null)
    })
    await expect(swallowing).rejects.toMatchObject({ code: 11_000 })
    expect(calls).toBe(1)
    expect(await coinsIn(on.connection)).toEqual(at(100, 100))
  },
)

proved('run commands that begin at once one after another, and wait for them', ['transactions'], async (on) => {
  const session = await opened(on)
  await session.transaction(async (tx) => {
    await Promise.all([add(tx, 1, 1), add(tx, 2, 1)])
    void add(tx, 1, 1)
    void add(tx, 2, 1)
  })
  expect(await coinsIn(on.connection)).toEqual(at(102, 102))
})

proved('make an inner transaction a part of the outer one, with its failure', ['transactions'], async (on) => {
  const session = await opened(on)
  await session.transaction((tx) => tx.transaction((inner) => add(inner, 1, 5)))
  const failing = session.transaction(async (tx) => {
    await add(tx, 2, 5)
    await tx
      .transaction(async () => {
        throw new RangeError('inner')
      })
      .catch(() => null)
  })
  await expect(failing).rejects.toThrow('inner')
  expect(await coinsIn(on.connection)).toEqual(at(105, 100))
})

proved('refuse the storage around them, and commands after their end', ['transactions'], async (on) => {
  const session = await opened(on)
  await expect(session.transaction(() => add(session, 1, 5))).rejects.toSatisfy(UsageError.is)
  let kept: MongoSession | null = null
  await session.transaction(async (tx) => {
    kept = tx
  })
  await expect(add(kept ?? session, 1, 5)).rejects.toSatisfy(UsageError.is)
  expect(await coinsIn(on.connection)).toEqual(at(100, 100))
})

proved(
  'try again what the server asks to be tried again, and no more often than told',
  ['transactions'],
  async (on) => {
    const session = await opened(on)
    const { MongoServerError } = (await import('mongoose')).mongo
    const conflict = () =>
      new MongoServerError({
        message: 'conflict',
        code: 112,
        errorLabels: ['TransientTransactionError'],
      } as mongo.Document as never)
    let calls = 0
    const conflicting = (retry: number) => {
      calls = 0
      return session.transaction(
        async (tx) => {
          calls += 1
          await add(tx, 1, 5)
          await tx.run(() => Promise.reject(conflict()))
        },
        { retry },
      )
    }
    await expect(conflicting(2)).rejects.toThrow('conflict')
    expect(calls).toBe(3)
    await expect(conflicting(0)).rejects.toThrow('conflict')
    expect(calls).toBe(1)
    expect(await coinsIn(on.connection)).toEqual(at(100, 100))
  },
)

if (server !== null && !server.can.has('transactions'))
  proved('say that a server has none', [], async ({ connection }) => {
    await expect(sessionOf(connection).transaction(async () => 1)).rejects.toThrow('has no transactions')
  })
