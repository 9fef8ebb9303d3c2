import { unreachable } from '../../kernel/bug.js'
import type { Comparison, Expression } from '../../model/expression.js'
import { all, always, any, type Condition, leaf, never, opposite } from './condition.js'
import { asShape, commonShape, type Operand } from './operand.js'
import type { RuntimeFunction } from './runtime.js'
import type { Scope } from './scope.js'
import type { Reading, Terms, Truth } from './terms.js'
import { operandOf } from './value.js'

interface Frame {
  readonly terms: Terms
  readonly reading: Reading
  /** Whether the condition stands under an odd number of negations. */
  readonly negated: boolean
}

/** How an expression is put into code where its fields are read as `read` says. */
export const termsOf = (read: Scope): Terms => {
  const terms: Terms = {
    read,
    truth: (expression, reading) => truthOf(expression, { terms, reading, negated: false }),
  }
  return terms
}

const truthOf = (expression: Expression, frame: Frame): Truth => {
  switch (expression.kind) {
    case 'not':
      return truthOf(expression.operand, { ...frame, negated: !frame.negated })
    case 'and':
    case 'or':
      return joined((expression.kind === 'and') !== frame.negated, [
        truthOf(expression.left, frame),
        truthOf(expression.right, frame),
      ])
    case 'compare':
      return compared(expression, frame)
    case 'is-null':
      return nullTest(operandOf(expression.operand, frame.terms), expression.negated !== frame.negated, frame.reading)
    case 'in':
      return oneOf(expression, { ...frame, negated: expression.negated !== frame.negated })
    case 'between':
      return between(expression, { ...frame, negated: expression.negated !== frame.negated })
    case 'field':
    case 'literal':
    case 'call':
      return booleanTruth(expression, frame)
    case 'now':
    case 'negate':
    case 'arithmetic':
      return { condition: never, uses: [] }
    default:
      return unreachable(expression)
  }
}

const joined = (every: boolean, truths: readonly Truth[]): Truth => ({
  condition: (every ? all : any)(truths.map((truth) => truth.condition)),
  uses: truths.flatMap((truth) => truth.uses),
})

/** A test of operands that must be known for it to have an answer. */
const guarded = (test: Condition, operands: readonly Operand[], reading: Reading): Truth => {
  const unknowns = operands.map((operand) => operand.unknown)
  const condition = reading === 'passes' ? any([...unknowns, test]) : all([...unknowns.map(opposite), test])
  return { condition, uses: operands.flatMap((operand) => operand.uses) }
}

const booleanTruth = (expression: Expression, frame: Frame): Truth => {
  if (expression.kind === 'literal' && expression.value.kind === 'boolean') {
    return { condition: expression.value.truth === frame.negated ? never : always, uses: [] }
  }
  const value = operandOf(expression, frame.terms)
  return guarded(leaf(frame.negated ? `!${value.code}` : value.code), [value], frame.reading)
}

const contrary: Readonly<Record<Comparison, Comparison>> = {
  '=': '<>',
  '<>': '=',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
}

const operatorCode: Readonly<Record<Comparison, string>> = {
  '=': '===',
  '<>': '!==',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
}

type Compared = Extract<Expression, { kind: 'compare' }>

const truthLiteral = (expression: Expression): boolean | null =>
  expression.kind === 'literal' && expression.value.kind === 'boolean' ? expression.value.truth : null

/** `active = true` is `active`, so that the code reads as a person would write it. */
const comparedWithTruth = (expression: Compared, frame: Frame): Truth | null => {
  const [left, right] = [truthLiteral(expression.left), truthLiteral(expression.right)]
  const truth = right ?? left
  if (truth === null || (expression.operator !== '=' && expression.operator !== '<>')) return null
  const other = right === null ? expression.right : expression.left
  const turned = truth !== (expression.operator === '=')
  return truthOf(other, { ...frame, negated: turned !== frame.negated })
}

const compared = (expression: Compared, frame: Frame): Truth => {
  const operator = frame.negated ? contrary[expression.operator] : expression.operator
  return (
    comparedWithTruth(expression, frame) ??
    comparison(
      operator,
      operandOf(expression.left, frame.terms),
      operandOf(expression.right, frame.terms),
      frame.reading,
    )
  )
}

/** Dates are equal by their time; ids and decimals, which are text, are compared by what they stand for. */
const comparison = (operator: Comparison, left: Operand, right: Operand, reading: Reading): Truth => {
  const shape = commonShape(left, right)
  const [a, b] = [asShape(left, shape), asShape(right, shape)]
  const code = operatorCode[operator]
  const equality = operator === '=' || operator === '<>'
  const test = (text: string, uses: readonly RuntimeFunction[] = []): Truth => {
    const truth = guarded(leaf(text), [a, b], reading)
    return { ...truth, uses: [...truth.uses, ...uses] }
  }
  if (shape === 'decimal') return test(`compareDecimals(${a.code}, ${b.code}) ${code} 0`, ['compareDecimals'])
  if (shape === 'id' && !equality) return test(`compareIds(${a.code}, ${b.code}) ${code} 0`, ['compareIds'])
  if (shape === 'instant' && equality) return test(`${a.code}.getTime() ${code} ${b.code}.getTime()`)
  return test(`${a.code} ${code} ${b.code}`)
}

const nullTest = (operand: Operand, negated: boolean, reading: Reading): Truth => {
  const isNull = reading === 'passes' ? operand.unknown : operand.isNull
  const isNotNull = opposite(reading === 'passes' ? operand.isNull : operand.unknown)
  return { condition: negated ? isNotNull : isNull, uses: operand.uses }
}

const oneOf = (expression: Extract<Expression, { kind: 'in' }>, frame: Frame): Truth => {
  const value = operandOf(expression.operand, frame.terms)
  return joined(
    frame.negated,
    expression.options.map((option) =>
      comparison(frame.negated ? '<>' : '=', value, operandOf(option, frame.terms), frame.reading),
    ),
  )
}

const between = (expression: Extract<Expression, { kind: 'between' }>, frame: Frame): Truth => {
  const value = operandOf(expression.operand, frame.terms)
  const [low, high] = [operandOf(expression.low, frame.terms), operandOf(expression.high, frame.terms)]
  return joined(!frame.negated, [
    comparison(frame.negated ? '<' : '>=', value, low, frame.reading),
    comparison(frame.negated ? '>' : '<=', value, high, frame.reading),
  ])
}
