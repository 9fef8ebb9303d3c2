import { unreachable } from '../kernel/bug.js'
import { joinSql, type Sql, sql } from '../kernel/safe/sql.js'
import type { Arithmetic, Expression, FunctionName } from '../model/expression.js'
import type { Type } from '../model/type.js'
import { alike, numberOfUnits, storedAs } from './alike.js'
import { literalSql } from './expression-literal.js'
import { type Context, instantFormOf } from './forms.js'
import { nowAs } from './instants.js'
import { binding, castTo, inside, type Operand, operand } from './operand.js'
import type { InstantForm } from './tables.js'

/** What an expression stands in: the context, and how the fields it may read are reached. */
export interface ExpressionScope extends Context {
  readonly field: (path: readonly string[]) => Operand
  /** What `now()` is in a form, where it is not the present. */
  readonly now?: (form: InstantForm) => Sql
}

/**
 * An expression of the predicate language as SQL of the same meaning, with parentheses only where SQL's precedence
 * needs them.
 *
 * @example expires_at IS NULL OR expires_at > created_at
 */
export const expressionSql = (scope: ExpressionScope, expression: Expression): Sql =>
  print(scope, expression, null).text

/** The value of an expression as a column of the type keeps it. */
export const storedSql = (scope: ExpressionScope, expression: Expression, type: Type): Sql =>
  storedAs(scope, print(scope, expression, operand(sql``, binding.primary, type)), type)

/** An expression where a name or a literal may stand bare and all else is in parentheses, as in an index. */
export const indexExpressionSql = (scope: ExpressionScope, expression: Expression): Sql => {
  const { text } = print(scope, expression, null)
  return expression.kind === 'call' ? text : sql`(${text})`
}

const isConstant = (expression: Expression): boolean => expression.kind === 'literal' || expression.kind === 'now'

/** Prints an expression; `beside` is what it is compared with, whose type decides how a constant is written. */
const print = (scope: ExpressionScope, expression: Expression, beside: Operand | null): Operand => {
  switch (expression.kind) {
    case 'field':
      return scope.field(expression.path)
    case 'literal':
      return operand(literalSql(scope, expression.value, beside), literalBinding(expression), beside?.type ?? null)
    case 'now':
      return operand((scope.now ?? nowAs)(formBeside(scope, beside)), binding.cast)
    case 'not':
      return operand(sql`NOT ${inside(print(scope, expression.operand, null), binding.is)}`, binding.not)
    case 'negate':
      return operand(sql`- ${inside(numeric(print(scope, expression.operand, null)), binding.cast)}`, binding.negate)
    case 'and':
    case 'or':
      return logical(scope, expression)
    case 'compare':
      return comparison(scope, expression)
    case 'arithmetic':
      return arithmetic(scope, expression)
    case 'is-null': {
      const tested = inside(print(scope, expression.operand, null), binding.other)
      return operand(expression.negated ? sql`${tested} IS NOT NULL` : sql`${tested} IS NULL`, binding.is)
    }
    case 'in':
      return membership(scope, expression)
    case 'between':
      return range(scope, expression)
    case 'call':
      return call(scope, expression.function, expression.arguments)
    default:
      return unreachable(expression)
  }
}

type Kind<K extends Expression['kind']> = Expression & { readonly kind: K }

const literalBinding = ({ value }: Kind<'literal'>): number =>
  value.kind === 'number' && value.text.startsWith('-') ? binding.negate : binding.primary

const formBeside = (scope: ExpressionScope, beside: Operand | null) => {
  if (beside?.type == null || beside.stored === 'json') return 'zoned'
  return instantFormOf(beside.type, scope.options) ?? 'zoned'
}

const logical = (scope: ExpressionScope, expression: Kind<'and' | 'or'>): Operand => {
  const level = binding[expression.kind]
  const left = inside(print(scope, expression.left, null), level)
  const right = inside(print(scope, expression.right, null), level)
  return operand(expression.kind === 'and' ? sql`${left} AND ${right}` : sql`${left} OR ${right}`, level)
}

/** How values that are compared with each other are printed: in forms that Postgres compares by their meaning. */
const compared = (scope: ExpressionScope, expressions: readonly Expression[]): ((one: Expression) => Operand) => {
  const read = expressions.filter((expression) => !isConstant(expression))
  const brought = alike(
    scope,
    read.map((expression) => print(scope, expression, null)),
  )
  const beside = brought.find(({ type }) => type !== null) ?? null
  return (one) => brought[read.indexOf(one)] ?? print(scope, one, beside)
}

const comparison = (scope: ExpressionScope, { operator, left, right }: Kind<'compare'>): Operand => {
  const side = compared(scope, [left, right])
  const [a, b] = [inside(side(left), binding.range), inside(side(right), binding.range)]
  return operand(sql`${a} ${operator as Sql} ${b}`, binding.compare)
}

const membership = (scope: ExpressionScope, expression: Kind<'in'>): Operand => {
  const side = compared(scope, [expression.operand, ...expression.options])
  const options = joinSql(
    expression.options.map((option) => side(option).text),
    ', ',
  )
  const word = expression.negated ? sql`NOT IN` : sql`IN`
  return operand(sql`${inside(side(expression.operand), binding.other)} ${word} (${options})`, binding.range)
}

const range = (scope: ExpressionScope, expression: Kind<'between'>): Operand => {
  const side = compared(scope, [expression.operand, expression.low, expression.high])
  const at = (one: Expression): Sql => inside(side(one), binding.other)
  const word = expression.negated ? sql`NOT BETWEEN` : sql`BETWEEN`
  return operand(sql`${at(expression.operand)} ${word} ${at(expression.low)} AND ${at(expression.high)}`, binding.range)
}

/** Sums of whole numbers are exact however large, and those of single precision are not rounded to it. */
const numeric = (inner: Operand): Operand => {
  if (inner.type === null || inner.binds < binding.cast || inner.stored === 'json') return inner
  const number = numberOfUnits(inner)
  const wide = number === inner ? arithmeticType(inner.type) : null
  return wide === null ? number : castTo(number, wide)
}

const arithmeticType = (type: Type): Sql | null => {
  switch (type.kind) {
    case 'integer':
    case 'duration':
    case 'bigint':
      return sql`numeric`
    case 'float':
      return type.width === 'real' ? sql`double precision` : null
    default:
      return null
  }
}

const levelOf: Readonly<Record<Arithmetic, number>> = { '+': binding.add, '-': binding.add, '*': binding.multiply }

const arithmetic = (scope: ExpressionScope, expression: Kind<'arithmetic'>): Operand => {
  const level = levelOf[expression.operator]
  const left = inside(numeric(print(scope, expression.left, null)), level)
  const right = inside(numeric(print(scope, expression.right, null)), level + 1)
  return operand(sql`${left} ${expression.operator as Sql} ${right}`, level)
}

const call = (scope: ExpressionScope, name: FunctionName, given: readonly Expression[]): Operand => {
  const side = compared(scope, given)
  const printed = given.map(side)
  const [only] = printed
  switch (name) {
    case 'coalesce': {
      const typed = printed.find(({ type }) => type !== null)
      return operand(sql`coalesce(${joinSql(texts(printed), ', ')})`, binding.primary, typed?.type, typed?.stored)
    }
    case 'lower':
    case 'upper': {
      // The collation "C" changes the case of ASCII letters only, as the predicate language does.
      const text = only === undefined ? sql`NULL` : inside(only, binding.cast)
      return operand(sql`${name as Sql}(${text} COLLATE "C")`, binding.primary)
    }
    case 'length':
      return operand(sql`char_length(${only?.text ?? sql`NULL`})`, binding.primary)
    default:
      return unreachable(name)
  }
}

const texts = (operands: readonly Operand[]): readonly Sql[] => operands.map(({ text }) => text)
