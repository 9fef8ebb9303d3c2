import { evalExpr } from 'mingo/core'
import type * as expressionOperators from 'mingo/operators/expression'
import { mongo } from 'mongoose'
import { type Decimal, decimalText, parseDecimal } from '../../kernel/decimal.js'
import { ExactDecimal, expressionOrder } from './bson-order.js'

/** An operator of the aggregation language as mingo calls it. */
export type Operator = (...given: Parameters<typeof expressionOperators.$subtract>) => unknown

/** Whole numbers and doubles beside a decimal become decimals. */
export const decimalOf = (value: unknown): Decimal | null => {
  if (value instanceof ExactDecimal) return value.value
  const isNumber = typeof value === 'number' || typeof value === 'bigint' || value instanceof mongo.Decimal128
  return isNumber ? parseDecimal(String(value)) : null
}

const isDecimal = (value: unknown): boolean => value instanceof ExactDecimal || value instanceof mongo.Decimal128

const operandsOf = (...[document, expression, options]: Parameters<Operator>): readonly unknown[] =>
  [expression].flat().map((one) => evalExpr(document, one as Parameters<typeof evalExpr>[1], options))

/** What is computed where an operand is a decimal: exactly, as far as 34 digits go. */
export const ofDecimals =
  (otherwise: Operator, exactly: (left: Decimal, right: Decimal) => Decimal): Operator =>
  (...given) => {
    const values = operandsOf(...given)
    if (!values.some(isDecimal)) return otherwise(...given)
    const decimals = values.map(decimalOf).filter((decimal) => decimal !== null)
    return decimals.length < values.length ? null : new ExactDecimal(decimals.reduce(exactly))
  }

const compared =
  (holds: (order: number) => boolean): Operator =>
  (...given) => {
    const [left, right] = operandsOf(...given)
    return holds(expressionOrder(left, right))
  }

/** The comparisons of the aggregation language, for values of every type of BSON. */
export const comparisons: readonly (readonly [string, Operator])[] = [
  ['$eq', compared((order) => order === 0)],
  ['$ne', compared((order) => order !== 0)],
  ['$lt', compared((order) => order < 0)],
  ['$lte', compared((order) => order <= 0)],
  ['$gt', compared((order) => order > 0)],
  ['$gte', compared((order) => order >= 0)],
]

/** @throws where a text spells no number, as a server does */
export const toDecimal: Operator = (...given) => {
  const [value] = operandsOf(...given)
  if (value === null || value === undefined) return null
  const decimal = value instanceof ExactDecimal ? value.value : parseDecimal(String(value))
  if (decimal === null) throw new RangeError(`no decimal: ${String(value)}`)
  return new ExactDecimal(decimal)
}

/** A whole number of 64 bits: of an id that is text, or of a Date. */
export const toLong: Operator = (...given) => {
  const [value] = operandsOf(...given)
  if (value === null || value === undefined) return null
  if (value instanceof Date) return value.getTime()
  const whole = BigInt(String(value))
  return Number.isSafeInteger(Number(whole)) ? Number(whole) : whole
}

export const toDate: Operator = (...given) => {
  const [value] = operandsOf(...given)
  return value === null || value === undefined ? null : new Date(Number(value))
}

/** @throws where a text spells no number, as a server does */
export const toDouble: Operator = (...given) => {
  const [value] = operandsOf(...given)
  if (value === null || value === undefined) return null
  const double = Number(value instanceof ExactDecimal ? decimalText(value.value) : value)
  if (Number.isNaN(double)) throw new RangeError(`no double: ${String(value)}`)
  return double
}
