import type { SchemaSet } from './schema-set.js'
import { isScalar, type Type } from './type.js'

/**
 * What conditions may ask of a value, and orders make of it. `text`: all that `order` does, and what it begins with or
 * contains. `order`: whether it comes before or after a value. `equality`: whether it equals a value. `items`: whether the
 * list has an item. `null`: whether it is null.
 */
export type Asks = 'text' | 'order' | 'equality' | 'items' | 'null'

/**
 * What means one thing in every store of the set; `isInside` of an object. The keys that stores make have an order of their own in each; an enum
 * has none, and bytes are compared in no store.
 */
export const asksOf = (set: Pick<SchemaSet, 'stores'>, type: Type, isInside: boolean): Asks => {
  switch (type.kind) {
    case 'text':
    case 'format':
      return 'text'
    case 'snowflake':
    case 'integer':
    case 'bigint':
    case 'float':
    case 'decimal':
    case 'boolean':
    case 'timestamp':
    case 'date':
    case 'time':
    case 'duration':
      return 'order'
    case 'identity':
      return set.stores.includes('mongo') ? 'equality' : 'order'
    case 'uuid':
    case 'objectid':
    case 'enum':
      return 'equality'
    case 'list':
      return isScalar(type.of) && !isUnasked(type.of, isInside || type.as === 'jsonb') ? 'items' : 'null'
    case 'bytes':
    case 'json':
    case 'object':
    case 'map':
    case 'vector':
    case 'union':
      return 'null'
  }
}

/** Items that no condition compares: bytes, and in JSON a decimal, whose text has several spellings. */
const isUnasked = ({ kind }: Type, isJson: boolean): boolean => kind === 'bytes' || (isJson && kind === 'decimal')
