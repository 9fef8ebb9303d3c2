import type { ClientSession, Connection, HydratedDocument, Model, mongo } from 'mongoose'
import { z } from 'zod'
import { ConstraintError } from '../../errors.js'
import { type Readable, readRow } from '../../rows/decoding.js'
import { brokenBy, isServerError, type StoredConstraint } from './refusals.js'

/** Where rows are kept: a connection; inside a transaction, its session as well. */
export type MongoStore = Connection | { readonly connection: Connection; readonly session: ClientSession }

/** Values by the properties of a row, or by the names in a document. */
export type Values = { [name: string]: unknown }

export type Stored = HydratedDocument<Values>

/** The collection of an entity: what its documents are made of, and what they are held to. */
export interface Collection<Row> extends Readable<Row> {
  readonly model: (connection: Connection) => object
  /** Between the values of a document and of a row, by property. */
  readonly values: { readonly [property: string]: z.ZodType }
  /** The names that documents have for properties, where those are others. */
  readonly stored: { readonly [property: string]: string }
  /** What no upsert changes. */
  readonly fixed?: readonly string[]
  /** The paths that checks and computed fields read. */
  readonly reads?: readonly string[]
  readonly constraints: readonly StoredConstraint[]
}

/** The collection of an entity, as its functions use it. */
export const collectionOf = <Row>(collection: Collection<Row>): Collection<Row> => collection

/** Where rows are kept, inside of a transaction or not. */
export const connected = (connection: Connection, session: ClientSession | undefined): MongoStore =>
  session === undefined ? connection : { connection, session }

export const connectionOf = (db: MongoStore): Connection => ('session' in db ? db.connection : db)

export const sessionOf = (db: MongoStore): { readonly session?: ClientSession } =>
  'session' in db ? { session: db.session } : {}

/** Mongoose's own types do not come back from some records. */
export const modelOf = (db: MongoStore, { model }: Pick<Collection<unknown>, 'model'>): Model<Values> =>
  model(connectionOf(db)) as unknown as Model<Values>

/**
 * A collection as the driver has it, past the guards of its model: retention alone takes away what is append-only, and
 * archives have no model.
 */
export const nativeOf = (db: MongoStore, name: string): mongo.Collection<Values> =>
  connectionOf(db).collection(name) as unknown as mongo.Collection<Values>

/** Numbers are read as what they are stored as, since another class would be another type when they are written again. */
export const exactly = { promoteValues: false, useBigInt64: false } as const

/** The filter for documents of these ids; for those of them that another filter finds. */
export const among = (ids: readonly unknown[], filter?: { readonly [name: string]: unknown }): Values => ({
  _id: { $in: ids },
  ...(filter === undefined ? {} : { $and: [filter] }),
})

/** How values of a row are said in documents. */
export type Encoding = Pick<Collection<unknown>, 'values' | 'stored'>

export const storedName = ({ stored }: Pick<Encoding, 'stored'>, property: string): string =>
  stored[property] ?? property

/** Values of a row as documents have them; what is undefined is left out. */
export const encoded = (collection: Encoding, row: object): Values => {
  const values = row as Values
  return Object.fromEntries(
    Object.entries(collection.values)
      .filter(([property]) => values[property] !== undefined)
      .map(([property, value]) => [storedName(collection, property), z.encode(value, values[property])]),
  )
}

/** Values of documents, by the properties of a row. */
export type Encoded = { readonly [property: string]: unknown }

/**
 * The filter for documents with these values, where null is also what is missing. A singleton's only row needs none.
 * `where` is what a partial index says of its documents: Mongo takes it only for a filter that says the same.
 */
export const having = (collection: Encoding, key: Encoded, where: object | null = null): Values => {
  const equal = Object.entries(key).map(([property, value]) => [storedName(collection, property), value] as const)
  const filter = equal.length === 0 ? { _id: 'singleton' } : Object.fromEntries(equal)
  return where === null ? filter : { $and: [filter, where] }
}

/** The same filter for values of a row. */
export const havingValues = (collection: Encoding, key: object, where: object | null = null): Values =>
  having(collection, encoded({ ...collection, stored: {} }, key), where)

/** The row of a document; null for none. */
export const rowOrNull = <Row>(collection: Collection<Row>, document: unknown, written = false): Row | null =>
  document === null ? null : readRow(collection, document, written)

/** What the server refused in a transaction, which is over then, by its session. */
const refused = new WeakMap<ClientSession, unknown>()

export const refusalIn = (session: ClientSession): unknown => refused.get(session) ?? null

export const forgetRefusal = (session: ClientSession): void => {
  refused.delete(session)
}

/** Runs a command. What a constraint refuses is a `ConstraintError`; anything else is passed on as it came. */
export const held = async <Row, Result>(
  db: MongoStore,
  collection: Collection<Row>,
  run: () => PromiseLike<Result>,
): Promise<Result> => {
  try {
    return await run()
  } catch (failure) {
    const broken = brokenBy(collection, failure)
    const thrown = broken === null ? failure : new ConstraintError(broken, failure)
    if ('session' in db && isServerError(failure)) refused.set(db.session, thrown)
    throw thrown
  }
}
