/** Where a page of a list ended: opaque, and good for the list that gave it. */
export type Cursor = string & { readonly __brand: 'Cursor' }

/** Which part of a list: at most `limit` rows (1 to 1,000; 100 by default), from the start or after a cursor. */
export interface PageOptions {
  readonly limit?: number | undefined
  readonly after?: Cursor | null | undefined
}

/** Rows in the order of their list, and the cursor that the next page begins after; null where there is none. */
export interface Page<Row> {
  readonly rows: readonly Row[]
  readonly next: Cursor | null
}

/** The first fields of an index, none to all of them: what a list is narrowed to. */
export type Prefix<Row, Fields extends readonly (keyof Row)[]> = Fields extends readonly [
  infer First extends keyof Row,
  ...infer Rest extends readonly (keyof Row)[],
]
  ? { readonly [Field in Fields[number]]?: undefined } | ({ readonly [Field in First]: Row[Field] } & Prefix<Row, Rest>)
  : unknown

/**
 * `unique`: another row has these values. `reference`: a row that is pointed at is not there. `referenced`: other rows
 * point at this one. `check`: a rule of the entity does not hold.
 */
export type ConstraintProblem = 'unique' | 'reference' | 'referenced' | 'check'

/** A constraint as the description of the entity has it. */
export interface Constraint {
  readonly problem: ConstraintProblem
  /** The entity whose constraint it is. */
  readonly entity: string
  /** As the store calls it. */
  readonly name: string
  /** The properties that it is about, in its order. */
  readonly fields: readonly string[]
  /** What it asks for, in the words of the description: `expires_at is null or expires_at > created_at`. */
  readonly rule: string
}

/** Marks a class of errors that each set has for itself. */
const errorClass = Symbol.for('botschema.error')

/** Whether a value is an error of a class, of this set's or of another's in the process. */
const isInstance = function (this: object, value: unknown): boolean {
  if (Function.prototype[Symbol.hasInstance].call(this, value)) return true
  const isError = Object.hasOwn(this, errorClass) && value instanceof Error
  return isError && Reflect.get(value, errorClass) === Reflect.get(this, errorClass)
}

/** That values are of their types, where a store computes them or makes them itself. */
export const typeConstraint = (entity: string, fields: readonly string[]): Constraint => ({
  problem: 'check',
  entity,
  name: 'type',
  fields,
  rule: fields.length === 0 ? 'a value that the database makes is of its type' : `${fields.join(', ')} is of its type`,
})

/** A store refused what was written. The driver's own error, which may hold values of the row, is the `cause`. */
export class ConstraintError extends Error {
  static readonly [errorClass]: string = 'ConstraintError'
  readonly [errorClass]: string = 'ConstraintError'
  override readonly name = 'ConstraintError'
  readonly problem: ConstraintProblem
  readonly entity: string
  readonly constraint: string
  readonly fields: readonly string[]
  readonly rule: string

  constructor({ problem, entity, name, fields, rule }: Constraint, cause: unknown) {
    super(`${entity}: ${rule} (${name})`, { cause })
    this.problem = problem
    this.entity = entity
    this.constraint = name
    this.fields = fields
    this.rule = rule
  }

  static override get [Symbol.hasInstance]() {
    return isInstance
  }
}

/** What is known of a stored value that cannot be read. */
export interface UnreadableValue {
  readonly entity: string
  readonly key: { readonly [property: string]: unknown }
  readonly field: string
  /** Whether the stored value may be shown: that of personal data is not. */
  readonly isShown: boolean
  readonly stored: unknown
  readonly written: boolean
}

/** A value as a message shows it: short, and of text and numbers only. */
const shownValue = (value: unknown): string => {
  if (value === undefined) return 'nothing'
  const isPlain = value === null || ['string', 'number', 'bigint', 'boolean'].includes(typeof value)
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value)
  const type = value instanceof Date ? 'a Date' : Array.isArray(value) ? 'a list' : 'an object'
  return isPlain ? (text.length > 80 ? `${text.slice(0, 80)}…` : text) : type
}

/**
 * A row holds a value that cannot be brought into the form of its type, such as a text where a number belongs. The row is
 * stored as it is: where `written` is true, this very call has written or deleted it, and must not be called again.
 */
export class StoredValueError extends Error {
  static readonly [errorClass]: string = 'StoredValueError'
  readonly [errorClass]: string = 'StoredValueError'
  override readonly name = 'StoredValueError'
  readonly entity: string
  /** The key of the row, as far as it is no personal data. */
  readonly key: { readonly [property: string]: unknown }
  /** The field, or the place in it: `settings.welcome`. */
  readonly field: string
  /** The value as it is stored; undefined where it is missing, or personal data. */
  readonly stored: unknown
  readonly written: boolean
  /** Of a page: its other rows, and where the next page begins. */
  readonly rows: readonly unknown[] = []
  readonly next: Cursor | null = null

  constructor({ entity, key, field, isShown, stored, written }: UnreadableValue) {
    const which = Object.entries(key).map(([name, value]) => `${name} ${String(value)}`)
    const row = which.length === 0 ? entity : `${entity} (${which.join(', ')})`
    const value = isShown ? shownValue(stored) : 'a value that is not shown'
    super(`${row}: ${field} cannot be read: ${value} is stored${written ? '; the row is written' : ''}`)
    this.entity = entity
    this.key = key
    this.field = field
    this.stored = stored
    this.written = written
  }

  static override get [Symbol.hasInstance]() {
    return isInstance
  }
}

/** What a `ZodError` of a function has beside its issues: the function that refused its input, and its entity. */
export interface RefusedInput {
  readonly entity: string
  readonly function: string
}

/** A cursor that this list did not give. */
export class CursorError extends Error {
  static readonly [errorClass]: string = 'CursorError'
  readonly [errorClass]: string = 'CursorError'
  override readonly name = 'CursorError'

  static override get [Symbol.hasInstance]() {
    return isInstance
  }
}

/** Functions whose first parameter is the database, without that. */
export type Bound<Functions, Db> = {
  readonly [Name in keyof Functions]: Functions[Name] extends (db: Db, ...given: infer Given) => infer Result
    ? (...given: Given) => Result
    : never
}

/** Functions whose first parameter is the database, with that given. */
export const bound = <Functions extends object, Db>(functions: Functions, db: Db): Bound<Functions, Db> =>
  Object.fromEntries(
    Object.entries(functions).flatMap(([name, call]: [string, unknown]) =>
      typeof call === 'function' ? [[name, call.bind(null, db)]] : [],
    ),
  ) as Bound<Functions, Db>
