import { enumOf } from '../model/lookup.js'
import { isScalar, type TextType, type Type } from '../model/type.js'
import { type Context, isArray } from './forms.js'

const { POSITIVE_INFINITY: unlimited } = Number

/** Bytes of UTF-8 that a character takes at most. */
const widestCharacter = 4

/** The length before a value of a length that varies (Postgres manual, "TOAST"). */
const header = 4

/** What an array of one dimension begins with (`ArrayType` and a pair of bounds). */
const arrayHeader = 24

/** Digits of a snowflake and of an objectid, a colour and its `#`: texts of a form of their own. */
const digits = { snowflake: 19, objectid: 24, color: 7 } as const

/** What numbers and times take in a column, uuids and intervals in one, and any of them as a text: none is wider. */
const small = { column: 8, pair: 16, text: 40 } as const

/** The digits of the widest floats, which jsonb writes without an exponent (`5e-324`). */
const floatText = 350

const alignment = 8

/** Values begin at whole words. */
export const aligned = (bytes: number): number => Math.ceil(bytes / alignment) * alignment

const textBytes = ({ maxLength, pattern }: TextType, most: number): number => {
  const { longest, each } = pattern?.bytes ?? { longest: null, each: widestCharacter }
  return Math.min(Math.min(maxLength ?? unlimited, most) * each, longest ?? unlimited)
}

const enumBytes = (context: Context, name: string): number =>
  Math.max(...enumOf(context.set, name).values.map(({ value }) => Buffer.byteLength(String(value))))

const limited = (own: number | null, most: number): number => Math.min(own ?? unlimited, most)

/** An array of a limited number of items. */
const arrayBytes = (context: Context, type: Type & { readonly kind: 'list' }, most: number): number =>
  type.maxItems === null || !isArray(type)
    ? unlimited
    : arrayHeader + type.maxItems * aligned(widthOf(context, type.of, most))

/**
 * The most bytes that a column needs for a value of a type, uncompressed, where its texts have at most `most` characters
 * and its bytes are at most so many; infinity where nothing limits them.
 */
export const widthOf = (context: Context, type: Type, most: number = unlimited): number => {
  switch (type.kind) {
    case 'text':
      return header + textBytes(type, most)
    case 'format':
      return header + (type.format === 'color' ? digits.color : limited(type.maxLength, most) * widestCharacter)
    case 'bytes':
      return header + limited(type.maxLength, most)
    case 'snowflake':
      return (type.as ?? context.options.snowflake) === 'text' ? header + digits.snowflake : small.column
    case 'objectid':
      return header + digits.objectid
    case 'uuid':
    case 'duration':
      return small.pair
    case 'enum':
      return header + enumBytes(context, type.enum)
    case 'decimal':
      // Four digits take two bytes, and the point may part a group on either side.
      return header + 4 + 2 * (Math.ceil(type.precision / 4) + 2)
    case 'vector':
      return arrayHeader + 4 * type.dimensions
    case 'list':
      return arrayBytes(context, type, most)
    default:
      return isScalar(type) ? small.column : unlimited
  }
}

/** The most bytes of a value inside jsonb that is read as text. */
export const widthAsText = (context: Context, type: Type, most: number = unlimited): number => {
  switch (type.kind) {
    case 'text':
    case 'format':
    case 'enum':
      return widthOf(context, type, most)
    case 'bytes':
      return header + 4 * Math.ceil(limited(type.maxLength, most) / 3)
    case 'float':
      return floatText
    case 'decimal':
      return header + type.precision + small.text
    default:
      return isScalar(type) ? small.text : unlimited
  }
}
