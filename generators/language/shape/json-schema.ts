import { unreachable } from '../../kernel/bug.js'
import type { Choice, Key, Keys, Shape, ShapeName } from './syntax.js'

export type JsonSchema = { readonly [keyword: string]: unknown }

const scalarTypes = ['string', 'number', 'boolean']

/** The kinds of JSON that a shape takes. */
const typesOf = (shape: Shape): readonly string[] => {
  switch (shape.kind) {
    case 'text':
      return shape.pattern === undefined ? scalarTypes : ['string']
    case 'truth':
      return ['boolean']
    case 'whole':
      return ['integer']
    case 'choice':
      return [...new Set(shape.values.map((value) => (value === null ? 'null' : typeof value)))]
    case 'anything':
      return [...scalarTypes, 'null', 'array', 'object']
    case 'list':
      return ['array']
    case 'keys':
    case 'names':
    case 'named':
      return ['object']
    case 'either':
      return shape.of.flatMap(typesOf)
    default:
      return unreachable(shape)
  }
}

const quoted = (value: Choice): string => `\`${String(value)}\``

const namedTitles: Readonly<Record<ShapeName, string>> = {
  field: 'a field',
  laidField: 'a field',
  fields: 'fields by their names',
  laidFields: 'fields by their names',
  entity: 'an entity',
  object: 'an object',
  enum: 'an enum',
  type: 'a type',
  extend: 'an extension',
  module: 'module.yaml',
  set: 'botschema.yaml',
}

/** A shape in the words that messages use: `a list of field names`. */
export const titleOf = (shape: Shape): string => {
  switch (shape.kind) {
    case 'truth':
      return 'true or false'
    case 'whole':
      return shape.to === Number.MAX_SAFE_INTEGER
        ? `a whole number of at least ${shape.from}`
        : `a whole number from ${shape.from} to ${shape.to}`
    case 'choice':
      return [...new Set(shape.values.map(quoted))].join(', ').replace(/, ([^,]*)$/, ' or $1')
    case 'either':
      return shape.of.map(titleOf).join(', or ')
    case 'named':
      return namedTitles[shape.name]
    default:
      return shape.title
  }
}

const keySchema = (key: Key): JsonSchema => ({
  description: key.description,
  ...(key.examples.length === 0 ? {} : { examples: key.examples }),
  ...(key.shape.kind === 'named' ? { allOf: [schemaOf(key.shape)] } : schemaOf(key.shape)),
})

const keysSchema = (shape: Keys): JsonSchema => {
  const required = Object.entries(shape.keys).flatMap(([name, key]) => (key.required ? [name] : []))
  return {
    type: 'object',
    properties: Object.fromEntries(Object.entries(shape.keys).map(([name, key]) => [name, keySchema(key)])),
    additionalProperties: false,
    ...(required.length === 0 ? {} : { required }),
    ...(shape.oneOf.length === 0 ? {} : { anyOf: shape.oneOf.map((name) => ({ required: [name] })) }),
  }
}

/** An alternative by what it may hold, where that is short. */
const alternativeTitle = (shape: Shape): string => {
  const names = shape.kind === 'keys' ? Object.keys(shape.keys) : []
  return names.length === 0 || names.length > 3 ? titleOf(shape) : `a mapping with ${names.map(quoted).join(' or ')}`
}

/** A word that is none of a choice may have been meant for another alternative, so a choice is told with those. */
const memberSchema = (member: Shape, all: readonly Shape[]): JsonSchema =>
  member.kind === 'choice' ? { ...schemaOf(member), title: all.map(alternativeTitle).join(', or ') } : schemaOf(member)

/** Told apart by the kind of the value, so that only the meant alternative is checked and explained. */
const eitherSchema = (of: readonly Shape[], all: readonly Shape[] = of): JsonSchema => {
  const [first, ...others] = of
  if (first === undefined) return {}
  if (others.length === 0) return memberSchema(first, all)
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  return { if: { type: typesOf(first) }, then: memberSchema(first, all), else: eitherSchema(others, all) }
}

const bodyOf = (shape: Shape): JsonSchema => {
  switch (shape.kind) {
    case 'text':
      return shape.pattern === undefined ? { type: scalarTypes } : { type: 'string', pattern: shape.pattern }
    case 'truth':
      return { type: 'boolean' }
    case 'whole':
      return { type: 'integer', minimum: shape.from, maximum: shape.to }
    case 'choice':
      return { enum: shape.values }
    case 'anything':
      return {}
    case 'list':
      return { type: 'array', items: schemaOf(shape.of), ...(shape.atLeast > 0 ? { minItems: shape.atLeast } : {}) }
    case 'keys':
      return keysSchema(shape)
    case 'names':
      return {
        type: 'object',
        additionalProperties: schemaOf(shape.of),
        ...(shape.atLeast > 0 ? { minProperties: shape.atLeast } : {}),
      }
    case 'either':
      return { type: typesOf(shape), ...eitherSchema(shape.of) }
    case 'named':
      return { $ref: `#/definitions/${shape.name}` }
    default:
      return unreachable(shape)
  }
}

/** A shape as JSON Schema of draft 7, which editors know best. */
export const schemaOf = (shape: Shape): JsonSchema =>
  shape.kind === 'named' ? bodyOf(shape) : { title: titleOf(shape), ...bodyOf(shape) }
