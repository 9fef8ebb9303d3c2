import type { Values } from './store.js'

/**
 * Conditions on a clock, in the order that MongoDB has it in. Documents of before may have Dates where milliseconds belong:
 * they come after all numbers, and no number is compared with them.
 */
const orDates = (path: string, value: unknown, condition: Values): Values =>
  typeof value === 'number' ? { $or: [condition, { [path]: { $type: 'date' } }] } : condition

/** What stands at a value or after it. */
export const fromClock = (path: string, value: unknown): Values => orDates(path, value, { [path]: { $gte: value } })

/** What stands after a value. */
export const afterClock = (path: string, value: unknown): Values => orDates(path, value, { [path]: { $gt: value } })

/** What stands at a value or before it. */
export const untilClock = (path: string, value: unknown): Values => ({
  [path]: value instanceof Date ? { $not: { $gt: value } } : { $lte: value },
})

/** A moment as a clock has it: an instant, milliseconds, or a date. */
export const momentOf = (value: unknown): Date | null => {
  if (value instanceof Date) return value
  if (typeof value === 'number') return new Date(value)
  return typeof value === 'string' ? new Date(`${value}T00:00:00.000Z`) : null
}

/** The earlier of two moments, either of which may be missing. */
export const earlier = (one: Date | null, other: Date | null): Date | null => {
  if (one === null || other === null) return one ?? other
  return other < one ? other : one
}
