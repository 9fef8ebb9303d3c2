import { className, isNamed } from './error-class.js'

/**
 * `missing-key`: no key of that name was given, or not in the version that a value was encrypted with. `unreadable`: the
 * key is another than the one that encrypted the value, or what is stored was changed; nothing tells the two apart.
 * `no-row`: no row has the key asked for. `refused`: the database refused the statement.
 */
export type EncryptionProblem = 'missing-key' | 'unreadable' | 'no-row' | 'refused'

/**
 * What went wrong with an encrypted field, in either store. Drivers put the values of a statement into their errors, so
 * theirs is not passed on: this one holds neither a key nor a value.
 */
export class EncryptedFieldError extends Error {
  readonly [className]: string = 'EncryptedFieldError'
  override readonly name = 'EncryptedFieldError'
  readonly problem: EncryptionProblem
  /** The field, as `entity.field`; the entity alone where an insert was refused. */
  readonly field: string
  /** The database's SQLSTATE, where Postgres refused something. */
  readonly code: string | null

  constructor(problem: EncryptionProblem, field: string, message: string, code: string | null = null) {
    super(`${field}: ${message}`)
    this.problem = problem
    this.field = field
    this.code = code
  }

  /** Whether `error` is an EncryptedFieldError, also of another copy of this package. */
  static is(error: unknown): error is EncryptedFieldError {
    return isNamed(error, 'EncryptedFieldError')
  }
}
