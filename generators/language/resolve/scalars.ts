import { decimalText, parseDecimal, withScale } from '../../kernel/decimal.js'

/**
 * A whole number as YAML 1.2 writes it (decimal, 0x or 0o), as decimal digits; null when it is none, or has more digits
 * than any type holds (reading them takes time that grows faster than their number).
 */
export const readWhole = (text: string): string | null => {
  if (/^[-+]?\d{1,400}$/.test(text)) return BigInt(text.replace(/^\+/, '')).toString()
  return /^0(?:x[0-9a-fA-F]{1,400}|o[0-7]{1,400})$/.test(text) ? BigInt(text).toString() : null
}

/** A decimal number without an exponent, as written but for a sign `+`; null when it is none. */
export const readDecimal = (text: string): string | null =>
  /^[-+]?\d{1,1100}(?:\.\d{1,1100})?$/.test(text) ? text.replace(/^\+/, '') : null

/**
 * The same as every store spells it: so many digits after the point, no sign on zero. It has more of them only where
 * they are not zero, which is refused elsewhere.
 */
export const readDecimalOf = (text: string, scale: number): string | null => {
  const value = readDecimal(text)
  const decimal = value === null ? null : parseDecimal(value)
  return decimal === null ? null : decimalText(withScale(decimal, scale))
}

/** A number, exponents allowed; null when it is none or not finite. */
export const readFloat = (text: string): number | null => {
  const value = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/.test(text)
    ? Number(text)
    : Number(readWhole(text) ?? Number.NaN)
  return Number.isFinite(value) ? value : null
}

const isDay = (year: number, month: number, day: number): boolean => {
  const date = new Date(Date.UTC(2000, 0, 1))
  date.setUTCFullYear(year, month - 1, day)
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

/** A day of the calendar, `2024-02-29`, years 1 to 9999; null when there is no such day. */
export const readDate = (text: string): string | null => {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? []
  return Number(year) > 0 && isDay(Number(year), Number(month), Number(day)) ? text : null
}

/** A time of day with up to three digits of a second's fraction, with its seconds written; null when it is none. */
export const readTime = (text: string): string | null => {
  const match = /^((?:[01]\d|2[0-3]):[0-5]\d)(:[0-5]\d(?:\.\d{1,3})?)?$/.exec(text)
  return match === null ? null : `${match[1]}${match[2] ?? ':00'}`.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '')
}

const instant = /^(\d{4}-\d{2}-\d{2})(?:[Tt ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)(Z|z|[-+]\d{2}:\d{2})?)?$/

/** A point in time as ISO 8601 in UTC; without a zone it is UTC, without a time midnight. Null when there is no such time. */
export const readTimestamp = (text: string): string | null => {
  const [, day = '', clock = '00:00', zone = 'Z'] = instant.exec(text) ?? []
  const [date, time] = [readDate(day), readTime(clock)]
  if (date === null || time === null) return null
  const value = new Date(`${date}T${time}${zone.toUpperCase()}`)
  return Number.isNaN(value.getTime()) ? null : value.toISOString()
}

/** Milliseconds since 1970 as ISO 8601; null outside the years 1 to 9999. */
export const readEpoch = (text: string): string | null => {
  const value = new Date(Number(readWhole(text) ?? Number.NaN))
  return Number.isNaN(value.getTime()) || !/^\d{4}-/.test(value.toISOString()) ? null : value.toISOString()
}
