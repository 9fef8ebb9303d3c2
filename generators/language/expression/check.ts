import { unreachable } from '../../kernel/bug.js'
import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import type { Span } from '../../kernel/source.js'
import type { Comparison, Expression } from '../../model/expression.js'
import { operandsOf } from '../../model/expression.js'
import type { Type } from '../../model/type.js'
import { literalMisfit } from './literal-fits.js'
import {
  computedNumber,
  describeOperand,
  eitherNumber,
  holdsNumber,
  numberOf,
  type Operand,
  operandOfLiteral,
  operandOfType,
  whole,
} from './operand.js'
import { resolvePath, type Scope } from './path.js'

/** What an expression is for: a condition, a value of a type, or any scalar. */
export type Purpose = { readonly kind: 'condition' | 'scalar' } | { readonly kind: 'value'; readonly type: Type }

interface Checking extends Scope {
  readonly note: (diagnostic: Diagnostic) => void
}

const any: Operand = { kind: 'any' }
const boolean: Operand = { kind: 'boolean' }

const ordered: ReadonlySet<Operand['kind']> = new Set(['number', 'timestamp', 'date', 'time', 'any', 'null'])

const isOrdered = (operand: Operand): boolean =>
  ordered.has(operand.kind) || (operand.kind === 'literal' && operand.value.kind === 'number')

const isNumber = (operand: Operand): boolean =>
  operand.kind === 'number' || operand.kind === 'any' || (operand.kind === 'literal' && operand.value.kind === 'number')

const isText = (operand: Operand): boolean =>
  operand.kind === 'text' || operand.kind === 'any' || (operand.kind === 'literal' && operand.value.kind === 'string')

/** Whether two operands that are no literals are of one type. */
const alike = (left: Operand, right: Operand): boolean => {
  if (left.kind === 'any' || right.kind === 'any') return true
  if (left.kind === 'id' && right.kind === 'id') return left.of === right.of
  if (left.kind === 'enum' && right.kind === 'enum') return left.enum.name === right.enum.name
  return left.kind === right.kind && left.kind !== 'opaque'
}

const fieldOperand = (path: readonly string[], at: Span, checking: Checking): Operand => {
  const resolved = resolvePath(checking, path)
  switch (resolved.kind) {
    case 'field':
      return operandOfType(checking.set, resolved.field.type)
    case 'missing':
      checking.note(missingField(resolved, path, at))
      return any
    case 'no-fields':
      checking.note(report('no-fields-inside', at, { path: resolved.path, type: resolved.field.type.kind }))
      return any
    case 'broken':
      return any
    default:
      return unreachable(resolved)
  }
}

const missingField = (
  { name, owner, nearest }: { name: string; owner: { name: string }; nearest: string | null },
  path: readonly string[],
  at: Span,
): Diagnostic => {
  const isQuoted = at.source.text[at.start] === '"' && path.length === 1
  return isQuoted && nearest === null
    ? report('predicate-quotes', at, { name })
    : report('unknown-field', at, { name, owner: owner.name, nearest })
}

const wantCondition = (expression: Expression, checking: Checking): void => {
  const operand = operandOf(expression, checking)
  if (operand.kind === 'boolean' || operand.kind === 'any') return
  checking.note(report('predicate-not-boolean', expression.origin, { found: describeOperand(operand) }))
}

const wantNumber = (expression: Expression, operation: string, checking: Checking): Operand => {
  const operand = operandOf(expression, checking)
  if (isNumber(operand)) return operand
  const found = describeOperand(operand)
  checking.note(report('predicate-operand', expression.origin, { operation, wanted: 'numbers', found }))
  return any
}

/** Holds two sides to one type; a literal is held to the other side's. */
const wantAlike = (left: Expression, a: Operand, right: Expression, b: Operand, checking: Checking): boolean => {
  const misfit =
    b.kind === 'literal'
      ? literalMisfit(b.value, a, right.origin)
      : a.kind === 'literal'
        ? literalMisfit(a.value, b, left.origin)
        : null
  if (misfit !== null) {
    checking.note(misfit)
    return false
  }
  if (a.kind === 'literal' || b.kind === 'literal' || alike(a, b)) return true
  checking.note(opaqueOrUnlike(left, a, right, b))
  return false
}

const opaqueOrUnlike = (left: Expression, a: Operand, right: Expression, b: Operand): Diagnostic => {
  const opaque = a.kind === 'opaque' ? a : b.kind === 'opaque' ? b : null
  if (opaque === null) {
    return report('predicate-types', right.origin, { left: describeOperand(a), right: describeOperand(b) })
  }
  const at = opaque === a ? left.origin : right.origin
  return report('predicate-operand', at, {
    operation: 'a comparison',
    wanted: 'scalars',
    found: describeOperand(opaque),
  })
}

const compare = (operator: Comparison, left: Expression, right: Expression, checking: Checking): void => {
  const [a, b] = [operandOf(left, checking), operandOf(right, checking)]
  const nullSide = a.kind === 'null' ? left : b.kind === 'null' ? right : null
  if (nullSide !== null) {
    checking.note(report('predicate-null', nullSide.origin, { operator }))
    return
  }
  if (!wantAlike(left, a, right, b, checking)) return
  const unordered = isOrdered(a) ? (b.kind === 'literal' ? null : b) : a.kind === 'literal' ? b : a
  if (operator === '=' || operator === '<>' || unordered === null || isOrdered(unordered)) return
  checking.note(report('predicate-order', left.origin, { found: describeOperand(unordered) }))
}

const call = (expression: Expression & { readonly kind: 'call' }, checking: Checking): Operand => {
  const { function: name, arguments: given } = expression
  if (name === 'coalesce') return coalesce(given, checking)
  for (const argument of given) {
    const operand = operandOf(argument, checking)
    if (isText(operand)) continue
    const found = describeOperand(operand)
    checking.note(report('predicate-operand', argument.origin, { operation: `\`${name}\``, wanted: 'text', found }))
  }
  return name === 'length' ? whole : { kind: 'text' }
}

/** The type of a coalesce is that of its first argument that has one; literals and null take it on. */
const coalesce = (given: readonly Expression[], checking: Checking): Operand => {
  const operands = given.map((argument) => ({ argument, operand: operandOf(argument, checking) }))
  const typed = operands.find(({ operand }) => operand.kind !== 'literal' && operand.kind !== 'null') ?? operands[0]
  if (typed === undefined) return any
  for (const { argument, operand } of operands) {
    if (argument === typed.argument || operand.kind === 'null') continue
    wantAlike(typed.argument, typed.operand, argument, operand, checking)
  }
  const numbers = operands.map(({ operand }) => numberOf(operand)).filter((number) => number !== null)
  return typed.operand.kind === 'number' ? numbers.reduce(eitherNumber) : typed.operand
}

const arithmetic = (expression: Expression & { readonly kind: 'arithmetic' }, checking: Checking): Operand => {
  const { operator, left, right } = expression
  const [a, b] = [left, right].map((side) => numberOf(wantNumber(side, `\`${operator}\``, checking)))
  return a == null || b == null ? any : computedNumber(operator, a, b)
}

/** The type of an expression; what is wrong inside it is noted on the way. */
const operandOf = (expression: Expression, checking: Checking): Operand => {
  switch (expression.kind) {
    case 'field':
      return fieldOperand(expression.path, expression.origin, checking)
    case 'literal':
      return operandOfLiteral(expression.value)
    case 'now':
      return { kind: 'timestamp' }
    case 'not':
      wantCondition(expression.operand, checking)
      return boolean
    case 'and':
    case 'or':
      wantCondition(expression.left, checking)
      wantCondition(expression.right, checking)
      return boolean
    case 'negate':
      return wantNumber(expression.operand, '`-`', checking)
    case 'arithmetic':
      return arithmetic(expression, checking)
    case 'compare':
      compare(expression.operator, expression.left, expression.right, checking)
      return boolean
    case 'is-null':
      operandOf(expression.operand, checking)
      return boolean
    case 'in':
      for (const option of expression.options) compare('=', expression.operand, option, checking)
      return boolean
    case 'between':
      compare('>=', expression.operand, expression.low, checking)
      compare('<=', expression.operand, expression.high, checking)
      return boolean
    case 'call':
      return call(expression, checking)
    default:
      return unreachable(expression)
  }
}

const fitsType = (operand: Operand, wanted: Operand): boolean => {
  const number = numberOf(operand)
  if (number !== null && wanted.kind === 'number') return holdsNumber(wanted, number)
  return operand.kind === 'literal' || alike(operand, wanted)
}

const wantValue = (expression: Expression, operand: Operand, type: Type, checking: Checking): void => {
  const wanted = operandOfType(checking.set, type)
  const misfit = operand.kind === 'literal' ? literalMisfit(operand.value, wanted, expression.origin) : null
  if (misfit !== null) checking.note(misfit)
  else if (!fitsType(operand, wanted)) {
    const words = { found: describeOperand(operand), wanted: describeOperand(wanted) }
    checking.note(report('predicate-result', expression.origin, words))
  }
}

const wantScalar = (expression: Expression, operand: Operand, checking: Checking): void => {
  if (operand.kind !== 'opaque' && operand.kind !== 'null') return
  const found = describeOperand(operand)
  checking.note(report('predicate-operand', expression.origin, { operation: 'this', wanted: 'a scalar', found }))
}

/** What is wrong with an expression where `purpose` is wanted, in the order it is read. */
export const checkExpression = (expression: Expression, scope: Scope, purpose: Purpose): readonly Diagnostic[] => {
  const found: Diagnostic[] = []
  const checking: Checking = { ...scope, note: (diagnostic) => found.push(diagnostic) }
  if (purpose.kind === 'condition') {
    wantCondition(expression, checking)
    return found
  }
  const operand = operandOf(expression, checking)
  if (purpose.kind === 'value') wantValue(expression, operand, purpose.type, checking)
  else wantScalar(expression, operand, checking)
  return found
}

/** Every `now()` of an expression that stands where time must not, named by `place` (`a check`). */
export const refuseNow = (expression: Expression, place: string): readonly Diagnostic[] =>
  expression.kind === 'now'
    ? [report('predicate-now', expression.origin, { place })]
    : operandsOf(expression).flatMap((operand) => refuseNow(operand, place))
