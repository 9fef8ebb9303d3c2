import type { TransactionOptions } from '../transactions/retries.js'
import type { SqlClient } from './client.js'
import type { EncryptionKeys } from './encryption.js'
import { repositoryOf } from './repository/index.js'
import type { EntityTable } from './repository/table.js'
import { type Session, sessionOf } from './session.js'

/** What belongs to the storage and to no entity: its name begins with `$`, which no name of an entity can. */
type StorageCalls = { readonly [call: `$${string}`]: (db: SqlClient, ...given: never[]) => Promise<unknown> }

/** What a storage is made of. */
export interface StorageDescription {
  /** By the names of the entities in code. */
  readonly tables: { readonly [entity: string]: EntityTable }
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

const callsOn = (db: Session, calls: StorageCalls = {}): { readonly [call: string]: unknown } =>
  Object.fromEntries(
    Object.entries(calls).map(([name, call]) => [name, (...given: never[]): Promise<unknown> => call(db, ...given)]),
  )

const storageOn = (db: Session, { description, keys }: Given, outer: StorageCalls = {}): UntypedStorage => {
  const { tables, calls } = description
  const entities = Object.entries(tables).map(([name, table]) => [name, repositoryOf({ db, table, keys })] as const)
  return Object.freeze({
    ...Object.fromEntries(entities),
    ...callsOn(db, calls),
    ...callsOn(db, outer),
    $transaction: <Result>(run: (storage: UntypedStorage) => Promise<Result>, options?: TransactionOptions) =>
      db.transaction((inner) => run(storageOn(inner, { description, keys })), options),
  })
}

/**
 * The storage of a set on a pool of `pg`, on one client, or on the embedded engine. Emitted code gives it its type: what it
 * has is what that says. `keys` are those of encrypted values.
 */
export const createStorage = <Storage>(
  db: SqlClient,
  description: StorageDescription,
  keys: EncryptionKeys = {},
): Storage => storageOn(sessionOf(db), { description, keys }, description.outerCalls) as Storage
