import { Error as MongooseError } from 'mongoose'
import { type Constraint, typeConstraint } from '../../errors.js'

/** A constraint of documents. */
export interface StoredConstraint extends Constraint {
  /** The paths of a unique's index, in its order. */
  readonly paths?: readonly string[]
  /** What Mongoose says of a check. */
  readonly message?: string
}

/** What documents are held to. */
export interface Held {
  readonly entity: string
  /** The names that documents have for properties, where those are others. */
  readonly stored: { readonly [property: string]: string }
  readonly constraints: readonly StoredConstraint[]
}

interface ServerError {
  readonly code: number
  readonly message: string
  readonly keyPattern?: object
  readonly errInfo?: unknown
  readonly writeErrors?: unknown
}

export const isServerError = (failure: unknown): failure is ServerError =>
  failure instanceof Error && 'code' in failure && typeof failure.code === 'number'

/** Whether a unique refused something (MongoDB's error DuplicateKey). */
export const isDuplicate = (failure: unknown): failure is ServerError =>
  isServerError(failure) && failure.code === 11_000

/** Whether the driver is to run the transaction again, by what it was told of the error. */
export const isTransient = (failure: unknown): boolean =>
  failure instanceof Error &&
  'hasErrorLabel' in failure &&
  typeof failure.hasErrorLabel === 'function' &&
  failure.hasErrorLabel('TransientTransactionError') === true

/** Several constraints of which one was broken, and the server does not say which. */
const oneOf = (constraints: readonly Constraint[]): Constraint | null => {
  const [first, ...others] = constraints
  if (first === undefined || others.length === 0) return first ?? null
  return {
    ...first,
    name: constraints.map(({ name }) => name).join(', '),
    fields: [...new Set(constraints.flatMap(({ fields }) => fields))],
    rule: constraints.map(({ rule }) => rule).join('; '),
  }
}

/** What a message says before the values of the document, which may say anything. */
const saidOf = (message: string): string => message.split(' dup key')[0] ?? message

/** Servers quote names in several ways, or not at all. */
const quote = '["\'`]'

const literally = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')

/**
 * Whether a message names an index: `index: a_1` (MongoDB, Amazon DocumentDB), `index: db.notes.$a_1` (MongoDB before 4),
 * `Index 'a_1'` (DocumentDB, FerretDB, Azure Cosmos DB for MongoDB vCore).
 */
const isNamedIn = (message: string, name: string): boolean => {
  const beforeName = `\\bindex(?::|(?=\\s+${quote}))\\s*${quote}?(?:\\S*\\.\\$)?`
  return new RegExp(`${beforeName}${literally(name)}(?=${quote}|[.,;)\\s]|$)`, 'i').test(message)
}

/** Whether a message names any index. Azure Cosmos DB's only says that some unique index refused the document. */
const namesIndex = (message: string): boolean => new RegExp(`\\bindex(?::|\\s+${quote})`, 'i').test(message)

const isPattern = ({ paths }: StoredConstraint, pattern: object): boolean =>
  paths !== undefined && JSON.stringify(paths) === JSON.stringify(Object.keys(pattern))

const longestName = (constraints: readonly StoredConstraint[]): StoredConstraint | null =>
  [...constraints].sort((one, other) => other.name.length - one.name.length)[0] ?? null

/**
 * The unique that a server holds against a document. Servers say the paths of its index (`keyPattern`), or name it in a
 * message in words of their own; the driver drops the paths of a bulk write. Where they say neither, it may be any.
 */
const brokenUnique = (uniques: readonly StoredConstraint[], { message, keyPattern }: ServerError) => {
  const alike = keyPattern === undefined ? uniques : uniques.filter((unique) => isPattern(unique, keyPattern))
  if (keyPattern !== undefined && alike.length === 1) return alike[0] ?? null
  const said = saidOf(message)
  const named = longestName(alike.filter(({ name }) => isNamedIn(said, name)))
  return named ?? (keyPattern === undefined && namesIndex(said) ? null : oneOf(alike))
}

/** Something of an error's details, wherever it stands in them. */
const valuesAt = (details: unknown, key: string): readonly unknown[] => {
  if (typeof details !== 'object' || details === null) return []
  return Object.entries(details).flatMap(([name, value]) => (name === key ? [value].flat() : valuesAt(value, key)))
}

/** The paths at the top of a document that a validator names as wrong, missing or unknown. */
const pathsRefused = (details: unknown): readonly string[] => {
  const rules = valuesAt(details, 'schemaRulesNotSatisfied') as readonly { readonly [name: string]: unknown }[]
  const named = rules.flatMap(({ propertiesNotSatisfied = [], missingProperties = [], additionalProperties = [] }) => [
    ...(propertiesNotSatisfied as readonly { readonly propertyName: string }[]).map(({ propertyName }) => propertyName),
    ...(missingProperties as readonly string[]),
    ...(additionalProperties as readonly string[]),
  ])
  return [...new Set(named)]
}

const propertyOf = ({ stored }: Held, path: string): string =>
  Object.entries(stored).find(([, name]) => name === path)?.[0] ?? path

/** The validator of a collection as a constraint; its details are about paths of documents. */
const validatorOf = (held: Held, details: unknown): Constraint => ({
  problem: 'check',
  entity: held.entity,
  name: 'validator',
  fields: pathsRefused(details).map((path) => propertyOf(held, path)),
  rule: 'the document matches the validator of its collection',
})

/** What a bulk write was refused for first stands in `writeErrors`. */
const detailsOf = ({ errInfo, writeErrors }: ServerError): unknown =>
  errInfo ?? (([writeErrors].flat()[0] ?? {}) as { readonly errInfo?: unknown }).errInfo

/**
 * What a validator holds against a document (DocumentValidationFailure). Of conditions a server says only that one failed;
 * servers before 5.0, and some that speak MongoDB's protocol, say nothing at all.
 */
const brokenByValidator = (held: Held, checks: readonly StoredConstraint[], failure: ServerError) => {
  const details = detailsOf(failure)
  if (details == null) return oneOf([...checks, validatorOf(held, null)])
  const isCondition = valuesAt(details, 'operatorName').includes('$expr')
  return isCondition && checks.length > 0 ? oneOf(checks) : validatorOf(held, details)
}

/** The check that Mongoose holds against a document, or that its values are of their types. */
const brokenInMongoose = (held: Held, checks: readonly StoredConstraint[], failure: MongooseError.ValidationError) => {
  const messages = (Object.values(failure.errors) as readonly unknown[] as readonly Error[]).map(
    (error) => error.message,
  )
  const check = checks.find(({ message }) => message !== undefined && messages.includes(message))
  const paths = Object.keys(failure.errors).map((path) => propertyOf(held, path))
  return check ?? typeConstraint(held.entity, paths)
}

/** The constraint that was broken; null where an error says something else. */
export const brokenBy = (held: Held, failure: unknown): Constraint | null => {
  const of = (problem: Constraint['problem']) => held.constraints.filter((one) => one.problem === problem)
  if (failure instanceof MongooseError.ValidationError) return brokenInMongoose(held, of('check'), failure)
  // The driver runs the transaction again: another class of error would keep it from that.
  if (!isServerError(failure) || isTransient(failure)) return null
  if (failure.code === 11_000) return brokenUnique(of('unique'), failure)
  return failure.code === 121 ? brokenByValidator(held, of('check'), failure) : null
}
