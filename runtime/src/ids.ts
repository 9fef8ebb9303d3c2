import type { Json } from './json.js'

declare const brand: unique symbol

/** A string that only its own kind of id accepts; to the program it is opaque. All sets have the same brand. */
export type Id<Of extends string> = string & { readonly [brand]: Of }

/** A string that is no id yet, as Discord sends it. An id of another kind is none. */
export type Outside = string & { readonly [brand]?: never }

/** Objects that are one value. */
type Whole = Date | Uint8Array

/**
 * A value as data access takes it: `Given<GuildId>` is a `GuildId` or a string that is no id yet, and so are the ids in
 * lists and objects. JSON, which has none, stays as it is: to walk through a recursive type has no end.
 */
export type Given<Value> = [Json] extends [Value]
  ? Value
  : Value extends Id<string>
    ? Value | Outside
    : Value extends object
      ? Value extends Whole
        ? Value
        : { [Key in keyof Value]: Given<Value[Key]> }
      : Value
