import type { Sql } from '../kernel/safe/sql.js'
import type { IndexOrder } from '../model/entity.js'
import type { Expression } from '../model/expression.js'
import type { Origin } from '../model/origin.js'
import type { IndexMethod, PartitionPeriod, ReferenceAction } from '../model/words.js'
import type { RetentionFunctions } from './retention/functions.js'

/** A schema set as Postgres holds it. Everything has its final name; lists are in the order a script creates them in. */
export interface RelationalSchema {
  /** The Postgres schema everything is in. */
  readonly schema: string
  readonly version: number
  readonly extensions: readonly Extension[]
  readonly enums: readonly EnumType[]
  readonly functions: readonly SchemaFunction[]
  /** A table stands after those it references, but for references that close a circle. */
  readonly tables: readonly Table[]
  /** The names of what retention.sql has; null where there is nothing. */
  readonly retention: RetentionFunctions | null
}

export interface Extension {
  readonly name: 'vector' | 'pg_trgm' | 'btree_gin' | 'btree_gist' | 'pgcrypto'
}

export interface EnumType {
  readonly name: string
  /** The definition it came from. */
  readonly definition: string
  readonly values: readonly string[]
  readonly comment: string | null
}

export interface Table {
  readonly name: string
  /**
   * What the rows are: of an entity, those its retention moved away, counts of those it deleted, or the last numbers given
   * per parent for a field.
   */
  readonly role: 'entity' | 'archive' | 'summary' | 'counter'
  /** The entity it came from, by name. */
  readonly entity: string
  readonly comment: string | null
  readonly columns: readonly Column[]
  readonly constraints: readonly Constraint[]
  readonly indexes: readonly TableIndex[]
  readonly triggers: readonly Trigger[]
  readonly partition: Partitioning | null
  readonly unlogged: boolean
  readonly singleton: boolean
  readonly appendOnly: boolean
  /** How many references deep it stands: 0 references nothing. */
  readonly depth: number
  readonly origin: Origin
}

export interface Column {
  readonly name: string
  /** The field it holds, or null for a column of the table's own (a singleton's key, a counter). */
  readonly field: string | null
  readonly type: ColumnType
  readonly notNull: boolean
  readonly collation: string | null
  readonly default: Sql | null
  /** The store makes the value: `identity` refuses one that is given, `serial` does not. */
  readonly made: 'identity' | 'serial' | null
  /** `GENERATED ALWAYS AS (…) STORED` */
  readonly generated: Sql | null
  readonly comment: string | null
}

/** How values are held. `text` is the type as SQL, with its modifier and schema where it needs them. */
export interface ColumnType {
  readonly text: Sql
  /** As `pg_type.typname` calls it, without modifier or `[]`. */
  readonly name: string
  readonly array: boolean
  /** How a value in JSON form becomes a parameter. */
  readonly encoding: Encoding
}

/**
 * `text`: the JSON form as it is; `json`: as JSON text; `bytes`: from base64; `epoch`: ISO 8601 as milliseconds;
 * `naive`: ISO 8601 without its zone; `interval`: a number of `unit`; `vector`: `[1,2]`.
 */
export type Encoding =
  | { readonly kind: 'text' | 'json' | 'bytes' | 'epoch' | 'naive' | 'vector' }
  | { readonly kind: 'interval'; readonly unit: string }

export type Constraint = PrimaryKey | UniqueConstraint | ForeignKey | CheckConstraint

export interface PrimaryKey {
  readonly kind: 'primary-key'
  readonly name: string
  readonly columns: readonly string[]
}

export interface UniqueConstraint {
  readonly kind: 'unique'
  readonly name: string
  readonly columns: readonly string[]
  readonly nullsNotDistinct: boolean
  readonly deferrable: boolean
}

export interface ForeignKey {
  readonly kind: 'foreign-key'
  readonly name: string
  readonly columns: readonly string[]
  readonly to: { readonly table: string; readonly columns: readonly string[] }
  readonly onDelete: ReferenceAction
  readonly onUpdate: ReferenceAction
  /** The columns that alone become null by `set null`; none where all do. */
  readonly setNull: readonly string[]
  /** It closes a circle of references: added when all tables are there. */
  readonly late: boolean
}

export interface CheckConstraint {
  readonly kind: 'check'
  readonly name: string
  /** `type`: what the column's type alone cannot hold; `predicate`: a check of the YAML; `raw`: SQL of the YAML. */
  readonly source: 'type' | 'predicate' | 'raw'
  /** The columns it reads, where that is known. */
  readonly columns: readonly string[]
  /** What all must not be false, joined by AND. */
  readonly conditions: readonly Sql[]
  /** What it came from, for those who read the meaning rather than the SQL. */
  readonly predicate: { readonly name: string; readonly text: string; readonly expression: Expression } | null
}

export interface TableIndex {
  readonly name: string
  readonly unique: boolean
  readonly method: IndexMethod
  readonly parts: readonly TableIndexPart[]
  /** The fields it is about: what makes rows alike where it is unique. */
  readonly fields: readonly string[]
  readonly include: readonly string[]
  readonly nullsNotDistinct: boolean
  readonly where: Sql | null
  readonly note: string | null
}

export interface TableIndexPart extends IndexOrder {
  /** The column it is, or null for an expression. */
  readonly column: string | null
  /** The column's name, or the expression in parentheses. */
  readonly text: Sql
  readonly operatorClass: string | null
}

export type Trigger =
  | { readonly kind: 'set-updated'; readonly name: string; readonly function: string }
  | {
      readonly kind: 'refuse-change'
      readonly name: string
      readonly function: string
      readonly columns: readonly { readonly name: string; readonly comparable: boolean }[]
    }
  | { readonly kind: 'append-only'; readonly name: string; readonly function: string; readonly on: 'row' | 'truncate' }
  | { readonly kind: 'next-number'; readonly name: string; readonly function: string; readonly column: string }

export interface Partitioning {
  readonly by: PartitionPeriod
  readonly column: string
  readonly form: InstantForm
  readonly ahead: number
  /** The partition of rows that no other takes. */
  readonly default: string
  /** The function that makes the partitions of the next periods. */
  readonly function: string
  /** What a partition's name starts with; the period follows (`messages_y2024m01`). */
  readonly prefix: string
}

/** How an instant is held: with zone, naive in UTC, as milliseconds since 1970, or as a day. */
export type InstantForm = 'zoned' | 'naive' | 'milliseconds' | 'date'

export type SchemaFunction =
  | CheckFunction
  | { readonly kind: 'set-updated'; readonly name: string; readonly column: string; readonly form: InstantForm }
  | { readonly kind: 'refuse-change'; readonly name: string }
  | { readonly kind: 'refuse-append-only'; readonly name: string }
  | NextNumberFunction
  | MakePartitionsFunction

/** Says whether a value has a structure: immutable, never null for a value, null for null. */
export interface CheckFunction {
  readonly kind: 'check'
  readonly name: string
  /** Whose it is: an object's, a table's, or shared by all. */
  readonly owner:
    | { readonly kind: 'object'; readonly name: string }
    | { readonly kind: 'table'; readonly name: string }
    | { readonly kind: 'shared' }
  readonly parameters: readonly { readonly name: string; readonly type: Sql }[]
  readonly body: Sql
  readonly comment: string
  /** How many of its own kind deep it calls: 0 calls none. */
  readonly depth: number
}

export interface NextNumberFunction {
  readonly kind: 'next-number'
  readonly name: string
  readonly table: string
  readonly column: string
  readonly per: readonly string[]
  readonly counter: string
}

export interface MakePartitionsFunction {
  readonly kind: 'make-partitions'
  readonly name: string
  readonly table: string
  readonly partitioning: Partitioning
  /** The columns that rows are moved by: all but the generated ones. */
  readonly columns: readonly string[]
  readonly appendOnly: boolean
  /** What other tables hold onto its rows by: put aside while rows move, lest a move be taken for a deletion. */
  readonly incoming: readonly { readonly table: string; readonly key: ForeignKey }[]
}
