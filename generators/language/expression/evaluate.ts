import { unreachable } from '../../kernel/bug.js'
import { addDecimals, type Decimal, multiplyDecimals, negateDecimal, parseDecimal } from '../../kernel/decimal.js'
import type { Arithmetic, Comparison, Expression, FunctionName, Literal } from '../../model/expression.js'
import { isJsonObject, type JsonValue } from '../../model/origin.js'
import type { Type } from '../../model/type.js'
import { resolvePath, type Scope } from './path.js'
import { parseInstant } from './scalar-text.js'
import { and, compareValues, floatOf, isDecimal, isNumber, not, or, type Truth, truthOf, type Value } from './truth.js'

/** A row to evaluate over: the JSON form of a field of the scope's owner; `undefined` when it is not known. */
export type ReadField = (name: string) => JsonValue | undefined

interface Evaluation {
  readonly scope: Scope
  readonly read: ReadField
}

/** A value of the JSON form as its type means it. */
const typedValue = (type: Type, json: JsonValue): Value => {
  if (json === null || typeof json === 'boolean') return json
  if (typeof json === 'number') return type.kind === 'float' ? json : (parseDecimal(String(json)) ?? undefined)
  if (typeof json !== 'string') return { opaque: json }
  if (type.kind === 'bigint' || type.kind === 'decimal') return parseDecimal(json) ?? undefined
  if (type.kind !== 'timestamp') return json
  const instant = parseInstant(json)
  return instant === null ? undefined : { instant }
}

/** Goes into objects; what is absent inside one that is there is null. */
const readPath = ({ scope, read }: Evaluation, path: readonly string[]): Value => {
  const resolved = resolvePath(scope, path)
  if (resolved.kind !== 'field') return undefined
  const [first = '', ...rest] = path
  let json = read(first)
  for (const name of rest) {
    if (json === undefined || json === null) break
    json = isJsonObject(json) ? (json[name] ?? null) : undefined
  }
  return json === undefined ? undefined : typedValue(resolved.field.type, json)
}

const valueOfLiteral = (literal: Literal): Value => {
  switch (literal.kind) {
    case 'string':
      return literal.text
    case 'number':
      return parseDecimal(literal.text) ?? undefined
    case 'boolean':
      return literal.truth
    case 'null':
      return null
    default:
      return unreachable(literal)
  }
}

const compare = (operator: Comparison, left: Value, right: Value): Truth => {
  const order = compareValues(left, right)
  if (order == null) return order
  switch (operator) {
    case '=':
      return order === 0
    case '<>':
      return order !== 0
    case '<':
      return order < 0
    case '<=':
      return order <= 0
    case '>':
      return order > 0
    case '>=':
      return order >= 0
    default:
      return unreachable(operator)
  }
}

const calculateFloats = (operator: Arithmetic, left: number, right: number): number => {
  switch (operator) {
    case '+':
      return left + right
    case '-':
      return left - right
    case '*':
      return left * right
    default:
      return unreachable(operator)
  }
}

const calculateDecimals = (operator: Arithmetic, left: Decimal, right: Decimal): Decimal => {
  switch (operator) {
    case '+':
      return addDecimals(left, right)
    case '-':
      return addDecimals(left, negateDecimal(right))
    case '*':
      return multiplyDecimals(left, right)
    default:
      return unreachable(operator)
  }
}

/** As in SQL, a float makes the other a float. */
const calculate = (operator: Arithmetic, left: Value, right: Value): Value => {
  if (left === null || right === null) return null
  if (!isNumber(left) || !isNumber(right)) return undefined
  if (isDecimal(left) && isDecimal(right)) return calculateDecimals(operator, left, right)
  return calculateFloats(operator, floatOf(left), floatOf(right))
}

const asciiLower = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())

const asciiUpper = (text: string): string => text.replace(/[a-z]/g, (letter) => letter.toUpperCase())

const coalesce = (values: readonly Value[]): Value => values.find((value) => value !== null) ?? undefined

const call = (name: FunctionName, values: readonly Value[]): Value => {
  if (name === 'coalesce') return values.every((value) => value === null) ? null : coalesce(values)
  const [text] = values
  if (typeof text !== 'string') return text === null ? null : undefined
  switch (name) {
    case 'length':
      return { units: BigInt([...text].length), scale: 0 }
    case 'lower':
      return asciiLower(text)
    case 'upper':
      return asciiUpper(text)
    default:
      return unreachable(name)
  }
}

const within = (evaluation: Evaluation, operand: Expression, low: Expression, high: Expression): Truth => {
  const value = valueIn(operand, evaluation)
  return and(compare('>=', value, valueIn(low, evaluation)), compare('<=', value, valueIn(high, evaluation)))
}

const isAmong = (evaluation: Evaluation, operand: Expression, options: readonly Expression[]): Truth => {
  const value = valueIn(operand, evaluation)
  return options.reduce<Truth>((found, option) => or(found, compare('=', value, valueIn(option, evaluation))), false)
}

const valueIn = (expression: Expression, evaluation: Evaluation): Value => {
  switch (expression.kind) {
    case 'field':
      return readPath(evaluation, expression.path)
    case 'literal':
      return valueOfLiteral(expression.value)
    case 'now':
      return undefined
    case 'not':
      return not(truthIn(expression.operand, evaluation))
    case 'negate':
      return calculate('-', { units: 0n, scale: 0 }, valueIn(expression.operand, evaluation))
    case 'and':
      return and(truthIn(expression.left, evaluation), truthIn(expression.right, evaluation))
    case 'or':
      return or(truthIn(expression.left, evaluation), truthIn(expression.right, evaluation))
    case 'compare':
      return compare(expression.operator, valueIn(expression.left, evaluation), valueIn(expression.right, evaluation))
    case 'arithmetic':
      return calculate(expression.operator, valueIn(expression.left, evaluation), valueIn(expression.right, evaluation))
    case 'is-null': {
      const value = valueIn(expression.operand, evaluation)
      return value === undefined ? undefined : (value === null) !== expression.negated
    }
    case 'in': {
      const found = isAmong(evaluation, expression.operand, expression.options)
      return expression.negated ? not(found) : found
    }
    case 'between': {
      const found = within(evaluation, expression.operand, expression.low, expression.high)
      return expression.negated ? not(found) : found
    }
    case 'call':
      return call(
        expression.function,
        expression.arguments.map((argument) => valueIn(argument, evaluation)),
      )
    default:
      return unreachable(expression)
  }
}

const truthIn = (expression: Expression, evaluation: Evaluation): Truth => truthOf(valueIn(expression, evaluation))

/** The value of an expression for a row; `undefined` where it hangs on fields that `read` does not know. */
export const evaluateExpression = (expression: Expression, scope: Scope, read: ReadField): Value =>
  valueIn(expression, { scope, read })

/**
 * The truth of a predicate for a row, as SQL has it: null is unknown. `undefined` when it hangs on fields that `read`
 * does not know. The predicate has been checked before.
 */
export const evaluatePredicate = (predicate: Expression, scope: Scope, read: ReadField): Truth =>
  truthIn(predicate, { scope, read })
