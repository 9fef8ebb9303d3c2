import type { z } from 'zod'

/**
 * What may be asked of a field. `order`: whether it equals a value, and comes before or after one. `equality`: whether it
 * equals a value. `items`: whether the list has an item. `null`: whether it is null. Null may be asked of all of them
 * that can be null.
 */
export type Asks = 'order' | 'equality' | 'items' | 'null'

/** A field as conditions know it: one of the row, or one inside of an object of the row. */
export interface ConditionField {
  readonly asks: Asks
  /** Holds one value, which is not null; of a list, one item. */
  readonly value: z.ZodType
  readonly isNullable: boolean
  /** Whether it is text that `startsWith` and `contains` may search. */
  readonly isText: boolean
}

/** The fields by their paths in code. */
export type ConditionFields = { readonly [path: string]: ConditionField }
