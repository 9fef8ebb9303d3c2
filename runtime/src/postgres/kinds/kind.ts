import type { z } from 'zod'
import type { Asks } from '../../conditions/fields.js'
import type { Form } from '../wire.js'

/** How the values of a sort of column go to Postgres and come back, and what may be asked of them. */
export interface ColumnKind {
  /** What the text of a value is cast to. */
  readonly type: string
  /** The text of a value that is not null, as Postgres reads it. */
  readonly encode: (value: unknown) => string
  /** How a statement asks for a column, so that no setting of the session and no parser of the driver changes it. */
  readonly returned: (column: string) => string
  /** What has to be undone of what comes back, before the codec reads it; null where it is the text of the value. */
  readonly form: Form | null
  readonly asks: Asks
  /** Holds a value in a condition: its carrier, without the limits of the field. */
  readonly carrier: z.ZodType
  /** Whether it is text, which is ordered by code point and may be searched. */
  readonly isText: boolean
  /** The text of an ordered value, from which the cast makes the same value again; or the bytes of it, and `readPlace`. */
  readonly place: (column: string) => string
  readonly readPlace: ((sent: string) => string) | null
  /** The value a millisecond after another, where the column may hold what is finer; null where it does not. */
  readonly next: ((value: unknown) => unknown) | null
  /** What may be added to a value, and the type that holds every sum; null where values are no numbers. */
  readonly sum: { readonly amount: z.ZodType<number | bigint | string>; readonly type: string } | null
  /** Of a list: what its items are; null of any other. */
  readonly item: ColumnKind | null
  /** What values are ordered as, where that is not what they are; null elsewhere. */
  readonly ordering: { readonly sql: (column: string) => string; readonly kind: ColumnKind } | null
}
