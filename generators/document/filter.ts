import { unreachable } from '../kernel/bug.js'
import { canonical } from '../kernel/hash.js'
import type { Comparison, Expression, Literal } from '../model/expression.js'
import type { Type } from '../model/type.js'
import type { BsonType, ExtendedJson, ExtendedJsonObject } from './collections.js'
import { literalValue, shapeOf } from './expression/operand.js'

/** A field as a filter names it. */
export interface FilterPath {
  readonly path: string
  readonly type: Type
  readonly bsonTypes: readonly BsonType[]
}

export type FilterScope = (path: readonly string[]) => FilterPath

/**
 * A `where` as the filter of a partial index, which matches when the `where` is true. Such filters know equality,
 * order, `$type`, `$and`, `$or` and `$in` of fields and constants (MongoDB manual, "Partial Indexes"; `$or` and `$in`
 * since 6.0), and no negation: `not` is pushed down to the comparisons.
 *
 * @returns null when the condition cannot be said: fields compared with each other, arithmetic, functions
 */
export const partialFilter = (where: Expression, scope: FilterScope): ExtendedJsonObject | null =>
  filterOf(where, false, scope)

const filterOf = (expression: Expression, negated: boolean, scope: FilterScope): ExtendedJsonObject | null => {
  switch (expression.kind) {
    case 'not':
      return filterOf(expression.operand, !negated, scope)
    case 'and':
    case 'or':
      return joined((expression.kind === 'and') !== negated ? '$and' : '$or', [
        filterOf(expression.left, negated, scope),
        filterOf(expression.right, negated, scope),
      ])
    case 'compare':
      return compared(expression, negated, scope)
    case 'is-null':
      return nullTest(expression, expression.negated !== negated, scope)
    case 'in':
      return oneOf(expression, expression.negated !== negated, scope)
    case 'between':
      return between(expression, expression.negated !== negated, scope)
    case 'field':
      return condition(scope(expression.path), '=', { kind: 'boolean', truth: !negated })
    case 'literal':
    case 'call':
    case 'now':
    case 'negate':
    case 'arithmetic':
      return null
    default:
      return unreachable(expression)
  }
}

const isStated = (filter: ExtendedJsonObject | null): filter is ExtendedJsonObject => filter !== null

const joined = (
  operator: '$and' | '$or',
  filters: readonly (ExtendedJsonObject | null)[],
): ExtendedJsonObject | null => {
  if (!filters.every(isStated)) return null
  const flat = filters.flatMap((filter) => membersOf(operator, filter))
  return operator === '$and' ? merged(flat) : { $or: flat }
}

/** A filter that says more beside its `$or` is one member of it: `{ a: 1, $or: […] }` means both. */
const membersOf = (operator: '$and' | '$or', filter: ExtendedJsonObject): readonly ExtendedJson[] => {
  const inner = Object.keys(filter).length === 1 ? filter[operator] : undefined
  return Array.isArray(inner) ? inner : [filter]
}

/** `{ $and: [{ a: 1 }, { b: 2 }] }` reads better as `{ a: 1, b: 2 }`, where no key comes twice. */
const merged = (filters: readonly ExtendedJson[]): ExtendedJsonObject => {
  const entries = filters.flatMap((filter) => Object.entries(filter as ExtendedJsonObject))
  const isSimple = new Set(entries.map(([key]) => key)).size === entries.length
  return isSimple ? Object.fromEntries(entries) : { $and: filters }
}

/** All of these filters as one, each said once; null when there are none. */
export const everyFilter = (filters: readonly ExtendedJsonObject[]): ExtendedJsonObject | null => {
  const distinct = new Map(filters.map((filter) => [canonical(filter), filter]))
  return distinct.size === 0 ? null : joined('$and', [...distinct.values()])
}

const contrary: Readonly<Record<Comparison, Comparison>> = {
  '=': '<>',
  '<>': '=',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
}

const mirrored: Readonly<Record<Comparison, Comparison>> = {
  '=': '=',
  '<>': '<>',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
}

const compared = (
  { left, operator, right }: Extract<Expression, { kind: 'compare' }>,
  negated: boolean,
  scope: FilterScope,
): ExtendedJsonObject | null => {
  const wanted = negated ? contrary[operator] : operator
  if (left.kind === 'field' && right.kind === 'literal') return condition(scope(left.path), wanted, right.value)
  if (left.kind === 'literal' && right.kind === 'field') {
    return condition(scope(right.path), mirrored[wanted], left.value)
  }
  return null
}

const orderOperators = { '<': '$lt', '<=': '$lte', '>': '$gt', '>=': '$gte' } as const

/** Order of stored text is not the order of the numbers it stands for. */
const hasStoredOrder = (type: Type): boolean => type.kind !== 'snowflake'

/** Text that spells a number in several ways is equal to no constant. */
const isSpelled = (type: Type): boolean => type.kind === 'decimal' && type.inMongo === 'text'

/** Text is compared byte by byte, and only with text: null and missing match none of these. */
const condition = (at: FilterPath, operator: Comparison, literal: Literal): ExtendedJsonObject | null => {
  const { path, type } = at
  if (literal.kind === 'null' || isSpelled(type)) return null
  const value = literalValue(literal, shapeOf(type))
  if (operator === '=') return { [path]: value }
  if (operator === '<>') return different(at, literal, value)
  return hasStoredOrder(type) ? { [path]: { [orderOperators[operator]]: value } } : null
}

/** What a literal of another type is never equal to: digits and the ObjectId of an identity. */
const isForeign = (type: Type, value: ExtendedJson): boolean =>
  shapeOf(type) === 'objectid' && typeof value === 'string'

const different = (
  { path, type, bsonTypes }: FilterPath,
  literal: Literal,
  value: ExtendedJson,
): ExtendedJsonObject => {
  if (isForeign(type, value)) return notNull(path, bsonTypes)
  if (literal.kind === 'boolean' && type.kind === 'boolean') return { [path]: !literal.truth }
  return { $or: [{ [path]: { $lt: value } }, { [path]: { $gt: value } }] }
}

/** `{ a: null }` is also true of a list that has a null in it, which only JSON can be. */
const mayHoldNull = (type: Type): boolean =>
  type.kind === 'json' || (type.kind === 'union' && type.of.some((member) => mayHoldNull(member)))

const nullTest = (
  { operand }: Extract<Expression, { kind: 'is-null' }>,
  negated: boolean,
  scope: FilterScope,
): ExtendedJsonObject | null => {
  if (operand.kind !== 'field') return null
  const { path, type, bsonTypes } = scope(operand.path)
  if (!negated && mayHoldNull(type)) return null
  return negated ? notNull(path, bsonTypes) : { [path]: null }
}

/** A value that is there: `{ $ne: null }` is not for partial indexes, a type is. */
export const notNull = (path: string, bsonTypes: readonly BsonType[]): ExtendedJsonObject => ({
  [path]: { $type: bsonTypes.length === 1 ? (bsonTypes[0] ?? null) : bsonTypes },
})

const oneOf = (
  { operand, options }: Extract<Expression, { kind: 'in' }>,
  negated: boolean,
  scope: FilterScope,
): ExtendedJsonObject | null => {
  if (operand.kind !== 'field') return null
  const at = scope(operand.path)
  const conditions = options.map((option) =>
    option.kind === 'literal' ? condition(at, negated ? '<>' : '=', option.value) : null,
  )
  if (negated || !conditions.every(isStated)) return joined(negated ? '$and' : '$or', conditions)
  return { [at.path]: { $in: conditions.map((one) => one[at.path] ?? null) } }
}

const between = (
  { operand, low, high }: Extract<Expression, { kind: 'between' }>,
  negated: boolean,
  scope: FilterScope,
): ExtendedJsonObject | null => {
  if (operand.kind !== 'field' || low.kind !== 'literal' || high.kind !== 'literal') return null
  const at = scope(operand.path)
  const [from, to] = [condition(at, negated ? '<' : '>=', low.value), condition(at, negated ? '>' : '<=', high.value)]
  if (negated) return joined('$or', [from, to])
  return from === null || to === null ? null : { [at.path]: { ...rangeOf(from, at.path), ...rangeOf(to, at.path) } }
}

const rangeOf = (filter: ExtendedJsonObject, path: string): ExtendedJsonObject => filter[path] as ExtendedJsonObject
