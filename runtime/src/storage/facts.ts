import type { z } from 'zod'
import type { Counters } from '../changes/increments.js'
import type { ConditionFields } from '../conditions/fields.js'
import type { Readable } from '../rows/decoding.js'

/** A key or unique that tells a row. */
export interface Unique {
  /** By their names in code. */
  readonly fields: readonly string[]
  /** Whether two rows may not both have null there (`nulls not distinct`); elsewhere null tells no row. */
  readonly isNullEqual: boolean
}

/** What the calls of a storage know of an entity, whatever the store. */
export interface EntityFacts extends Readable<unknown> {
  /** The fields that `where` and `order` may name. */
  readonly asked: ConditionFields
  /** What tells rows apart: of a singleton without fields; null where nothing does. */
  readonly primary: Unique | null
  /** The key first, where there is one, then the other uniques. */
  readonly uniques: readonly Unique[]
  /** Holds a new row: what may be left out is filled in, but for what the database makes. */
  readonly newRow: z.ZodType
  /** Holds a patch. */
  readonly patch: z.ZodType
  /** What an upsert does not change where the row is there: the key, what is immutable, the time of creation. */
  readonly fixed: readonly string[]
  readonly counters: Counters
}
