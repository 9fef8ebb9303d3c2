import type { Field } from '../model/field.js'
import { objectOf } from '../model/lookup.js'
import { areMembersOf } from '../model/object-members.js'
import { isJsonObject, type JsonValue } from '../model/origin.js'
import type { SchemaSet } from '../model/schema-set.js'
import type { Type } from '../model/type.js'

const mapped = (value: JsonValue, of: (key: string, inner: JsonValue) => readonly [string, JsonValue]): JsonValue =>
  isJsonObject(value) ? Object.fromEntries(Object.entries(value).map(([key, inner]) => of(key, inner))) : value

const members = (set: SchemaSet, fields: readonly Field[], value: JsonValue): JsonValue =>
  mapped(value, (name, inner) => {
    const field = fields.find((one) => one.name === name)
    return field === undefined ? [name, inner] : [field.property, byProperty(set, field.type, inner)]
  })

const fits = (set: SchemaSet, type: Type, value: JsonValue): boolean => {
  if (type.kind !== 'object') return Array.isArray(value) === (type.kind === 'list') && type.kind !== 'map'
  return isJsonObject(value) && areMembersOf(set, type.object, value)
}

/** A value of the YAML, whose objects have the stores' names, with the names that code and JSON have: `code:` where it is given. */
export const byProperty = (set: SchemaSet, type: Type, value: JsonValue): JsonValue => {
  switch (type.kind) {
    case 'object':
      return members(set, objectOf(set, type.object).fields, value)
    case 'map':
      return mapped(value, (key, inner) => [key, byProperty(set, type.of, inner)])
    case 'list':
      return Array.isArray(value) ? value.map((item) => byProperty(set, type.of, item)) : value
    case 'union': {
      const member = type.of.find((one) => fits(set, one, value))
      return member === undefined ? value : byProperty(set, member, value)
    }
    default:
      return value
  }
}
