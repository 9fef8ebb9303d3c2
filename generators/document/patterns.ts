import { formatPatterns } from '../model/formats.js'
import { reservedKeyChoice } from '../model/reserved-keys.js'
import type { DecimalType, FormatType } from '../model/type.js'

/**
 * Patterns for `$jsonSchema`, which MongoDB reads with PCRE2. `$` there also stands before a last line feed, so the end
 * of a text is written as "nothing follows", which JavaScript reads alike.
 */
const end = '(?![\\s\\S])'

const whole = (body: string): string => `^(?:${body})${end}`

/** Text that every store can hold. (Lone surrogates cannot reach a document: BSON strings are UTF-8.) */
export const textPattern = '^[^\\x00]*(?![\\s\\S])'

const largestSnowflake = String(2n ** 63n - 1n)

/** Numbers of as many digits as `limit` that are not over it: each smaller than it at one digit. */
const upTo = (limit: string): string =>
  [...limit]
    .flatMap((digit, at) => {
      const rest = limit.length - at - 1
      const least = at === 0 ? 1 : 0
      if (Number(digit) - 1 < least) return []
      return [`${limit.slice(0, at)}[${least}-${Number(digit) - 1}]${rest === 0 ? '' : `\\d{${rest}}`}`]
    })
    .concat(limit)
    .join('|')

/** 1 to 2^63-1 without a leading zero. */
export const snowflakePattern = whole(`[1-9]\\d{0,17}|${upTo(largestSnowflake)}`)

export const uuidPattern = whole('[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}')

const thirtyOne = '(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])'
const thirty = '(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)'
const february = '02-(?:0[1-9]|1\\d|2[0-8])'
const byFour = '(?:0[48]|[2468][048]|[13579][26])'
const leapYear = `(?:\\d\\d${byFour}|(?:${byFour})00)`

/** Real days of the proleptic Gregorian calendar, years 0001 to 9999. */
export const datePattern = `^(?!0000)(?:\\d{4}-(?:${thirtyOne}|${thirty}|${february})|${leapYear}-02-29)${end}`

export const timePattern = whole('(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d{1,3})?')

/** Decimals without a leading zero and without -0: at most `precision - scale` digits before the point and `scale` behind it. */
export const decimalPattern = ({ precision, scale }: DecimalType): string => {
  const before = precision - scale
  const integral = before > 0 ? `0|[1-9]\\d{0,${before - 1}}` : '0'
  return whole(`(?!-[0.]*${end})-?(?:${integral})${scale > 0 ? `(?:\\.\\d{1,${scale}})?` : ''}`)
}

export const formatPattern = (format: FormatType['format']): string => formatPatterns[format].replace(/\$$/, end)

/** What `char(n)` does not take for its padding (Postgres manual, 8.3). */
export const noTrailingSpace = `[^ ]${end}`

/** Keys of maps: MongoDB reads dots and leading dollars as syntax, and some keys do not come back. */
export const mapKeyPattern = `^(?!\\$|(?:${reservedKeyChoice})${end})[^.\\x00]*${end}`
