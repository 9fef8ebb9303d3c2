import { EventEmitter } from 'node:events'
import type { Connection } from 'mongoose'

const writes: ReadonlySet<PropertyKey> = new Set([
  'bulkWrite',
  'deleteMany',
  'deleteOne',
  'findOneAndUpdate',
  'insertOne',
  'insertMany',
  'replaceOne',
  'updateMany',
  'updateOne',
])

/** A connection that breaks, and how many writes it has carried. */
export interface Cut {
  readonly connection: Connection
  readonly written: () => number
}

const withoutTransactions = { admin: () => ({ command: async () => ({}) }) }

/**
 * A connection to a server that says it has no transactions, whose process is as good as killed at a write: neither that
 * one nor anything after it is done.
 *
 * @param at the number of the write from 1
 */
export const cutOff = (connection: Connection, at: number): Cut => {
  let written = 0
  const dead = (): never => {
    throw new Error('cut off')
  }
  const wrapped = (collection: object): object =>
    new Proxy(collection, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name)
        if (typeof value !== 'function') return value
        return (...given: readonly unknown[]): unknown => {
          if (written >= at) dead()
          if (!writes.has(name)) return value.apply(target, given)
          written += 1
          return written < at ? value.apply(target, given) : dead()
        }
      },
    })
  const client = new EventEmitter()
  const proxy = new Proxy(connection, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name)
      if (name === 'asPromise') return async () => ({ db: withoutTransactions })
      if (name === 'getClient') return () => client
      if (name === 'collection') return (of: string) => wrapped(target.collection(of))
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  return { connection: proxy, written: () => written }
}

/** A connection to a server that says it has no transactions. */
export const alone = (connection: Connection): Connection => cutOff(connection, Infinity).connection
