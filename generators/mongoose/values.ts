import { canonical } from '../kernel/hash.js'
import { propertyName, valueLiteral } from '../kernel/safe/typescript.js'
import type { Default, Field } from '../model/field.js'
import { fieldOf, objectOf } from '../model/lookup.js'
import { isJsonObject, type JsonValue } from '../model/origin.js'
import type { SchemaSet } from '../model/schema-set.js'
import type { Type } from '../model/type.js'
import { type Code, code, joined, literal, property, trusted, valueImport } from '../script/code.js'
import { memberFor } from '../script/json-form.js'
import { maker } from './names.js'
import { brandType, isDecimal128, isEpoch } from './types.js'

const typesValue = valueImport('package:mongoose', 'Types')

const objectValue = (set: SchemaSet, name: string, value: JsonValue): Code => {
  if (!isJsonObject(value)) return trusted(valueLiteral(value))
  const fields = objectOf(set, name).fields.filter((field) => Object.hasOwn(value, field.name))
  const members = fields.map(
    (field) => code`${trusted(propertyName(field.name))}: ${valueCode(set, field.type, value[field.name] ?? null)}`,
  )
  return members.length === 0 ? trusted('{}') : code`{ ${joined(members, ', ')} }`
}

const mapValue = (set: SchemaSet, of: Type, value: JsonValue): Code => {
  if (!isJsonObject(value)) return trusted(valueLiteral(value))
  const members = Object.entries(value).map(
    ([key, inner]) => code`${trusted(propertyName(key))}: ${valueCode(set, of, inner)}`,
  )
  return members.length === 0 ? trusted('{}') : code`{ ${joined(members, ', ')} }`
}

const listValue = (set: SchemaSet, of: Type, value: JsonValue): Code =>
  Array.isArray(value)
    ? code`[${joined(
        value.map((item: JsonValue) => valueCode(set, of, item)),
        ', ',
      )}]`
    : trusted('[]')

/** A value of the model (in its JSON form) as the program has it. */
export const valueCode = (set: SchemaSet, type: Type, value: JsonValue): Code => {
  if (value === null) return trusted('null')
  switch (type.kind) {
    case 'timestamp':
      return trusted(isEpoch(type) ? String(Date.parse(String(value))) : `new Date(${valueLiteral(value)})`)
    case 'decimal':
      return isDecimal128(type)
        ? code`${typesValue}.Decimal128.fromString(${literal(value)})`
        : trusted(valueLiteral(value))
    case 'union': {
      const member = memberFor(set, type.of, value)
      return member === undefined ? trusted(valueLiteral(value)) : valueCode(set, member, value)
    }
    case 'map':
      return mapValue(set, type.of, value)
    case 'bigint':
      return trusted(`${BigInt(String(value))}n`)
    case 'bytes':
      return trusted(`Uint8Array.of(${Buffer.from(String(value), 'base64').join(', ')})`)
    case 'snowflake':
    case 'uuid':
      return code`${trusted(valueLiteral(value))} as ${brandType(type)}`
    case 'list':
      return listValue(set, type.of, value)
    case 'object':
      return objectValue(set, type.object, value)
    default:
      return trusted(valueLiteral(value))
  }
}

/** Whether a literal default of an object is what its fields' own defaults make of an empty one. */
const isBuiltWhole = (set: SchemaSet, name: string, value: JsonValue): boolean =>
  isJsonObject(value) &&
  objectOf(set, name).fields.every((field) => {
    const given = value[field.name]
    if (given === undefined) return field.optional || field.default === null
    if (field.default === null) return given === null && field.nullable
    if (field.default.kind === 'literal' && canonical(field.default.value) === canonical(given)) return true
    return field.type.kind === 'object' && isBuiltWhole(set, field.type.object, given)
  })

const present = (type: Type): Code => {
  if (type.kind === 'date') return trusted('() => new Date().toISOString().slice(0, 10)')
  if (type.kind === 'time') return trusted('() => new Date().toISOString().slice(11, 23)')
  return trusted(isEpoch(type) ? '() => Date.now()' : '() => new Date()')
}

const now = (type: Type): Code => code`${maker('made')}(${present(type)})`

const freshKinds: ReadonlySet<Type['kind']> = new Set([
  'timestamp',
  'bytes',
  'list',
  'map',
  'object',
  'json',
  'vector',
  'union',
])

const literalDefault = (set: SchemaSet, { type }: Field, value: JsonValue): Code => {
  if (type.kind === 'object' && isBuiltWhole(set, type.object, value)) return trusted('() => ({})')
  const printed = valueCode(set, type, value)
  if (!freshKinds.has(type.kind) || value === null) return printed
  return isJsonObject(value) && type.kind !== 'timestamp' ? code`() => (${printed})` : code`() => ${printed}`
}

type Built = Extract<Default, { kind: 'object' }>

/** What an object's default says beside what the fields' own defaults do by themselves. */
const builtMembers = (set: SchemaSet, type: Type, built: Built): Code => {
  if (type.kind !== 'object') return trusted('{}')
  const members = built.fields.flatMap(({ name, default: initial }) => {
    const field = fieldOf(objectOf(set, type.object), name)
    if (canonical(field.default) === canonical(initial)) return []
    if (initial.kind === 'literal') return [code`${property(name)}: ${valueCode(set, field.type, initial.value)}`]
    return initial.kind === 'object' ? [code`${property(name)}: ${builtMembers(set, field.type, initial)}`] : []
  })
  return members.length === 0 ? trusted('{}') : code`{ ${joined(members, ', ')} }`
}

/** Whether a field has a default that is made for each document. */
export const isMade = ({ maintained, default: initial }: Field): boolean =>
  maintained === 'created' || maintained === 'updated' || initial?.kind === 'now'

/** What a field is when a document is made without it, as a `default` of Mongoose; null when Mongoose has none. */
export const defaultCode = (set: SchemaSet, field: Field): Code | null => {
  if (isMade(field)) return now(field.type)
  const initial = field.default
  if (initial === null) return null
  switch (initial.kind) {
    case 'now':
    case 'next':
    case 'id':
      return null
    case 'object':
      return code`() => (${builtMembers(set, field.type, initial)})`
    case 'literal':
      return literalDefault(set, field, initial.value)
  }
}
