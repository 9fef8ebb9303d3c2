import type { Origin } from './origin.js'

/**
 * The closed union of types. What limits a value (bounds, lengths, patterns) is part of its type, so that it holds
 * wherever the type stands: in a column, in a list's items, in an object's field. A limit that is not set is null.
 */
export type Type =
  | SnowflakeType
  | IdentityType
  | UuidType
  | ObjectIdType
  | TextType
  | IntegerType
  | BigintType
  | FloatType
  | DecimalType
  | BooleanType
  | TimestampType
  | DateType
  | TimeType
  | DurationType
  | FormatType
  | JsonType
  | ObjectType
  | ListType
  | MapType
  | EnumType
  | BytesType
  | VectorType
  | UnionType

export type TypeKind = Type['kind']

/** What an id is an id of, in snake_case: an entity (`guild`), or the bare kind (`snowflake`, `uuid`, `objectid`). Branded strings take their name from it. */
export type Brand = string

/** The types of ids. `row`: the set knows the same thing by a snowflake as well, whose ids must not pass for those of its rows. */
export type IdType = SnowflakeType | IdentityType | UuidType | ObjectIdType

/** A Discord id: digits without a leading zero, 1 to 2^63-1. */
export interface SnowflakeType {
  readonly kind: 'snowflake'
  readonly brand: Brand
  /** How a relational store keeps it; null leaves it to the set's option. */
  readonly as: 'bigint' | 'text' | null
}

/** A number (or, in a document store, an ObjectId) that the store makes. As the type of a reference: the same, not made. */
export interface IdentityType {
  readonly kind: 'identity'
  readonly brand: Brand
  readonly row: boolean
  readonly as: 'identity' | 'serial' | 'bigserial' | 'int' | null
}

export interface UuidType {
  readonly kind: 'uuid'
  readonly brand: Brand
  readonly row: boolean
}

/** 24 hexadecimal digits, lower case. */
export interface ObjectIdType {
  readonly kind: 'objectid'
  readonly brand: Brand
  readonly row: boolean
}

/** Text; lengths in code points. `form` is how it was declared: `char` is of exactly `maxLength`. */
export interface TextType {
  readonly kind: 'text'
  readonly form: 'text' | 'string' | 'char'
  readonly minLength: number | null
  readonly maxLength: number | null
  readonly pattern: Pattern | null
  /**
   * `text`: a `string(n)` kept in an unlimited column with a check, so that trailing spaces are kept. `varchar`: a `text` in a
   * `varchar` without a length, which Postgres holds in the same way.
   */
  readonly as: 'text' | 'varchar' | null
}

/**
 * A regular expression of the subset that all engines read the same way, each in its own spelling: `source` is
 * JavaScript's with the `u` flag, `pcre` is what MongoDB reads (and JavaScript too).
 */
export interface Pattern {
  readonly source: string
  readonly postgres: string
  readonly pcre: string
  /** Bytes of UTF-8: of the longest text that matches, or null where none is; and of the widest character in one. */
  readonly bytes: { readonly longest: number | null; readonly each: number }
  readonly origin: Origin
}

/** A whole number that fits a JavaScript number. `long` is 64 bits wide and held to ±(2^53-1). Limits are inclusive. */
export interface IntegerType {
  readonly kind: 'integer'
  readonly width: 'smallint' | 'integer' | 'long'
  readonly min: number | null
  readonly max: number | null
}

/** 64 bits, signed; a `bitfield` of flags is the same with another meaning. Limits are inclusive. */
export interface BigintType {
  readonly kind: 'bigint'
  readonly form: 'bigint' | 'bitfield'
  readonly min: bigint | null
  readonly max: bigint | null
}

/** A finite number; `real` has single precision. Limits are inclusive. */
export interface FloatType {
  readonly kind: 'float'
  readonly width: 'real' | 'double'
  readonly min: number | null
  readonly max: number | null
}

/**
 * A decimal, which code has as text: `scale` digits after the point and at most `precision` in all. Limits are
 * inclusive. `inMongo`: documents hold it as a number of 128 bits, or as text.
 */
export interface DecimalType {
  readonly kind: 'decimal'
  readonly precision: number
  readonly scale: number
  readonly inMongo: 'decimal128' | 'text'
  readonly min: string | null
  readonly max: string | null
}

export interface BooleanType {
  readonly kind: 'boolean'
}

/** An instant in whole milliseconds, years 1 to 9999. `milliseconds`: kept as a number since the epoch. */
export interface TimestampType {
  readonly kind: 'timestamp'
  readonly form: 'instant' | 'milliseconds'
  /** Null leaves it to the set's option. */
  readonly zoned: boolean | null
  readonly precision: 3 | 6 | null
}

export interface DateType {
  readonly kind: 'date'
}

/** A time of day, `HH:MM:SS` with up to three digits of a second's fraction; no 24:00. */
export interface TimeType {
  readonly kind: 'time'
}

export type DurationUnit = 'ms' | 'seconds' | 'minutes' | 'hours' | 'days'

/** A whole number of a unit. Limits are inclusive. */
export interface DurationType {
  readonly kind: 'duration'
  readonly unit: DurationUnit
  readonly as: 'integer' | 'interval'
  readonly min: number | null
  readonly max: number | null
}

/** Text of a well-known form, with one pattern for all targets (`formats.ts`). */
export interface FormatType {
  readonly kind: 'format'
  readonly format: 'url' | 'email' | 'color'
  readonly minLength: number | null
  readonly maxLength: number | null
}

export interface JsonType {
  readonly kind: 'json'
  readonly as: 'jsonb' | 'json'
}

/** A value of a named structure. Inline structures have names too, made from where they stand (`guild.server` is `guild_server`). */
export interface ObjectType {
  readonly kind: 'object'
  readonly object: string
}

export interface ListType {
  readonly kind: 'list'
  readonly of: Type
  readonly minItems: number | null
  readonly maxItems: number | null
  readonly as: 'array' | 'jsonb' | null
}

export interface MapType {
  readonly kind: 'map'
  readonly of: Type
  readonly minItems: number | null
  readonly maxItems: number | null
}

/** A value of a named enum. Inline enums have names too (`warning.severity` is `warning_severity`). */
export interface EnumType {
  readonly kind: 'enum'
  readonly enum: string
}

/** Lengths in bytes. */
export interface BytesType {
  readonly kind: 'bytes'
  readonly minLength: number | null
  readonly maxLength: number | null
}

export interface VectorType {
  readonly kind: 'vector'
  readonly dimensions: number
  readonly as: 'vector' | 'real[]'
}

export interface UnionType {
  readonly kind: 'union'
  readonly of: readonly Type[]
}

/** The type and every type inside it, outermost first. Objects and enums are named, not entered. */
export const typesWithin = (type: Type): readonly Type[] => {
  switch (type.kind) {
    case 'list':
    case 'map':
      return [type, ...typesWithin(type.of)]
    case 'union':
      return [type, ...type.of.flatMap(typesWithin)]
    default:
      return [type]
  }
}

/** Whether a type is one of ids, which have a brand in code. */
export const isId = (type: Type): type is IdType =>
  type.kind === 'snowflake' || type.kind === 'identity' || type.kind === 'uuid' || type.kind === 'objectid'

/** Whether a value is one thing by itself, not a structure of others: what a list of may be an array of a store's own. */
export const isScalar = (type: Type): boolean => {
  switch (type.kind) {
    case 'object':
    case 'list':
    case 'map':
    case 'union':
    case 'json':
    case 'vector':
      return false
    default:
      return true
  }
}
