import { z } from 'zod'
import type { Given } from '../ids.js'

/** What a function belongs to: an entity, or all of them. */
export interface Owner {
  readonly entity: string
}

type Values = { readonly [name: string]: unknown }

type Issue = z.core.$ZodIssue

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (inner, step) => (typeof inner === 'object' && inner !== null ? (inner as Values)[step as string] : undefined),
    value,
  )

const isMissing = (issue: Issue, value: unknown): boolean =>
  issue.code !== 'unrecognized_keys' && valueAt(value, issue.path) === undefined

const described = ({ path, message }: Issue): string =>
  path.length === 0 ? message : `${path.map(String).join('.')}: ${message}`

/**
 * The `ZodError` of input that a function refuses. Beside its issues it has `entity` and `function`, and its message
 * names them. It holds no value of the input.
 */
export const refusal = ({ entity }: Owner, call: string, issues: readonly Issue[]): z.ZodError => {
  const error = new z.ZodRealError([...issues])
  const message = `${call} (${entity}) refuses its input: ${issues.map(described).join('; ')}`
  Object.defineProperty(error, 'message', { value: message, configurable: true, writable: true })
  return Object.assign(error, { entity, function: call })
}

/** Issues about a part of the input, at the place of the part. */
const issuesAt = (error: z.core.$ZodError, value: unknown, place: readonly PropertyKey[]): readonly Issue[] =>
  error.issues.map((issue) => ({
    ...issue,
    ...(isMissing(issue, value) ? { message: 'is missing' } : {}),
    path: [...place, ...issue.path],
  }))

/** What a function was given, as its schema makes it. */
export const checked = <Schema extends z.ZodType>(
  of: Owner,
  call: string,
  schema: Schema,
  given: unknown,
): z.output<Schema> => {
  const result = schema.safeParse(given)
  if (result.success) return result.data
  throw refusal(of, call, issuesAt(result.error, given, []))
}

/**
 * What a new row says and has by default, without the rules across its fields: of an upsert, those are about the row that
 * is there, or about the one that is inserted.
 */
export const checkedFields = <Schema extends z.ZodType>(
  of: Owner,
  call: string,
  schema: Schema,
  given: unknown,
): z.output<Schema> => {
  const { in: taken, out } = schema._zod.def as unknown as z.core.$ZodPipeDef
  checked(of, call, taken as z.ZodType, given)
  return checked(of, call, out as z.ZodType, given) as z.output<Schema>
}

const expected = (what: string, given: unknown, place: readonly PropertyKey[] = []): Issue => ({
  code: 'custom',
  path: [...place],
  message: given === undefined ? 'is missing' : `not ${what}`,
  input: undefined,
})

/** A list of what a function was given, each as its schema makes it. */
export const checkedAll = <Schema extends z.ZodType>(
  of: Owner,
  call: string,
  schema: Schema,
  given: readonly unknown[],
): z.output<Schema>[] => {
  if (!Array.isArray(given)) throw refusal(of, call, [expected('a list', given)])
  const results = Array.from(given, (item: unknown) => schema.safeParse(item))
  const issues = results.flatMap(({ error }, at) => (error === undefined ? [] : issuesAt(error, given[at], [at])))
  if (issues.length > 0) throw refusal(of, call, issues)
  return results.flatMap(({ data }) => [data as z.output<Schema>])
}

/** What a function was given, as a store takes it. */
export const encodedInput = <Schema extends z.ZodType>(
  of: Owner,
  call: string,
  schema: Schema,
  given: unknown,
): z.input<Schema> => {
  const result = z.safeEncode(schema, given as z.output<Schema>)
  if (result.success) return result.data
  throw refusal(of, call, issuesAt(result.error, given, []))
}

/** Whether a value is an object whose properties are values, and no list or function. */
const isObject = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The codecs of single values, by the names of their properties. */
export type Codecs = { readonly [property: string]: z.ZodType }

/** Exactly these values of a row, as a store takes them: what tells a row or narrows a list. */
export const encodedValues = (
  of: Owner,
  call: string,
  codecs: Codecs,
  names: readonly string[],
  given: unknown,
  place: readonly string[] = [],
): { readonly [name: string]: unknown } => {
  if (!isObject(given)) throw refusal(of, call, [expected(`an object with ${names.join(', ')}`, given, place)])
  const unknownKeys = Object.keys(given).filter((name) => !names.includes(name))
  const values: { [name: string]: unknown } = {}
  const issues: Issue[] = unknownKeys.map((name) => expected('known here', name, [...place, name]))
  for (const name of names) {
    const { data, error } = z.safeEncode(codecs[name] ?? z.never(), given[name])
    if (error === undefined) values[name] = data
    else issues.push(...issuesAt(error, given[name], [...place, name]))
  }
  if (issues.length > 0) throw refusal(of, call, issues)
  return values
}

/** The same as a list, in the order of the names: the first parameters of a statement. */
export const encodedKey = (
  of: Owner & { readonly codecs: Codecs },
  call: string,
  names: readonly string[],
  given: unknown,
): unknown[] => {
  const values = encodedValues(of, call, of.codecs, names, given)
  return names.map((name) => values[name])
}

/**
 * What a list is narrowed to, as a store takes it: the first of these values, or more of them in their order. A value
 * that is undefined narrows nothing, and none may follow it.
 */
export const encodedPrefix = (
  of: Owner,
  call: string,
  codecs: Codecs,
  names: readonly string[],
  where: Values,
): readonly (readonly [name: string, value: unknown])[] => {
  const given = Object.fromEntries(Object.entries(where).filter(([, value]) => value !== undefined))
  const first = names.slice(0, Object.keys(given).length)
  const skipped = first.filter(
    (name) => !Object.hasOwn(given, name) && names.some((later) => Object.hasOwn(given, later)),
  )
  if (skipped.length > 0)
    throw refusal(
      of,
      call,
      skipped.map((name) => expected('given', undefined, ['where', name])),
    )
  const values = encodedValues(of, call, codecs, first, given, ['where'])
  return first.map((name) => [name, values[name]])
}

const pageOptions = z.strictObject({
  limit: z.int('not a whole number').min(1, 'less than 1').max(1_000, 'more than 1000').optional().default(100),
  after: z.string('not a cursor').nullish().default(null),
  where: z.custom<Values>(isObject, 'not an object').optional().default({}),
})

/** The options of a list: its first hundred rows where they say nothing else. */
export const checkedPage = (of: Owner, call: string, given: unknown): z.output<typeof pageOptions> =>
  checked(of, call, pageOptions, given)

/** Keys of encryption by their names; whether the right ones are there is known once one is needed. */
export const checkedKeys = <Keys>(of: Owner, call: string, keys: Keys): Keys => {
  if (!isObject(keys)) throw refusal(of, call, [expected('an object of keys by their names', keys, ['keys'])])
  return keys
}

const moment = z.date('not a Date').min(new Date('0001-01-01T00:00:00.000Z')).max(new Date('9999-12-31T23:59:59.999Z'))

const milliseconds = z.number('not a number of milliseconds').min(0)

const anyFunction = z.custom<unknown>((value) => typeof value === 'function', 'not a function')

const signal = z.custom<unknown>(
  (value) => isObject(value) && typeof value['aborted'] === 'boolean',
  'not an AbortSignal',
)

const runOptions = (entities: readonly Owner[], hooks: readonly string[]) =>
  z.strictObject({
    at: moment.optional(),
    batch: z.int('not a whole number').min(1, 'less than 1').max(1_000_000).optional(),
    only: z
      .array(
        z.literal(
          entities.map(({ entity }) => entity),
          'not an entity that has retention',
        ),
      )
      .optional(),
    attempts: z.int('not a whole number').min(1, 'less than 1').optional(),
    wait: milliseconds.optional(),
    maxTime: milliseconds.optional(),
    signal: signal.optional(),
    onBatch: anyFunction.optional(),
    ...(hooks.length === 0
      ? {}
      : { hooks: z.strictObject(Object.fromEntries(hooks.map((name) => [name, anyFunction.optional()]))) }),
  })

const retention: Owner = { entity: 'retention' }

/** The options of a run of retention, as they were given. */
export const checkedRun = <Options>(
  entities: readonly Owner[],
  hooks: readonly string[],
  options: Options,
): Options => {
  checked(retention, 'runRetention', runOptions(entities, hooks), options)
  return options
}

/** The moment of a plan. */
export const checkedMoment = (call: string, at: Date): Date => checked(retention, call, moment, at)

/** The ids of whom an event is about, by their names. */
export const checkedSubjects = <Subjects extends { readonly [name: string]: string }>(
  call: string,
  ids: { readonly [Name in keyof Subjects]: z.ZodType<Subjects[Name]> },
  given: Given<Subjects>,
): Subjects => checked(retention, call, z.strictObject(ids), given) as Subjects
