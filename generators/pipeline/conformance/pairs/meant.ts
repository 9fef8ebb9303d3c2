import { compareDecimals, parseDecimal } from '../../../kernel/decimal.js'
import type { SchemaSet } from '../../../model/schema-set.js'
import type { Type } from '../../../model/type.js'
import { meaning } from '../../meaning.js'
import { comparable } from '../comparable.js'

/** What two values of one type are to each other. `isBefore` is null where the language promises no order. */
export interface Relation {
  readonly isEqual: boolean
  readonly isBefore: boolean | null
}

type Compare = (one: unknown, other: unknown) => number

const compareNumbers: Compare = (one, other) => (Number(one) < Number(other) ? -1 : Number(one) > Number(other) ? 1 : 0)

const compareWhole: Compare = (one, other) => {
  const [left, right] = [BigInt(String(one)), BigInt(String(other))]
  return left < right ? -1 : left > right ? 1 : 0
}

const compareAmounts: Compare = (one, other) => {
  const [left, right] = [parseDecimal(String(one)), parseDecimal(String(other))]
  return left === null || right === null ? 0 : compareDecimals(left, right)
}

/** Texts of one form, in which the digits stand at the same places. */
const compareDigits: Compare = (one, other) => (String(one) < String(other) ? -1 : String(one) > String(other) ? 1 : 0)

/** How values of a type are ordered in both stores; null where each store has an order of its own, or none. */
const orderOf = (type: Type): Compare | null => {
  switch (type.kind) {
    case 'integer':
    case 'float':
    case 'duration':
    case 'boolean':
      return compareNumbers
    case 'timestamp':
      return (one, other) => compareNumbers((one as Date).getTime(), (other as Date).getTime())
    case 'bigint':
      return compareWhole
    case 'decimal':
      return compareAmounts
    case 'date':
    case 'time':
      return compareDigits
    case 'snowflake':
    case 'identity':
    case 'uuid':
    case 'objectid':
    case 'text':
    case 'format':
    case 'enum':
    case 'bytes':
    case 'json':
    case 'object':
    case 'list':
    case 'map':
    case 'vector':
    case 'union':
      return null
  }
}

/** What two values are to each other by the model, as code has them. */
export const relationMeant = (set: SchemaSet, type: Type, one: unknown, other: unknown): Relation => {
  const [left, right] = [meaning(set, type, one), meaning(set, type, other)]
  const compare = orderOf(type)
  const isEqual = compare === null ? comparable(left) === comparable(right) : compare(left, right) === 0
  return { isEqual, isBefore: compare === null ? null : compare(left, right) < 0 }
}
