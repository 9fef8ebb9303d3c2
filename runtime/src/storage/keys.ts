import type { z } from 'zod'
import type { Condition } from '../conditions/condition.js'
import { refusal } from '../rows/inputs.js'
import type { EntityFacts, Unique } from './facts.js'

type Issue = z.core.$ZodIssue

/** The row that a call means: the unique that tells it, and its values by property. */
export interface KeyGiven<Of extends Unique = Unique> {
  readonly unique: Of
  readonly values: { readonly [field: string]: unknown }
  readonly condition: Condition
}

const issueAt = (path: readonly PropertyKey[], message: string): Issue => ({
  code: 'custom',
  path: [...path],
  message,
  input: undefined,
})

const isObject = (value: unknown): value is { readonly [name: string]: unknown } => {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** Whether an object has exactly the properties of a unique. */
const isOf = ({ fields }: Unique, names: readonly string[]): boolean =>
  fields.length === names.length && fields.every((field) => names.includes(field))

const listed = ({ fields }: Unique): string => `{ ${fields.join(', ')} }`

/** A value of a key that one field makes goes without its name. */
const namedValues = (facts: EntityFacts, given: unknown): { readonly [field: string]: unknown } | null => {
  if (isObject(given)) return given
  const fields = facts.primary?.fields ?? []
  const [field] = fields
  return fields.length === 1 && field !== undefined && given !== undefined ? { [field]: given } : null
}

/** A condition on one field of a unique, or what is wrong with its value. */
const equalTo = (facts: EntityFacts, unique: Unique, field: string, value: unknown): Condition | readonly Issue[] => {
  if (value === null && unique.isNullEqual) return { kind: 'null', field }
  const result = facts.asked[field]?.value.safeParse(value)
  if (result === undefined) throw new TypeError(`no field ${field} of ${facts.entity}`)
  if (result.success) return { kind: 'equal', field, value: result.data }
  return result.error.issues.map((issue) => ({
    ...issue,
    ...(value === undefined ? { message: 'is missing' } : {}),
    path: [field, ...issue.path],
  }))
}

/**
 * Reads what tells a row: the value of a key of one field, or an object with the fields of the key or of another unique.
 * Throws a `ZodError` for anything else.
 */
export const readKey = <Of extends Unique>(
  facts: EntityFacts & { readonly uniques: readonly Of[] },
  call: string,
  given: unknown,
  place: readonly PropertyKey[] = [],
): KeyGiven<Of> => {
  const refuse = (issues: readonly Issue[]): z.ZodError =>
    refusal(
      facts,
      call,
      issues.map((issue) => ({ ...issue, path: [...place, ...issue.path] })),
    )
  const values = namedValues(facts, given)
  const uniques: readonly Of[] = facts.uniques
  const unique = values === null ? undefined : uniques.find((one) => isOf(one, Object.keys(values)))
  if (values === null || unique === undefined)
    throw refuse([issueAt([], `not a key: give ${facts.uniques.map(listed).join(' or ')}`)])
  const of: Condition[] = []
  const issues: Issue[] = []
  for (const field of unique.fields) {
    const found = equalTo(facts, unique, field, values[field])
    if ('kind' in found) of.push(found)
    else issues.push(...found)
  }
  if (issues.length > 0) throw refuse(issues)
  return { unique, values, condition: { kind: 'all', of } }
}
