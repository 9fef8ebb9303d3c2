import { unreachable } from '../kernel/bug.js'
import { joinSql, numeral, type Sql, sql } from '../kernel/safe/sql.js'
import type { Arithmetic, Expression, FunctionName } from '../model/expression.js'
import type { DurationType, Type } from '../model/type.js'
import { literalSql } from './expression-literal.js'
import { type Context, instantForm, instantFormOf } from './forms.js'
import { asZoned, nowAs } from './instants.js'
import { binding, castTo, inside, type Operand, operand } from './operand.js'
import { millisecondsIn } from './scalar-checks.js'
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

/** The same where a name or a literal may stand bare and all else is in parentheses, as in an index. */
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

/** Two sides of a comparison in forms that Postgres compares by their meaning. */
const pair = (scope: ExpressionScope, left: Expression, right: Expression): readonly [Operand, Operand] => {
  if (isConstant(left) && !isConstant(right)) {
    const b = print(scope, right, null)
    return [print(scope, left, b), b]
  }
  const a = print(scope, left, null)
  const b = print(scope, right, a)
  return isConstant(right) ? [a, b] : alike(scope, a, b)
}

const storedForm = (scope: ExpressionScope, { type, stored }: Operand) => {
  if (type === null || type.kind !== 'timestamp') return null
  return stored === 'json' ? 'zoned' : instantForm(type, scope.options)
}

const isTextSnowflake = (scope: ExpressionScope, { type, stored }: Operand): boolean =>
  type?.kind === 'snowflake' && stored === 'column' && (type.as ?? scope.options.snowflake) === 'text'

/** Instants held in different forms, and snowflakes held as text and as numbers, are brought to one. */
const alike = (scope: ExpressionScope, a: Operand, b: Operand): readonly [Operand, Operand] => {
  const [aForm, bForm] = [storedForm(scope, a), storedForm(scope, b)]
  if (aForm !== null && bForm !== null && aForm !== bForm)
    return [operand(asZoned(a.text, aForm), binding.primary), operand(asZoned(b.text, bForm), binding.primary)]
  if (isTextSnowflake(scope, a) === isTextSnowflake(scope, b)) return [a, b]
  return isTextSnowflake(scope, a) ? [castTo(a, sql`bigint`), b] : [a, castTo(b, sql`bigint`)]
}

const comparison = (scope: ExpressionScope, expression: Kind<'compare'>): Operand => {
  const [left, right] = pair(scope, expression.left, expression.right)
  const operator = expression.operator as Sql
  return operand(sql`${inside(left, binding.range)} ${operator} ${inside(right, binding.range)}`, binding.compare)
}

const membership = (scope: ExpressionScope, expression: Kind<'in'>): Operand => {
  const tested = print(scope, expression.operand, null)
  const options = joinSql(
    expression.options.map((option) => print(scope, option, tested).text),
    ', ',
  )
  const word = expression.negated ? sql`NOT IN` : sql`IN`
  return operand(sql`${inside(tested, binding.other)} ${word} (${options})`, binding.range)
}

const range = (scope: ExpressionScope, expression: Kind<'between'>): Operand => {
  const tested = print(scope, expression.operand, null)
  const low = inside(print(scope, expression.low, tested), binding.other)
  const high = inside(print(scope, expression.high, tested), binding.other)
  const word = expression.negated ? sql`NOT BETWEEN` : sql`BETWEEN`
  return operand(sql`${inside(tested, binding.other)} ${word} ${low} AND ${high}`, binding.range)
}

/** Sums of whole numbers are exact however large, and those of single precision are not rounded to it. */
const numeric = (inner: Operand): Operand => {
  if (inner.type === null || inner.binds < binding.cast || inner.stored === 'json') return inner
  if (inner.type.kind === 'duration' && inner.type.as === 'interval')
    return operand(unitsIn(inner, inner.type), binding.multiply)
  const wide = arithmeticType(inner.type)
  return wide === null ? inner : castTo(inner, wide)
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

/** An interval as the number of its unit. */
const unitsIn = (inner: Operand, { unit }: DurationType): Sql =>
  sql`extract(epoch FROM ${inner.text}) * 1000 / ${numeral(millisecondsIn[unit])}`

const levelOf: Readonly<Record<Arithmetic, number>> = { '+': binding.add, '-': binding.add, '*': binding.multiply }

const arithmetic = (scope: ExpressionScope, expression: Kind<'arithmetic'>): Operand => {
  const level = levelOf[expression.operator]
  const left = inside(numeric(print(scope, expression.left, null)), level)
  const right = inside(numeric(print(scope, expression.right, null)), level + 1)
  return operand(sql`${left} ${expression.operator as Sql} ${right}`, level)
}

const call = (scope: ExpressionScope, name: FunctionName, given: readonly Expression[]): Operand => {
  const first = given.map((argument) => print(scope, argument, null)).find(({ type }) => type !== null) ?? null
  const printed = given.map((argument) => print(scope, argument, isConstant(argument) ? first : null))
  const [only] = printed
  switch (name) {
    case 'coalesce':
      return operand(sql`coalesce(${joinSql(texts(printed), ', ')})`, binding.primary, first?.type, first?.stored)
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
