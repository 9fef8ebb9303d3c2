import type { Entity } from '../model/entity.js'
import type { Field } from '../model/field.js'
import { type Act, actsOf } from '../model/lifecycle.js'
import { findField } from '../model/lookup.js'
import type { Age } from '../model/retention.js'

/** Rows a day, from a rate that says so: the least and the most. */
export interface Rate {
  readonly low: number
  readonly high: number
}

/** Days of a unit of time; a month and a year have their mean in the Gregorian calendar. */
const daysOf = {
  second: 1 / 86_400,
  minute: 1 / 1440,
  hour: 1 / 24,
  day: 1,
  week: 7,
  month: 365.2425 / 12,
  year: 365.2425,
} as const

const number = String.raw`(\d[\d,_]*(?:\.\d+)?)\s*(k|m|thousand|million)?`

const rate = new RegExp(
  `^(?:about|around|roughly|some|up to|at most|~)?\\s*${number}(?:\\s*(?:-|–|—|to)\\s*${number})?\\s*(?:\\p{L}+\\s+)?(?:\\b(?:a|an|per|each|every)\\s+|/\\s*)(second|minute|hour|day|week|month|year)\\b(.*)$`,
  'iu',
)

const factors: Readonly<Record<string, number>> = { k: 1e3, thousand: 1e3, m: 1e6, million: 1e6 }

const amount = (digits: string, factor: string | undefined): number =>
  Number(digits.replace(/[,_]/g, '')) * (factors[(factor ?? '').toLowerCase()] ?? 1)

/**
 * A rate such as `5-50 a day in an active guild` or `up to 2k per hour` in rows a day; null where the words say no
 * such thing, or speak of further numbers that a calculation would pass over.
 */
export const parseRate = (words: string): Rate | null => {
  const match = rate.exec(words.trim())
  const [, first, firstFactor, second, secondFactor, unit, rest] = match ?? []
  if (first === undefined || unit === undefined || /\d/.test(rest ?? '')) return null
  const days = daysOf[unit.toLowerCase() as keyof typeof daysOf]
  const high = amount(second ?? first, second === undefined ? firstFactor : secondFactor)
  // In `10-20k` the factor is of both numbers.
  const low = amount(first, firstFactor ?? (second === undefined ? undefined : secondFactor))
  return low > high ? null : { low: low / days, high: high / days }
}

export const ageInDays = (age: Age): number => age.count * daysOf[age.unit.slice(0, -1) as keyof typeof daysOf]

/** Whether a timestamp says when its row was made, so that rows reach an age in the order they came. */
export const isBirth = (field: Field | undefined): boolean =>
  field !== undefined && (field.maintained === 'created' || field.default?.kind === 'now')

/** The act that every row leaves the table by at an age counted from its making; null where some rows may stay. */
export const leavingAct = (entity: Entity): { readonly act: Act; readonly age: Age } | null => {
  for (const act of actsOf(entity)) {
    const takesAll = act.place.kind === 'rows' && act.action.kind !== 'set' && act.where === null
    if (!takesAll || act.keptNewest !== null || act.due.kind !== 'after') continue
    if (isBirth(findField(entity, act.due.of))) return { act, age: act.due.age }
  }
  return null
}

/** A whole number of two significant digits, its thousands parted by commas: an estimate does not know more. */
export const approximate = (rows: number): string => {
  const digits = Math.max(0, Math.floor(Math.log10(Math.max(rows, 1))) - 1)
  const rounded = Math.round(rows / 10 ** digits) * 10 ** digits
  return String(rounded).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** `150 to 1,500`, or one number where both are the same. */
export const rowsAfter = (perDay: Rate, days: number): string => {
  const [low, high] = [approximate(perDay.low * days), approximate(perDay.high * days)]
  return low === high ? high : `${low} to ${high}`
}

export const days = { month: daysOf.month, year: daysOf.year } as const
