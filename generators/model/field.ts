import type { Expression } from './expression.js'
import type { JsonValue, Origin } from './origin.js'
import type { Store } from './store.js'
import type { Type } from './type.js'
import type { Enforcer } from './words.js'

/** A field of an entity or of an object. */
export interface Field {
  /** As the stores have it. */
  readonly name: string
  /** The property in code: `code:`, or the name itself. */
  readonly property: string
  readonly type: Type
  /** The value may be null (`?` on the type). */
  readonly nullable: boolean
  /** The key may be absent (`?` on the name); only in objects. */
  readonly optional: boolean
  readonly summary: string | null
  readonly notes: string | null
  readonly default: Default | null
  /** Computed by the store from other fields of the row. */
  readonly generated: Expression | null
  /** What fills it without the caller: `store` makes keys (identity, uuid, objectid); `created` and `updated` are the timestamps pair. */
  readonly maintained: 'store' | 'created' | 'updated' | null
  readonly immutable: boolean
  /** What refuses values that the type does not allow; inside of objects that of the whole field counts. */
  readonly enforce: Enforcer
  /** An open list of values, for docs and editors. */
  readonly suggest: readonly JsonValue[]
  /** Named ranges by their lower bounds, ascending. */
  readonly bands: readonly Band[]
  readonly encrypted: Encryption | null
  readonly personal: boolean
  /** Null: not deprecated; otherwise what to use instead, perhaps empty. */
  readonly deprecated: string | null
  readonly was: string | null
  /** Where the field is kept; never empty. */
  readonly stores: readonly Store[]
  readonly postgres: {
    readonly check: string | null
    readonly default: string | null
    readonly collation: string | null
  }
  readonly mongo: { readonly schema: { readonly [keyword: string]: JsonValue } | null; readonly origin: Origin | null }
  /** What values inside of the field refer to; a reference that is the whole value of an entity's field is the entity's. */
  readonly refersTo: readonly InnerReference[]
  readonly origin: Origin
}

/** A reference inside of an object, a list, a map or a union: documented, with no constraint. */
export interface InnerReference {
  readonly to: { readonly entity: string; readonly field: string }
  /** What holds it, outermost first; nothing where it is the whole value of an object's field. */
  readonly within: readonly ('list' | 'map' | 'union')[]
}

export interface Band {
  readonly from: number
  readonly name: string
}

export interface Encryption {
  readonly with: 'pgcrypto'
  /** The name of the environment variable or secret that holds the key; never the key. */
  readonly key: string
}

/**
 * What a field is when an insert leaves it out. An `object` is built from the defaults of its fields at the time of the
 * insert; when none of those depends on the insert, the whole is a `literal`.
 */
export type Default =
  | { readonly kind: 'literal'; readonly value: JsonValue; readonly origin: Origin }
  | { readonly kind: 'now'; readonly origin: Origin }
  /** A new id: what `_id` of an object is. */
  | { readonly kind: 'id'; readonly of: 'objectid' | 'uuid'; readonly origin: Origin }
  | { readonly kind: 'next'; readonly per: readonly string[]; readonly origin: Origin }
  | {
      readonly kind: 'object'
      readonly fields: readonly { readonly name: string; readonly default: Default }[]
      readonly origin: Origin
    }

/** What is said of a field when nothing is. */
export const undescribed = {
  summary: null,
  notes: null,
  default: null,
  generated: null,
  maintained: null,
  immutable: false,
  enforce: 'store',
  suggest: [],
  bands: [],
  encrypted: null,
  personal: false,
  deprecated: null,
  was: null,
  postgres: { check: null, default: null, collation: null },
  mongo: { schema: null, origin: null },
  refersTo: [],
} as const satisfies Partial<Field>

/** Whether an insert may leave the field out. */
export const mayBeLeftOut = (field: Field): boolean =>
  field.default !== null ||
  field.maintained !== null ||
  field.nullable ||
  field.optional ||
  field.postgres.default !== null

/** Whether a caller never gives the field: the store computes it. */
export const isComputed = (field: Field): boolean => field.generated !== null
