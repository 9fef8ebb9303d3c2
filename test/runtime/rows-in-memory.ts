import type { Condition, Order } from '../../runtime/src/conditions/condition.js'

/** A row as code has it; an object inside of it by its paths. */
export type MemoryRow = { readonly [path: string]: unknown }

const compares: { readonly [Operator in Order]: (difference: number) => boolean } = {
  lt: (difference) => difference < 0,
  lte: (difference) => difference <= 0,
  gt: (difference) => difference > 0,
  gte: (difference) => difference >= 0,
}

/** By code point, as both stores order text. UTF-8 keeps that order, and UTF-16 does not. */
const compareTexts = (left: string, right: string): number => Buffer.compare(Buffer.from(left), Buffer.from(right))

/** What tells how far one value is from another; zero where they are equal. */
export type Comparers = { readonly [path: string]: (left: unknown, right: unknown) => number }

export const byText = (left: unknown, right: unknown): number => compareTexts(String(left), String(right))
export const byNumber = (left: unknown, right: unknown): number => Number(left) - Number(right)

/** Whether a condition holds of a row: the plain meaning, which both stores are held to. */
export const holds = (condition: Condition, row: MemoryRow, comparers: Comparers): boolean => {
  const compare = (field: string, value: unknown): number | null => {
    const own = row[field] ?? null
    return own === null ? null : (comparers[field] ?? byText)(own, value)
  }
  switch (condition.kind) {
    case 'all':
      return condition.of.every((inner) => holds(inner, row, comparers))
    case 'any':
      return condition.of.some((inner) => holds(inner, row, comparers))
    case 'not':
      return !holds(condition.of, row, comparers)
    case 'null':
      return (row[condition.field] ?? null) === null
    case 'equal':
      return compare(condition.field, condition.value) === 0
    case 'one-of':
      return condition.values.some((value) => compare(condition.field, value) === 0)
    case 'order': {
      const difference = compare(condition.field, condition.value)
      return difference !== null && compares[condition.operator](difference)
    }
    case 'has': {
      const own = row[condition.field]
      return Array.isArray(own) && own.includes(condition.value)
    }
    case 'starts':
    case 'contains': {
      const own = row[condition.field]
      if (typeof own !== 'string') return false
      return condition.kind === 'starts' ? own.startsWith(condition.text) : own.includes(condition.text)
    }
  }
}
