import { unreachable } from '../kernel/bug.js'
import { type Doc, valueLiteral } from '../kernel/safe/typescript.js'
import type { Check, Entity } from '../model/entity.js'
import type { Default, Field } from '../model/field.js'
import type { JsonValue } from '../model/origin.js'
import type { ObjectDefinition, SchemaSet } from '../model/schema-set.js'
import type { Type } from '../model/type.js'
import { byProperty } from '../script/by-property.js'
import { checkMessage, checkPath } from '../script/expression.js'
import { factsOf } from './facts.js'
import { asSentence } from './words.js'

type Owner = Entity | ObjectDefinition

const isEntity = (owner: Owner): owner is Entity => 'key' in owner

const checksOn = (set: SchemaSet, owner: Owner, field: Field): readonly Check[] =>
  owner.checks.filter((check) => checkPath(set, owner, check)[0] === field.property)

const ruleSentence = (owner: Owner, check: Check): string => asSentence(checkMessage(owner, check))

const deprecation = (field: Field): Doc['tags'] =>
  field.deprecated === null ? [] : [{ name: 'deprecated', text: field.deprecated }]

/** What a row's field says: the YAML's words, the facts its type does not show, the checks it has to pass. */
export const rowFieldDoc = (set: SchemaSet, owner: Owner, field: Field): Doc => {
  const facts = [
    ...factsOf(isEntity(owner) ? owner : null, field),
    ...checksOn(set, owner, field).map((check) => ruleSentence(owner, check)),
  ]
  const first = [...(field.summary === null ? [] : [asSentence(field.summary)]), ...facts].join(' ')
  return {
    text: [...(first === '' ? [] : [first]), ...(field.notes === null ? [] : [field.notes])],
    tags: deprecation(field),
  }
}

/** A default as a person would write it in code. */
const literalText = (type: Type, value: JsonValue): string =>
  type.kind === 'bigint' ? `${String(value)}n` : valueLiteral(value)

const defaultText = (set: SchemaSet, field: Field, of: Default): string => {
  switch (of.kind) {
    case 'literal':
      return literalText(field.type, byProperty(set, field.type, of.value))
    case 'now':
      return 'now'
    case 'id':
      return 'a new id'
    case 'next':
      return of.per.length === 0 ? 'the next number' : `the next number of its ${of.per.join(' and ')}`
    case 'object':
      return 'made of the defaults inside'
    default:
      return unreachable(of)
  }
}

const madeBy = (field: Field): string | null => {
  switch (field.maintained) {
    case 'store':
      return 'made by the store'
    case 'created':
    case 'updated':
      return 'now'
    case null:
      return null
    default:
      return unreachable(field.maintained)
  }
}

/** What stands for a field that an insert leaves out, or null when nothing does. */
const whenLeftOut = (set: SchemaSet, field: Field): string | null => {
  if (field.default !== null) return defaultText(set, field, field.default)
  return madeBy(field) ?? (field.postgres.default !== null ? 'made by Postgres' : field.nullable ? 'null' : null)
}

/** What an insert's field says: only what it is when it is left out. What it means, the row's says. */
export const newFieldDoc = (set: SchemaSet, field: Field): Doc => {
  const text = whenLeftOut(set, field)
  return { text: [], tags: [...deprecation(field), ...(text === null ? [] : [{ name: 'default' as const, text }])] }
}

export const patchFieldDoc = (field: Field): Doc => ({ text: [], tags: deprecation(field) })
