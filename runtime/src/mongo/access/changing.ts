import type { Connection } from 'mongoose'
import { savedWhole } from './merges.js'
import { type MongoStore, modelOf, nativeOf, sessionOf, type Values } from './store.js'

/** A collection as changes to its documents need it. */
export interface Changed {
  readonly collection: string
  /** The path of the moment of the last change. */
  readonly updated?: string
  /** For changes that checks and computed fields read: those are made to whole documents. */
  readonly whole?: { readonly model: (connection: Connection) => object; readonly reads: readonly string[] }
}

const rootOf = (path: string): string => path.split('.')[0] ?? path

const changedEach = async (
  db: MongoStore,
  collection: string,
  { model, reads }: NonNullable<Changed['whole']>,
  filter: Values,
  values: Values,
): Promise<number> => {
  const native = nativeOf(db, collection)
  const options = sessionOf(db)
  let rows = 0
  for (const { _id } of await native.find(filter, { ...options, projection: { _id: 1 } }).toArray()) {
    const read = () => native.findOne({ $and: [{ _id }, filter] }, options)
    const saved = await savedWhole(modelOf(db, { model }), options, reads, () => values, read)
    if (saved !== null) rows += 1
  }
  return rows
}

/** Sets values in all documents that a filter finds, so that they hold to their checks; how many those were. */
export const changedAll = async (
  db: MongoStore,
  { collection, updated, whole }: Changed,
  filter: Values,
  values: Values,
): Promise<number> => {
  if (whole?.reads.some((path) => Object.hasOwn(values, rootOf(path))) === true)
    return changedEach(db, collection, whole, filter, values)
  const set = updated === undefined ? values : { ...values, [updated]: new Date() }
  const { matchedCount } = await nativeOf(db, collection).updateMany(filter, { $set: set }, sessionOf(db))
  return matchedCount
}
