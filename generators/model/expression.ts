import { unreachable } from '../kernel/bug.js'
import type { Origin } from './origin.js'

export type Comparison = '=' | '<>' | '<' | '<=' | '>' | '>='
export type Arithmetic = '+' | '-' | '*'

/**
 * An expression of the predicate language, with SQL's three-valued meaning: a check passes when it is unknown, a `where`
 * matches only when it is true. Each view prints the whole union in its own language.
 */
export type Expression =
  | { readonly kind: 'field'; readonly path: readonly string[]; readonly origin: Origin }
  | { readonly kind: 'literal'; readonly value: Literal; readonly origin: Origin }
  | { readonly kind: 'now'; readonly origin: Origin }
  | { readonly kind: 'not'; readonly operand: Expression; readonly origin: Origin }
  | { readonly kind: 'negate'; readonly operand: Expression; readonly origin: Origin }
  | { readonly kind: 'and' | 'or'; readonly left: Expression; readonly right: Expression; readonly origin: Origin }
  | {
      readonly kind: 'compare'
      readonly operator: Comparison
      readonly left: Expression
      readonly right: Expression
      readonly origin: Origin
    }
  | {
      readonly kind: 'arithmetic'
      readonly operator: Arithmetic
      readonly left: Expression
      readonly right: Expression
      readonly origin: Origin
    }
  | { readonly kind: 'is-null'; readonly operand: Expression; readonly negated: boolean; readonly origin: Origin }
  | {
      readonly kind: 'in'
      readonly operand: Expression
      readonly options: readonly Expression[]
      readonly negated: boolean
      readonly origin: Origin
    }
  | {
      readonly kind: 'between'
      readonly operand: Expression
      readonly low: Expression
      readonly high: Expression
      readonly negated: boolean
      readonly origin: Origin
    }
  | {
      readonly kind: 'call'
      readonly function: FunctionName
      readonly arguments: readonly Expression[]
      readonly origin: Origin
    }

export type FunctionName = 'length' | 'lower' | 'upper' | 'coalesce'

/** A literal as written: a number keeps its digits as text, so that bigints and decimals lose nothing. */
export type Literal =
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'boolean'; readonly truth: boolean }
  | { readonly kind: 'null' }

/** The expressions directly inside one, from left to right. */
export const operandsOf = (expression: Expression): readonly Expression[] => {
  switch (expression.kind) {
    case 'field':
    case 'literal':
    case 'now':
      return []
    case 'not':
    case 'negate':
    case 'is-null':
      return [expression.operand]
    case 'and':
    case 'or':
    case 'compare':
    case 'arithmetic':
      return [expression.left, expression.right]
    case 'in':
      return [expression.operand, ...expression.options]
    case 'between':
      return [expression.operand, expression.low, expression.high]
    case 'call':
      return expression.arguments
    default:
      return unreachable(expression)
  }
}

/** The paths of all fields that an expression reads, each once, in the order they are read. */
export const fieldsRead = (expression: Expression): readonly (readonly string[])[] => {
  const found = new Map<string, readonly string[]>()
  const walk = (inner: Expression): void => {
    if (inner.kind === 'field') found.set(inner.path.join('\u0000'), inner.path)
    for (const operand of operandsOf(inner)) walk(operand)
  }
  walk(expression)
  return [...found.values()]
}
