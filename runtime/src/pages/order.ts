import { z } from 'zod'
import type { ConditionFields } from '../conditions/fields.js'

export type Direction = 'asc' | 'desc'

/** A field that rows are ordered by. Null is smaller than every value: first ascending, last descending. */
export interface Sort {
  readonly field: string
  readonly direction: Direction
}

const isDirection = (value: unknown): value is Direction => value === 'asc' || value === 'desc'

const issuesOf = (fields: ConditionFields, given: object): readonly z.core.$ZodIssue[] =>
  Object.entries(given).flatMap(([field, direction]: [string, unknown]) => {
    const isOrdered = Object.hasOwn(fields, field) && fields[field]?.asks === 'order'
    if (isOrdered && isDirection(direction)) return []
    const message = isOrdered ? "neither 'asc' nor 'desc'" : 'no field that rows are ordered by'
    return [{ code: 'custom', path: ['order', field], message, input: undefined }]
  })

/**
 * Reads an `order` (`{ created_at: 'desc' }`), and ends it with the fields of the key, so that no two rows are alike. They
 * go the way of the last field, along one index. Throws a `ZodError` for a field or a direction that is unknown.
 */
export const readOrder = (fields: ConditionFields, key: readonly string[], given: unknown = {}): readonly Sort[] => {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new z.ZodRealError([
      { code: 'custom', path: ['order'], message: 'not an object of fields', input: undefined },
    ])
  const issues = issuesOf(fields, given)
  if (issues.length > 0) throw new z.ZodRealError([...issues])
  const sorts = Object.entries(given).map(([field, direction]: [string, Direction]): Sort => ({ field, direction }))
  const direction = sorts.at(-1)?.direction ?? 'asc'
  const rest = key.filter((field) => !Object.hasOwn(given, field))
  return [...sorts, ...rest.map((field): Sort => ({ field, direction }))]
}
