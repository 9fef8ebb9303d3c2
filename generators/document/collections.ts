import type { Field } from '../model/field.js'
import type { JsonValue, Origin } from '../model/origin.js'
import type { Type } from '../model/type.js'
import type { ValidationAction, ValidationLevel } from '../model/words.js'

/** BSON types by the aliases that `$type` and `bsonType` know (MongoDB manual, "BSON Types"). */
export type BsonType =
  | 'objectId'
  | 'string'
  | 'int'
  | 'long'
  | 'double'
  | 'decimal'
  | 'bool'
  | 'date'
  | 'binData'
  | 'array'
  | 'object'
  | 'null'

/**
 * A value as Extended JSON (relaxed): what JSON has no form for is marked (`{ $date: … }`, `{ $numberLong: … }`,
 * `{ $numberDecimal: … }`). Filters, `$expr` and `$jsonSchema` are such values.
 */
export type ExtendedJson = JsonValue

export type ExtendedJsonObject = { readonly [key: string]: ExtendedJson }

/** A model as Mongo keeps it. */
export interface DocumentSchema {
  /** In the order of the entities' names. */
  readonly collections: readonly Collection[]
  /** The collection that `next(…)` counts in, or null when nothing is numbered. */
  readonly counters: string | null
}

export interface Collection {
  /** The entity it holds. */
  readonly entity: string
  readonly name: string
  readonly summary: string | null
  readonly identifier: Identifier
  /** What documents hold beside an `_id` that is no field, in the YAML's order. */
  readonly paths: readonly DocumentPath[]
  /** The `validator` of `create` and `collMod`: `$jsonSchema`, and `$expr` where there are conditions across fields. */
  readonly validator: ExtendedJsonObject
  readonly validationLevel: ValidationLevel
  readonly validationAction: ValidationAction
  readonly indexes: readonly CollectionIndex[]
  readonly origin: Origin
}

/**
 * What `_id` holds: the entity's one key `field`; the word that a `singleton`'s only document is known by; or a
 * `hidden` ObjectId, when the key is of several fields or there is none.
 */
export type Identifier =
  | { readonly kind: 'field'; readonly field: string }
  | { readonly kind: 'singleton'; readonly value: 'singleton' }
  | { readonly kind: 'hidden' }

/** A field of a document. */
export interface DocumentPath {
  /** The name in the document: `_id` for a single key. */
  readonly name: string
  /** From the document's root, with dots: `server.xp.rate`, `punishments[].reason`, `counts{}` for a map's values. */
  readonly path: string
  readonly field: Field
  readonly type: Type
  readonly nullable: boolean
  /** Whether a stored document must have it: what may be null may also be missing. */
  readonly required: boolean
  readonly bsonTypes: readonly BsonType[]
  /** The fields of the object (or of the list's or map's objects) that stands here. */
  readonly within: readonly DocumentPath[]
}

export type IndexDirection = 1 | -1 | 'hashed'

/** An index as `createIndexes` takes it. */
export interface CollectionIndex {
  /** Paths in their order. */
  readonly key: readonly { readonly path: string; readonly direction: IndexDirection }[]
  readonly name: string
  /** Whether `name` was written, rather than made as Mongo makes it. */
  readonly named: boolean
  readonly unique: boolean
  readonly filter: ExtendedJsonObject | null
  /** Seconds after the date in the indexed field that Mongo removes the document; null: it does not expire. */
  readonly expireAfterSeconds: number | null
  readonly origin: Origin
}
