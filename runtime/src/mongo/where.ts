import type { Condition, Order } from '../conditions/condition.js'

/** A field of a document, as conditions have it. */
export interface ConditionPath {
  /** The path in the document: `_id`, `settings.welcome.enabled`. */
  readonly path: string
  /** A value as the document holds it; of a list, an item. */
  readonly encode: (value: unknown) => unknown
  /** Whether values are digits without a leading zero, which are ordered as the numbers that they spell. */
  readonly isDigits?: boolean
}

export type ConditionPaths = { readonly [field: string]: ConditionPath }

/** A filter of MongoDB's query language. */
export type Filter = { readonly [name: string]: unknown }

const operators: { readonly [Operator in Order]: string } = { lt: '$lt', lte: '$lte', gt: '$gt', gte: '$gte' }

/** A text as a regular expression that only matches itself (PCRE, "Metacharacters"). */
const literal = (text: string): string => text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&')

const pathOf = (paths: ConditionPaths, field: string): ConditionPath => {
  const path = paths[field]
  if (path === undefined) throw new TypeError(`no path of ${field}`)
  return path
}

/**
 * A comparison of digits as one of numbers: fewer digits are a smaller number. No collation is asked, which would hold for
 * all texts of the query and keep it from every index that has another one.
 */
export const digitsFilter = (path: string, operator: Order, digits: string): Filter => {
  const { length } = digits
  const isLess = operator === 'lt' || operator === 'lte'
  const alike = [{ [path]: { $regex: `^.{${length}}$` } }, { [path]: { [operators[operator]]: digits } }]
  const others = isLess ? `^.{1,${length - 1}}$` : `^.{${length + 1},}$`
  return isLess && length === 1 ? { $and: alike } : { $or: [{ [path]: { $regex: others } }, { $and: alike }] }
}

/**
 * A condition as a filter, which holds of the same rows. Every value stands beside an operator, so that no value is read
 * as one. `$nor` is a complement; comparisons hold of no document that has null or nothing there.
 */
export const whereFilter = (condition: Condition, paths: ConditionPaths): Filter => {
  const filters = (of: readonly Condition[]): Filter[] => of.map((inner) => whereFilter(inner, paths))
  const compare = (field: string, operator: string, value: unknown): Filter => {
    const { path, encode } = pathOf(paths, field)
    return { [path]: { [operator]: encode(value) } }
  }
  switch (condition.kind) {
    case 'all':
      return condition.of.length === 0 ? {} : { $and: filters(condition.of) }
    case 'any':
      // No document is without an id. An empty `$or` is refused.
      return condition.of.length === 0 ? { _id: { $exists: false } } : { $or: filters(condition.of) }
    case 'not':
      return { $nor: [whereFilter(condition.of, paths)] }
    case 'null':
      return { [pathOf(paths, condition.field).path]: { $eq: null } }
    case 'equal':
    case 'has':
      return compare(condition.field, '$eq', condition.value)
    case 'one-of': {
      const { path, encode } = pathOf(paths, condition.field)
      return { [path]: { $in: condition.values.map(encode) } }
    }
    case 'order': {
      const { field, operator, value } = condition
      const { path, isDigits } = pathOf(paths, field)
      return isDigits === true
        ? digitsFilter(path, operator, String(value))
        : compare(field, operators[operator], value)
    }
    case 'starts':
      return { [pathOf(paths, condition.field).path]: { $regex: `^${literal(condition.text)}` } }
    case 'contains':
      return { [pathOf(paths, condition.field).path]: { $regex: literal(condition.text) } }
  }
}
