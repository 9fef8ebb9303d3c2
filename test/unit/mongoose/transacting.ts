import { EventEmitter } from 'node:events'
import type { Connection } from 'mongoose'

const isOptions = (value: unknown): value is { readonly session: object } =>
  typeof value === 'object' && value !== null && 'session' in value

/** What collections were asked for in transactions, with their sessions and without; and what transactions were told. */
export interface Asked {
  readonly within: string[]
  readonly outside: string[]
  readonly transactions: unknown[]
}

/**
 * A connection to a server that says it is a replica set, and tells of every command whether it was given the session of
 * the transaction. It has none itself, so that any server will do.
 */
export const transacting = (connection: Connection, asked: Asked): Connection => {
  let isOpen = false
  const client = new EventEmitter()
  const hello = { admin: () => ({ command: async () => ({ setName: 'one' }) }) }
  const told = (collection: object): object =>
    new Proxy(collection, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name)
        if (typeof value !== 'function') return value
        return (...args: readonly unknown[]): unknown => {
          if (isOpen) (args.some(isOptions) ? asked.within : asked.outside).push(String(name))
          const own = args.map((each) => (isOptions(each) ? { ...each, session: undefined } : each))
          return value.apply(target, own)
        }
      },
    })
  const withTransaction = async (work: () => Promise<unknown>, options: unknown): Promise<unknown> => {
    asked.transactions.push(options)
    isOpen = true
    const result = await work()
    isOpen = false
    return result
  }
  const withSession = (run: (session: object) => Promise<unknown>): Promise<unknown> => run({ withTransaction })
  return new Proxy(connection, {
    get: (target, name) => {
      if (name === 'collection') return (of: string) => told(target.collection(of))
      if (name === 'asPromise') return async () => ({ db: hello })
      if (name === 'getClient') return () => client
      if (name === 'withSession') return withSession
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

export const nothing = (): Asked => ({ within: [], outside: [], transactions: [] })
