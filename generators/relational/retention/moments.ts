import { literal, type Sql, sql } from '../../kernel/safe/sql.js'
import { ageWords } from '../../model/lifecycle.js'
import type { Age } from '../../model/retention.js'
import type { InstantForm } from '../tables.js'

/** The moment that a run acts as of, or one so long before it, as a column of a form compares with it. */
export interface Moment {
  readonly age: Age | null
  readonly form: InstantForm
}

/** How a statement speaks of moments: by variables of a function, or written out. */
export type Moments = (moment: Moment) => Sql

const suffixes: Readonly<Record<InstantForm, string>> = { zoned: '', naive: '_utc', milliseconds: '_ms', date: '_date' }

/** What a variable of a moment is called: `ago_90_days`, `moment_utc`. */
export const momentName = ({ age, form }: Moment): string =>
  `${age === null ? 'moment' : `ago_${ageWords(age).replace(' ', '_')}`}${suffixes[form]}`

/** The type of a moment's variable. */
export const momentType: Readonly<Record<InstantForm, Sql>> = {
  zoned: sql`timestamptz`,
  naive: sql`timestamp`,
  milliseconds: sql`bigint`,
  date: sql`date`,
}

/** A `timestamp` in UTC as a number of milliseconds: whole ones, and none is lost to floating point before Postgres 14. */
export const epochOf = (utc: Sql): Sql =>
  sql`round(extract(epoch FROM date_trunc('milliseconds', ${utc})) * 1000)::bigint`

/**
 * A moment made of `at`, a `timestamptz`. Months and days are counted on the clock of UTC, whatever the session's zone
 * (Postgres manual, 9.9: `timestamp - interval`).
 */
export const momentSql = ({ age, form }: Moment, at: Sql): Sql => {
  const utc = sql`${at} AT TIME ZONE 'UTC'`
  const before = age === null ? utc : sql`${utc} - interval ${literal(ageWords(age))}`
  switch (form) {
    case 'zoned':
      return age === null ? at : sql`(${before}) AT TIME ZONE 'UTC'`
    case 'naive':
      return before
    case 'milliseconds':
      return epochOf(before)
    case 'date':
      return sql`(${before})::date`
  }
}

/** The moments of a statement whose parameter is the moment of the run. */
export const writtenOut =
  (at: Sql): Moments =>
  (moment) =>
    momentSql(moment, at)
