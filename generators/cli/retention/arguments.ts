import { InvalidArgumentError } from 'commander'
import { readAge } from '../../language/age.js'

const milliseconds = { seconds: 1e3, minutes: 6e4, hours: 36e5, days: 864e5, weeks: 6048e5 } as const

const shortUnits: Readonly<Record<string, string>> = { s: 'second', m: 'minute', h: 'hour', d: 'day', w: 'week' }

const written = (text: string): string =>
  text.replace(/^(\d+)([smhdw])$/, (_, count: string, unit: string) => `${count} ${shortUnits[unit] ?? unit}`)

/** `10m` or, as the YAML has it, `10 minutes`, in milliseconds. Months and years have no fixed length. */
export const readDuration = (text: string): number => {
  const { age = null, of = null } = readAge(written(text)) ?? {}
  if (age === null || of !== null || age.count === 0) {
    throw new InvalidArgumentError('It takes a length of time, such as `10m`, `2h` or `1 day`.')
  }
  if (age.unit === 'months' || age.unit === 'years') {
    throw new InvalidArgumentError('It takes seconds, minutes, hours, days or weeks, which are always as long.')
  }
  return age.count * milliseconds[age.unit]
}

const instant = /^(\d{4})-(\d{2})-(\d{2})T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/

/** A moment of ISO 8601 with its zone; JavaScript itself would take the 30th of February for a day in March. */
export const readInstant = (text: string): Date => {
  const [, year, month, day] = instant.exec(text) ?? []
  const moment = new Date(text)
  const days = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()
  if (year === undefined || Number.isNaN(moment.getTime()) || Number(day) > days) {
    throw new InvalidArgumentError('It takes a moment with its zone, such as `2025-06-01T00:00:00Z`.')
  }
  return moment
}

/** Rows at a time. */
export const readBatch = (text: string): number => {
  const count = /^\d{1,7}$/.test(text) ? Number(text) : 0
  if (count === 0) throw new InvalidArgumentError('It takes a number of rows from 1 to 9999999.')
  return count
}

/** `--only a,b --only c` as `[a, b, c]`. */
export const readNames = (text: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  ...text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== ''),
]
