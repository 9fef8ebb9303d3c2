import type { Entity } from '../../../model/entity.js'
import type { Field } from '../../../model/field.js'
import type { JudgeId } from '../judges/judge.js'
import type { Members, Sample } from '../rows/sample.js'
import type { Relation } from './meant.js'

/** What a store makes of some values of a field: the relation of each two, by their places, and what is read of each. */
export interface Compared {
  readonly relation: (one: number, other: number) => Relation
  /** Each value as it is read again, where the store's form is read by a codec or as text. */
  readonly readings: readonly string[]
}

/** A store that is asked about pairs of values; null where it has no part in the field, or refuses one of the values. */
export interface Comparer {
  readonly id: JudgeId
  /** @param base a valid row, which the values are put into where a store reads whole rows */
  readonly compare: (entity: Entity, field: Field, values: readonly Sample[], base: Members) => Promise<Compared | null>
}
