import { bug } from '../../kernel/bug.js'
import { wholePattern } from './whole-pattern.js'

/** A bound or a value of a decimal type: its sign, its whole digits and its fraction, padded to the type's scale. */
interface Parts {
  readonly negative: boolean
  readonly whole: bigint
  readonly fraction: string
}

const partsOf = (text: string, scale: number): Parts => {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text)
  if (match === null) return bug(`${text} is no decimal`)
  const fraction = (match[3] ?? '').padEnd(scale, '0')
  return { negative: match[1] === '-', whole: BigInt(match[2] ?? '0'), fraction }
}

const inner = (pattern: string): string => pattern.slice(1, -1)

/**
 * Fractions of 1 to `digits.length` digits that are at most (`most`) or at least (`least`) the one of `digits`, digit
 * by digit; what is missing at the end is zero.
 */
const fractionBeside = (digits: string, side: 'most' | 'least'): string => {
  const [first = '0', rest] = [digits[0], digits.slice(1)]
  const free = rest === '' ? '' : `\\d{0,${rest.length}}`
  const digit = Number(first)
  const restIsZero = /^0*$/.test(rest)
  const equal = rest === '' || (side === 'least' && restIsZero) ? `${first}${free}` : tailBeside(first, rest, side)
  const other = side === 'most' ? [0, digit - 1] : [digit + 1, 9]
  const [from = 0, to = -1] = other
  return from > to ? equal : `(?:[${from}-${to}]${free}|${equal})`
}

const tailBeside = (first: string, rest: string, side: 'most' | 'least'): string =>
  side === 'most' ? `${first}(?:${fractionBeside(rest, side)})?` : `${first}${fractionBeside(rest, side)}`

const anyFraction = (scale: number): string => (scale === 0 ? '' : `(?:\\.\\d{1,${scale}})?`)

const isZero = (fraction: string): boolean => /^0*$/.test(fraction)

const atMost = (fraction: string): string => (fraction === '' ? '' : `(?:\\.${fractionBeside(fraction, 'most')})?`)

const atLeast = (fraction: string): string => {
  if (fraction === '') return ''
  return isZero(fraction) ? anyFraction(fraction.length) : `\\.${fractionBeside(fraction, 'least')}`
}

/** Decimals without a sign from `low` to `high`, whose whole parts differ; the same whole part is its own case. */
const magnitudes = (low: Parts, high: Parts, scale: number): readonly string[] => {
  if (low.whole > high.whole) return []
  if (low.whole === high.whole) {
    const least = atLeast(low.fraction)
    const most = atMost(high.fraction)
    return [`${low.whole}(?=${least}$)${most}`]
  }
  const middle = high.whole - low.whole > 1n ? [inner(wholePattern(low.whole + 1n, high.whole - 1n))] : []
  return [
    `${low.whole}${atLeast(low.fraction)}`,
    ...middle.map((pattern) => `${pattern}${anyFraction(scale)}`),
    `${high.whole}${atMost(high.fraction)}`,
  ]
}

const zero = (scale: number): Parts => ({ negative: false, whole: 0n, fraction: '0'.repeat(scale) })

/** The same bound one step away from zero's wrong side: what a range that begins above zero excludes. */
const signed = (parts: Parts): string => `${parts.negative ? '-' : ''}${parts.whole}.${parts.fraction}`

/**
 * The pattern of decimals with at most `scale` digits after the point and `precision` in all, within inclusive limits.
 * Shortest whole part, fraction of any length up to the scale (`1.50` and `1.5` are the same number), no `-0`.
 */
export const decimalPattern = (type: {
  readonly precision: number
  readonly scale: number
  readonly min: string | null
  readonly max: string | null
}): string => {
  const { precision, scale } = type
  const largest = partsOf(`${'9'.repeat(precision - scale) || '0'}.${'9'.repeat(scale) || '0'}`, scale)
  const limit = { ...largest, fraction: largest.fraction.slice(0, scale) }
  const low = type.min === null ? { ...limit, negative: true } : partsOf(type.min, scale)
  const high = type.max === null ? limit : partsOf(type.max, scale)
  return `^(?:${rangeOf(low, high, scale).join('|')})$`
}

const isNegative = (parts: Parts): boolean => parts.negative && !/^-0*\.?0*$/.test(signed(parts))

const rangeOf = (low: Parts, high: Parts, scale: number): readonly string[] => {
  const negatives = isNegative(low) ? magnitudes(isNegative(high) ? high : zero(scale), low, scale) : []
  const positives = isNegative(high) ? [] : magnitudes(isNegative(low) ? zero(scale) : low, high, scale)
  const notZero = '(?!0(?:\\.0*)?$)'
  return [...negatives.map((pattern) => `-${notZero}${pattern}`), ...positives]
}
