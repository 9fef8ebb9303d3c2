import { resolvePath } from '../../generators/language/expression/index.js'
import { functionNames } from '../../generators/language/expression/words.js'
import type { Entity } from '../../generators/model/entity.js'
import {
  type Arithmetic,
  type Comparison,
  type Expression,
  type Literal,
  operandsOf,
} from '../../generators/model/expression.js'
import type { SchemaSet } from '../../generators/model/schema-set.js'
import type { Type } from '../../generators/model/type.js'

/** Total records, so that what the language gains does not compile until it is counted. */
const expressions: Readonly<Record<Expression['kind'], true>> = {
  field: true,
  literal: true,
  now: true,
  not: true,
  negate: true,
  and: true,
  or: true,
  compare: true,
  arithmetic: true,
  'is-null': true,
  in: true,
  between: true,
  call: true,
}
const comparisons: Readonly<Record<Comparison, true>> = {
  '=': true,
  '<>': true,
  '<': true,
  '<=': true,
  '>': true,
  '>=': true,
}
const arithmetic: Readonly<Record<Arithmetic, true>> = { '+': true, '-': true, '*': true }
const literals: Readonly<Record<Literal['kind'], true>> = { string: true, number: true, boolean: true, null: true }
const types: Readonly<Record<Type['kind'], true>> = {
  snowflake: true,
  identity: true,
  uuid: true,
  objectid: true,
  text: true,
  integer: true,
  bigint: true,
  float: true,
  decimal: true,
  boolean: true,
  timestamp: true,
  date: true,
  time: true,
  duration: true,
  format: true,
  json: true,
  object: true,
  list: true,
  map: true,
  enum: true,
  bytes: true,
  vector: true,
  union: true,
}

const labels = (prefix: string, of: Readonly<Record<string, true>>): readonly string[] =>
  Object.keys(of).map((name) => `${prefix} ${name}`)

/** Everything that a condition can be made of, by the names that it is counted under. */
export const vocabulary: readonly string[] = [
  ...labels('expression', expressions),
  ...labels('comparison', comparisons),
  ...labels('arithmetic', arithmetic),
  ...labels('literal', literals),
  ...labels('field of type', types),
  ...functionNames.map((name) => `function ${name}`),
  ...['is not null', 'not in', 'not between', 'negative number', 'fraction', 'quoted name', 'inner field'],
  ...['`or` inside of `and`', '`and` inside of `or`', 'truth compared', 'option that is a field'],
]

const kindsBelow = (expression: Expression): readonly Expression['kind'][] =>
  operandsOf(expression).map(({ kind }) => kind)

const ofNode = (set: SchemaSet, entity: Entity, expression: Expression): readonly string[] => {
  const scope = { set, owner: entity, isBroken: () => false }
  switch (expression.kind) {
    case 'field': {
      const { path } = expression
      const resolved = resolvePath(scope, path)
      return [
        ...(resolved.kind === 'field' ? [`field of type ${resolved.field.type.kind}`] : []),
        ...(path.some((name) => !/^[a-z_]+$/.test(name)) ? ['quoted name'] : []),
        ...(path.length > 1 ? ['inner field'] : []),
      ]
    }
    case 'literal': {
      const { value } = expression
      const isNumber = value.kind === 'number'
      return [
        `literal ${value.kind}`,
        ...(isNumber && value.text.startsWith('-') ? ['negative number'] : []),
        ...(isNumber && value.text.includes('.') ? ['fraction'] : []),
      ]
    }
    case 'compare':
      return [
        `comparison ${expression.operator}`,
        ...(kindsBelow(expression).some((kind) => ['compare', 'and', 'or', 'not', 'is-null', 'in'].includes(kind))
          ? ['truth compared']
          : []),
      ]
    case 'arithmetic':
      return [`arithmetic ${expression.operator}`]
    case 'call':
      return [`function ${expression.function}`]
    case 'is-null':
      return expression.negated ? ['is not null'] : []
    case 'in':
      return [
        ...(expression.negated ? ['not in'] : []),
        ...(expression.options.some(({ kind }) => kind === 'field') ? ['option that is a field'] : []),
      ]
    case 'between':
      return expression.negated ? ['not between'] : []
    case 'and':
      return kindsBelow(expression).includes('or') ? ['`or` inside of `and`'] : []
    case 'or':
      return kindsBelow(expression).includes('and') ? ['`and` inside of `or`'] : []
    default:
      return []
  }
}

/** What a condition is made of, each thing as often as it is in it. */
export const madeOf = (set: SchemaSet, entity: Entity, expression: Expression): readonly string[] => [
  `expression ${expression.kind}`,
  ...ofNode(set, entity, expression),
  ...operandsOf(expression).flatMap((operand) => madeOf(set, entity, operand)),
]
