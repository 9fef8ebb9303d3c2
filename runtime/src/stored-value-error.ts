import { className, isNamed } from './error-class.js'
import type { Cursor } from './pages/cursor.js'

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
  readonly [className]: string = 'StoredValueError'
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

  /** Whether `error` is a StoredValueError, also of another copy of this package. */
  static is(error: unknown): error is StoredValueError {
    return isNamed(error, 'StoredValueError')
  }
}
