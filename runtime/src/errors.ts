import { className, isNamed } from './error-class.js'

/**
 * `unique`: another row has these values. `reference`: a row that is pointed at does not exist. `referenced`: other rows
 * point at this one. `check`: a rule of the entity does not hold.
 */
export type ConstraintProblem = 'unique' | 'reference' | 'referenced' | 'check'

/** A constraint as the description of the entity has it. */
export interface Constraint {
  readonly problem: ConstraintProblem
  /** The entity whose constraint it is. */
  readonly entity: string
  /** The name of the constraint in the store. */
  readonly name: string
  /** The properties that it is about, in its order. */
  readonly fields: readonly string[]
  /** What it asks for, in the words of the description: `expires_at is null or expires_at > created_at`. */
  readonly rule: string
}

/** That values are of their types, where a store computes them or makes them itself. */
export const typeConstraint = (entity: string, fields: readonly string[]): Constraint => ({
  problem: 'check',
  entity,
  name: 'type',
  fields,
  rule: fields.length === 0 ? 'a value that the database makes is of its type' : `${fields.join(', ')} is of its type`,
})

/** That a row which was given is stored: a trigger that returns null, or a rule of Postgres, leaves it out without an error. */
export const storedConstraint = (entity: string): Constraint => ({
  problem: 'check',
  entity,
  name: 'stored',
  fields: [],
  rule: 'no trigger or rule of the database leaves the row out',
})

/** The database, or the rule that stands in the statement itself, rejected what was written. The driver's error is the `cause`. */
export class ConstraintError extends Error {
  readonly [className]: string = 'ConstraintError'
  override readonly name = 'ConstraintError'
  readonly problem: ConstraintProblem
  readonly entity: string
  readonly constraint: string
  readonly fields: readonly string[]
  readonly rule: string

  constructor({ problem, entity, name, fields, rule }: Constraint, cause: unknown = undefined) {
    super(`${entity}: ${rule} (${name})`, cause === undefined ? {} : { cause })
    this.problem = problem
    this.entity = entity
    this.constraint = name
    this.fields = fields
    this.rule = rule
  }

  /** Whether `error` is a ConstraintError, also of another copy of this package. */
  static is(error: unknown): error is ConstraintError {
    return isNamed(error, 'ConstraintError')
  }
}

/** A cursor that was not returned by a call with the same `where` and `order`. */
export class CursorError extends Error {
  readonly [className]: string = 'CursorError'
  override readonly name = 'CursorError'

  /** Whether `error` is a CursorError, also of another copy of this package. */
  static is(error: unknown): error is CursorError {
    return isNamed(error, 'CursorError')
  }
}

/**
 * The connection was lost after `COMMIT` was sent and before its answer came: the transaction is either committed or
 * rolled back, and nobody can tell which. It is not tried again. The driver's error is the `cause`.
 */
export class UnknownOutcomeError extends Error {
  readonly [className]: string = 'UnknownOutcomeError'
  override readonly name = 'UnknownOutcomeError'

  constructor(cause: unknown) {
    super('the connection was lost during COMMIT: the transaction may be committed or rolled back', { cause })
  }

  /** Whether `error` is an UnknownOutcomeError, also of another copy of this package. */
  static is(error: unknown): error is UnknownOutcomeError {
    return isNamed(error, 'UnknownOutcomeError')
  }
}

/** A call that cannot do what it is asked, whatever the database holds: a transaction that is over, a storage in its own callback. */
export class UsageError extends Error {
  readonly [className]: string = 'UsageError'
  override readonly name = 'UsageError'

  /** Whether `error` is a UsageError, also of another copy of this package. */
  static is(error: unknown): error is UsageError {
    return isNamed(error, 'UsageError')
  }
}

/** What a `ZodError` of a function has beside its issues: the function that refused its input, and its entity. */
export interface RefusedInput {
  readonly entity: string
  readonly function: string
}
