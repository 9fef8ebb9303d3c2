import { literal, numeral, type Sql, sql } from '../kernel/safe/sql.js'
import type { InstantForm } from './tables.js'

/** The present moment in a form; whole milliseconds where the column keeps them as a number. */
export const nowAs = (form: InstantForm): Sql => {
  switch (form) {
    case 'zoned':
      return sql`now()`
    case 'naive':
      return sql`(now() AT TIME ZONE 'UTC')`
    case 'milliseconds':
      return sql`floor(extract(epoch FROM now()) * 1000)::bigint`
    case 'date':
      return sql`(now() AT TIME ZONE 'UTC')::date`
  }
}

/** An instant written in ISO 8601 as a constant of a form, whatever the session's time zone. */
export const instantLiteral = (text: string, form: InstantForm): Sql => {
  const time = Date.parse(text)
  if (form === 'date' || Number.isNaN(time)) return literal(text)
  if (form === 'milliseconds') return numeral(time)
  return literal(isoText(time, form))
}

const isoText = (time: number, form: 'zoned' | 'naive'): string => {
  const iso = new Date(time).toISOString().replace('T', ' ').replace('Z', '')
  const short = iso.replace('.000', '')
  return form === 'zoned' ? `${short}+00` : short
}

/** An instant of one form as a `timestamptz`, to be compared with one of another form. */
export const asZoned = (text: Sql, form: InstantForm): Sql => {
  switch (form) {
    case 'zoned':
      return text
    case 'naive':
    case 'date':
      return sql`(${text} AT TIME ZONE 'UTC')`
    case 'milliseconds':
      // A double has no microseconds after the year 2255: rounded to its milliseconds it is exact.
      return sql`to_timestamp(${text} / 1000.0)::timestamptz(3)`
  }
}

/** A `timestamptz` in the form that a column keeps; for a computed one, so by nothing that asks for the session's zone. */
export const ofZoned = (text: Sql, form: InstantForm): Sql => {
  switch (form) {
    case 'zoned':
      return text
    case 'naive':
      return sql`(${text} AT TIME ZONE 'UTC')`
    case 'milliseconds':
      return sql`floor(extract(epoch FROM (${text} AT TIME ZONE 'UTC')) * 1000)::bigint`
    case 'date':
      return sql`(${text} AT TIME ZONE 'UTC')::date`
  }
}

/** Years 1 to 9999 and no infinity, as a condition on a column. */
export const withinCalendar = (column: Sql, form: InstantForm): Sql => {
  switch (form) {
    case 'zoned':
      return sql`${column} >= '0001-01-01Z' AND ${column} < '10000-01-01Z'`
    case 'naive':
    case 'date':
      return sql`${column} >= '0001-01-01' AND ${column} < '10000-01-01'`
    case 'milliseconds':
      return sql`${column} BETWEEN -62135596800000 AND 253402300799999`
  }
}
