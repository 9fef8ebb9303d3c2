import type { Connection } from 'mongoose'
import type { EncryptionKeys } from '../mongoose/encryption.js'
import type { TransactionOptions } from '../transactions/retries.js'
import { connected, type MongoStore } from './access/store.js'
import type { EntityCollection } from './repository/collection.js'
import { repositoryOf } from './repository/index.js'
import { type MongoSession, sessionOf } from './session.js'

/** What belongs to the storage and to no entity: its name begins with `$`, which no name of an entity can. */
type StorageCalls = { readonly [call: `$${string}`]: (db: MongoStore, ...given: never[]) => Promise<unknown> }

/** What a storage is made of. */
export interface StorageDescription {
  /** By the names of the entities in code. */
  readonly collections: { readonly [entity: string]: EntityCollection }
  readonly calls?: StorageCalls
  /** The calls that no transaction has, since they make their own. */
  readonly outerCalls?: StorageCalls
}

/** The calls on the rows of each entity, and a transaction around several of them. */
export interface UntypedStorage {
  readonly [entity: string]: unknown
  readonly $transaction: <Result>(
    run: (storage: UntypedStorage) => Promise<Result>,
    options?: TransactionOptions,
  ) => Promise<Result>
}

interface Given {
  readonly description: StorageDescription
  readonly keys: EncryptionKeys
}

const callsOn = (db: MongoSession, calls: StorageCalls = {}): { readonly [call: string]: unknown } =>
  Object.fromEntries(
    Object.entries(calls).map(([name, call]) => [
      name,
      (...given: never[]): Promise<unknown> =>
        db.run(({ session }) => call(connected(db.connection, session), ...given)),
    ]),
  )

const storageOn = (db: MongoSession, { description, keys }: Given, outer: StorageCalls = {}): UntypedStorage => {
  const { collections, calls } = description
  const all = Object.values(collections)
  const entities = Object.entries(collections).map(
    ([name, collection]) => [name, repositoryOf({ db, collection, all, keys })] as const,
  )
  return Object.freeze({
    ...Object.fromEntries(entities),
    ...callsOn(db, calls),
    ...callsOn(db, outer),
    $transaction: <Result>(run: (storage: UntypedStorage) => Promise<Result>, options?: TransactionOptions) =>
      db.transaction((inner) => run(storageOn(inner, { description, keys })), options),
  })
}

/**
 * The storage of a set on a connection of Mongoose. Emitted code gives it its type: what it has is what that says. `keys`
 * are those of encrypted values.
 */
export const createStorage = <Storage>(
  connection: Connection,
  description: StorageDescription,
  keys: EncryptionKeys = {},
): Storage => storageOn(sessionOf(connection), { description, keys }, description.outerCalls) as Storage
