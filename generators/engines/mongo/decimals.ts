import { evalExpr } from 'mingo/core'
import type * as expressionOperators from 'mingo/operators/expression'
import { type Decimal, decimalText, parseDecimal } from '../../kernel/decimal.js'
import { ExactDecimal, expressionOrder } from './bson-order.js'

/** An operator of the aggregation language as mingo calls it. */
export type Operator = (...given: Parameters<typeof expressionOperators.$subtract>) => unknown

/** Whole numbers and doubles beside a decimal become decimals. */
const decimalOf = (value: unknown): Decimal | null => {
  if (value instanceof ExactDecimal) return value.value
  return typeof value === 'number' || typeof value === 'bigint' ? parseDecimal(String(value)) : null
}

const operandsOf = (...[document, expression, options]: Parameters<Operator>): readonly unknown[] =>
  [expression].flat().map((one) => evalExpr(document, one as Parameters<typeof evalExpr>[1], options))

/** What is computed where an operand is a decimal: exactly, as far as 34 digits go. */
export const ofDecimals =
  (otherwise: Operator, exactly: (left: Decimal, right: Decimal) => Decimal): Operator =>
  (...given) => {
    const values = operandsOf(...given)
    if (!values.some((value) => value instanceof ExactDecimal)) return otherwise(...given)
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

/** @throws where a text spells no number, as a server does */
export const toDouble: Operator = (...given) => {
  const [value] = operandsOf(...given)
  if (value === null || value === undefined) return null
  const double = Number(value instanceof ExactDecimal ? decimalText(value.value) : value)
  if (Number.isNaN(double)) throw new RangeError(`no double: ${String(value)}`)
  return double
}
