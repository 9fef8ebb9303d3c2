import { type ClientSession, type Model, Error as MongooseError } from 'mongoose'
import { ConstraintError } from '../../errors.js'
import { readRow } from '../../rows/decoding.js'
import { pause } from '../../transactions/retries.js'
import { isDuplicate } from './refusals.js'
import { insertedDocument } from './rows.js'
import {
  type Collection,
  type Encoded,
  encoded,
  having,
  havingValues,
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
const attempts = 100

/** After how many tries the waits between them grow no longer. */
const longestWait = 3

/**
 * Changes a document as a whole, so that its checks see all of it and computed fields are computed. It is written only
 * where what those read (`reads`) is still as it was, and is read again otherwise. Null where there is none to read, or
 * nothing to change of it.
 */
export const savedWhole = async (
  model: Model<Values>,
  session: { readonly session?: ClientSession },
  reads: readonly string[],
  changesOf: (before: Values) => Values | null,
  read: () => Promise<Values | null>,
): Promise<Stored | null> => {
  for (let attempt = 1; ; attempt += 1) {
    const before = await read()
    const changes = before === null ? null : changesOf(before)
    if (before === null || changes === null) return null
    const document: Stored = model.hydrate(before)
    document.set(changes)
    document.$where = Object.fromEntries(reads.map((path) => [path, valueAt(before, path)]))
    try {
      return await document.save(session)
    } catch (failure) {
      if (!(failure instanceof MongooseError.DocumentNotFoundError) || attempt === attempts) throw failure
      // One of those that meet has written: only the others wait, each for as long as it happens.
      await pause(Math.min(attempt, longestWait))
    }
  }
}

/** Changes the document that a filter finds; null where there is none that is meant. */
const changedDocument = async <Row>(
  db: MongoStore,
  collection: Collection<Row>,
  filter: Values,
  changes: Values,
  isMeant: (document: Values) => boolean = () => true,
): Promise<Row | null> => {
  const model = modelOf(db, collection)
  const read = async (): Promise<Values | null> => {
    const found: Values | null = await model.findOne(filter, null, { ...sessionOf(db), lean: true })
    return found !== null && isMeant(found) ? found : null
  }
  if (Object.keys(changes).length === 0) return rowOrNull(collection, await read())
  const saved = await held(db, collection, () =>
    savedWhole(model, sessionOf(db), collection.reads ?? [], () => changes, read),
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
  /** What a partial index says of its documents, as a filter and as a test of a row, and the paths that it reads. */
  readonly where?: object
  readonly holds?: (row: never) => boolean
  readonly reads?: readonly string[]
  /** Two nulls are different values: no row is found by them. */
  readonly distinct?: boolean
}

interface Upsert {
  /** What the caller says that an upsert may change, by property. */
  readonly said: Encoded
  /** Null where no row can be meant that is there. */
  readonly filter: Values | null
}

const upsertOf = <Row>(
  collection: Collection<Row>,
  { by, where, distinct = false }: Target,
  row: object,
  given: object,
): Upsert => {
  const values = given as Values
  const said = Object.entries(row).flatMap(([property, value]) => (value === undefined ? [] : [property]))
  const open = said.filter((property) => !by.includes(property) && !collection.fixed?.includes(property))
  const key = Object.fromEntries(by.map((property) => [property, values[property] ?? null]))
  const isNew = distinct && Object.values(key).includes(null)
  return {
    said: Object.fromEntries(open.map((property) => [property, values[property]])),
    filter: isNew ? null : havingValues(collection, key, where),
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

/**
 * Inserts a row, or changes what it says in the row that is there, by one command. `given` is it with its defaults, `fresh`
 * makes a new row of it, which its rules hold.
 */
export const upserted = async <Row>(
  db: MongoStore,
  collection: Collection<Row>,
  target: Target,
  row: object,
  given: object,
  fresh: () => object,
): Promise<Row> => {
  const { said, filter } = upsertOf(collection, target, row, given)
  const [changes, values] = [encoded(collection, said), encoded(collection, fresh())]
  if (filter === null) return insertedDocument(db, collection, values)
  const initial = Object.entries(values).filter(([path]) => !Object.hasOwn(changes, path))
  const update = { $set: changes, $setOnInsert: Object.fromEntries(initial) }
  const options = { ...sessionOf(db), upsert: true, setDefaultsOnInsert: false, returnDocument: 'after' } as const
  const document: unknown = await twice(db, () =>
    held(db, collection, () => modelOf(db, collection).findOneAndUpdate(filter, update, options).lean().exec()),
  )
  return readRow(collection, document, true)
}

/** Whether a row is still of those that the unique is about with what the caller says of it. */
const isMeant = <Row>(collection: Collection<Row>, { holds }: Target, document: Values, said: Encoded): boolean =>
  holds === undefined || holds({ ...readRow(collection, document), ...said } as never)

/** Inserts a row, or changes what it says in the row that is there, as a whole document. */
export const merged = async <Row>(
  db: MongoStore,
  collection: Collection<Row>,
  target: Target,
  row: object,
  given: object,
  fresh: () => object,
): Promise<Row> => {
  const { said, filter } = upsertOf(collection, target, row, given)
  const reads = [...(collection.reads ?? []), ...(target.reads ?? [])]
  const meant = (document: Values): boolean => isMeant(collection, target, document, said)
  return twice(db, async () => {
    const known =
      filter === null
        ? null
        : await changedDocument(db, { ...collection, reads }, filter, encoded(collection, said), meant)
    return known ?? insertedDocument(db, collection, encoded(collection, fresh()))
  })
}
