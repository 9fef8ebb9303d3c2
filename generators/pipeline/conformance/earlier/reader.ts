import type { Entity } from '../../../model/entity.js'
import type { Field } from '../../../model/field.js'
import { type Members, memberOf, type Sample, unsaid } from '../rows/sample.js'
import type { EarlierRow } from './rows.js'

/** Who reads rows of before: the emitted functions of a store, and the emitted model. */
export type EarlierReaderId = 'Mongo functions' | 'Mongoose document' | 'Postgres functions'

export type ReadRow = Readonly<Record<string, unknown>>

/**
 * What became of a row: as it was read, or why not. `lost`: what an update of another field took away or changed beside
 * that; null where nothing, or where no update was made.
 */
export type Reading =
  | { readonly kind: 'read'; readonly row: ReadRow; readonly lost: string | null }
  | { readonly kind: 'refused'; readonly words: string; readonly isStoredValueError: boolean }

/** Null for a row in which it has no part. */
export interface EarlierReader {
  readonly id: EarlierReaderId
  readonly read: (entity: Entity, row: EarlierRow) => Promise<Reading | null>
}

export const refusal = (failure: unknown): Reading => ({
  kind: 'refused',
  words: failure instanceof Error ? `${failure.name}: ${failure.message}` : String(failure),
  isStoredValueError: failure instanceof Error && failure.name === 'StoredValueError',
})

const isRecord = (value: unknown): value is ReadRow =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

/** The first path of what was stored that is not there any more, or is something else; null where all is. */
export const lostPath = (
  before: unknown,
  after: unknown,
  isSame: (one: unknown, other: unknown) => boolean,
): string | null => {
  if (isRecord(before) && isRecord(after)) {
    for (const [key, value] of Object.entries(before)) {
      const inner = Object.hasOwn(after, key) ? lostPath(value, after[key], isSame) : ''
      if (inner !== null) return inner === '' ? key : `${key}.${inner}`
    }
    return null
  }
  return isSame(before, after) ? null : ''
}

/** What a function is given of a key: a value, or an object of several; null where code has no form for one. */
export const keyArguments = (
  fields: readonly Field[],
  row: Members,
  given: (value: Sample) => unknown,
): readonly unknown[] | null => {
  const values = fields.map(({ name, property }) => {
    const value = memberOf(row, name)
    return [property, value === undefined ? unsaid : given(value)] as const
  })
  if (values.some(([, value]) => value === unsaid)) return null
  return values.length > 1 ? [Object.fromEntries(values)] : values.map(([, value]) => value)
}
