import { bug } from '../../kernel/bug.js'
import { canonical } from '../../kernel/hash.js'
import type { Expression } from '../../model/expression.js'
import { expressionText } from '../../model/expression-text.js'
import type { JsonObject, JsonValue } from '../../model/origin.js'
import type { SchemaSet } from '../../model/schema-set.js'
import type { Pattern } from '../../model/type.js'
import { fileSet } from './filed.js'
import type { Members, Shape, Special } from './form.js'
import { setForm } from './set-forms.js'

/** What the file says of its own form. Another form has another number. */
export const modelVersion = 1

const ofMembers = (members: Members, value: object): readonly (readonly [string, JsonValue])[] => {
  const given = new Map(Object.entries(value))
  return Object.entries(members).flatMap(([name, { shape, otherwise }]) => {
    const member: unknown = given.get(name)
    if (otherwise !== undefined && canonical(member) === canonical(otherwise)) return []
    const written = jsonOf(shape, member)
    return written === undefined ? [] : [[name, written] as const]
  })
}

const objectAt = (value: unknown): object =>
  typeof value === 'object' && value !== null ? value : bug('a part of the model is no object')

const specialOf = (special: Special, value: unknown): JsonValue | undefined => {
  switch (special) {
    case 'expression':
      return expressionText(value as Expression)
    case 'pattern':
      return (value as Pattern).source
    case 'places':
      return undefined
  }
}

/** A value in its JSON form; undefined where nothing is written of it. */
const jsonOf = (shape: Shape, value: unknown): JsonValue | undefined => {
  switch (shape.kind) {
    case 'text':
    case 'number':
    case 'truth':
    case 'json':
    case 'choice':
    case 'either':
      return value as JsonValue
    case 'bigint':
      return String(value)
    case 'null-or':
      return value === null ? null : jsonOf(shape.of, value)
    case 'list':
      return (value as readonly unknown[]).map((item) => jsonOf(shape.of, item) ?? null)
    case 'members':
      return Object.fromEntries(ofMembers(shape.of, objectAt(value)))
    case 'variants': {
      const { kind } = value as { readonly kind: string }
      return { kind, ...Object.fromEntries(ofMembers(shape.of[kind] ?? {}, objectAt(value))) }
    }
    case 'later':
      return jsonOf(shape.of(), value)
    case 'special':
      return specialOf(shape.special, value)
  }
}

/** Parts whose own parts stand on lines of their own; all below them is a line each. */
const opened: ReadonlySet<string> = new Set(['targets', 'docs', 'retention', 'lifecycle'])

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value)

const inline = (value: JsonValue): string => {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (isList(value)) return `[${value.map(inline).join(', ')}]`
  const members = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}: ${inline(inner)}`)
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`
}

const block = (open: string, close: string, lines: readonly string[], indent: string): string =>
  `${open}\n${lines.map((line) => `${indent}  ${line}`).join(',\n')}\n${indent}${close}`

const definitions: ReadonlySet<string> = new Set(['entities', 'objects', 'enums'])

const isOfObjects = (value: readonly JsonValue[]): boolean =>
  value.length > 0 && value.every((item) => typeof item === 'object' && item !== null)

/** Members a line each; a list of parts a line for each part. */
const lines = (value: JsonObject, indent: string): string =>
  block(
    '{',
    '}',
    Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}: ${memberText(key, inner, `${indent}  `)}`),
    indent,
  )

const memberText = (key: string, value: JsonValue, indent: string): string => {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (!isList(value)) return opened.has(key) ? lines(value, indent) : inline(value)
  if (!isOfObjects(value)) return inline(value)
  const items = value.map((item) => (definitions.has(key) ? lines(item as JsonObject, `${indent}  `) : inline(item)))
  return block('[', ']', items, indent)
}

/**
 * The facts of a set, from which all its outputs follow: a line for each field, value and rule, so that changes read
 * well. What is as usual is left out, and so is every place of the YAML.
 */
export const printModel = (set: SchemaSet): string => {
  const written = jsonOf(setForm.shape, fileSet(set)) as JsonObject
  return `${lines({ model: modelVersion, ...written }, '')}\n`
}
