import type { Age, Step } from '../../model/retention.js'

const secondsOf: Readonly<Record<Age['unit'], number>> = {
  seconds: 1,
  minutes: 60,
  hours: 3600,
  days: 86_400,
  weeks: 604_800,
  months: 2_629_746,
  years: 31_556_952,
}

/** An age in seconds, months and years at their mean length in the Gregorian calendar: only for comparing. */
export const secondsIn = ({ count, unit }: Age): number => count * secondsOf[unit]

/** What a step counts from, so that steps can be compared, and how long after it the step comes, in seconds. */
export const timingOf = ({ due }: Step): { readonly clock: string; readonly seconds: number } =>
  due.kind === 'after' ? { clock: due.of, seconds: secondsIn(due.age) } : { clock: due.field, seconds: 0 }
