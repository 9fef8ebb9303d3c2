import type { Store } from '../model/store.js'

export const storeNames: Readonly<Record<Store, string>> = { postgres: 'Postgres', mongo: 'Mongo' }

/** How one store holds the rows of an entity, as names and words of that store. */
export interface Holding {
  readonly store: Store
  /** The table's or the collection's name. */
  readonly name: string
  /** What the store has for a key that is no field: `singleton boolean`, `_id, an ObjectId`; null when a field is the key. */
  readonly key: string | null
  readonly fields: readonly HeldField[]
  readonly indexes: readonly HeldIndex[]
}

export interface HeldField {
  /** The field's name in the YAML. */
  readonly field: string
  /** The column's or the path's, when it is another. */
  readonly name: string | null
  readonly type: string
}

export interface HeldIndex {
  readonly name: string
  /** What it is over, in the store's own words. */
  readonly on: string
  /** `unique`, `partial`, `removes documents after 90 days`. */
  readonly kind: string
}
