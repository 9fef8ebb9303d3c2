import { canonical } from '../kernel/hash.js'
import { stringLiteral, valueLiteral } from '../kernel/safe/typescript.js'
import type { Default, Field } from '../model/field.js'
import { fieldOf, objectOf } from '../model/lookup.js'
import { isJsonObject, type JsonValue } from '../model/origin.js'
import type { SchemaSet } from '../model/schema-set.js'
import type { IdType, Type } from '../model/type.js'
import { type Code, code, literal, property, trusted, typeImport } from '../script/code.js'
import { laidOut, listCode, objectCode } from '../script/layout.js'
import { idTypeName } from '../script/names.js'
import { idSchema } from './id.js'
import { type ScalarName, scalar } from './shared-names.js'

const members = (entries: readonly (readonly [string, Code])[]): Code =>
  objectCode(entries.map(([key, value]) => code`${property(key)}: ${value}`))

const fieldOfObject = (set: SchemaSet, type: Type, name: string): Field | null =>
  type.kind === 'object' ? fieldOf(objectOf(set, type.object), name) : null

const recordCode = (set: SchemaSet, type: Type, value: { readonly [key: string]: JsonValue }): Code =>
  members(
    Object.entries(value).map(([name, inner]) => {
      if (type.kind === 'map') return [name, valueCode(set, type.of, inner)]
      const field = fieldOfObject(set, type, name)
      return field === null ? [name, literal(inner)] : [field.property, valueCode(set, field.type, inner)]
    }),
  )

const textValue = (type: Type, text: string): Code => {
  switch (type.kind) {
    case 'timestamp':
      return trusted(`new Date(${stringLiteral(text)})`)
    case 'bigint':
      return trusted(`${BigInt(text)}n`)
    case 'bytes':
      return trusted(`Uint8Array.of(${Buffer.from(text, 'base64').join(', ')})`)
    case 'snowflake':
    case 'identity':
    case 'uuid':
    case 'objectid':
      return code`${idSchema(type)}.parse(${literal(text)})`
    case 'enum':
    case 'union':
      return code`${literal(text)} as const`
    default:
      return literal(text)
  }
}

/** A value in its JSON form as an expression of the value that a row has. */
export const valueCode = (set: SchemaSet, type: Type, value: JsonValue): Code => {
  if (typeof value === 'string') return textValue(type, value)
  if (type.kind === 'bigint' && typeof value === 'number') return trusted(`${BigInt(value)}n`)
  if (type.kind === 'list' && Array.isArray(value)) {
    return listCode((value as readonly JsonValue[]).map((item) => valueCode(set, type.of, item)))
  }
  if (type.kind === 'enum' && value !== null) return code`${literal(value)} as const`
  return isJsonObject(value) ? recordCode(set, type, value) : trusted(valueLiteral(value))
}

/** What makes a new id, by its type. */
export const makerOf = (of: 'objectid' | 'uuid'): ScalarName => (of === 'uuid' ? 'makeUuid' : 'makeObjectId')

const isId = (type: Type): type is IdType => type.kind === 'uuid' || type.kind === 'objectid'

const defaultValue = (set: SchemaSet, type: Type, of: Default): Code | null => {
  switch (of.kind) {
    case 'literal':
      return valueCode(set, type, of.value)
    case 'now':
      return trusted('new Date()')
    case 'id':
      return isId(type) ? code`${scalar(makerOf(of.of))}<${typeImport('typescript/ids', idTypeName(type))}>()` : null
    case 'next':
      return null
    case 'object':
      return members(
        of.fields.flatMap(({ name, default: inner }) => {
          const field = fieldOfObject(set, type, name)
          const value = field === null ? null : defaultValue(set, field.type, inner)
          return field === null || value === null ? [] : [[field.property, value] as const]
        }),
      )
  }
}

/** What a default means, wherever it was written. */
const meaningOf = (of: Default): JsonValue => {
  switch (of.kind) {
    case 'literal':
      return { value: of.value }
    case 'now':
      return 'now'
    case 'id':
      return { id: of.of }
    case 'next':
      return { next: of.per }
    case 'object':
      return of.fields.map(({ name, default: inner }) => [name, meaningOf(inner)])
  }
}

/** What the default of an object says of each of its fields. */
const partsOf = (of: Default): readonly (readonly [name: string, meaning: JsonValue])[] => {
  if (of.kind === 'object') return of.fields.map(({ name, default: inner }) => [name, meaningOf(inner)])
  return of.kind === 'literal' && isJsonObject(of.value)
    ? Object.entries(of.value).map(([name, value]) => [name, { value }])
    : []
}

/** Whether an object's own schema fills `{}` in to this very default: then nothing of it is said again. */
const isFilledIn = (set: SchemaSet, type: Type, of: Default): boolean => {
  const parts = partsOf(of)
  return (
    parts.length > 0 &&
    parts.every(([name, meaning]) => {
      const field = fieldOfObject(set, type, name)
      if (field === null) return false
      const own = field.default === null ? (field.nullable ? { value: null } : null) : meaningOf(field.default)
      return canonical(own) === canonical(meaning)
    })
  )
}

const isMadeAnew = (text: string): boolean => /^[[{]|^new |^make|^Uint8Array/.test(laidOut(text))

/** A value as what an arrow function returns. */
const asBody = (value: Code): Code => (laidOut(value.text).startsWith('{') ? code`(${value})` : value)

/**
 * How a schema takes a value that is left out: `.default('medium')`, `.default(() => new Date())` where each insert needs
 * its own, `.prefault({})` where an object fills itself in, `.default(null)` where there is nothing else, `.optional()` where only the store knows.
 */
export const leftOutCode = (set: SchemaSet, field: Field): Code => {
  const value = field.default === null ? null : defaultValue(set, field.type, field.default)
  const storeMakes = field.maintained !== null || field.default?.kind === 'next' || field.postgres.default !== null
  if (storeMakes) return trusted('.optional()')
  if (value !== null) {
    if (field.default !== null && isFilledIn(set, field.type, field.default)) return trusted('.prefault({})')
    if (field.default?.kind === 'literal' && field.type.kind === 'enum')
      return code`.default(${literal(field.default.value)})`
    return isMadeAnew(value.text) ? code`.default(() => ${asBody(value)})` : code`.default(${value})`
  }
  return field.nullable && !field.optional ? trusted('.default(null)') : trusted('.optional()')
}

/** Whether a default is the same whenever it is asked for: what is made for each new row is never made up on reading. */
const isConstant = (of: Default): boolean =>
  of.kind === 'literal' || (of.kind === 'object' && of.fields.every(({ default: inner }) => isConstant(inner)))

/** How a schema reads what an older document lacks: `.default(() => [])`; null where no constant stands for it. */
export const constantCode = (set: SchemaSet, field: Field): Code | null => {
  const isMade = field.maintained !== null || field.default === null || !isConstant(field.default)
  const value = isMade || field.default === null ? null : defaultValue(set, field.type, field.default)
  return value === null ? null : code`.default(() => ${asBody(value)})`
}
