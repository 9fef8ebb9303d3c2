import type { Connection, Model, mongo } from 'mongoose'
import type { z } from 'zod'
import { ConstraintError } from '../../errors.js'
import type { EncryptionKeys } from '../../mongoose/encryption.js'
import { readRow } from '../../rows/decoding.js'
import type { EntityFacts, Unique } from '../../storage/facts.js'
import type { KeyGiven } from '../../storage/keys.js'
import type { Reference } from '../access/references.js'
import { brokenBy, type StoredConstraint } from '../access/refusals.js'
import type { Values } from '../access/store.js'
import type { ChangedCollection } from '../changes.js'
import type { PathSum } from '../kinds.js'
import type { CommandOptions, MongoSession } from '../session.js'
import { hasTransactions } from '../transaction-support.js'
import { type Filter, whereFilter } from '../where.js'
import type { EncryptedPaths } from './encrypted.js'
import type { Lists } from './lists.js'
import type { Queries } from './queries.js'

/** A key or unique, and the condition that its index has where it is partial. */
export interface CollectionUnique extends Unique {
  /** The filter of its index; null where that has all documents. */
  readonly where: Filter | null
  /** The same of a row, and the fields that it reads. */
  readonly holds: (row: never) => boolean
  readonly reads: readonly string[]
  /** Whether an upsert may go by it: callers know its values before the document is there. */
  readonly isTarget: boolean
}

/** A collection of an entity, as the calls of a storage use it. */
export interface EntityCollection extends EntityFacts, ChangedCollection {
  readonly model: (connection: Connection) => object
  /** Between the value of a path and of a row, by property. */
  readonly values: { readonly [property: string]: z.ZodType }
  /** The names that documents have for properties, where those are others. */
  readonly stored: { readonly [property: string]: string }
  readonly constraints: readonly StoredConstraint[]
  readonly primary: CollectionUnique | null
  readonly uniques: readonly CollectionUnique[]
  /** Whether rows never change and are never deleted, but by retention. */
  readonly isAppendOnly: boolean
  readonly queries: Queries
  readonly lists: Lists
  /** Null where no value is encrypted. */
  readonly encrypted: EncryptedPaths | null
  /** The paths that checks and computed fields read: what changes them is written as a whole document. */
  readonly reads: readonly string[]
  /** What is added to fields, by their names in code. */
  readonly sums: { readonly [field: string]: PathSum }
  readonly touched: string | null
  readonly references: readonly Reference[]
}

/** Where the calls on an entity's rows run. */
export interface Calls {
  readonly db: MongoSession
  readonly collection: EntityCollection
  /** All collections of the set: some point at others. */
  readonly all: readonly EntityCollection[]
  /** The keys of encrypted values, by name. */
  readonly keys: EncryptionKeys
}

/** The driver's collection, which reads and deletes. It is there once the connection is open. */
export const nativeOf = ({ db, collection }: Calls): mongo.Collection<Values> =>
  db.connection.collection(collection.collection) as unknown as mongo.Collection<Values>

/** The model, whose hooks hold what is written. Mongoose's own types do not come back from some records. */
export const modelOf = ({ db, collection }: Calls): Model<Values> =>
  collection.model(db.connection) as unknown as Model<Values>

/** What breaks a constraint is a `ConstraintError`. */
export const held = async <Result>(collection: EntityCollection, run: () => PromiseLike<Result>): Promise<Result> => {
  try {
    return await run()
  } catch (failure) {
    const broken = brokenBy(collection, failure)
    throw broken === null ? failure : new ConstraintError(broken, failure)
  }
}

/** Runs commands that are one to the caller. */
export const ask = async <Result>(
  { db, collection }: Calls,
  command: (options: CommandOptions) => PromiseLike<Result>,
): Promise<Result> => {
  await db.connection.asPromise()
  return db.run((options) => held(collection, () => command(options)))
}

/** Runs calls that are done all or none: in a transaction, where the server has them. */
export const asUnit = async <Result>(calls: Calls, run: (calls: Calls) => Promise<Result>): Promise<Result> =>
  (await hasTransactions(calls.db.connection)) ? calls.db.transaction((db) => run({ ...calls, db })) : run(calls)

/** A document that a command returned, as a row. */
export const readDocument = ({ collection }: Calls, document: unknown, isWritten: boolean): unknown =>
  document === null ? null : readRow(collection, document, isWritten)

/** The filter of a condition on rows. */
export const filterOf = ({ collection }: Calls, condition: KeyGiven['condition']): Filter =>
  whereFilter(condition, collection.conditions)

/**
 * The filter of the row that a key tells. That of a partial unique goes with its paths, so that its index is used. A
 * singleton has one document.
 */
export const keyFilter = (
  calls: Calls,
  { condition, unique }: Pick<KeyGiven<CollectionUnique>, 'condition' | 'unique'>,
): Filter => {
  if (unique.fields.length === 0) return { _id: 'singleton' }
  const filter = filterOf(calls, condition)
  return unique.where === null ? filter : { $and: [filter, unique.where] }
}
