import type { Check, Entity } from '../model/entity.js'
import { type Expression, fieldsRead } from '../model/expression.js'
import type { ObjectDefinition, SchemaSet } from '../model/schema-set.js'
import type { Type } from '../model/type.js'
import { any, bare, conditionCode, isNever, leaf, printCondition, settled } from './expression/condition.js'
import { asShape } from './expression/operand.js'
import { parameterType } from './expression/parameter.js'
import type { RuntimeFunction } from './expression/runtime.js'
import { type ScopeOptions, scopeOf } from './expression/scope.js'
import { termsOf } from './expression/truth.js'
import { absentTest, operandOf, shapeOf, typeTextOf } from './expression/value.js'
import { inParentheses } from './layout.js'

export { checkMessage, checkPath, computedMessage } from './expression/message.js'
export type { RuntimeFunction } from './expression/runtime.js'
export type { ScopeOptions } from './expression/scope.js'

/** An expression of the predicate language as TypeScript. */
export interface ExpressionCode {
  /** The type of what it reads, which any row, insert and patch satisfies: `{ expires_at?: Date | null | undefined }`. */
  readonly parameter: string
  /** An expression over the receiver, laid out by `laidOut`. */
  readonly body: string
  /** The type of the expression's value. */
  readonly result: string
  /** The functions of the runtime that the body calls. */
  readonly uses: readonly RuntimeFunction[]
}

type Owner = Entity | ObjectDefinition

const isObject = (owner: Owner): boolean => !('key' in owner)

/**
 * By default an entity's fields may be missing, which leaves them unknown, so that one function serves rows, inserts
 * and patches; an object is always whole, and what it lacks is null.
 */
const defaults = (owner: Owner): ScopeOptions => ({ receiver: 'row', partial: !isObject(owner) })

/**
 * A check as code that is true when a value passes it: unless the check is false, as in SQL.
 *
 * @example `(row: ${parameter}) => ${body}`
 */
export const checkFunction = (
  set: SchemaSet,
  owner: Owner,
  check: Pick<Check, 'expression'>,
  options: Partial<ScopeOptions> = {},
): ExpressionCode => {
  const scopeOptions = { ...defaults(owner), ...options }
  const truth = termsOf(scopeOf(set, owner, scopeOptions)).truth(check.expression, 'passes')
  return {
    parameter: parameterType(set, owner, check.expression, scopeOptions),
    body: conditionCode(truth.condition),
    result: 'boolean',
    uses: [...new Set(truth.uses)],
  }
}

/** A `where` as code that is true when a row meets it: when it is neither false nor unknown, as in SQL. */
export const whereFunction = (set: SchemaSet, owner: Owner, where: Expression): ExpressionCode => {
  const scopeOptions = defaults(owner)
  const truth = termsOf(scopeOf(set, owner, scopeOptions)).truth(where, 'holds')
  return {
    parameter: parameterType(set, owner, where, scopeOptions),
    body: conditionCode(truth.condition),
    result: 'boolean',
    uses: [...new Set(truth.uses)],
  }
}

/**
 * Whether the value of an expression is accepted, as code: true where something it reads is missing, which leaves it
 * unknown.
 *
 * @param accepts a condition on the code of the value, which has the type of the field that it is computed for
 */
export const acceptsFunction = (
  set: SchemaSet,
  owner: Owner,
  expression: Expression,
  type: Type,
  accepts: (value: string) => string,
): ExpressionCode => {
  const scopeOptions = defaults(owner)
  const scope = scopeOf(set, owner, scopeOptions)
  const value = asShape(operandOf(expression, termsOf(scope)), shapeOf(type))
  const absent = any(fieldsRead(expression).map((path) => absentTest(scope(path))))
  const unknown = settled(absent, value.unknown)
  const code = isNever(unknown) ? bare(value.code) : `${printCondition(unknown)} ? null : ${bare(value.code)}`
  return {
    parameter: parameterType(set, owner, expression, scopeOptions),
    body: conditionCode(any([absent, leaf(accepts(code))])),
    result: 'boolean',
    uses: [...new Set(value.uses)],
  }
}

/**
 * The value of an expression as code, of the type of the field that it is computed for; null when it is null or when
 * something it reads is missing.
 */
export const valueFunction = (
  set: SchemaSet,
  owner: Owner,
  expression: Expression,
  type: Type,
  options: Partial<ScopeOptions> = {},
): ExpressionCode => {
  const scopeOptions = { ...defaults(owner), ...options }
  const value = asShape(operandOf(expression, termsOf(scopeOf(set, owner, scopeOptions))), shapeOf(type))
  const unknown = value.unknown
  const result = typeTextOf(value.shape)
  const certain = isNever(unknown)
  return {
    parameter: parameterType(set, owner, expression, scopeOptions),
    body: certain ? bare(value.code) : inParentheses(`${printCondition(unknown)} ? null : ${bare(value.code)}`),
    result: certain ? result : `${result} | null`,
    uses: [...new Set(value.uses)],
  }
}
