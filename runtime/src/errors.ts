/** The name of an error's class, on the class and on each error: copies of this module know each other's errors by it. */
const className = Symbol.for('botschema.error')

/** Whether a value is an error of a class with this name, made by this copy of the module or by another. */
const isNamed = (error: unknown, name: string): boolean =>
  error instanceof Error && Reflect.get(error, className) === name

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
