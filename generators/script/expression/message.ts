import { unreachable } from '../../kernel/bug.js'
import type { Check, Entity } from '../../model/entity.js'
import {
  type Comparison,
  type Expression,
  type FunctionName,
  fieldsRead,
  type Literal,
} from '../../model/expression.js'
import type { Field } from '../../model/field.js'
import { findField, isKeyField } from '../../model/lookup.js'
import type { ObjectDefinition, SchemaSet } from '../../model/schema-set.js'
import { fieldsAlong } from './scope.js'

type Owner = Entity | ObjectDefinition

const literalWords = (literal: Literal): string => {
  switch (literal.kind) {
    case 'string':
      return `'${literal.text}'`
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

const callWords = (name: FunctionName, given: readonly string[]): string => {
  switch (name) {
    case 'length':
      return `the length of ${given.join(', ')}`
    case 'lower':
      return `${given.join(', ')} in lower case`
    case 'upper':
      return `${given.join(', ')} in upper case`
    case 'coalesce':
      return given.join(', or else ')
    default:
      return unreachable(name)
  }
}

const valueWords = (expression: Expression): string => {
  switch (expression.kind) {
    case 'field':
      return expression.path.join('.')
    case 'literal':
      return literalWords(expression.value)
    case 'now':
      return 'now'
    case 'negate':
      return `-${valueWords(expression.operand)}`
    case 'arithmetic':
      return `${valueWords(expression.left)} ${expression.operator} ${valueWords(expression.right)}`
    case 'call':
      return callWords(expression.function, expression.arguments.map(valueWords))
    default:
      return `whether ${ruleWords(expression, false, isTime(null))}`
  }
}

/** Whether an expression is of a time, so that it is earlier or later rather than less or more. */
type TimeTest = (expression: Expression) => boolean

const isTime =
  (owner: Owner | null): TimeTest =>
  (expression) => {
    const [name, ...below] = expression.kind === 'field' ? expression.path : []
    const field = owner === null || name === undefined || below.length > 0 ? undefined : findField(owner, name)
    return field !== undefined && ['timestamp', 'date', 'time'].includes(field.type.kind)
  }

const orderWords: Readonly<Record<Comparison, { readonly amount: string; readonly time: string }>> = {
  '=': { amount: 'must be', time: 'must be' },
  '<>': { amount: 'must not be', time: 'must not be' },
  '<': { amount: 'must be less than', time: 'must be earlier than' },
  '<=': { amount: 'must be at most', time: 'must not be later than' },
  '>': { amount: 'must be more than', time: 'must be later than' },
  '>=': { amount: 'must be at least', time: 'must not be earlier than' },
}

const contrary: Readonly<Record<Comparison, Comparison>> = {
  '=': '<>',
  '<>': '=',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
}

const must = (negated: boolean): string => (negated ? 'must not be' : 'must be')

/** The members of nested `or`s (under a negation, of `and`s), in order. */
const membersOf = (kind: 'and' | 'or', expression: Expression): readonly Expression[] =>
  expression.kind === kind ? [...membersOf(kind, expression.left), ...membersOf(kind, expression.right)] : [expression]

const reads = (expression: Expression): readonly string[] => fieldsRead(expression).map((path) => path.join('.'))

/** `x is null or …x…` says only that the rest is about an `x` that is there: the words leave it out. */
const withoutNullGuards = (members: readonly Expression[]): readonly Expression[] => {
  const kept = members.filter((member) => {
    if (member.kind !== 'is-null' || member.negated) return true
    const guarded = reads(member)
    return !members.some((other) => other !== member && guarded.every((name) => reads(other).includes(name)))
  })
  return kept.length === 0 ? members : kept
}

const ruleWords = (expression: Expression, negated: boolean, time: TimeTest): string => {
  switch (expression.kind) {
    case 'not':
      return ruleWords(expression.operand, !negated, time)
    case 'and':
    case 'or':
      return joinedWords(expression, negated, time)
    case 'compare': {
      const operator = negated ? contrary[expression.operator] : expression.operator
      const words = orderWords[operator][time(expression.left) || time(expression.right) ? 'time' : 'amount']
      return `${valueWords(expression.left)} ${words} ${valueWords(expression.right)}`
    }
    case 'is-null':
      return `${valueWords(expression.operand)} ${must(expression.negated !== negated)} null`
    case 'in': {
      const options = expression.options.map(valueWords).join(', ')
      return `${valueWords(expression.operand)} ${must(expression.negated !== negated)} one of ${options}`
    }
    case 'between': {
      const range = `from ${valueWords(expression.low)} to ${valueWords(expression.high)}`
      return `${valueWords(expression.operand)} ${must(expression.negated !== negated)} ${range}`
    }
    default:
      return `${valueWords(expression)} ${must(negated)} true`
  }
}

const joinedWords = (expression: Extract<Expression, { kind: 'and' | 'or' }>, negated: boolean, time: TimeTest) => {
  const every = (expression.kind === 'and') !== negated
  const members = membersOf(expression.kind, expression)
  const said = every || negated ? members : withoutNullGuards(members)
  return said.map((member) => ruleWords(member, negated, time)).join(every ? ', and ' : ', or ')
}

/**
 * What a check says of a value that fails it: its name, then the rule in words, as in
 * `expiry_after_creation: expires_at must be later than created_at`.
 */
export const checkMessage = (owner: Owner, check: Check): string =>
  `${check.name}: ${ruleWords(check.expression, false, isTime(owner))}`

/** What is said where a computed field does not take what is computed. */
export const computedMessage = ({ name, generated }: Field): string =>
  `${name}: does not hold ${generated === null ? 'it' : valueWords(generated)}`

const isGiven = (owner: Owner, field: Field): boolean =>
  field.generated === null &&
  field.maintained === null &&
  !field.immutable &&
  !('key' in owner && isKeyField(owner, field))

/**
 * The properties down to the value that a person would correct: the first field the check names that callers give and
 * can change (no key, nothing immutable, computed or made by the store); if there is none, the first it names.
 */
export const checkPath = (
  set: SchemaSet,
  owner: Owner,
  check: Pick<Check, 'expression'>,
  property: (field: Field) => string = (field) => field.property,
): readonly string[] => {
  const paths = fieldsRead(check.expression)
  const changeable = paths.find((path) => {
    const [root] = fieldsAlong(set, owner, path)
    return root !== undefined && isGiven(owner, root)
  })
  const [root, ...below] = fieldsAlong(set, owner, changeable ?? paths[0] ?? [])
  return root === undefined ? [] : [property(root), ...below.map((field) => field.property)]
}
