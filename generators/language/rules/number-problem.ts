import { compareDecimals, type Decimal, digitsOf, parseDecimal } from '../../kernel/decimal.js'
import type { JsonValue } from '../../model/origin.js'
import type { BigintType, DecimalType, DurationType, FloatType, IntegerType } from '../../model/type.js'

export type NumberType = IntegerType | BigintType | FloatType | DecimalType | DurationType

type Bound = number | bigint | string

type Limits = readonly [Bound | null, Bound | null]

const widths = {
  smallint: [-32_768, 32_767],
  integer: [-2_147_483_648, 2_147_483_647],
  long: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
} as const

const boundOf = (bound: Bound): Decimal => parseDecimal(String(bound)) ?? { units: 0n, scale: 0 }

/** Limits are inclusive. */
const outside = (value: Decimal, shown: string, [low, high]: Limits): string | null => {
  if (low !== null && compareDecimals(value, boundOf(low)) < 0) return `${shown} is below ${low}`
  if (high !== null && compareDecimals(value, boundOf(high)) > 0) return `${shown} is above ${high}`
  return null
}

const formProblem = (type: NumberType, value: Decimal, shown: string): string | null => {
  const { before, after } = digitsOf(value)
  switch (type.kind) {
    case 'integer':
      return after > 0 ? `${shown} is no whole number` : outside(value, shown, widths[type.width])
    case 'duration':
      return after > 0 ? `${shown} is no whole number` : outside(value, shown, widths.long)
    case 'bigint':
      return outside(value, shown, [-(2n ** 63n), 2n ** 63n - 1n])
    case 'decimal':
      if (after > type.scale) return `${shown} has more than ${type.scale} digits after the point`
      return before > type.precision - type.scale ? `${shown} has more than ${type.precision} digits` : null
    case 'float':
      if (type.width === 'double' || Math.fround(Number(shown)) === Number(shown)) return null
      return `${shown} changes when it is rounded to single precision`
  }
}

/** Why a JSON form is no value of a number's type, or null: bigints and decimals are text of digits, the others numbers. */
export const numberProblem = (type: NumberType, json: JsonValue): string | null => {
  const isText = type.kind === 'bigint' || type.kind === 'decimal'
  const wanted = isText ? /^-?\d+(?:\.\d+)?$/ : /^/
  const spelled = typeof json === (isText ? 'string' : 'number') && wanted.test(String(json)) ? String(json) : null
  const value = spelled === null ? null : parseDecimal(spelled)
  if (spelled === null || value === null) return `${JSON.stringify(json)} is no number`
  if (type.kind === 'bigint' && spelled.includes('.')) return `${spelled} is no whole number`
  return formProblem(type, value, spelled) ?? outside(value, spelled, [type.min, type.max])
}
