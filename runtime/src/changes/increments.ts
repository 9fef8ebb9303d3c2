import { z } from 'zod'

/** A number that can be added to: neither null, nor a part of the key, nor immutable, nor computed. */
export interface Counter {
  /** Holds what is added: an integer, a bigint, a number, or the text of a decimal. */
  readonly amount: z.ZodType<number | bigint | string>
  /** The least and the greatest value of the field, as text; null where there is none. */
  readonly min: string | null
  readonly max: string | null
}

/** The fields that can be added to, by their names in code. */
export type Counters = { readonly [field: string]: Counter }

/** What is added to a field. A negative amount takes away. */
export interface Increment extends Pick<Counter, 'min' | 'max'> {
  readonly field: string
  readonly amount: number | bigint | string
}

type Issue = z.core.$ZodIssue

const issueAt = (path: readonly string[], message: string): Issue => ({
  code: 'custom',
  path: [...path],
  message,
  input: undefined,
})

/**
 * Reads what `increment` adds: `{ coins: 5 }`. Throws a `ZodError` where nothing is added, a field cannot be added to, or
 * an amount is not of its field's type.
 */
export const readIncrements = (counters: Counters, given: unknown): readonly Increment[] => {
  if (typeof given !== 'object' || given === null || Array.isArray(given) || Object.keys(given).length === 0)
    throw new z.ZodRealError([issueAt(['amounts'], 'not an object of fields and what is added to them')])
  const issues: Issue[] = []
  const increments = Object.entries(given).flatMap(([field, value]: [string, unknown]): readonly Increment[] => {
    const counter = Object.hasOwn(counters, field) ? counters[field] : undefined
    const result = counter?.amount.safeParse(value)
    if (counter !== undefined && result?.success === true)
      return [{ field, amount: result.data, min: counter.min, max: counter.max }]
    issues.push(
      ...(result?.error?.issues.map((issue) => ({ ...issue, path: ['amounts', field, ...issue.path] })) ?? [
        issueAt(['amounts', field], 'no field that can be added to'),
      ]),
    )
    return []
  })
  if (issues.length > 0) throw new z.ZodRealError(issues)
  return increments
}
