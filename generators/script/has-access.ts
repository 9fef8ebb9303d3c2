import type { SchemaSet } from '../model/schema-set.js'
import type { Store } from '../model/store.js'

/** Whether a set's functions that read and write rows of a store are emitted. */
export const hasAccess = (set: SchemaSet, store: Store): boolean =>
  set.stores.includes(store) && set.targets[store === 'postgres' ? 'postgres' : 'mongoose']?.access === true
