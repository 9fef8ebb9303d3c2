import { z } from 'zod'
import type { Condition } from './condition.js'
import type { ConditionField, ConditionFields } from './fields.js'

type Issue = z.core.$ZodIssue
type Path = readonly PropertyKey[]

/** A condition, or what is wrong with the text of it. */
type Reading = { readonly condition: Condition } | { readonly issues: readonly Issue[] }

type Values = { readonly [name: string]: unknown }

const wrong = (path: Path, message: string): Reading => ({
  issues: [{ code: 'custom', path: [...path], message, input: undefined }],
})

const isPlainObject = (value: unknown): value is Values => {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** Conditions of which all, or one, must hold; or all that is wrong with them. */
const joined = (kind: 'all' | 'any', readings: readonly Reading[]): Reading => {
  const issues = readings.flatMap((reading) => ('issues' in reading ? reading.issues : []))
  const of = readings.flatMap((reading) => ('condition' in reading ? [reading.condition] : []))
  if (issues.length > 0) return { issues }
  const [only] = of
  return { condition: of.length === 1 && only !== undefined ? only : { kind, of } }
}

const complement = (reading: Reading): Reading =>
  'issues' in reading ? reading : { condition: { kind: 'not', of: reading.condition } }

/** Holds one value to the schema of its field. */
const readValue = (
  { value: schema }: ConditionField,
  given: unknown,
  path: Path,
  conditionOf: (value: unknown) => Condition,
): Reading => {
  if (given === undefined) return wrong(path, 'is undefined: leave the property out, or ask for null')
  const result = schema.safeParse(given)
  if (result.success) return { condition: conditionOf(result.data) }
  return { issues: result.error.issues.map((issue) => ({ ...issue, path: [...path, ...issue.path] })) }
}

interface Asked {
  readonly name: string
  readonly field: ConditionField
}

const readNull = ({ name, field }: Asked, path: Path): Reading =>
  field.isNullable ? { condition: { kind: 'null', field: name } } : wrong(path, 'is never null')

const readEqual = (asked: Asked, given: unknown, path: Path): Reading =>
  given === null
    ? readNull(asked, path)
    : readValue(asked.field, given, path, (value) => ({ kind: 'equal', field: asked.name, value }))

/** `in`: values of which null may be one. */
const readOneOf = (asked: Asked, given: unknown, path: Path): Reading => {
  if (!Array.isArray(given)) return wrong(path, 'not a list')
  const values: readonly unknown[] = given
  const readings = Array.from(values, (value: unknown, at) => readEqual(asked, value, [...path, at]))
  const all = joined('any', readings)
  if ('issues' in all) return all
  const equal = readings.flatMap((reading) =>
    'condition' in reading && reading.condition.kind === 'equal' ? [reading.condition.value] : [],
  )
  const oneOf: Reading = { condition: { kind: 'one-of', field: asked.name, values: equal } }
  return values.includes(null) ? joined('any', [oneOf, readNull(asked, path)]) : oneOf
}

/** Text that both stores can hold: Postgres has no NUL, and neither has half a character of UTF-16. */
const isStorable = (text: string): boolean => !/[\0\uD800-\uDFFF]/u.test(text)

const readText = (kind: 'starts' | 'contains', { name }: Asked, given: unknown, path: Path): Reading =>
  typeof given === 'string' && isStorable(given)
    ? { condition: { kind, field: name, text: given } }
    : wrong(path, 'not a text that can be stored')

/** What reads the value beside an operator. */
type Operator = (asked: Asked, given: unknown, path: Path) => Reading

const readOrder =
  (operator: 'lt' | 'lte' | 'gt' | 'gte'): Operator =>
  ({ name, field }, given, path) =>
    given === null
      ? wrong(path, 'null has no place in an order')
      : readValue(field, given, path, (value) => ({ kind: 'order', operator, field: name, value }))

/** `not`: the complement of a value, of null, or of an operator object. */
const readNot: Operator = (asked, given, path) => complement(readField(asked, given, path))

const nullOperators: { readonly [name: string]: Operator } = {
  eq: (asked, given, path) =>
    given === null ? readNull(asked, path) : wrong(path, 'only null may be asked of this field'),
  not: readNot,
}

const equalityOperators: { readonly [name: string]: Operator } = { eq: readEqual, not: readNot, in: readOneOf }

const operators: { readonly [Kind in ConditionField['asks']]: { readonly [name: string]: Operator } } = {
  null: nullOperators,
  items: {
    ...nullOperators,
    has: ({ name, field }, given, path) =>
      readValue(field, given, path, (value) => ({ kind: 'has', field: name, value })),
  },
  equality: equalityOperators,
  order: {
    ...equalityOperators,
    lt: readOrder('lt'),
    lte: readOrder('lte'),
    gt: readOrder('gt'),
    gte: readOrder('gte'),
  },
}

const textOperators: { readonly [name: string]: Operator } = {
  startsWith: (asked, given, path) => readText('starts', asked, given, path),
  contains: (asked, given, path) => readText('contains', asked, given, path),
}

const operatorsOf = ({ asks, isText }: ConditionField): { readonly [name: string]: Operator } =>
  isText ? { ...operators[asks], ...textOperators } : operators[asks]

/** What is asked of one field: a plain value, null, or an object of operators, all of which hold. */
const readField = (asked: Asked, given: unknown, path: Path): Reading => {
  if (!isPlainObject(given)) {
    const mayBeGiven = given === null || asked.field.asks === 'equality' || asked.field.asks === 'order'
    return mayBeGiven
      ? readEqual(asked, given, path)
      : wrong(path, 'only operators and null may be asked of this field')
  }
  const known = operatorsOf(asked.field)
  const entries = Object.entries(given)
  if (entries.length === 0) return wrong(path, `no operator: ${Object.keys(known).join(', ')}`)
  return joined(
    'all',
    entries.map(([name, value]) => {
      const operator = Object.hasOwn(known, name) ? known[name] : undefined
      return operator === undefined
        ? wrong([...path, name], `no operator of this field; known: ${Object.keys(known).join(', ')}`)
        : operator(asked, value, [...path, name])
    }),
  )
}

const readList = (kind: 'all' | 'any', fields: ConditionFields, given: unknown, path: Path): Reading =>
  Array.isArray(given)
    ? joined(
        kind,
        Array.from(given, (inner: unknown, at) => readObject(fields, inner, [...path, at])),
      )
    : wrong(path, 'not a list of conditions')

/** The keys that are no fields: no name of a field begins with `$`. */
const combining: { readonly [name: string]: (fields: ConditionFields, given: unknown, path: Path) => Reading } = {
  $or: (fields, given, path) => readList('any', fields, given, path),
  $and: (fields, given, path) => readList('all', fields, given, path),
  $not: (fields, given, path) => complement(readObject(fields, given, path)),
}

const readProperty = (fields: ConditionFields, name: string, given: unknown, path: Path): Reading => {
  const combine = Object.hasOwn(combining, name) ? combining[name] : undefined
  if (combine !== undefined) return combine(fields, given, path)
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined
  return field === undefined ? wrong(path, 'no field that conditions may ask') : readField({ name, field }, given, path)
}

const readObject = (fields: ConditionFields, given: unknown, path: Path): Reading =>
  isPlainObject(given)
    ? joined(
        'all',
        Object.entries(given).map(([name, value]) => readProperty(fields, name, value, [...path, name])),
      )
    : wrong(path, 'not an object of conditions')

/**
 * Reads a `where`. A property that is undefined, a field or an operator that is unknown, and a value that is not of its
 * field's type are refused, so that no mistake widens what a call does, and no operator of a driver comes in by a value.
 * Throws a `ZodError` whose paths begin with `place`.
 */
export const readCondition = (fields: ConditionFields, where: unknown, place: Path = ['where']): Condition => {
  const reading = readObject(fields, where, place)
  if ('condition' in reading) return reading.condition
  throw new z.ZodRealError([...reading.issues])
}
