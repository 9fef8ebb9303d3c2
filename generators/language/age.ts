import type { Age } from '../model/retention.js'

/** A length of time, and the clock that it counts from where one is named. */
export interface AgeOf {
  readonly age: Age
  readonly of: string | null
}

const written = /^(\d+) (second|minute|hour|day|week|month|year)s?(?: of (.+))?$/

/** `90 days`, `1 day of created_at` as they are written; null for any other text. */
export const readAge = (text: string): AgeOf | null => {
  const [, count, unit, of = null] = written.exec(text) ?? []
  return unit === undefined ? null : { age: { count: Number(count), unit: `${unit}s` as Age['unit'] }, of }
}
