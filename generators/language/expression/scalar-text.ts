/** The largest snowflake, 2^63-1: what a signed 64-bit column holds. */
const largestSnowflake = 9_223_372_036_854_775_807n

export const isSnowflake = (text: string): boolean => /^[1-9]\d{0,18}$/.test(text) && BigInt(text) <= largestSnowflake

export const isUuid = (text: string): boolean => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)

export const isObjectId = (text: string): boolean => /^[0-9a-f]{24}$/.test(text)

const datePattern = /^(\d{4})-(\d\d)-(\d\d)$/

/** A day of the Gregorian calendar, years 1 to 9999, as `YYYY-MM-DD`. */
export const isDate = (text: string): boolean => {
  const match = datePattern.exec(text)
  if (match === null || match[1] === '0000') return false
  const midnight = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().slice(0, 10) === text
}

/** A time of day to the millisecond, as `HH:MM:SS` or `HH:MM:SS.mmm`; 24:00 is none. */
export const isTime = (text: string): boolean => /^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,3})?$/.test(text)

const instantPattern = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d(?:\.\d{1,3})?)(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/

/** Milliseconds since the epoch of an ISO 8601 instant with a zone, years 1 to 9999; null when it is none. */
export const parseInstant = (text: string): number | null => {
  const match = instantPattern.exec(text)
  if (match === null || !isDate(match[1] ?? '') || !isTime(match[2] ?? '')) return null
  const milliseconds = Date.parse(text)
  const year = new Date(milliseconds).getUTCFullYear()
  return year >= 1 && year <= 9999 ? milliseconds : null
}
