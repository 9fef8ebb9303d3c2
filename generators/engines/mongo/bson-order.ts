import { isDeepStrictEqual } from 'node:util'
import { mongo } from 'mongoose'
import { compareDecimals, type Decimal, parseDecimal } from '../../kernel/decimal.js'

/** A number of 128 bits that an expression computed. A class of its own, so that it is taken for no other object. */
export class ExactDecimal {
  readonly value: Decimal

  constructor(value: Decimal) {
    this.value = value
  }
}

/** The type of a value by the name that MongoDB has for it. */
export const bsonTypeOf = (value: unknown): string => {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (value instanceof Date) return 'date'
  if (value instanceof Uint8Array || value instanceof mongo.Binary) return 'binData'
  if (value instanceof mongo.ObjectId) return 'objectId'
  if (value instanceof mongo.Decimal128 || value instanceof ExactDecimal) return 'decimal'
  if (typeof value === 'bigint') return 'long'
  if (typeof value === 'number') return Number.isInteger(value) && Math.abs(value) < 2 ** 31 ? 'int' : 'double'
  return typeof value === 'boolean' ? 'bool' : typeof value
}

type BsonNumber = number | bigint | mongo.Decimal128 | ExactDecimal

const isNumber = (value: unknown): value is BsonNumber =>
  typeof value === 'number' ||
  typeof value === 'bigint' ||
  value instanceof mongo.Decimal128 ||
  value instanceof ExactDecimal

/** Every digit of a number; null where it has none (NaN, infinities). */
const exactly = (value: BsonNumber): Decimal | null => {
  if (value instanceof ExactDecimal) return value.value
  return typeof value === 'number' && !Number.isFinite(value) ? null : parseDecimal(plainDigits(String(value)))
}

/** `1e-7` as `0.0000001`. */
const plainDigits = (text: string): string => {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/i.exec(text) ?? []
  if (whole === '') return text
  const digits = whole + fraction
  const point = whole.length + Number(exponent)
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`
  return point >= digits.length
    ? `${sign}${digits.padEnd(point, '0')}`
    : `${sign}${digits.slice(0, point)}.${digits.slice(point)}`
}

const compareNumbers = (left: BsonNumber, right: BsonNumber): number => {
  const [a, b] = [exactly(left), exactly(right)]
  return a === null || b === null ? Number(left) - Number(right) : compareDecimals(a, b)
}

/** Texts are compared byte by byte, which is the order of code points. */
const compareTexts = (left: string, right: string): number => Buffer.compare(Buffer.from(left), Buffer.from(right))

/** The order of two values of one class (numbers of every width are one); null where no query compares them. */
export const bsonOrder = (left: unknown, right: unknown): number | null => {
  if (isNumber(left) && isNumber(right)) return compareNumbers(left, right)
  if (typeof left === 'string' && typeof right === 'string') return compareTexts(left, right)
  if (typeof left === 'boolean' && typeof right === 'boolean') return Number(left) - Number(right)
  if (left instanceof Date && right instanceof Date) return left.getTime() - right.getTime()
  if (left instanceof mongo.ObjectId && right instanceof mongo.ObjectId) {
    return compareTexts(left.toHexString(), right.toHexString())
  }
  return null
}

/** Whether a query takes two values for the same. */
export const isSameBson = (left: unknown, right: unknown): boolean =>
  bsonOrder(left, right) === 0 || isDeepStrictEqual(left, right)

/** The classes of values in the order of BSON (MongoDB manual, "Comparison/Sort Order"). */
const classes: readonly (readonly string[])[] = [
  ['null', 'undefined'],
  ['int', 'long', 'double', 'decimal'],
  ['string'],
  ['object'],
  ['array'],
  ['binData'],
  ['objectId'],
  ['bool'],
  ['date'],
]

const classOf = (value: unknown): number => {
  const type = bsonTypeOf(value)
  return classes.findIndex((types) => types.includes(type))
}

/** The order of any two values as expressions compare them: by their classes first. Objects and lists are equal or not. */
export const expressionOrder = (left: unknown, right: unknown): number => {
  const order = classOf(left) - classOf(right)
  return order === 0 ? (bsonOrder(left, right) ?? Number(!isDeepStrictEqual(left ?? null, right ?? null))) : order
}
