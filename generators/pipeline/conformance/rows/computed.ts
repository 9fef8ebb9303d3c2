import { unreachable } from '../../../kernel/bug.js'
import { evaluatePredicate, resolvePath } from '../../../language/expression/index.js'
import type { Entity } from '../../../model/entity.js'
import type { Arithmetic, Expression, FunctionName, Literal } from '../../../model/expression.js'
import type { Field } from '../../../model/field.js'
import type { JsonValue } from '../../../model/origin.js'
import type { SchemaSet } from '../../../model/schema-set.js'
import type { Type } from '../../../model/type.js'
import { NoValue } from '../no-value.js'
import { jsonAt } from './json-of-row.js'
import { type Members, type Sample, same, withMember } from './sample.js'
import { bigintSample } from './stored-samples.js'

/** What an expression comes to; `undefined` where that is not known here: of decimals and instants. */
type Value = undefined | null | boolean | number | bigint | string

interface Row {
  readonly set: SchemaSet
  readonly entity: Entity
  readonly row: Members
}

const isRecord = (json: JsonValue | undefined): json is { readonly [key: string]: JsonValue } =>
  typeof json === 'object' && json !== null && !Array.isArray(json)

/** A scalar of JSON as its type means it. */
const typed = ({ kind }: Type, json: JsonValue | undefined): Value => {
  if (typeof json === 'object') return null
  if (kind === 'bigint') return /^-?\d+$/.test(String(json)) ? BigInt(String(json)) : undefined
  return kind === 'decimal' || kind === 'timestamp' ? undefined : json
}

const valueAt = ({ set, entity, row }: Row, [first = '', ...rest]: readonly string[]): Value => {
  const json = rest.reduce<JsonValue | undefined>(
    (inner, name) => (inner === null ? null : isRecord(inner) ? (inner[name] ?? null) : undefined),
    jsonAt(entity, row, first),
  )
  if (typeof json === 'object' && json !== null) return undefined
  const resolved = resolvePath({ set, owner: entity, isBroken: () => false }, [first, ...rest])
  return resolved.kind === 'field' ? typed(resolved.field.type, json) : undefined
}

const valueOfLiteral = (literal: Literal): Value => {
  switch (literal.kind) {
    case 'string':
      return literal.text
    case 'number':
      return Number(literal.text)
    case 'boolean':
      return literal.truth
    case 'null':
      return null
    default:
      return unreachable(literal)
  }
}

const calculated = (operator: Arithmetic, left: number, right: number): number => {
  if (operator === '*') return left * right
  return operator === '+' ? left + right : left - right
}

const calculatedExactly = (operator: Arithmetic, left: bigint, right: bigint): bigint => {
  if (operator === '*') return left * right
  return operator === '+' ? left + right : left - right
}

/** A whole number of either kind. */
const asBigint = (value: Value): bigint | undefined => {
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : undefined
  return typeof value === 'bigint' ? value : undefined
}

const ofNumbers = (operator: Arithmetic, left: Value, right: Value): Value => {
  if (left === undefined || right === undefined) return undefined
  if (left === null || right === null) return null
  if (typeof left === 'number' && typeof right === 'number') return calculated(operator, left, right)
  const [a, b] = [asBigint(left), asBigint(right)]
  return a === undefined || b === undefined ? undefined : calculatedExactly(operator, a, b)
}

const called = (name: FunctionName, values: readonly Value[]): Value => {
  const [first] = values
  if (name === 'coalesce') {
    const found = values.find((value) => value !== null)
    return values.every((value) => value === null) ? null : found
  }
  if (typeof first !== 'string') return first === null ? null : undefined
  switch (name) {
    case 'length':
      return [...first].length
    // Of ASCII letters only, as everywhere.
    case 'lower':
      return first.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
    case 'upper':
      return first.replace(/[a-z]/g, (letter) => letter.toUpperCase())
    default:
      return unreachable(name)
  }
}

const resultOf = (expression: Expression, of: Row): Value => {
  switch (expression.kind) {
    case 'field':
      return valueAt(of, expression.path)
    case 'literal':
      return valueOfLiteral(expression.value)
    case 'now':
      return undefined
    case 'negate':
      return ofNumbers('-', 0, resultOf(expression.operand, of))
    case 'arithmetic':
      return ofNumbers(expression.operator, resultOf(expression.left, of), resultOf(expression.right, of))
    case 'call':
      return called(
        expression.function,
        expression.arguments.map((given) => resultOf(given, of)),
      )
    default: {
      const scope = { set: of.set, owner: of.entity, isBroken: () => false }
      return evaluatePredicate(expression, scope, (name) => jsonAt(of.entity, of.row, name))
    }
  }
}

const sampleOf = ({ kind }: Type, value: Value): Sample | null => {
  if (value === undefined) return null
  if (value === null) return same(null)
  switch (kind) {
    case 'integer':
    case 'float':
    case 'duration':
      return typeof value === 'number' ? same(value) : null
    case 'bigint': {
      const whole = asBigint(value)
      return whole === undefined ? null : bigintSample(whole)
    }
    case 'text':
      return typeof value === 'string' ? same(value) : null
    case 'boolean':
      return typeof value === 'boolean' ? same(value) : null
    default:
      return null
  }
}

/** What a computed field holds, or null where that is not known. */
const computed = (of: Row, { type, generated }: Field): Sample | null =>
  generated === null ? null : sampleOf(type, resultOf(generated, of))

const put = (row: Members, { name, property }: Field, value: Sample | null): Members =>
  value === null ? row : withMember(row, { name, property, value })

const computedFields = ({ fields }: Entity): readonly Field[] => fields.filter(({ generated }) => generated !== null)

/** A row whose computed fields hold what its others make of them, as far as that is known. */
export const withComputed = (set: SchemaSet, entity: Entity, row: Members): Members =>
  computedFields(entity).reduce((made, field) => put(made, field, computed({ set, entity, row: made }, field)), row)

/** The same of a valid row, where all has to be known. @throws NoValue */
export const withAllComputed = (set: SchemaSet, entity: Entity, row: Members): Members =>
  computedFields(entity).reduce((made, field) => {
    const value = computed({ set, entity, row: made }, field)
    if (value === null) throw new NoValue(`what the computed field ${field.name} holds is not known outside of a store`)
    return put(made, field, value)
  }, row)
