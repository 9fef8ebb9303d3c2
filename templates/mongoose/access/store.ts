import {
  type ClientSession,
  type Connection,
  type HydratedDocument,
  type Model,
  Error as MongooseError,
  type mongo,
} from 'mongoose'
import { z } from 'zod'
import { type Constraint, ConstraintError } from '../../typescript/storage.js'

/** Where rows are kept: a connection; inside a transaction, its session as well. */
export type MongoStore = Connection | { readonly connection: Connection; readonly session: ClientSession }

/** Values by the properties of a row, or by the names in a document. */
export type Values = { [name: string]: unknown }

export type Stored = HydratedDocument<Values>

/** A constraint of documents. Mongo tells a unique by the name of its index, Mongoose a check by its message. */
export interface StoredConstraint extends Constraint {
  readonly message?: string
}

/** The collection of an entity: what its documents are made of, and what they are held to. */
export interface Collection<Row> {
  readonly entity: string
  readonly model: (connection: Connection) => object
  /** Between a document and a row, and between the values of both, by property. */
  readonly row: z.ZodType<Row>
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
export const among = (ids: readonly unknown[], filter?: Values): Values => ({
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

/** The row of a document; null for none. */
export const rowOrNull = <Row>({ row }: Collection<Row>, document: unknown): Row | null =>
  document === null ? null : row.parse(document)

interface ServerError {
  readonly code: number
  readonly message: string
  readonly errInfo?: unknown
}

export const isServerError = (failure: unknown): failure is ServerError =>
  failure instanceof Error && 'code' in failure && typeof failure.code === 'number'

/** Whether a unique refused something (MongoDB's error DuplicateKey). */
export const isDuplicate = (failure: unknown): failure is ServerError =>
  isServerError(failure) && failure.code === 11_000

/** The validator of a collection says that a condition failed, and not which. */
const oneOf = (checks: readonly StoredConstraint[]): Constraint | null => {
  const [first, ...others] = checks
  if (first === undefined || others.length === 0) return first ?? null
  return {
    ...first,
    name: checks.map(({ name }) => name).join(', '),
    fields: [...new Set(checks.flatMap(({ fields }) => fields))],
    rule: checks.map(({ rule }) => rule).join('; '),
  }
}

/** The check that Mongoose or, with DocumentValidationFailure, the server holds against a document. */
const brokenCheck = (checks: readonly StoredConstraint[], failure: unknown): Constraint | null => {
  if (failure instanceof MongooseError.ValidationError) {
    const messages = (Object.values(failure.errors) as readonly unknown[] as readonly Error[]).map(
      (error) => error.message,
    )
    return checks.find(({ message }) => message !== undefined && messages.includes(message)) ?? null
  }
  const isCondition = isServerError(failure) && failure.code === 121
  return isCondition && JSON.stringify(failure.errInfo).includes('"operatorName":"$expr"') ? oneOf(checks) : null
}

const brokenBy = ({ constraints }: { readonly constraints: readonly StoredConstraint[] }, failure: unknown) =>
  isDuplicate(failure)
    ? constraints.find(
        ({ name, problem }) => problem === 'unique' && failure.message.includes(` index: ${name} dup key`),
      )
    : brokenCheck(
        constraints.filter(({ problem }) => problem === 'check'),
        failure,
      )

/** Runs a command. What a constraint refuses is a `ConstraintError`; anything else is passed on as it came. */
export const held = async <Row, Result>(
  collection: Collection<Row>,
  run: () => PromiseLike<Result>,
): Promise<Result> => {
  try {
    return await run()
  } catch (failure) {
    const broken = brokenBy(collection, failure) ?? null
    throw broken === null ? failure : new ConstraintError(broken, failure)
  }
}
