import { evalExpr } from 'mingo/core'
import * as expressionOperators from 'mingo/operators/expression'
import { compareDecimals, type Decimal, decimalText, parseDecimal } from '../../kernel/decimal.js'

/** An operator of the aggregation language as mingo calls it. */
export type Operator = (...given: Parameters<typeof expressionOperators.$subtract>) => unknown

/** A number of 128 bits, which mingo has not. Marked, so that it is taken for no other object. */
class Decimal128 {
  readonly value: Decimal

  constructor(value: Decimal) {
    this.value = value
  }
}

/** Whole numbers and doubles beside a decimal become decimals. */
const decimalOf = (value: unknown): Decimal | null => {
  if (value instanceof Decimal128) return value.value
  return typeof value === 'number' || typeof value === 'bigint' ? parseDecimal(String(value)) : null
}

const operandsOf = (...[document, expression, options]: Parameters<Operator>): readonly unknown[] =>
  [expression].flat().map((one) => evalExpr(document, one as Parameters<typeof evalExpr>[1], options))

/** What is computed where an operand is a decimal: exactly, as far as 34 digits go. */
export const ofDecimals =
  (otherwise: Operator, exactly: (left: Decimal, right: Decimal) => Decimal): Operator =>
  (...given) => {
    const values = operandsOf(...given)
    if (!values.some((value) => value instanceof Decimal128)) return otherwise(...given)
    const decimals = values.map(decimalOf).filter((decimal) => decimal !== null)
    return decimals.length < values.length ? null : new Decimal128(decimals.reduce(exactly))
  }

const compared =
  (otherwise: Operator, holds: (order: number) => boolean): Operator =>
  (...given) => {
    const [left, right] = operandsOf(...given)
    if (!(left instanceof Decimal128) && !(right instanceof Decimal128)) return otherwise(...given)
    const [a, b] = [decimalOf(left), decimalOf(right)]
    // Null comes before every number in the order of BSON.
    const order = a === null || b === null ? Number(a !== null) - Number(b !== null) : compareDecimals(a, b)
    return holds(order)
  }

/** The comparisons of the aggregation language, which know decimals. */
export const comparisons: readonly (readonly [string, Operator])[] = [
  ['$eq', compared(expressionOperators.$eq, (order) => order === 0)],
  ['$ne', compared(expressionOperators.$ne, (order) => order !== 0)],
  ['$lt', compared(expressionOperators.$lt, (order) => order < 0)],
  ['$lte', compared(expressionOperators.$lte, (order) => order <= 0)],
  ['$gt', compared(expressionOperators.$gt, (order) => order > 0)],
  ['$gte', compared(expressionOperators.$gte, (order) => order >= 0)],
]

/** @throws where a text spells no number, as a server does */
export const toDecimal: Operator = (...given) => {
  const [value] = operandsOf(...given)
  if (value === null || value === undefined) return null
  const decimal = value instanceof Decimal128 ? value.value : parseDecimal(String(value))
  if (decimal === null) throw new RangeError(`no decimal: ${String(value)}`)
  return new Decimal128(decimal)
}

/** @throws where a text spells no number, as a server does */
export const toDouble: Operator = (...given) => {
  const [value] = operandsOf(...given)
  if (value === null || value === undefined) return null
  const double = Number(value instanceof Decimal128 ? decimalText(value.value) : value)
  if (Number.isNaN(double)) throw new RangeError(`no double: ${String(value)}`)
  return double
}
