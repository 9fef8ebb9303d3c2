import { mongo } from 'mongoose'
import { z } from 'zod'
import type { Asks } from '../conditions/fields.js'
import { spellDecimal } from '../functions.js'
import { day, idOf, isObjectId, isSnowflake, isUuid, text as storableText, timeOfDay } from '../zod/scalars.js'

/** What may be added to values of a kind. */
export interface PathSum {
  readonly amount: z.ZodType<number | bigint | string>
  /** The sum of a stored value and an amount, in the form that codecs encode. */
  readonly add: (stored: unknown, amount: number | bigint | string) => unknown
  /** Whether the server can add: it cannot to what is stored as text. */
  readonly isOfServer: boolean
}

/** How the values of a sort of path are told in a filter, and what may be asked of them. */
export interface PathKind {
  /** A value that is not null as documents have it; of a number, also its text. */
  readonly encode: (value: unknown) => unknown
  readonly asks: Asks
  /** Holds a value in a condition: its carrier, without the limits of the field. */
  readonly carrier: z.ZodType
  /** Whether it is text, which is ordered by code point and may be searched. */
  readonly isText: boolean
  /** Whether it is digits without a leading zero, which are ordered as numbers. */
  readonly isDigits: boolean
  readonly sum: PathSum | null
  /** Of a list: what its items are; null of any other. */
  readonly item: PathKind | null
}

const asIs = (value: unknown): unknown => value

const base = { encode: asIs, asks: 'order', isText: false, isDigits: false, sum: null, item: null } as const

const isDecimal = (value: string): boolean => /^-?\d+(?:\.\d+)?$/.test(value)

const wholeOf = (value: unknown): bigint => BigInt(String(value))

const wholeSum: PathSum = {
  amount: z.int(),
  add: (stored, amount) => Number(wholeOf(stored) + wholeOf(amount)),
  isOfServer: true,
}

/** Discord's ids: digits, ordered as numbers. */
export const id: PathKind = {
  ...base,
  isDigits: true,
  carrier: idOf(isSnowflake, 'not an id of 1 to 19 digits'),
}

/** Keys that Mongo makes. */
export const objectId: PathKind = {
  ...base,
  asks: 'equality',
  encode: (value) => new mongo.ObjectId(z.string().parse(value)),
  carrier: idOf(isObjectId, 'not 24 hexadecimal digits in lower case'),
}

/** Text: case counts, and order is by code point. */
export const text: PathKind = { ...base, carrier: storableText, isText: true }

export const integer: PathKind = {
  ...base,
  encode: Number,
  carrier: z.int().min(-2_147_483_648).max(2_147_483_647),
  sum: wholeSum,
}

export const smallint: PathKind = { ...integer, carrier: z.int().min(-32_768).max(32_767) }

/** A whole number of 64 bits that code has as a number. */
export const long: PathKind = { ...integer, carrier: z.int() }

const wholeNumber = z
  .bigint()
  .min(-(2n ** 63n))
  .max(2n ** 63n - 1n)

export const bigint: PathKind = {
  ...base,
  encode: (value) => mongo.Long.fromBigInt(wholeOf(value)),
  carrier: wholeNumber,
  sum: { amount: wholeNumber, add: (stored, amount) => wholeOf(stored) + wholeOf(amount), isOfServer: true },
}

export const double: PathKind = {
  ...base,
  encode: Number,
  carrier: z.number(),
  sum: { amount: z.number(), add: (stored, amount) => Number(String(stored)) + Number(amount), isOfServer: true },
}

export const real: PathKind = double

const unitsOf = (value: unknown, scale: number): bigint => BigInt(spellDecimal(String(value), scale).replace('.', ''))

const decimalOf = (units: bigint, scale: number): string => {
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0')
  const point = digits.length - scale
  return `${units < 0n ? '-' : ''}${digits.slice(0, point)}${scale === 0 ? '' : `.${digits.slice(point)}`}`
}

/** A decimal with so many digits after the point: an amount with more of them would be rounded. */
export const decimal = (scale: number): PathKind => ({
  ...base,
  encode: (value) => mongo.Decimal128.fromString(String(value)),
  carrier: z.string().refine(isDecimal, 'not a decimal in digits'),
  sum: {
    amount: z
      .string()
      .refine(
        (value) => isDecimal(value) && (value.split('.')[1] ?? '').length <= scale,
        `more than ${scale} digits after the point`,
      ),
    add: (stored, amount) => decimalOf(unitsOf(stored, scale) + unitsOf(amount, scale), scale),
    isOfServer: true,
  },
})

/** The same, stored as text. */
export const decimalText = (scale: number): PathKind => {
  const kind = decimal(scale)
  return {
    ...kind,
    encode: (value) => spellDecimal(String(value), scale),
    sum: kind.sum === null ? null : { ...kind.sum, isOfServer: false },
  }
}

export const boolean: PathKind = { ...base, carrier: z.boolean() }

export const date: PathKind = { ...base, carrier: z.date() }

/** An instant that is stored as milliseconds since 1970. */
export const epoch: PathKind = { ...base, encode: (value) => z.date().parse(value).getTime(), carrier: z.date() }

export const calendarDay: PathKind = { ...base, carrier: day }

export const time: PathKind = { ...base, carrier: timeOfDay }

export const uuid: PathKind = {
  ...base,
  asks: 'equality',
  carrier: idOf(isUuid, 'not a UUID in lower case'),
}

/** A word of an enum. */
export const word = (carrier: z.ZodType): PathKind => ({ ...base, asks: 'equality', carrier })

/** Objects, maps, unions, JSON, bytes and vectors: they are compared with null alone. */
export const structure: PathKind = { ...base, asks: 'null', carrier: z.never() }

/** A list of values of a kind. */
export const listOf = (item: PathKind): PathKind => ({
  ...item,
  asks: 'items',
  isText: false,
  isDigits: false,
  sum: null,
  item,
})
