import { unreachable } from '../kernel/bug.js'
import { canonical } from '../kernel/hash.js'
import { code, joined, type Markdown, md } from '../kernel/safe/markdown.js'
import { expressionText } from '../model/expression-text.js'
import type { Default, Field } from '../model/field.js'
import { isJsonObject, type JsonObject, type JsonValue } from '../model/origin.js'
import type { ObjectDefinition } from '../model/schema-set.js'

/** A value as its JSON form, but for text, which stands without quotes where it is not empty. */
export const valueText = (value: JsonValue): Markdown => {
  if (typeof value === 'string') return value.trim() === '' ? code(JSON.stringify(value)) : code(value)
  if (Array.isArray(value) && value.length === 0) return md`empty`
  return code(JSON.stringify(value))
}

/** A value that is given when the time comes: `now`, or a literal. */
export const assignedText = (value: JsonValue | { readonly now: true }): Markdown =>
  isNow(value) ? md`now` : valueText(value)

/** What fields become: of a step, or of an event. */
export const assignments = (
  values: readonly { readonly field: string; readonly value: JsonValue | { readonly now: true } }[],
): Markdown =>
  joined(
    values.map(({ field, value }) => md`${code(field)} becomes ${assignedText(value)}`),
    ', ',
  )

const isNow = (value: JsonValue | { readonly now: true }): value is { readonly now: true } =>
  typeof value === 'object' &&
  value !== null &&
  'now' in value &&
  value['now'] === true &&
  Object.keys(value).length === 1

type ObjectNamed = (name: string) => ObjectDefinition

/** What a field of an object is when nothing is said of it; undefined when its key is absent or must be given. */
const innerDefault = (field: Field): JsonValue | undefined => {
  if (field.default?.kind === 'literal') return field.default.value
  if (field.nullable) return null
  return undefined
}

/** Those of an object's values that are not its fields' own defaults. */
const ownValues = (values: JsonObject, definition: ObjectDefinition): JsonObject =>
  Object.fromEntries(
    definition.fields.flatMap((field) => {
      const value = values[field.name]
      const isUsual = value === undefined || canonical(value) === canonical(innerDefault(field))
      return isUsual ? [] : [[field.name, value]]
    }),
  )

/** An object's default is told by what differs from the defaults of its fields, which have a table of their own. */
const objectDefault = (values: JsonObject, definition: ObjectDefinition): Markdown => {
  const own = ownValues(values, definition)
  if (Object.keys(own).length === 0) return md`its fields' defaults`
  return md`its fields' defaults, but ${code(JSON.stringify(own))}`
}

const literalText = (value: JsonValue, { type }: Field, objectNamed: ObjectNamed): Markdown =>
  type.kind === 'object' && isJsonObject(value) ? objectDefault(value, objectNamed(type.object)) : valueText(value)

const defaultValueText = (value: Default, field: Field, objectNamed: ObjectNamed): Markdown => {
  switch (value.kind) {
    case 'literal':
      return literalText(value.value, field, objectNamed)
    case 'now':
      return md`now`
    case 'id':
      return md`a new id`
    case 'next':
      return value.per.length === 0
        ? md`the next number`
        : md`the next number of its ${joined(value.per.map(code), ' and ')}`
    case 'object':
      return md`its fields' defaults`
    default:
      return unreachable(value)
  }
}

/** What a field is when an insert leaves it out; empty where it must be given, or is null. */
export const defaultText = (field: Field, objectNamed: ObjectNamed): Markdown => {
  if (field.generated !== null) return md`always ${code(expressionText(field.generated))}`
  if (field.maintained === 'store') return md`made by the store`
  if (field.maintained === 'updated') return md`now, at each change`
  if (field.default !== null) return defaultValueText(field.default, field, objectNamed)
  return field.postgres.default === null ? md`` : md`in Postgres: ${code(field.postgres.default)}`
}
