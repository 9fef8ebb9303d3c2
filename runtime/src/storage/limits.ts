import type { Increment } from '../changes/increments.js'
import type { Constraint } from '../errors.js'

const limitWords = ({ field, min, max }: Increment): string => {
  if (min === null) return `${field} is at most ${max}`
  return max === null ? `${field} is at least ${min}` : `${field} is within ${min} and ${max}`
}

/** What an increment is refused for: one of the sums would leave the limits of its field. */
export const limitConstraint = (
  { entity }: { readonly entity: string },
  increments: readonly Increment[],
): Constraint => {
  const limited = increments.filter(({ min, max }) => min !== null || max !== null)
  return {
    problem: 'check',
    entity,
    name: 'limits',
    fields: limited.map(({ field }) => field),
    rule: limited.map(limitWords).join(' and '),
  }
}
