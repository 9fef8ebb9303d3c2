import { compareDecimals, type Decimal, decimalText } from '../../kernel/decimal.js'
import { compareText } from '../../kernel/order.js'
import type { JsonValue } from '../../model/origin.js'
import { parseInstant } from './scalar-text.js'

/**
 * A value while an expression is evaluated: null is SQL's null and its unknown; `undefined` is a value that is not known
 * yet (one that an insert gives, or the store makes), about which nothing is concluded. A number is a float; what is
 * exact is a decimal.
 */
export type Value =
  | undefined
  | null
  | boolean
  | string
  | number
  | Decimal
  | { readonly instant: number }
  | { readonly opaque: JsonValue }

/** SQL's three truths, and `undefined` for not known yet. */
export type Truth = boolean | null | undefined

export const isDecimal = (value: Value): value is Decimal =>
  typeof value === 'object' && value !== null && 'units' in value

export const isNumber = (value: Value): value is number | Decimal => typeof value === 'number' || isDecimal(value)

export const floatOf = (value: number | Decimal): number =>
  typeof value === 'number' ? value : Number(decimalText(value))

export const isInstant = (value: Value): value is { readonly instant: number } =>
  typeof value === 'object' && value !== null && 'instant' in value

export const truthOf = (value: Value): Truth => (typeof value === 'boolean' || value == null ? value : undefined)

export const not = (truth: Truth): Truth => (typeof truth === 'boolean' ? !truth : truth)

/** One truth that decides alone (`false` for and, `true` for or), else what is not known yet, else unknown. */
const decide = (left: Truth, right: Truth, decisive: boolean): Truth => {
  if (left === decisive || right === decisive) return decisive
  if (left === undefined || right === undefined) return undefined
  return left === null || right === null ? null : !decisive
}

export const and = (left: Truth, right: Truth): Truth => decide(left, right, false)

export const or = (left: Truth, right: Truth): Truth => decide(left, right, true)

const instantOf = (value: Value): number | null =>
  isInstant(value) ? value.instant : typeof value === 'string' ? parseInstant(value) : null

/** Below zero, zero or above zero; null when a side is unknown, `undefined` when nothing can be said. */
export const compareValues = (left: Value, right: Value): number | null | undefined => {
  if (left === null || right === null) return null
  if (left === undefined || right === undefined) return undefined
  if (isDecimal(left) && isDecimal(right)) return compareDecimals(left, right)
  if (isNumber(left) && isNumber(right)) return floatOf(left) - floatOf(right)
  if (typeof left === 'boolean' && typeof right === 'boolean') return Number(left) - Number(right)
  if (typeof left === 'string' && typeof right === 'string') return compareText(left, right)
  const [a, b] = [instantOf(left), instantOf(right)]
  return a === null || b === null ? undefined : a - b
}
