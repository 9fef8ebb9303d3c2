import { type ClientSession, type Model, mongo } from 'mongoose'
import { readRow } from '../../rows/decoding.js'
import { hasTransactions } from '../transaction-support.js'
import {
  type Collection,
  connectionOf,
  type Encoded,
  encoded,
  having,
  held,
  type MongoStore,
  modelOf,
  rowOrNull,
  type Stored,
  sessionOf,
  type Values,
} from './store.js'
import { transacted } from './transactions.js'

/** Stores a new document, and gives its row. */
export const insertedDocument = async <Row>(
  db: MongoStore,
  collection: Collection<Row>,
  values: Values,
): Promise<Row> => {
  const document = new (modelOf(db, collection))(values)
  await held(db, collection, () => document.save(sessionOf(db)))
  return readRow(collection, document.toObject(), true)
}

/** Inserts a row, and gives it as stored. */
export const inserted = async <Row>(db: MongoStore, collection: Collection<Row>, row: object): Promise<Row> =>
  insertedDocument(db, collection, encoded(collection, row))

/** One by one, so that numbers go in the order of the rows: Mongoose by itself validates documents side by side. */
export const insertInOrder = async (
  model: Model<Values>,
  rows: readonly Values[],
  options: { readonly session?: ClientSession },
): Promise<readonly Stored[]> => {
  const documents = rows.map((values) => new model(values))
  for (const document of documents) {
    document.$session(options.session ?? null)
    await document.validate()
  }
  await model.insertMany(documents, { ordered: true, ...options })
  return documents
}

/** Without a transaction: what was inserted before one was refused is removed again. */
export const insertOrRemove = async (model: Model<Values>, rows: readonly Values[]): Promise<readonly Stored[]> => {
  try {
    return await insertInOrder(model, rows, {})
  } catch (failure) {
    const before = failure instanceof mongo.MongoBulkWriteError ? Object.values(failure.insertedIds) : []
    if (before.length > 0) await model.collection.deleteMany({ _id: { $in: before } })
    throw failure
  }
}

/** Inserts rows, all or none: in a transaction, where the server has them. */
export const insertedAll = async <Row>(
  db: MongoStore,
  collection: Collection<Row>,
  rows: readonly object[],
): Promise<Row[]> => {
  if (rows.length === 0) return []
  const all = rows.map((row) => encoded(collection, row))
  const [connection, model] = [connectionOf(db), modelOf(db, collection)]
  const documents = await held(db, collection, async () => {
    if ('session' in db) return insertInOrder(model, all, sessionOf(db))
    if (!(await hasTransactions(connection))) return insertOrRemove(model, all)
    return transacted(connection, (session) => insertInOrder(model, all, { session }))
  })
  return documents.map((document) => readRow(collection, document.toObject(), true))
}

/** The row with these values, or null; `where` as in `having`. */
export const found = async <Row>(
  db: MongoStore,
  collection: Collection<Row>,
  key: Encoded,
  where: object | null = null,
): Promise<Row | null> => {
  const filter = having(collection, key, where)
  return rowOrNull(collection, await modelOf(db, collection).findOne(filter, null, { ...sessionOf(db), lean: true }))
}

/** Changes the row of a key; null where there is none. */
export const updated = async <Row>(
  db: MongoStore,
  collection: Collection<Row>,
  key: Encoded,
  patch: object,
): Promise<Row | null> => {
  const changes = encoded(collection, patch)
  if (Object.keys(changes).length === 0) return found(db, collection, key)
  const options = { ...sessionOf(db), returnDocument: 'after', lean: true } as const
  const changed = await held(db, collection, () =>
    modelOf(db, collection).findOneAndUpdate(having(collection, key), { $set: changes }, options),
  )
  return rowOrNull(collection, changed, true)
}

/** Deletes the row of a key, and gives it as it was; null where there is none. */
export const deleted = async <Row>(db: MongoStore, collection: Collection<Row>, key: Encoded): Promise<Row | null> => {
  const options = { ...sessionOf(db), lean: true } as const
  return rowOrNull(collection, await modelOf(db, collection).findOneAndDelete(having(collection, key), options), true)
}
