import { z } from 'zod'
import { type Increment, readIncrements } from '../changes/increments.js'
import type { Condition } from '../conditions/condition.js'
import { readCondition } from '../conditions/read.js'
import type { Cursor } from '../pages/cursor.js'
import { type Direction, readOrder, type Sort } from '../pages/order.js'
import { checked, refusal } from '../rows/inputs.js'
import type { EntityFacts } from './facts.js'

/** How many rows a page has where nothing is said, and at most. */
const pageSize = { usual: 100, most: 1_000 } as const

const pageOptions = z.strictObject({
  limit: z
    .int('not a whole number')
    .min(1, 'less than 1')
    .max(pageSize.most, `more than ${pageSize.most}`)
    .default(pageSize.usual),
  after: z.string('not a cursor').nullish().default(null),
  unreadable: z.literal('collect').optional(),
})

const findOptions = pageOptions.extend({ where: z.unknown().optional(), order: z.unknown().optional() })

/** A page as a call asks for it. */
export interface FindRequest {
  readonly condition: Condition
  readonly sorts: readonly Sort[]
  readonly limit: number
  readonly after: Cursor | null
  /** Whether rows that cannot be read are returned beside the others, instead of an error. */
  readonly collects: boolean
}

/** The issues of a condition or an order, as those of the call that was given it. */
const inCall = <Result>(facts: EntityFacts, call: string, read: () => Result): Result => {
  try {
    return read()
  } catch (failure) {
    throw failure instanceof z.ZodError ? refusal(facts, call, failure.issues) : failure
  }
}

/** Reads a `where`; without one all rows are meant. Throws a `ZodError`. */
export const readWhere = (facts: EntityFacts, call: string, where: unknown = {}): Condition =>
  inCall(facts, call, () => readCondition(facts.asked, where))

/** Reads the options of `find`. Throws a `ZodError`. */
export const readFind = (facts: EntityFacts, call: string, given: unknown = {}): FindRequest => {
  const { where, order, limit, after, unreadable } = checked(facts, call, findOptions, given)
  return {
    condition: readWhere(facts, call, where),
    sorts: inCall(facts, call, () => readOrder(facts.asked, facts.primary?.fields ?? [], order)),
    limit,
    after: (after ?? null) as Cursor | null,
    collects: unreadable === 'collect',
  }
}

/** A list of the description, by the names of fields in code. */
export interface ListTerms {
  /** What a caller gives values for. */
  readonly by: readonly string[]
  /** What rows are ordered by, before the key. */
  readonly order: { readonly [field: string]: Direction }
}

const isObject = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** That each field of the list equals what was given: a value or null, and no operator. */
const readGiven = (facts: EntityFacts, call: string, by: readonly string[], given: object): Condition => {
  const missing = by.filter((field) => !Object.hasOwn(given, field) || Reflect.get(given, field) === undefined)
  if (missing.length > 0)
    throw refusal(
      facts,
      call,
      missing.map((field) => ({
        code: 'custom',
        path: [field],
        message: 'is missing: the list has the rows of one value',
        input: undefined,
      })),
    )
  const where = Object.fromEntries(by.map((field) => [field, { eq: Reflect.get(given, field) as unknown }]))
  try {
    return readCondition(facts.asked, where, [])
  } catch (failure) {
    if (!(failure instanceof z.ZodError)) throw failure
    // The operator is this function's own: a caller gave the value alone.
    const issues = failure.issues.map((issue) => ({ ...issue, path: issue.path.filter((_, at) => at !== 1) }))
    throw refusal(facts, call, issues)
  }
}

/** Reads what a named list was given: a value for each of its fields, and which page. Throws a `ZodError`. */
export const readList = (
  facts: EntityFacts,
  call: string,
  { by, order }: ListTerms,
  given: unknown = {},
): FindRequest => {
  const fields = isObject(given) ? given : {}
  const page = isObject(given)
    ? Object.fromEntries(Object.entries(given).filter(([name]) => !by.includes(name)))
    : given
  const { limit, after, unreadable } = checked(facts, call, pageOptions, page)
  const sorts = readOrder(facts.asked, facts.primary?.fields ?? [], order)
  const varied = sorts.filter(({ field }) => !by.includes(field))
  return {
    condition: readGiven(facts, call, by, fields),
    sorts: varied.length === 0 ? sorts : varied,
    limit,
    after: (after ?? null) as Cursor | null,
    collects: unreadable === 'collect',
  }
}

const upsertOptions = z.strictObject({ by: z.array(z.string()).optional() })

/** The fields of the unique that an upsert goes by; undefined: it goes by the key. Throws a `ZodError`. */
export const readUpsert = (facts: EntityFacts, given: unknown = {}): readonly string[] | undefined =>
  checked(facts, 'upsert', upsertOptions, given).by

const getOptions = z.strictObject({ lock: z.boolean().optional() })

/** Whether `getMany` locks its rows. Throws a `ZodError`. */
export const readLock = (facts: EntityFacts, given: unknown = {}): boolean =>
  checked(facts, 'getMany', getOptions, given).lock === true

/** Reads what `increment` adds. Throws a `ZodError`. */
export const readAmounts = (facts: EntityFacts, amounts: unknown): readonly Increment[] =>
  inCall(facts, 'increment', () => readIncrements(facts.counters, amounts))

const manyOptions = z.strictObject({ all: z.literal(true).optional() })

/** Whether a condition holds of every row: one that asks nothing. */
const asksNothing = (condition: Condition): boolean => condition.kind === 'all' && condition.of.every(asksNothing)

/**
 * Reads the `where` of a call that changes or deletes many rows. One that asks nothing is taken only with `{ all: true }`,
 * so that no condition that came out empty changes every row. Throws a `ZodError`.
 */
export const readMany = (facts: EntityFacts, call: string, where: unknown, options: unknown = {}): Condition => {
  const { all = false } = checked(facts, call, manyOptions, options)
  const condition = inCall(facts, call, () => readCondition(facts.asked, where))
  if (!asksNothing(condition) || all) return condition
  const message = 'asks nothing, so that every row is meant: say { all: true } as an option'
  throw refusal(facts, call, [{ code: 'custom', path: ['where'], message, input: undefined }])
}
