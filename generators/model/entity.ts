import type { Expression } from './expression.js'
import type { Field } from './field.js'
import type { JsonValue, Origin } from './origin.js'
import type { Retention } from './retention.js'
import type { Store } from './store.js'
import type { Type } from './type.js'
import type {
  Enforcer,
  IndexMethod,
  NullsPlace,
  NullsRule,
  PartitionPeriod,
  QueryResult,
  ReferenceAction,
  ValidationAction,
  ValidationLevel,
} from './words.js'

/** A table and a collection. */
export interface Entity {
  /** Singular, snake_case. */
  readonly name: string
  readonly summary: string | null
  readonly group: string | null
  readonly table: string
  readonly collection: string
  /** The name Mongoose knows the model by. */
  readonly model: string
  readonly docs: EntityDocs
  /** In the YAML's order, timestamps last. */
  readonly fields: readonly Field[]
  readonly key: Key
  readonly uniques: readonly Unique[]
  readonly references: readonly Reference[]
  readonly indexes: readonly Index[]
  readonly checks: readonly Check[]
  readonly appendOnly: boolean
  readonly retention: Retention | null
  readonly access: readonly Access[]
  readonly queries: readonly Query[]
  readonly lists: readonly NamedList[]
  readonly examples: readonly Row[]
  readonly seed: readonly Row[]
  readonly stores: readonly Store[]
  /** That of fields which say nothing else, and of the documents as wholes. */
  readonly enforce: Enforcer
  readonly was: string | null
  /** Names of fields that are gone for good: none of them was renamed. */
  readonly gone: readonly string[]
  readonly postgres: {
    readonly partition: Partition | null
    readonly checks: readonly RawCheck[]
    /** What the constraint of the key is called; null for the usual name. */
    readonly key: string | null
    /** The table is not written to the log: faster, empty after a crash, and on no replica. */
    readonly unlogged: boolean
  }
  readonly mongo: { readonly validationLevel: ValidationLevel; readonly validationAction: ValidationAction }
  readonly origin: Origin
}

/**
 * What the docs say of an entity beyond its summary, or null. Like all summaries and notes these are plain text, in which
 * only code spans and web addresses mean more, and blank lines part paragraphs.
 */
export interface EntityDocs {
  readonly title: string | null
  readonly represents: string | null
  readonly grows: { readonly when: string | null; readonly rate: string | null } | null
  readonly cleaned: string | null
  readonly why: string | null
  readonly notes: readonly string[]
  readonly notStored: readonly string[]
  readonly sources: readonly string[]
}

/** What tells rows apart. A `singleton` has at most one row; its key is the store's business and no field. */
export type Key =
  | { readonly kind: 'fields'; readonly fields: readonly string[]; readonly origin: Origin }
  | { readonly kind: 'singleton'; readonly origin: Origin }
  | { readonly kind: 'none'; readonly origin: Origin }

export interface Unique {
  readonly fields: readonly string[]
  readonly name: string | null
  /** Whether two nulls are different values. */
  readonly nulls: NullsRule
  readonly deferrable: boolean
  readonly where: Expression | null
  /** Why it is as it is although something speaks against it. */
  readonly note: string | null
  readonly origin: Origin
}

/** A link from fields of this entity to the key or a unique of another; single-field references stand here too. */
export interface Reference {
  readonly fields: readonly string[]
  readonly to: { readonly entity: string; readonly fields: readonly string[] }
  readonly onDelete: ReferenceAction
  readonly onUpdate: ReferenceAction
  /** The fields that become null when what they refer to goes: all or some of them by `set null`, else none. */
  readonly setNull: readonly string[]
  /** False: documented, with no constraint. */
  readonly enforced: boolean
  readonly name: string | null
  readonly origin: Origin
}

export interface Index {
  readonly parts: readonly IndexPart[]
  readonly name: string | null
  readonly unique: boolean
  readonly where: Expression | null
  readonly using: IndexMethod | null
  readonly include: readonly string[]
  /** Why it is there, or as it is, although something speaks against it. */
  readonly note: string | null
  readonly origin: Origin
}

/** How the entries of an index are ordered. */
export interface IndexOrder {
  readonly direction: 'asc' | 'desc'
  /** Where nulls stand; null: where the store puts them. */
  readonly nulls: NullsPlace | null
  /** What texts are ordered by, as Postgres calls it; null: what their column is ordered by. */
  readonly collation: string | null
}

export type IndexPart =
  | (IndexOrder & {
      readonly kind: 'field'
      /** More than one name goes into an object (`config.enabled`). */
      readonly path: readonly string[]
      readonly operatorClass: string | null
      readonly origin: Origin
    })
  | (IndexOrder & {
      readonly kind: 'expression'
      readonly expression: Expression
      readonly origin: Origin
    })

/** A field that rows are ordered by. */
export interface ListOrder {
  readonly field: string
  readonly direction: IndexOrder['direction']
  readonly origin: Origin
}

/** Rows of a condition in an order, which a bot reads a page at a time. */
export interface NamedList {
  readonly name: string
  readonly summary: string | null
  /** The fields that a caller gives values for: the rows have them. */
  readonly by: readonly string[]
  readonly where: Expression | null
  /** Null is the smallest value. The key follows what is said here. */
  readonly order: readonly ListOrder[]
  /** Whether it brings an index along where none serves it. */
  readonly index: boolean
  readonly origin: Origin
}

/** A condition every row meets; it passes when it is unknown. `text` is as written. */
export interface Check {
  readonly name: string
  readonly expression: Expression
  readonly text: string
  readonly origin: Origin
}

export interface RawCheck {
  readonly name: string
  readonly sql: string
  readonly origin: Origin
}

export interface Partition {
  readonly by: PartitionPeriod
  readonly on: string
  /** How many periods to make ahead of now. */
  readonly ahead: number
  readonly origin: Origin
}

/** What one actor may do: true is all fields, a list is those fields. */
export interface Access {
  readonly actor: string
  readonly create: boolean
  readonly read: boolean | readonly string[]
  readonly update: boolean | readonly string[]
  readonly delete: boolean
  readonly origin: Origin
}

/** A value that a query takes or gives, by name. */
export interface QueryValue {
  readonly name: string
  readonly type: Type
  readonly nullable: boolean
  /** The field it takes its type from, or null where the type was written. */
  readonly field: { readonly entity: string; readonly name: string } | null
  readonly origin: Origin
}

export interface QueryColumn extends QueryValue {
  /** The property in code: of a listed field its own, otherwise the name. */
  readonly property: string
}

/**
 * What a row of a query's result has. `row`: what a row of the entity has. `fields`: some fields of the entity, by the
 * names that each store has for them. `named`: values by names that are the same in each store.
 */
export type QueryColumns =
  | { readonly kind: 'row'; readonly origin: Origin }
  | { readonly kind: 'fields' | 'named'; readonly columns: readonly QueryColumn[]; readonly origin: Origin }

export interface Query {
  readonly name: string
  readonly summary: string | null
  readonly parameters: readonly QueryValue[]
  readonly returns: QueryResult
  /** Null: nothing is known of the rows, or there are none. */
  readonly columns: QueryColumns | null
  readonly postgres: { readonly text: string; readonly origin: Origin } | null
  readonly mongo: MongoCommand | null
  readonly origin: Origin
}

/** A command as data: `{ find: { user_id: ":user" } }`. */
export interface MongoCommand {
  readonly command: JsonValue
  /** Where its keys and values were written, by JSON pointer (RFC 6901). */
  readonly places: readonly { readonly of: 'key' | 'value'; readonly pointer: string; readonly origin: Origin }[]
  readonly origin: Origin
}

/** A row of `examples` or `seed`: only what was written, by the field's name. */
export interface Row {
  readonly values: readonly { readonly field: string; readonly value: JsonValue; readonly origin: Origin }[]
  readonly origin: Origin
}
