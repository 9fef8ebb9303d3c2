/**
 * Regular expressions that match exactly the whole numbers of a range in their shortest decimal spelling (no leading
 * zeros, no plus sign, no -0), for JSON Schemas: JSON has no integers of 64 bits, so they travel as strings.
 */

const digits = (count: number): string => {
  if (count === 0) return ''
  return count === 1 ? '\\d' : `\\d{${count}}`
}

const digitBetween = (low: number, high: number): string => {
  if (low === high) return String(low)
  return low === 0 && high === 9 ? '\\d' : `[${low}-${high}]`
}

const isRepeated = (text: string, digit: string): boolean => [...text].every((one) => one === digit)

/** Numbers of one length between two of that length, as alternatives. */
const sameLength = (low: string, high: string): readonly string[] => {
  if (low === '') return ['']
  if (isRepeated(low, '0') && isRepeated(high, '9')) return [digits(low.length)]
  const [first, last] = [Number(low[0]), Number(high[0])]
  const [lowRest, highRest] = [low.slice(1), high.slice(1)]
  if (first === last) return sameLength(lowRest, highRest).map((rest) => `${first}${rest}`)
  const lowOpen = !isRepeated(lowRest, '0')
  const highOpen = !isRepeated(highRest, '9')
  const from = lowOpen ? first + 1 : first
  const to = highOpen ? last - 1 : last
  return [
    ...(lowOpen ? sameLength(lowRest, '9'.repeat(lowRest.length)).map((rest) => `${first}${rest}`) : []),
    ...(from <= to ? [`${digitBetween(from, to)}${digits(lowRest.length)}`] : []),
    ...(highOpen ? sameLength('0'.repeat(highRest.length), highRest).map((rest) => `${last}${rest}`) : []),
  ]
}

/** All numbers without a leading zero of `from` to `to` digits. */
const lengthsBetween = (from: number, to: number): readonly string[] => {
  if (from > to) return []
  if (from === to) return [`[1-9]${digits(from - 1)}`]
  return [`[1-9]\\d{${from - 1},${to - 1}}`]
}

const positives = (low: bigint, high: bigint): readonly string[] => {
  const [from, to] = [String(low), String(high)]
  if (from.length === to.length) return sameLength(from, to)
  const wholeFrom = low === 10n ** BigInt(from.length - 1)
  const wholeTo = isRepeated(to, '9')
  return [
    ...(wholeFrom ? [] : sameLength(from, '9'.repeat(from.length))),
    ...lengthsBetween(from.length + (wholeFrom ? 0 : 1), to.length - (wholeTo ? 0 : 1)),
    ...(wholeTo ? [] : sameLength(`1${'0'.repeat(to.length - 1)}`, to)),
  ]
}

const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b)

const group = (spellings: readonly string[]): string =>
  spellings.length === 1 ? spellings.join('') : `(?:${spellings.join('|')})`

const alternatives = (low: bigint, high: bigint): readonly string[] => [
  ...(low < 0n ? [`-${group(positives(larger(1n, -high), -low))}`] : []),
  ...(low <= 0n && high >= 0n ? ['0'] : []),
  ...(high > 0n ? positives(larger(1n, low), high) : []),
]

/** The pattern of the whole numbers from `low` to `high`, both included. An empty range matches nothing. */
export const wholePattern = (low: bigint, high: bigint): string => {
  const spellings = alternatives(low, high)
  return spellings.length === 0 ? '^(?!)$' : `^${group(spellings)}$`
}

/** The bounds of a signed integer of 64 bits (Postgres manual, 8.1). */
export const bigintBounds = { min: -(2n ** 63n), max: 2n ** 63n - 1n } as const
