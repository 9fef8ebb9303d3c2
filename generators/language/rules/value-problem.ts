import { unreachable } from '../../kernel/bug.js'
import { nearest } from '../../kernel/nearest.js'
import type { Expression } from '../../model/expression.js'
import { mayBeLeftOut } from '../../model/field.js'
import { findEnum, findField, findObject } from '../../model/lookup.js'
import { isJsonObject, type JsonObject, type JsonValue } from '../../model/origin.js'
import { isMapKey, reservedKeyIn } from '../../model/reserved-keys.js'
import type { SchemaSet } from '../../model/schema-set.js'
import type { EnumType, ListType, MapType, ObjectType, Type } from '../../model/type.js'
import { evaluatePredicate, type Owner } from '../expression/index.js'
import { numberProblem } from './number-problem.js'
import { fixedValue } from './sound-checks.js'
import { textualProblem } from './text-problem.js'

const isList = (json: JsonValue): json is readonly JsonValue[] => Array.isArray(json)

const firstProblem = <T>(items: Iterable<T>, problemOf: (item: T) => string | null): string | null => {
  for (const item of items) {
    const problem = problemOf(item)
    if (problem !== null) return problem
  }
  return null
}

const countProblem = (count: number, { minItems, maxItems }: ListType | MapType, what: string): string | null => {
  if (minItems !== null && count < minItems) return `${count} ${what} are fewer than ${minItems}`
  return maxItems !== null && count > maxItems ? `${count} ${what} are more than ${maxItems}` : null
}

const listProblem = (type: ListType, json: JsonValue, set: SchemaSet): string | null => {
  if (!isList(json)) return `${JSON.stringify(json)} is no list`
  return (
    countProblem(json.length, type, 'items') ??
    firstProblem(json, (item) => (item === null ? 'a list holds no null' : valueProblem(type.of, item, set)))
  )
}

/** Keys that a store or JavaScript gives another meaning. */
const keyProblem = (key: string): string | null =>
  isMapKey(key) ? null : `${JSON.stringify(key)} cannot be a key of a map`

const mapProblem = (type: MapType, json: JsonValue, set: SchemaSet): string | null => {
  if (!isJsonObject(json)) return `${JSON.stringify(json)} is no mapping`
  const entries = Object.entries(json)
  return (
    countProblem(entries.length, type, 'entries') ??
    firstProblem(entries, ([key, item]) => keyProblem(key) ?? valueProblem(type.of, item, set))
  )
}

/** Whether a check of an object is false for a value of it: what is absent has its default, or is null. */
const isRefused = (check: Expression, owner: Owner, json: JsonObject, set: SchemaSet): boolean => {
  const read = (name: string): JsonValue | undefined => {
    const given = json[name]
    if (given !== undefined) return given
    const fallback = findField(owner, name)?.default ?? null
    return fallback === null ? null : fixedValue(fallback)
  }
  return evaluatePredicate(check, { set, owner, isBroken: () => false }, read) === false
}

const objectProblem = (type: ObjectType, json: JsonValue, set: SchemaSet): string | null => {
  const definition = findObject(set, type.object)
  if (definition === undefined) return null
  if (!isJsonObject(json)) return `${JSON.stringify(json)} is no mapping`
  const missing = definition.fields.find((field) => !Object.hasOwn(json, field.name) && !mayBeLeftOut(field))
  if (missing !== undefined) return `\`${missing.name}\` of \`${definition.name}\` is missing`
  const refused = definition.checks.find(({ expression }) => isRefused(expression, definition, json, set))
  if (refused !== undefined) return `the check \`${refused.name}\` of \`${definition.name}\` is false for it`
  return firstProblem(Object.entries(json), ([name, value]) => {
    const field = findField(definition, name)
    if (field === undefined) return `\`${definition.name}\` has no field \`${name}\``
    if (value === null) return field.nullable ? null : `\`${name}\` may not be null`
    return valueProblem(field.type, value, set)
  })
}

const enumProblem = (type: EnumType, json: JsonValue, set: SchemaSet): string | null => {
  const definition = findEnum(set, type.enum)
  if (definition === undefined || definition.values.some(({ value }) => value === json)) return null
  const nearby = nearest(
    String(json),
    definition.values.map(({ value }) => String(value)),
  )
  const hint = nearby === null ? '' : ` (did you mean \`${nearby}\`?)`
  return `${JSON.stringify(json)} is not a value of the enum \`${type.enum}\`${hint}`
}

/** What does not come back from MongoDB, at any depth. */
const lostInMongo = (json: JsonValue): string | null => {
  if (isList(json)) return firstProblem(json, lostInMongo)
  if (!isJsonObject(json)) return null
  const key = reservedKeyIn(json)
  if (key !== null)
    return `an object in JSON cannot have the key ${key}, which MongoDB's driver or Mongoose reads as its own`
  return firstProblem(Object.values(json), lostInMongo)
}

const jsonProblem = (json: JsonValue, set: SchemaSet): string | null => {
  if (json === null) return 'JSON is not null at its top'
  return set.stores.includes('mongo') ? lostInMongo(json) : null
}

const vectorProblem = (dimensions: number, json: JsonValue): string | null => {
  if (!isList(json) || !json.every((item) => typeof item === 'number'))
    return `${JSON.stringify(json)} is no list of numbers`
  return json.length === dimensions ? null : `a vector of ${json.length} numbers is not of ${dimensions}`
}

/** Why a JSON form is no value of a type, as words for a message; null when it is one. Null itself is the caller's to allow. */
export const valueProblem = (type: Type, json: JsonValue, set: SchemaSet): string | null => {
  switch (type.kind) {
    case 'integer':
    case 'bigint':
    case 'float':
    case 'decimal':
    case 'duration':
      return numberProblem(type, json)
    case 'text':
    case 'format':
    case 'bytes':
    case 'snowflake':
    case 'identity':
    case 'uuid':
    case 'objectid':
    case 'timestamp':
    case 'date':
    case 'time':
      return textualProblem(type, json)
    case 'boolean':
      return typeof json === 'boolean' ? null : `${JSON.stringify(json)} is neither true nor false`
    case 'enum':
      return enumProblem(type, json, set)
    case 'list':
      return listProblem(type, json, set)
    case 'map':
      return mapProblem(type, json, set)
    case 'object':
      return objectProblem(type, json, set)
    case 'json':
      return jsonProblem(json, set)
    case 'vector':
      return vectorProblem(type.dimensions, json)
    case 'union':
      return type.of.some((member) => valueProblem(member, json, set) === null)
        ? null
        : `${JSON.stringify(json)} is a value of none of the union's members`
    default:
      return unreachable(type)
  }
}
