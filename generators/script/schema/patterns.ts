import { reservedKeyChoice } from '../../model/reserved-keys.js'
import type { Store } from '../../model/store.js'
import { bigintBounds, wholePattern } from './whole-pattern.js'

/**
 * The texts of scalars in JSON, each as a pattern that is exact (JavaScript's `u` flag, anchored). What the JSON codecs
 * write matches them; what matches them, the codecs read.
 */

/** No NUL (no store takes it) and no half of a surrogate pair (it is no text). */
export const textPattern = '^[^\\u0000\\uD800-\\uDFFF]*$'

/** No trailing space: `char(n)` does not tell it from padding (Postgres manual, 8.3). */
export const noTrailingSpacePattern = '[^ ]$'

/** A key of a map: none that Mongo, Mongoose or JavaScript reads in its own way (`a.b`, `$set`, `__proto__`). */
export const mapKeyPattern = `^(?!\\$|(?:${reservedKeyChoice})$)[^.\\u0000\\uD800-\\uDFFF]*$`

export const snowflakePattern = wholePattern(1n, bigintBounds.max)

/** 24 hexadecimal digits, lower case. */
export const objectIdPattern = '^[0-9a-f]{24}$'

/** Lower case, as Postgres prints it. */
export const uuidPattern = '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'

/** Digits where Postgres makes identities, an ObjectId's where Mongo does, either in a set of both. */
export const identityPattern = (stores: readonly Store[]): string => {
  const digits = snowflakePattern.slice(1, -1)
  if (!stores.includes('mongo')) return snowflakePattern
  return stores.includes('postgres') ? `^(?:[0-9a-f]{24}|${digits})$` : objectIdPattern
}

export const bigintPattern = (type: { readonly min: bigint | null; readonly max: bigint | null }): string =>
  wholePattern(type.min ?? bigintBounds.min, type.max ?? bigintBounds.max)

const monthsAndDays = [
  '(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])',
  '(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)',
  '02-(?:0[1-9]|1\\d|2[0-8])',
].join('|')

const leapYears = '(?:\\d\\d(?:0[48]|[2468][048]|[13579][26])|(?:0[48]|[2468][048]|[13579][26])00)'

/** A day of the calendar, years 1 to 9999. */
const day = `(?!0000)(?:\\d{4}-(?:${monthsAndDays})|${leapYears}-02-29)`

const clock = '(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d{1,3})?'

export const datePattern = `^${day}$`
/** A time of day to the millisecond; no 24:00 and no leap second. */
export const timePattern = `^${clock}$`
/** An instant in UTC to the millisecond, as `Date.prototype.toISOString` writes it. */
export const timestampPattern = `^${day}T${clock}Z$`

const quad = '[A-Za-z0-9+/]{4}'
/** What ends base64 after whole groups of three bytes: nothing, one byte, or two; bits that carry nothing are zero. */
const endings = ['', '[A-Za-z0-9+/][AQgw]==', '[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]='] as const

const groups = (from: number, to: number | null): string => {
  if (from === 0 && to === null) return `(?:${quad})*`
  return `(?:${quad}){${from},${to ?? ''}}`
}

/** Base64 (RFC 4648, section 4) of a number of bytes within inclusive limits. */
export const base64Pattern = (type: {
  readonly minLength: number | null
  readonly maxLength: number | null
}): string => {
  const alternatives = endings.flatMap((ending, rest) => {
    const from = Math.max(0, Math.ceil(((type.minLength ?? 0) - rest) / 3))
    const to = type.maxLength === null ? null : Math.floor((type.maxLength - rest) / 3)
    return to !== null && from > to ? [] : [`${groups(from, to)}${ending}`]
  })
  return alternatives.length === 0 ? '^(?!)$' : `^(?:${alternatives.join('|')})$`
}
