import { known, unreachable } from '../../kernel/bug.js'
import type { Arithmetic, Comparison, Expression, FunctionName } from '../../model/expression.js'
import type { ExtendedJson } from '../collections.js'
import { asShape, commonShape, exactShape, isNull, literalOperand, type Operand, operand, shapeOf } from './operand.js'
import type { Scope } from './scope.js'

/**
 * How an unknown condition counts: a check `passes` when it is unknown, a filter `holds` only when it is true. Negations
 * are pushed down to the comparisons, each of which says what it is when an operand is null.
 */
export type Reading = 'passes' | 'holds'

interface Frame {
  readonly scope: Scope
  readonly reading: Reading
  readonly negated: boolean
}

/** An expression as a condition of the aggregation language (`$expr`): always true or false. */
export const conditionOf = (expression: Expression, scope: Scope, reading: Reading): ExtendedJson =>
  truthOf(expression, { scope, reading, negated: false })

const truthOf = (expression: Expression, frame: Frame): ExtendedJson => {
  switch (expression.kind) {
    case 'not':
      return truthOf(expression.operand, { ...frame, negated: !frame.negated })
    case 'and':
    case 'or':
      return joined((expression.kind === 'and') !== frame.negated ? '$and' : '$or', [
        truthOf(expression.left, frame),
        truthOf(expression.right, frame),
      ])
    case 'compare': {
      const operator = frame.negated ? contrary[expression.operator] : expression.operator
      return comparison(
        operator,
        operandOf(expression.left, frame.scope),
        operandOf(expression.right, frame.scope),
        frame,
      )
    }
    case 'is-null':
      return nullTest(operandOf(expression.operand, frame.scope), expression.negated !== frame.negated)
    case 'in':
      return oneOf(expression, { ...frame, negated: expression.negated !== frame.negated })
    case 'between':
      return between(expression, { ...frame, negated: expression.negated !== frame.negated })
    case 'field':
    case 'literal':
    case 'call':
    case 'now':
    case 'negate':
    case 'arithmetic':
      return booleanTruth(operandOf(expression, frame.scope), frame)
    default:
      return unreachable(expression)
  }
}

const joined = (operator: '$and' | '$or', conditions: readonly ExtendedJson[]): ExtendedJson => ({
  [operator]: conditions.flatMap((condition) => flattened(operator, condition)),
})

const flattened = (operator: '$and' | '$or', condition: ExtendedJson): readonly ExtendedJson[] => {
  if (condition === null || typeof condition !== 'object' || Array.isArray(condition)) return [condition]
  const inner = Object.entries(condition).find(([key]) => key === operator)?.[1]
  return Array.isArray(inner) ? inner : [condition]
}

const booleanTruth = ({ value, nullable }: Operand, { reading, negated }: Frame): ExtendedJson => {
  if (!nullable) return negated ? { $eq: [value, false] } : { $eq: [value, true] }
  return reading === 'passes' ? { $ne: [value, negated] } : { $eq: [value, !negated] }
}

const contrary: Readonly<Record<Comparison, Comparison>> = {
  '=': '<>',
  '<>': '=',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
}

const operators: Readonly<Record<Comparison, string>> = {
  '=': '$eq',
  '<>': '$ne',
  '<': '$lt',
  '<=': '$lte',
  '>': '$gt',
  '>=': '$gte',
}

const comparison = (operator: Comparison, left: Operand, right: Operand, { reading }: Frame): ExtendedJson => {
  const shape = commonShape(left, right)
  const numeric = operator !== '=' && operator !== '<>'
  const test = { [operators[operator]]: [asShape(left, shape, numeric), asShape(right, shape, numeric)] }
  const unknowns = [left, right].filter(({ nullable }) => nullable).map(({ value }) => isNull(value))
  if (unknowns.length === 0) return test
  if (reading === 'passes') return joined('$or', [...unknowns, test])
  return joined('$and', [...unknowns.map((unknown): ExtendedJson => ({ $not: [unknown] })), test])
}

const nullTest = ({ value }: Operand, negated: boolean): ExtendedJson =>
  negated ? { $not: [isNull(value)] } : isNull(value)

const oneOf = (expression: Extract<Expression, { kind: 'in' }>, frame: Frame): ExtendedJson => {
  const value = operandOf(expression.operand, frame.scope)
  return joined(
    frame.negated ? '$and' : '$or',
    expression.options.map((option) =>
      comparison(frame.negated ? '<>' : '=', value, operandOf(option, frame.scope), frame),
    ),
  )
}

const between = (expression: Extract<Expression, { kind: 'between' }>, frame: Frame): ExtendedJson => {
  const value = operandOf(expression.operand, frame.scope)
  const [low, high] = [operandOf(expression.low, frame.scope), operandOf(expression.high, frame.scope)]
  return joined(frame.negated ? '$or' : '$and', [
    comparison(frame.negated ? '<' : '>=', value, low, frame),
    comparison(frame.negated ? '>' : '<=', value, high, frame),
  ])
}

/** The value of an expression in the aggregation language: null when SQL's would be null. */
export const operandOf = (expression: Expression, scope: Scope): Operand => {
  switch (expression.kind) {
    case 'field': {
      const read = scope(expression.path)
      return operand(read.value, shapeOf(read.type), read.nullable)
    }
    case 'literal':
      return literalOperand(expression.value)
    case 'now':
      return operand('$$NOW', 'instant', false)
    case 'negate':
      return computed('-', literalOperand({ kind: 'number', text: '0' }), operandOf(expression.operand, scope))
    case 'arithmetic':
      return computed(expression.operator, operandOf(expression.left, scope), operandOf(expression.right, scope))
    case 'call':
      return called(
        expression.function,
        expression.arguments.map((argument) => operandOf(argument, scope)),
      )
    case 'not':
    case 'and':
    case 'or':
    case 'compare':
    case 'is-null':
    case 'in':
    case 'between':
      return truthValue(expression, scope)
    default:
      return unreachable(expression)
  }
}

const truthValue = (expression: Expression, scope: Scope): Operand => {
  const holds = conditionOf(expression, scope, 'holds')
  const passes = conditionOf(expression, scope, 'passes')
  return operand({ $cond: [holds, true, { $cond: [passes, null, false] }] }, 'boolean', true)
}

const arithmetic: Readonly<Record<Arithmetic, string>> = { '+': '$add', '-': '$subtract', '*': '$multiply' }

/** The arithmetic of aggregations gives null when an operand is null or missing, as SQL's does. */
const computed = (operator: Arithmetic, left: Operand, right: Operand): Operand => {
  const shape = exactShape(left, right)
  const operands = [asShape(left, shape, true), asShape(right, shape, true)]
  return operand({ [arithmetic[operator]]: operands }, shape, left.nullable || right.nullable)
}

/** `$strLenCP`, `$size` refuse null, and `$toLower` makes it an empty text: unknown stays unknown. */
const unlessNull = (inner: Operand, value: ExtendedJson): ExtendedJson =>
  inner.nullable ? { $cond: [isNull(inner.value), null, value] } : value

const called = (name: FunctionName, given: readonly Operand[]): Operand => {
  const first = known(given[0], `the argument of ${name}`)
  switch (name) {
    case 'length':
      return operand(
        unlessNull(first, first.shape === 'list' ? { $size: first.value } : { $strLenCP: first.value }),
        'number',
        first.nullable,
      )
    case 'lower':
      return operand(unlessNull(first, { $toLower: first.value }), 'text', first.nullable)
    case 'upper':
      return operand(unlessNull(first, { $toUpper: first.value }), 'text', first.nullable)
    case 'coalesce':
      return given.slice(1).reduce(coalesced, first)
    default:
      return unreachable(name)
  }
}

const coalesced = (left: Operand, right: Operand): Operand => {
  const shape = exactShape(left, right)
  const values = [asShape(left, shape, false), asShape(right, shape, false)]
  return operand({ $ifNull: values }, shape, left.nullable && right.nullable)
}
