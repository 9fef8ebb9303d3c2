import type { Connection } from 'mongoose'

/** What happens when a collection is asked for something: by its name, the method's, and what that is given. */
export type Watch = (collection: string, method: string, given: readonly unknown[]) => unknown

/** A connection that tells of all that its collections are asked for, before it is done. */
export const watched = (connection: Connection, watch: Watch): Connection => {
  const told = (name: string, collection: object): object =>
    new Proxy(collection, {
      get: (target, method) => {
        const value: unknown = Reflect.get(target, method)
        if (typeof value !== 'function') return value
        return (...given: readonly unknown[]): unknown => {
          const waiting = watch(name, String(method), given)
          return waiting instanceof Promise
            ? waiting.then(() => value.apply(target, given))
            : value.apply(target, given)
        }
      },
    })
  return new Proxy(connection, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name)
      if (name === 'collection') return (of: string) => told(of, target.collection(of))
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

const isPlain = (value: unknown): value is object =>
  typeof value === 'object' &&
  value !== null &&
  [Object.prototype, Array.prototype].includes(Object.getPrototypeOf(value))

/** The length of the longest list within a value. */
export const longestIn = (value: unknown): number =>
  isPlain(value) ? Math.max(Array.isArray(value) ? value.length : 0, ...Object.values(value).map(longestIn)) : 0
