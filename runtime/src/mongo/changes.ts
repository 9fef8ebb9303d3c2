import type { mongo } from 'mongoose'
import type { Increment } from '../changes/increments.js'
import type { Condition } from '../conditions/condition.js'
import type { MongoSession } from './session.js'
import { type ConditionPaths, type Filter, whereFilter } from './where.js'

/** A field that is written. */
export interface WrittenPath {
  readonly path: string
  /** A value as the document holds it, and a limit of the field, which is the text of one. */
  readonly encode: (value: unknown) => unknown
  /** What an older document that lacks the field is read as having; undefined where that is null. */
  readonly missing?: unknown
}

/** A collection whose documents are counted and changed. */
export interface ChangedCollection {
  /** The field of the moment of the last change, by its name in code; null where there is none. */
  readonly touched?: string | null
  readonly collection: string
  readonly conditions: ConditionPaths
  readonly paths: { readonly [field: string]: WrittenPath }
}

const documentsOf = ({ connection }: MongoSession, { collection }: ChangedCollection): mongo.Collection =>
  connection.collection(collection) as unknown as mongo.Collection

const pathOf = ({ paths }: ChangedCollection, field: string): WrittenPath => {
  const path = paths[field]
  if (path === undefined) throw new TypeError(`no path of ${field}`)
  return path
}

/** How many documents a condition holds of. */
export const countDocuments = (db: MongoSession, source: ChangedCollection, condition: Condition): Promise<number> =>
  db.run((options) => documentsOf(db, source).countDocuments(whereFilter(condition, source.conditions), options))

const hasDocument = async (db: MongoSession, source: ChangedCollection, filter: Filter): Promise<boolean> => {
  const projection = { _id: 1 }
  return (await db.run((options) => documentsOf(db, source).findOne(filter, { ...options, projection }))) !== null
}

/** Whether a condition holds of any document. */
export const hasDocuments = (db: MongoSession, source: ChangedCollection, condition: Condition): Promise<boolean> =>
  hasDocument(db, source, whereFilter(condition, source.conditions))

/** Deletes the documents that a condition holds of, and returns how many. */
export const deleteDocuments = async (
  db: MongoSession,
  source: ChangedCollection,
  condition: Condition,
): Promise<number> => {
  const filter = whereFilter(condition, source.conditions)
  return (await db.run((options) => documentsOf(db, source).deleteMany(filter, options))).deletedCount
}

/** Sets fields of the documents that a condition holds of, and returns how many documents these were. */
export const updateDocuments = async (
  db: MongoSession,
  source: ChangedCollection,
  condition: Condition,
  patch: { readonly [field: string]: unknown },
): Promise<number> => {
  const given = Object.entries(patch).filter(([, value]) => value !== undefined)
  if (given.length === 0) return countDocuments(db, source, condition)
  const set = given.map(([field, value]) => {
    const { path, encode } = pathOf(source, field)
    return [path, value === null ? null : encode(value)] as const
  })
  const filter = whereFilter(condition, source.conditions)
  const update = { $set: Object.fromEntries(set) }
  return (await db.run((options) => documentsOf(db, source).updateMany(filter, update, options))).matchedCount
}

/** The moment of a change, where documents have that of the last one. */
export const touching = (source: ChangedCollection): { readonly [path: string]: unknown } => {
  if (source.touched == null) return {}
  const { path, encode } = pathOf(source, source.touched)
  return { [path]: encode(new Date()) }
}

const setting = (source: ChangedCollection): object => {
  const values = touching(source)
  return Object.keys(values).length === 0 ? {} : { $set: values }
}

/** The limits that a sum has to keep: asked of the stored value by the command that adds. */
const heldLimits = (source: ChangedCollection, { field, amount, min, max }: Increment): readonly Filter[] => {
  const { path, encode } = pathOf(source, field)
  const sum = { $add: [`$${path}`, encode(amount)] }
  return [
    ...(min === null ? [] : [{ $expr: { $gte: [sum, encode(min)] } }]),
    ...(max === null ? [] : [{ $expr: { $lte: [sum, encode(max)] } }]),
  ]
}

/** Gives fields that an older document lacks what they are read as having: adding to what is missing would begin at zero. */
const completeFields = async (
  db: MongoSession,
  source: ChangedCollection,
  key: Filter,
  increments: readonly Increment[],
): Promise<void> => {
  for (const { field } of increments) {
    const { path, encode, missing } = pathOf(source, field)
    if (missing === undefined) continue
    const lacking = { $and: [key, { [path]: { $exists: false } }] }
    const update = { $set: { [path]: encode(missing) } }
    await db.run((options) => documentsOf(db, source).updateOne(lacking, update, options))
  }
}

/**
 * Adds to fields of the one document that a filter finds, in one command, so that nothing is lost that others add
 * at the same time. Returns the document; `missing` where there is none, and `refused` where a limit of a field would be
 * left.
 */
export const incrementDocument = async (
  db: MongoSession,
  source: ChangedCollection,
  key: Filter,
  increments: readonly Increment[],
): Promise<{ readonly document: object } | 'missing' | 'refused'> => {
  const there = increments.map(({ field }) => ({ [pathOf(source, field).path]: { $exists: true } }))
  const filter = { $and: [key, ...there, ...increments.flatMap((increment) => heldLimits(source, increment))] }
  const amounts = increments.map(({ field, amount }) => {
    const { path, encode } = pathOf(source, field)
    return [path, encode(amount)] as const
  })
  const update = { $inc: Object.fromEntries(amounts), ...setting(source) } as mongo.UpdateFilter<mongo.Document>
  const add = (): Promise<object | null> =>
    db.run((options) =>
      documentsOf(db, source).findOneAndUpdate(filter, update, { ...options, returnDocument: 'after' }),
    )
  let document = await add()
  if (document === null && increments.some(({ field }) => pathOf(source, field).missing !== undefined)) {
    // Another call may have completed them meanwhile: what was missing a moment ago is there in any case.
    await completeFields(db, source, key, increments)
    document = await add()
  }
  if (document !== null) return { document }
  return (await hasDocument(db, source, key)) ? 'refused' : 'missing'
}
