type Age = 'seconds' | 'minutes' | 'hours' | 'days' | 'weeks' | 'months' | 'years'

const milliseconds = { seconds: 1e3, minutes: 6e4, hours: 36e5, days: 864e5, weeks: 6048e5 } as const

/** Months before a moment, in UTC: at the end of a month that has no such day. */
const monthsBefore = (at: Date, months: number): Date => {
  const first = new Date(at)
  first.setUTCDate(1)
  first.setUTCMonth(first.getUTCMonth() - months)
  const days = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  first.setUTCDate(Math.min(at.getUTCDate(), days))
  return first
}

/**
 * The moment so long before another, in UTC: what lies at it or before it is so old. Months and years are those of the
 * calendar, as Postgres counts them (manual, 9.9: `timestamp - interval`).
 */
export const cutoff = (at: Date, count: number, unit: Age): Date => {
  switch (unit) {
    case 'months':
      return monthsBefore(at, count)
    case 'years':
      return monthsBefore(at, count * 12)
    default:
      return new Date(at.getTime() - count * milliseconds[unit])
  }
}
