import { unreachable } from '../kernel/bug.js'
import { type Expression, type Literal, operandsOf } from './expression.js'

/** How tightly an expression binds: an operand that binds less tightly than its place asks for stands in parentheses. */
const bindingOf = (expression: Expression): number => {
  switch (expression.kind) {
    case 'or':
      return 1
    case 'and':
      return 2
    case 'not':
      return 3
    case 'compare':
    case 'is-null':
    case 'in':
    case 'between':
      return 4
    case 'arithmetic':
      return expression.operator === '*' ? 6 : 5
    case 'negate':
      return 7
    case 'field':
    case 'literal':
    case 'now':
    case 'call':
      return 8
    default:
      return unreachable(expression)
  }
}

const keywords = new Set('and between coalesce false in is length lower not now null or true upper'.split(' '))

const nameText = (name: string): string =>
  /^[\p{L}_][\p{L}\p{N}_$]*$/u.test(name) && !keywords.has(name.toLowerCase()) ? name : `"${name.replace(/"/g, '""')}"`

const literalText = (literal: Literal): string => {
  switch (literal.kind) {
    case 'string':
      return `'${literal.text.replace(/'/g, "''")}'`
    case 'number':
      return literal.text
    case 'boolean':
      return String(literal.truth)
    case 'null':
      return 'null'
    default:
      return unreachable(literal)
  }
}

const atLeast = (binding: number, operand: Expression): string =>
  bindingOf(operand) < binding ? `(${expressionText(operand)})` : expressionText(operand)

/** An expression in the predicate language, as a person would have written it: read again it is the same. */
export const expressionText = (expression: Expression): string => {
  switch (expression.kind) {
    case 'field':
      return expression.path.map(nameText).join('.')
    case 'literal':
      return literalText(expression.value)
    case 'now':
      return 'now()'
    case 'not':
      return `not ${atLeast(3, expression.operand)}`
    case 'negate':
      return `-${atLeast(8, expression.operand)}`
    case 'and':
    case 'or': {
      const own = bindingOf(expression)
      return `${atLeast(own, expression.left)} ${expression.kind} ${atLeast(own + 1, expression.right)}`
    }
    case 'compare':
      return `${atLeast(5, expression.left)} ${expression.operator} ${atLeast(5, expression.right)}`
    case 'arithmetic': {
      const own = bindingOf(expression)
      return `${atLeast(own, expression.left)} ${expression.operator} ${atLeast(own + 1, expression.right)}`
    }
    case 'is-null':
      return `${atLeast(5, expression.operand)} is ${expression.negated ? 'not ' : ''}null`
    case 'in':
      return `${atLeast(5, expression.operand)} ${expression.negated ? 'not ' : ''}in (${expression.options.map(expressionText).join(', ')})`
    case 'between':
      return `${atLeast(5, expression.operand)} ${expression.negated ? 'not ' : ''}between ${atLeast(5, expression.low)} and ${atLeast(5, expression.high)}`
    case 'call':
      return `${expression.function}(${operandsOf(expression).map(expressionText).join(', ')})`
    default:
      return unreachable(expression)
  }
}
