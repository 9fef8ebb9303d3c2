import { populatingOf } from '../document/index.js'
import { unreachable } from '../kernel/bug.js'
import { regexLiteral, valueLiteral } from '../kernel/safe/typescript.js'
import { largestReal } from '../model/bounds.js'
import type { Entity } from '../model/entity.js'
import type { Field } from '../model/field.js'
import { formatPatterns } from '../model/formats.js'
import { enumOf, fieldsIn, objectOf } from '../model/lookup.js'
import type { ObjectDefinition, SchemaSet } from '../model/schema-set.js'
import type { DurationType, IdType, IntegerType, TextType, Type } from '../model/type.js'
import { type Code, code, property, trusted, valueImport } from '../script/code.js'
import { argumentsCode, listCode, objectCode } from '../script/layout.js'
import { enumListName } from '../script/names.js'
import { maker, objectSchema, referredName } from './names.js'
import { makerOf } from './path-maker.js'
import { type Owner, virtualName } from './populated.js'
import { brandType, objectType, recordType } from './types.js'
import { defaultCode } from './values.js'

/** An option of a path maker: its name and its value. */
type Option = readonly [string, Code]

const option = (name: string, value: unknown): readonly Option[] =>
  value === null || value === undefined ? [] : [[name, trusted(valueLiteral(value))]]

const pattern = (source: string): Option => ['pattern', trusted(regexLiteral(source))]

const argumentsOf = (first: readonly Code[], options: readonly Option[]): Code => {
  if (options.length === 0) return argumentsCode(first)
  const members = options.map(([name, value]) => code`${property(name)}: ${value}`)
  return argumentsCode([...first, objectCode(members)], { hugging: true })
}

const call = (name: string, options: readonly Option[], first: readonly Code[] = []): Code =>
  code`${maker(name)}${argumentsOf(first, options)}`

const branded = (name: string, id: IdType, options: readonly Option[]): Code =>
  code`${maker(name)}<${brandType(id)}>${argumentsOf([], options)}`

const patternOf = ({ pattern: given }: TextType): readonly Option[] => (given === null ? [] : [pattern(given.source)])

const textPath = (type: TextType, options: readonly Option[]): Code =>
  type.form === 'char'
    ? call('fixedText', [...option('length', type.maxLength), ...patternOf(type), ...options])
    : call('text', [
        ...option('atLeast', type.minLength),
        ...option('atMost', type.maxLength),
        ...patternOf(type),
        ...options,
      ])

const numberLimits = ({ min, max }: IntegerType | DurationType): readonly Option[] => [
  ...option('atLeast', min),
  ...option('atMost', max),
]

const itemLimits = (type: {
  readonly minItems: number | null
  readonly maxItems: number | null
}): readonly Option[] => [...option('atLeast', type.minItems), ...option('atMost', type.maxItems)]

const enumPath = (set: SchemaSet, name: string, options: readonly Option[]): Code => {
  const list = valueImport('typescript/enums', enumListName(enumOf(set, name).name))
  return call('oneOf', options, [code`${list}`])
}

const vectorPath = (dimensions: number, options: readonly Option[]): Code =>
  call(
    'listOf',
    [...option('atLeast', dimensions), ...option('atMost', dimensions), ...options],
    [call('float', [...option('atLeast', -largestReal), ...option('atMost', largestReal)])],
  )

const unionPath = (set: SchemaSet, type: Extract<Type, { kind: 'union' }>, options: readonly Option[]): Code => {
  const members = listCode(type.of.map((member) => pathCode(set, member, [])))
  return code`${maker('anyOf')}<${recordType(set, type)}>${argumentsOf([members], options)}`
}

/** Whether an object says its own `_id`, which is made where it is left out. */
export const hasOwnId = (set: SchemaSet, object: string): boolean =>
  fieldsIn(objectOf(set, object), 'mongo').some(({ name }) => name === '_id')

/** Of a schema with an `_id` of its own, Mongoose's types would not tell what its records are. */
const objectPath = (set: SchemaSet, object: string, options: readonly Option[]): Code => {
  const type = hasOwnId(set, object) ? code`<${objectType(set, object)}>` : trusted('')
  const schema = code`${valueImport('mongoose/objects', objectSchema(object))}`
  return code`${maker('object')}${type}${argumentsOf([schema], options)}`
}

/** A path maker's call for a type: `text({ atMost: 512 })`. */
export const pathCode = (set: SchemaSet, type: Type, options: readonly Option[]): Code => {
  switch (type.kind) {
    case 'snowflake':
      return branded('snowflake', type, options)
    case 'uuid':
      return branded('uuid', type, options)
    case 'identity':
    case 'objectid':
      return call('objectId', options)
    case 'text':
      return textPath(type, options)
    case 'format':
      return call('text', [
        ...option('atLeast', type.minLength),
        ...option('atMost', type.maxLength),
        pattern(formatPatterns[type.format]),
        ...options,
      ])
    case 'integer':
      return call(makerOf(type), [...numberLimits(type), ...options])
    case 'duration':
      return call(makerOf(type), [...numberLimits(type), ...options])
    case 'bigint':
      return call('bigint', [...option('atLeast', type.min), ...option('atMost', type.max), ...options])
    case 'float':
      return call('float', [
        ...(type.width === 'real' ? option('single', true) : []),
        ...option('atLeast', type.min),
        ...option('atMost', type.max),
        ...options,
      ])
    case 'decimal':
      return call(makerOf(type), [
        ...option('precision', type.precision),
        ...option('scale', type.scale),
        ...option('atLeast', type.min),
        ...option('atMost', type.max),
        ...options,
      ])
    case 'boolean':
      return call('bool', options)
    case 'timestamp':
      return call(makerOf(type), options)
    case 'date':
      return call('day', options)
    case 'time':
      return call('time', options)
    case 'json':
      return call('json', options)
    case 'object':
      return objectPath(set, type.object, options)
    case 'list':
      return call('listOf', [...itemLimits(type), ...options], [pathCode(set, type.of, [])])
    case 'map':
      return call('mapOf', [...itemLimits(type), ...options], [pathCode(set, type.of, [])])
    case 'enum':
      return enumPath(set, type.enum, options)
    case 'bytes':
      return call('bytes', [...option('atLeast', type.minLength), ...option('atMost', type.maxLength), ...options])
    case 'vector':
      return vectorPath(type.dimensions, options)
    case 'union':
      return unionPath(set, type, options)
    default:
      return unreachable(type)
  }
}

/** Makers of ids have an option for those that are made when an object is. */
const madeInside = ({ default: initial }: Field): readonly Option[] =>
  initial?.kind === 'id' ? option('made', true) : []

const isMade = (field: Field): boolean => field.maintained === 'store'

/** Makers of ids have an option for those that are made when a document is: a uuid's own, and Mongoose's for ObjectIds. */
const madeOption = (field: Field): readonly Option[] => {
  if (!isMade(field)) return []
  return option(field.type.kind === 'uuid' ? 'made' : 'auto', true)
}

const isImmutable = (field: Field): boolean => field.immutable || field.maintained === 'created'

/** Options that every field may have, in the order a reader looks for them. */
const fieldOptions = (set: SchemaSet, field: Field): readonly Option[] => {
  const initial = defaultCode(set, field)
  return [
    ...(field.nullable ? option('nullable', true) : []),
    ...(field.optional ? option('optional', true) : []),
    ...(initial === null ? [] : [['default', initial] as const]),
    ...(isImmutable(field) ? option('immutable', true) : []),
  ]
}

const aliasOption = ({ name, property: alias }: Field): readonly Option[] =>
  name === alias ? [] : option('alias', alias)

/**
 * `populate` puts a document in the place of its `_id`. What is found by another field stands beside it, in a virtual;
 * asked for in place, that and what cannot be found at all is refused.
 */
const refOption = (set: SchemaSet, owner: Owner, field: Field): Option | null => {
  const populating = populatingOf(set, owner, field)
  if (populating === null) return null
  if (populating.kind === 'key') return ['ref', trusted(valueLiteral(referredName(set.name, populating.target.model)))]
  const advice =
    populating.kind === 'none' ? populating.because : `populate ${virtualName(owner, field, populating.many)}`
  return ['ref', code`${maker('notInPlace')}(${trusted(valueLiteral(`${field.name} cannot be populated: ${advice}`))})`]
}

/** The path of a field with its reference, which Mongoose hands on to the items of a list. */
const referringPath = (set: SchemaSet, owner: Owner, field: Field, options: readonly Option[]): Code => {
  const ref = refOption(set, owner, field)
  return pathCode(set, field.type, ref === null ? options : [...options, ref])
}

/** The path of a field of an object. */
export const objectFieldPath = (set: SchemaSet, object: ObjectDefinition, field: Field): Code =>
  referringPath(set, object, field, [...fieldOptions(set, field), ...madeInside(field), ...aliasOption(field)])

const entityFieldOptions = (set: SchemaSet, field: Field, name: string): readonly Option[] => [
  ...fieldOptions(set, field),
  ...madeOption(field),
  ...(name === '_id' ? [] : aliasOption(field)),
]

/** The path of a field of an entity, under the name it is stored by. */
export const entityFieldPath = (set: SchemaSet, entity: Entity, field: Field, name: string): Code => {
  const options = entityFieldOptions(set, field, name)
  return field.encrypted === null ? referringPath(set, entity, field, options) : call('sealed', options)
}
