import type { Age, Summary } from '../../generators/model/retention.js'

/**
 * Moments are ISO 8601 in UTC with milliseconds, which compare as text. This calendar is made without the one that is
 * tested: days are counted in days, months by their number.
 */
const day = 86_400_000

const lengths: Readonly<Record<Exclude<Age['unit'], 'months' | 'years'>, number>> = {
  seconds: 1000,
  minutes: 60_000,
  hours: 3_600_000,
  days: day,
  weeks: 7 * day,
}

const daysInMonth = (year: number, month: number): number => {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

const twoDigits = (value: number): string => String(value).padStart(2, '0')

/** So many months before a moment: the same day of the month and time, or the last day where the month is shorter. */
const monthsBefore = (moment: string, months: number): string => {
  const [year = 0, month = 0, date = 0] = moment.slice(0, 10).split('-').map(Number)
  const count = year * 12 + (month - 1) - months
  const [toYear, toMonth] = [Math.floor(count / 12), (count % 12) + 1]
  const toDate = Math.min(date, daysInMonth(toYear, toMonth))
  return `${toYear}-${twoDigits(toMonth)}-${twoDigits(toDate)}${moment.slice(10)}`
}

/** A moment so many milliseconds later. */
export const shifted = (moment: string, milliseconds: number): string =>
  new Date(Date.parse(moment) + milliseconds).toISOString()

/** What is exactly so old at a moment. */
export const before = (moment: string, { count, unit }: Age): string => {
  switch (unit) {
    case 'months':
      return monthsBefore(moment, count)
    case 'years':
      return monthsBefore(moment, count * 12)
    default:
      return shifted(moment, -count * lengths[unit])
  }
}

type Period = NonNullable<Summary['by'][number]['period']>

/** The first moment of the hour, day, week (from Monday, ISO 8601), month or year. */
const startOf = (moment: string, period: Period): string => {
  switch (period) {
    case 'hour':
      return `${moment.slice(0, 13)}:00:00.000Z`
    case 'day':
      return `${moment.slice(0, 10)}T00:00:00.000Z`
    case 'week': {
      const midnight = startOf(moment, 'day')
      return shifted(midnight, -((new Date(midnight).getUTCDay() + 6) % 7) * day)
    }
    case 'month':
      return `${moment.slice(0, 7)}-01T00:00:00.000Z`
    case 'year':
      return `${moment.slice(0, 4)}-01-01T00:00:00.000Z`
  }
}

/** The first moment of a period, in the form of the value: a moment, or a date. */
export const periodOf = (value: string, period: Period): string =>
  value.length === 10 ? startOf(`${value}T00:00:00.000Z`, period).slice(0, 10) : startOf(value, period)
