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
