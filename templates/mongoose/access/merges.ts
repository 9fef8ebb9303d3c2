import { type ClientSession, type Model, Error as MongooseError } from 'mongoose'
import { ConstraintError } from '../../typescript/storage.js'
import { readRow } from '../../zod/reading.js'
import { isDuplicate } from './refusals.js'
import { insertedDocument } from './rows.js'
import {
  type Collection,
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

const valueAt = (document: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (value, step) => (typeof value === 'object' && value !== null ? (value as Values)[step] : undefined),
      document,
    ) ?? null

/** How often a change is tried again while others change what its checks read. */
const attempts = 20

/**
 * Changes a document as a whole, so that its checks see all of it and computed fields are computed. It is written only
 * where what those read (`reads`) is still as it was, and is read again otherwise. Null where there is none to read.
 */
export const savedWhole = async (
  model: Model<Values>,
  session: { readonly session?: ClientSession },
  reads: readonly string[],
  changes: Values,
  read: () => Promise<Values | null>,
): Promise<Stored | null> => {
  for (let attempt = 1; ; attempt += 1) {
    const before = await read()
    if (before === null) return null
    const document: Stored = model.hydrate(before)
    document.set(changes)
    document.$where = Object.fromEntries(reads.map((path) => [path, valueAt(before, path)]))
    try {
      return await document.save(session)
    } catch (failure) {
      if (!(failure instanceof MongooseError.DocumentNotFoundError) || attempt === attempts) throw failure
    }
  }
}

/** Changes the document that a filter finds; null where there is none. */
const changedDocument = async <Row>(
  db: MongoStore,
  collection: Collection<Row>,
  filter: Values,
  changes: Values,
): Promise<Row | null> => {
  const model = modelOf(db, collection)
  const read = async (): Promise<Values | null> => model.findOne(filter, null, { ...sessionOf(db), lean: true })
  if (Object.keys(changes).length === 0) return rowOrNull(collection, await read())
  const saved = await held(db, collection, () =>
    savedWhole(model, sessionOf(db), collection.reads ?? [], changes, read),
  )
  return saved === null ? null : readRow(collection, saved.toObject(), true)
}

/** Changes the row of a key as a whole document; null where there is none. */
export const changed = async <Row>(
  db: MongoStore,
  collection: Collection<Row>,
  key: Encoded,
  patch: object,
): Promise<Row | null> => changedDocument(db, collection, having(collection, key), encoded(collection, patch))

/** The key or unique that an upsert finds its row by. */
export interface Target {
  readonly by: readonly string[]
  /** What a partial index says of its documents, as a filter and as a test of a new row. */
  readonly where?: object
  readonly holds?: (row: never) => boolean
  /** Two nulls are different values: no row is found by them. */
  readonly distinct?: boolean
}

interface Upsert {
  readonly fresh: Values
  readonly changes: Values
  /** Null where no row can be meant that is there. */
  readonly filter: Values | null
}

const upsertOf = <Row>(
  collection: Collection<Row>,
  { by, where, holds, distinct = false }: Target,
  row: object,
  given: object,
): Upsert => {
  const values = given as Values
  const said = Object.entries(row).flatMap(([property, value]) => (value === undefined ? [] : [property]))
  const open = said.filter((property) => !by.includes(property) && !collection.fixed?.includes(property))
  const key = Object.fromEntries(by.map((property) => [property, values[property] ?? null]))
  const isNew = holds?.(values as never) === false || (distinct && Object.values(key).includes(null))
  return {
    fresh: encoded(collection, values),
    changes: encoded(collection, Object.fromEntries(open.map((property) => [property, values[property]]))),
    filter: isNew ? null : having(collection, encoded({ ...collection, stored: {} }, key), where),
  }
}

/** Runs a command again where another has just inserted the row. (A transaction is over then.) */
const twice = async <Result>(db: MongoStore, run: () => Promise<Result>): Promise<Result> => {
  try {
    return await run()
  } catch (failure) {
    const cause = failure instanceof ConstraintError ? failure.cause : failure
    if ('session' in db || !isDuplicate(cause)) throw failure
    return run()
  }
}

/** Inserts a row, or changes what it says in the row that is there, by one command. `given` is it with its defaults. */
export const upserted = async <Row>(
  db: MongoStore,
  collection: Collection<Row>,
  target: Target,
  row: object,
  given: object,
): Promise<Row> => {
  const { fresh, changes, filter } = upsertOf(collection, target, row, given)
  if (filter === null) return insertedDocument(db, collection, fresh)
  const initial = Object.entries(fresh).filter(([path]) => !Object.hasOwn(changes, path))
  const update = { $set: changes, $setOnInsert: Object.fromEntries(initial) }
  const options = { ...sessionOf(db), upsert: true, setDefaultsOnInsert: false, returnDocument: 'after' } as const
  const document: unknown = await twice(db, () =>
    held(db, collection, () => modelOf(db, collection).findOneAndUpdate(filter, update, options).lean().exec()),
  )
  return readRow(collection, document, true)
}

/** Inserts a row, or changes what it says in the row that is there, as a whole document. */
export const merged = async <Row>(
  db: MongoStore,
  collection: Collection<Row>,
  target: Target,
  row: object,
  given: object,
): Promise<Row> => {
  const { fresh, changes, filter } = upsertOf(collection, target, row, given)
  return twice(db, async () => {
    const known = filter === null ? null : await changedDocument(db, collection, filter, changes)
    return known ?? insertedDocument(db, collection, fresh)
  })
}
