import { unreachable } from '../kernel/bug.js'
import type { Field } from '../model/field.js'
import { enumOf, findField, objectOf } from '../model/lookup.js'
import { areMembersOf } from '../model/object-members.js'
import type { JsonValue } from '../model/origin.js'
import type { SchemaSet } from '../model/schema-set.js'
import type { Type } from '../model/type.js'

type Members = { readonly [key: string]: unknown }

const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const mapMembers = <T>(members: Members, convert: (key: string, value: unknown) => T): { [key: string]: T } =>
  Object.fromEntries(Object.entries(members).map(([key, value]) => [key, convert(key, value)]))

/** The member of a union whose kind of JSON value this is; the first where several are. */
export const memberFor = (set: SchemaSet, members: readonly Type[], value: unknown): Type | undefined =>
  members.find((member) => {
    switch (member.kind) {
      case 'object':
        return isMembers(value) && areMembersOf(set, member.object, value)
      case 'map':
        return isMembers(value)
      case 'list':
      case 'vector':
        return Array.isArray(value)
      case 'integer':
      case 'float':
      case 'duration':
        return typeof value === 'number'
      case 'boolean':
        return typeof value === 'boolean'
      case 'enum':
        return enumOf(set, member.enum).values.some((option) => option.value === value)
      default:
        return typeof value === 'string'
    }
  })

/** Where a value is meant to stand: what members are called there, and what ids that a store may make are. */
export interface ValueForm {
  readonly nameOf: (field: Field) => string
  readonly idOf: (json: JsonValue) => unknown
}

/** In code: properties, and ids as strings. */
export const codeForm: ValueForm = { nameOf: ({ property }) => property, idOf: (json) => json }

/**
 * A value in its JSON form as the value that it stands for: ISO 8601 as a Date, digits as a bigint, base64 as bytes.
 * What is not of the type's JSON form is left as it is, for a validator to refuse.
 */
export const valueOfJson = (set: SchemaSet, type: Type, json: JsonValue, form: ValueForm = codeForm): unknown => {
  switch (type.kind) {
    case 'identity':
    case 'objectid':
      return form.idOf(json)
    case 'timestamp':
      return typeof json === 'string' ? new Date(json) : json
    case 'bigint':
      return typeof json === 'string' && /^-?\d+$/.test(json) ? BigInt(json) : json
    case 'bytes':
      return typeof json === 'string' ? new Uint8Array(Buffer.from(json, 'base64')) : json
    case 'list':
      return Array.isArray(json) ? json.map((item: JsonValue) => valueOfJson(set, type.of, item, form)) : json
    case 'map':
      return isMembers(json)
        ? mapMembers(json, (_, value) => valueOfJson(set, type.of, value as JsonValue, form))
        : json
    case 'object':
      return isMembers(json)
        ? rowOfJson(set, objectOf(set, type.object), json as { [key: string]: JsonValue }, form)
        : json
    case 'union': {
      const member = memberFor(set, type.of, json)
      return member === undefined ? json : valueOfJson(set, member, json, form)
    }
    case 'snowflake':
    case 'uuid':
    case 'text':
    case 'integer':
    case 'float':
    case 'decimal':
    case 'boolean':
    case 'date':
    case 'time':
    case 'duration':
    case 'format':
    case 'json':
    case 'enum':
    case 'vector':
      return json
    default:
      return unreachable(type)
  }
}

/** The members of a row or an object, from their JSON form; unknown keys are left as they are. */
export const rowOfJson = (
  set: SchemaSet,
  owner: { readonly fields: readonly Field[] },
  members: { readonly [field: string]: JsonValue },
  form: ValueForm = codeForm,
): { readonly [name: string]: unknown } =>
  Object.fromEntries(
    Object.entries(members).map(([name, json]) => {
      const field = findField(owner, name)
      return field === undefined
        ? [name, json]
        : [form.nameOf(field), json === null ? null : valueOfJson(set, field.type, json, form)]
    }),
  )

const jsonOfScalar = (value: unknown): JsonValue => {
  if (value instanceof Date) return value.toISOString()
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  return typeof value === 'bigint' ? String(value) : (value as JsonValue)
}

/** A value in code in its JSON form: the inverse of `valueOfJson`. Objects have the stores' names again. */
export const jsonOfValue = (set: SchemaSet, type: Type, value: unknown): JsonValue => {
  switch (type.kind) {
    case 'list':
      return Array.isArray(value) ? value.map((item) => jsonOfValue(set, type.of, item)) : jsonOfScalar(value)
    case 'map':
      return isMembers(value)
        ? mapMembers(value, (_, member) => jsonOfValue(set, type.of, member))
        : jsonOfScalar(value)
    case 'object':
      return isMembers(value) ? jsonOfRow(set, objectOf(set, type.object), value) : jsonOfScalar(value)
    case 'union': {
      const member = memberFor(set, type.of, jsonOfScalar(value))
      return member === undefined ? jsonOfScalar(value) : jsonOfValue(set, member, value)
    }
    default:
      return jsonOfScalar(value)
  }
}

/** The members of a row or an object in their JSON form, by the stores' names; what is undefined is left out. */
export const jsonOfRow = (
  set: SchemaSet,
  owner: { readonly fields: readonly Field[] },
  row: Members,
): { readonly [field: string]: JsonValue } =>
  Object.fromEntries(
    owner.fields.flatMap(({ name, property, type }) => {
      const value = row[property]
      return value === undefined ? [] : [[name, value === null ? null : jsonOfValue(set, type, value)]]
    }),
  )
