import { z } from 'zod'
import { compareDecimals, countCharacters, hasReservedKey, isReservedKey, spellDecimal } from '../functions.js'
import type { Outside } from '../ids.js'
import type { Json } from '../json.js'

/** Whether a string is text that every store can hold: no NUL, no half of a surrogate pair. */
const isText = (value: string): boolean => !/[\0\uD800-\uDFFF]/u.test(value)

/** Text that every store can hold. */
export const text = z.string().refine(isText, 'holds a character that no store takes')

/** Whether a text has at most `limit` characters. Only one with more UTF-16 units than that has to be counted. */
const isUpTo = (value: string, limit: number): boolean => value.length <= limit || countCharacters(value) <= limit

/** Text of at most `limit` characters. */
export const textUpTo = (limit: number) =>
  text.refine((value) => isUpTo(value, limit), `longer than ${limit} characters`)

/** Text within limits, inclusive, in characters. One that is too long is not matched with the pattern, which may take long. */
export const textOf = (limits: { atLeast?: number; atMost?: number; matching?: RegExp }, of = text) => {
  const { atLeast = 0, atMost = Infinity, matching } = limits
  const sized = of
    .refine((value) => countCharacters(value) >= atLeast, `shorter than ${atLeast} characters`)
    .refine((value) => isUpTo(value, atMost), { error: `longer than ${atMost} characters`, abort: true })
  return matching === undefined ? sized : sized.regex(matching, `does not match ${matching.source}`)
}

/** Text of exactly `length` characters, the last of them no space: a `char` column takes that for padding. */
export const textOfLength = (length: number) =>
  text
    .refine((value) => countCharacters(value) === length, { error: `not ${length} characters`, abort: true })
    .refine((value) => !value.endsWith(' '), 'ends in a space')

export const url = text.regex(/^https?:\/\/[^ \t\n\r\f\v]+$/u, 'not a URL')

export const email = text.regex(
  /^[^@ \t\n\r\f\v]+@[^@ \t\n\r\f\v][^.@ \t\n\r\f\v]*\.[^@ \t\n\r\f\v]+$/u,
  'not an email address',
)

export const color = text.regex(/^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$/u, 'not a colour')

/** -0 is 0: no store of integers has two zeros. */
const withoutNegativeZero = (value: number): number => value + 0

export const smallint = z.int().min(-32_768).max(32_767).overwrite(withoutNegativeZero)

export const integer = z.int().min(-2_147_483_648).max(2_147_483_647).overwrite(withoutNegativeZero)

/** A whole number that a JavaScript number holds exactly: within ±(2^53 - 1). */
export const long = z.int().overwrite(withoutNegativeZero)

/** A finite number. */
export const double = z.number().overwrite(withoutNegativeZero)

/** A finite number that single precision holds as it is. */
export const real = z
  .number()
  .refine((value) => Math.fround(value) === value, 'not a number of single precision')
  .overwrite(withoutNegativeZero)

/** A whole number of 64 bits. */
export const int64 = z
  .bigint()
  .min(-(2n ** 63n))
  .max(2n ** 63n - 1n)

/**
 * A decimal as text: at most `scale` digits after the point and `precision` in all; no leading zero, no -0. `1.5` becomes
 * `1.50`, so that one value has one spelling.
 */
export const decimalOf = (precision: number, scale: number) =>
  z
    .string()
    .refine(
      (value) => {
        const [, whole, fraction = ''] = /^-?(0|[1-9]\d*)(?:\.(\d+))?$/.exec(value) ?? []
        if (whole === undefined || /^-[0.]*$/.test(value)) return false
        return fraction.length <= scale && (whole === '0' || whole.length <= precision - scale)
      },
      { error: `not a decimal of ${precision} digits, ${scale} of them after the point`, abort: true },
    )
    .overwrite((value) => spellDecimal(value, scale))

/** A decimal in digits alone, with so many after the point, however a driver spells it. */
export const decimalText = (value: { toString(): string }, digits: number): string => spellDecimal(value, digits)

/** A decimal within limits, inclusive. */
export const decimalWithin = (precision: number, scale: number, limits: { atLeast?: string; atMost?: string }) => {
  const { atLeast, atMost } = limits
  return decimalOf(precision, scale)
    .refine((value) => atLeast === undefined || compareDecimals(value, atLeast) >= 0, `less than ${atLeast}`)
    .refine((value) => atMost === undefined || compareDecimals(value, atMost) <= 0, `more than ${atMost}`)
}

/** Whether a text is a day of the calendar, of the years 1 to 9999. */
const isDay = (value: string): boolean => {
  if (!/^\d{4}-\d\d-\d\d$/.test(value) || value.startsWith('0000')) return false
  const midnight = new Date(`${value}T00:00:00.000Z`)
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(value)
}

/** An instant of the years 1 to 9999; a Date holds whole milliseconds. */
export const instant = z.date().min(new Date('0001-01-01T00:00:00.000Z')).max(new Date('9999-12-31T23:59:59.999Z'))

export const day = z.string().refine(isDay, 'not a day (YYYY-MM-DD)')

/** A time of day, without zeros at the end of a fraction, so that one time has one spelling. */
export const timeOfDay = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,3})?$/, 'not a time of day (HH:MM:SS, up to 3 digits more)')
  .overwrite((time) => (time.includes('.') ? time.replace(/\.?0+$/, '') : time))

/** Bytes, as many as the limits allow, inclusive. */
export const bytesOf = (limits: { atLeast?: number; atMost?: number } = {}) => {
  const { atLeast = 0, atMost = Infinity } = limits
  return z
    .custom<Uint8Array>((value) => value instanceof Uint8Array, 'not a Uint8Array')
    .refine((bytes) => bytes.length >= atLeast, `fewer than ${atLeast} bytes`)
    .refine((bytes) => bytes.length <= atMost, `more than ${atMost} bytes`)
}

/** As many numbers as the vector has dimensions, each within single precision. */
export const vectorOf = (dimensions: number) =>
  z
    .array(z.number().min(-3.4028234663852886e38).max(3.4028234663852886e38).overwrite(withoutNegativeZero))
    .length(dimensions)

/** Whether a value is an object as JSON or a driver makes it, not one of a class. */
const isPlain = (value: unknown): value is Record<string, unknown> => {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

const isJsonValue = (value: unknown): boolean => {
  if (typeof value === 'string') return isText(value)
  if (typeof value === 'number') return Number.isFinite(value)
  if (value === null || typeof value === 'boolean') return true
  if (Array.isArray(value)) return Array.from(value).every(isJsonValue)
  return isPlain(value) && Object.entries(value).every(([key, inner]) => isText(key) && isJsonValue(inner))
}

/** Any value of JSON but null: finite numbers, and text that every store can hold. */
export const json = z.custom<Json>((value) => value !== null && isJsonValue(value), 'not a value of JSON')

/** Whether every object in a value of JSON comes back from MongoDB as it is. */
const isKept = (value: unknown): boolean => {
  if (typeof value !== 'object' || value === null) return true
  return (Array.isArray(value) || !hasReservedKey(value)) && Object.values(value).every(isKept)
}

/** Any value of JSON but null that MongoDB gives back: no key that its driver or Mongoose reads as its own (`_bsontype`). */
export const jsonInMongo = json.refine(isKept, 'has a key that MongoDB does not give back')

type Fields = z.core.$ZodLooseShape
type OutputOf<Of extends Fields> = z.core.$InferObjectOutput<Of, Record<never, never>>
type InputOf<Of extends Fields> = z.core.$InferObjectInput<Of, Record<never, never>>

/** The object itself where what it inherits hides behind none of the names, as is usual; a copy that inherits nothing else. */
const ownFields = <Value extends object>(value: Value, names: readonly string[]): Value =>
  Object.getPrototypeOf(value) === Object.prototype && !names.some((name) => name in Object.prototype)
    ? value
    : { __proto__: null, ...value }

/** A plain object of exactly these fields, its own ones; the rules are about several of them. */
export const plain = <Of extends Fields>(
  fields: Of,
  rules: readonly z.core.$ZodCheck<OutputOf<Of>>[] = [],
): z.ZodType<OutputOf<Of>, InputOf<Of>> => {
  const names = Object.keys(fields)
  return z
    .codec(z.custom<InputOf<Of>>(isPlain, 'not an object'), z.strictObject(fields), {
      decode: (value) => ownFields(value, names),
      encode: (value) => value,
    })
    .check(...rules)
}

type ChangeOf<Of extends Fields> = { -readonly [Key in keyof Of]?: z.output<Of[Key]> | undefined }
type GivenChange<Of extends Fields> = { -readonly [Key in keyof Of]?: z.input<Of[Key]> | undefined }

/** A plain object of some of these fields. */
export const change = <Of extends Fields>(
  fields: Of,
  rules: readonly z.core.$ZodCheck<ChangeOf<Of>>[] = [],
): z.ZodType<ChangeOf<Of>, GivenChange<Of>> => {
  const optional = Object.entries(fields).map(([name, schema]) => [name, z.optional(schema)])
  return plain(Object.fromEntries(optional), rules as readonly z.core.$ZodCheck<unknown>[]) as z.ZodType<
    ChangeOf<Of>,
    GivenChange<Of>
  >
}

/** The fields but some of them. */
export const without = <Of extends Fields, Name extends keyof Of>(
  fields: Of,
  ...names: readonly Name[]
): Omit<Of, Name> => {
  const kept = { ...fields }
  for (const name of names) delete kept[name]
  return kept
}

/** One of the values of an enum. */
export const oneOf = <Value extends string | number>(values: readonly Value[]): z.ZodType<Value, Value> =>
  z.literal(values)

const isKey = (key: string): boolean => isText(key) && !isReservedKey(key) && !/^\$|\./.test(key)

/** A record of values by key; no key that a store or JavaScript reads in its own way (`a.b`, `$set`, `__proto__`), or Mongoose drops. */
export const mapOf = <Value extends z.ZodType>(
  value: Value,
  { atLeast = 0, atMost = Infinity }: { atLeast?: number; atMost?: number } = {},
): z.ZodType<z.output<z.ZodRecord<z.ZodString, Value>>, z.input<z.ZodRecord<z.ZodString, Value>>> =>
  z.codec(
    z
      .custom<z.input<z.ZodRecord<z.ZodString, Value>>>(isPlain, 'not an object')
      .refine((record) => Object.keys(record).every(isKey), 'has a key that no store takes')
      .refine((record) => Object.keys(record).length >= atLeast, `fewer than ${atLeast} entries`)
      .refine((record) => Object.keys(record).length <= atMost, `more than ${atMost} entries`),
    z.record(z.string(), value),
    { decode: (record) => record, encode: (record) => record },
  )

/** What is wrong with an id that is no string: a number has lost the last digits of a long one already. */
const idMessage = (input: unknown, message: string): string => {
  if (input === undefined) return 'is missing'
  if (typeof input === 'bigint') return 'ids are strings: give String(id)'
  return typeof input === 'number'
    ? 'ids are strings: give the id as Discord sends it ("240100000000000101"), since a number loses its last digits'
    : message
}

/** An id of one brand, from a string that may have none yet. */
export const idOf = <Id extends string>(
  test: (value: unknown) => boolean,
  message: string,
): z.ZodType<Id, Id | Outside> =>
  z.string({ error: ({ input }) => idMessage(input, message) }).refine(test, message) as unknown as z.ZodType<
    Id,
    Id | Outside
  >

/** Whether a value is an id as Discord and Postgres make them: 1 to 2^63 - 1, in digits. */
export const isSnowflake = (value: unknown): boolean =>
  typeof value === 'string' && /^[1-9]\d{0,18}$/.test(value) && (value.length < 19 || value <= '9223372036854775807')

/** Whether a value is an id as Mongo makes them, in hexadecimal digits. */
export const isObjectId = (value: unknown): boolean => typeof value === 'string' && /^[0-9a-f]{24}$/.test(value)

/** A new id as Mongo makes them: the seconds since 1970, then random digits. */
export const makeObjectId = <Id extends string>(): Id => {
  const seconds = Math.floor(Date.now() / 1000).toString(16)
  return (seconds.padStart(8, '0') + crypto.randomUUID().replaceAll('-', '').slice(-16)) as Id
}

/** A new UUID. */
export const makeUuid = <Id extends string>(): Id => crypto.randomUUID() as string as Id

/** Whether a value is a UUID, in lower case as Postgres prints it. */
export const isUuid = (value: unknown): boolean =>
  typeof value === 'string' && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value)
