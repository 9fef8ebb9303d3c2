import type { TransactionOptions } from '../transactions/retries.js'
import type { SqlClient } from './client.js'
import { repositoryOf } from './repository/index.js'
import type { EntityTable } from './repository/table.js'
import { type Session, sessionOf } from './session.js'

/** The tables of a set, by the names of their entities in code. */
export type Tables = { readonly [entity: string]: EntityTable }

/** The calls on the rows of each entity, and a transaction around several of them. */
export interface UntypedStorage {
  readonly [entity: string]: unknown
  readonly $transaction: <Result>(
    run: (storage: UntypedStorage) => Promise<Result>,
    options?: TransactionOptions,
  ) => Promise<Result>
}

const storageOn = (session: Session, tables: Tables): UntypedStorage => {
  const calls = Object.entries(tables).map(([entity, table]) => [entity, repositoryOf(session, table)] as const)
  return Object.freeze({
    ...Object.fromEntries(calls),
    $transaction: <Result>(run: (storage: UntypedStorage) => Promise<Result>, options?: TransactionOptions) =>
      session.transaction((inner) => run(storageOn(inner, tables)), options),
  })
}

/**
 * The storage of tables on a pool of `pg`, on one client, or on the embedded engine. Emitted code gives it its type. What
 * belongs to the storage and to no entity begins with `$`, which no name of an entity can.
 */
export const storageOf = (db: SqlClient, tables: Tables): UntypedStorage => storageOn(sessionOf(db), tables)
