import { z } from 'zod'
import type { Outside } from '../../ids.js'
import { decimalText, instant } from '../scalars.js'

const isBsonNumber = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  '_bsontype' in value &&
  ['Long', 'Int32', 'Double'].includes(String(value._bsontype))

/** A number, which a driver may return as a bigint or as its own class of number. */
export const numberMongo = <Value extends number>(schema: z.ZodType<Value, Value>) =>
  z.codec(z.union([z.number(), z.bigint(), z.custom<object>(isBsonNumber)]), schema, {
    decode: (value) => Number(String(value)) as Value,
    encode: (value): number | bigint | object => value,
  })

/** A vector, whose numbers a driver may return as bigints or as its own class of number. */
export const vectorMongo = (schema: z.ZodType<number[], number[]>) =>
  z.codec(z.array(z.union([z.number(), z.bigint(), z.custom<object>(isBsonNumber)])), schema, {
    decode: (values) => values.map((value) => Number(String(value))),
    encode: (values): (number | bigint | object)[] => values,
  })

/** A whole number of 64 bits, which a driver returns as a bigint, its own class or, if small, a number. */
export const int64Mongo = (schema: z.ZodType<bigint, bigint>) =>
  z.codec(z.union([z.bigint(), z.number().refine(Number.isInteger), z.custom<object>(isBsonNumber)]), schema, {
    decode: (value) => BigInt(typeof value === 'number' ? value : String(value)),
    encode: (value): bigint | number | object => value,
  })

/** A number of 128 bits, as every version of the driver has it. */
export interface Decimal128Like {
  readonly _bsontype: 'Decimal128'
  toString(): string
}

/** The class of these numbers of the driver in use: `mongoose.Types.Decimal128`. */
export type Decimal128Class<Decimal extends Decimal128Like> = { fromString(text: string): Decimal }

const isDecimal = (value: unknown): boolean =>
  typeof value === 'string' ||
  (typeof value === 'object' && value !== null && '_bsontype' in value && value._bsontype === 'Decimal128')

/** A decimal, which a row has as text with so many digits after the point. Documents of before have text as well. */
export const decimalMongo = <Decimal extends Decimal128Like>(
  Decimal128: Decimal128Class<Decimal>,
  schema: z.ZodType<string, string>,
  digits: number,
): z.ZodType<string, Decimal | string> =>
  z.codec(z.custom<Decimal | string>(isDecimal, 'not a decimal'), schema, {
    decode: (value) => (typeof value === 'string' ? value : decimalText(value, digits)),
    encode: (text) => Decimal128.fromString(text),
  })

/** An instant that is stored as milliseconds since 1970. Documents of before have Dates. */
export const epochMongo = z.codec(
  z.union([z.number(), z.bigint(), z.date(), z.custom<object>(isBsonNumber)]),
  instant,
  {
    decode: (value) => (value instanceof Date ? value : new Date(Number(String(value)))),
    encode: (date): number | bigint | Date | object => date.getTime(),
  },
)

/** Bytes, which a driver returns in a class of its own. */
export const bytesMongo = (schema: z.ZodType<Uint8Array, Uint8Array>) =>
  z.codec(
    z.union([
      z.instanceof(Uint8Array),
      z.looseObject({ _bsontype: z.literal('Binary'), buffer: z.instanceof(Uint8Array), position: z.number() }),
    ]),
    schema,
    {
      decode: (value) => new Uint8Array(value instanceof Uint8Array ? value : value.buffer.subarray(0, value.position)),
      encode: (bytes): Uint8Array<ArrayBuffer> => new Uint8Array(bytes),
    },
  )

const withPlainNumbers = (value: unknown): unknown => {
  if (typeof value === 'bigint' || isBsonNumber(value)) return Number(String(value))
  if (Array.isArray(value)) return value.map(withPlainNumbers)
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withPlainNumbers(inner)]))
}

/** A value of JSON, whose numbers a driver may return in classes of its own. */
export const jsonMongo = <Value>(schema: z.ZodType<Value, Value>): z.ZodType<Value, unknown> =>
  z.codec(
    z.custom<unknown>((value) => value !== undefined),
    schema,
    {
      decode: (value) => withPlainNumbers(value) as Value,
      encode: (value): unknown => value,
    },
  )

/** An ObjectId, as every version of the driver has it. */
export interface ObjectIdLike {
  toHexString(): string
}

/** The class of ObjectIds of the driver in use: `mongoose.Types.ObjectId`. */
export type ObjectIdClass<Id extends ObjectIdLike> = new (hexadecimal: string) => Id

const isObjectIdLike = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'toHexString' in value && typeof value.toHexString === 'function'

/** An ObjectId, which a row has as its hexadecimal digits. */
export const objectIdMongo = <Id extends ObjectIdLike, Text extends string>(
  ObjectId: ObjectIdClass<Id>,
  schema: z.ZodType<Text, Text | Outside>,
): z.ZodType<Text, Id> =>
  z.codec(z.custom<Id>(isObjectIdLike, 'not an ObjectId'), schema, {
    decode: (id): Text | Outside => id.toHexString(),
    encode: (text, { issues }) => {
      if (/^[0-9a-f]{24}$/.test(text)) return new ObjectId(text)
      issues.push({ code: 'custom', message: 'not an id that Mongo made', input: text })
      return z.NEVER
    },
  })
