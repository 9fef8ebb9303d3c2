import { report } from '../../kernel/diagnostic.js'
import type { Span } from '../../kernel/source.js'
import type { Default, Field, JsonValue, ObjectType, Type } from '../../model/index.js'
import { meansNow, translateDefault } from '../foreign/default.js'
import { entryOf, isNull, isPlain, type Mapping, type Node, type Scalar } from '../load/node.js'
import { describe } from '../shape/messages.js'
import { readGiven, readLiteral } from './literal.js'
import type { Scope } from './scope.js'

const literal = (value: JsonValue, origin: Span): Default => ({ kind: 'literal', value, origin })

const parents = (node: Scalar): readonly string[] | null => {
  const inside = /^next\(([^()]+)\)$/.exec(node.text)?.[1]
  return inside === undefined ? null : inside.split(',').map((name) => name.trim())
}

const takesNow = (type: Type): boolean => type.kind === 'timestamp' || type.kind === 'date' || type.kind === 'time'

/** `now`, `next(guild_id)`, `[]` and `{}`, where the type has them. */
const specialDefault = (type: Type, node: Scalar): Default | Node | null => {
  if (!isPlain(node)) return null
  if (node.text === 'now' && takesNow(type)) return { kind: 'now', origin: node.at }
  const per = type.kind === 'integer' ? parents(node) : null
  if (per !== null) return { kind: 'next', per, origin: node.at }
  if (node.text === '[]' && type.kind !== 'text') return { kind: 'sequence', items: [], at: node.at }
  if (node.text === '{}' && type.kind !== 'text') return { kind: 'mapping', entries: [], at: node.at }
  return null
}

const isNode = (found: Default | Node): found is Node => 'at' in found

/** What an inner field of an object gets when the default does not say: its own default, or null where it may be. */
const innerDefault = (field: Field, at: Span): Default | null =>
  field.default ?? (field.nullable && !field.optional ? literal(null, at) : null)

type InnerDefaults = readonly { readonly name: string; readonly default: Default }[]

const joined = (fields: InnerDefaults, origin: Span): Default => {
  const values = fields.flatMap((field) =>
    field.default.kind === 'literal' ? [[field.name, field.default.value] as const] : [],
  )
  return values.length === fields.length
    ? literal(Object.fromEntries(values), origin)
    : { kind: 'object', fields, origin }
}

/** An object's default: what is written, and the defaults of the fields it does not name. */
const objectDefault = (scope: Scope, type: ObjectType, node: Mapping): Default | null => {
  const fields = scope.objectFields(type.object)
  if (fields === null || fields === 'circle') return null
  const named = fields.filter((field) => entryOf(node, field.name) !== undefined)
  readUnknown(scope, type, fields, node)
  const inner = fields.flatMap((field) => {
    const entry = entryOf(node, field.name)
    const own =
      entry === undefined ? innerDefault(field, node.at) : readDefault(scope, field.type, field.nullable, entry.value)
    return own === null ? [] : [{ name: field.name, default: own }]
  })
  const missing = fields.filter(
    (field) => !field.optional && !named.includes(field) && !inner.some(({ name }) => name === field.name),
  )
  if (missing.length === 0) return joined(inner, node.at)
  scope.found(report('default-incomplete', node.at, { object: type.object, fields: missing.map(({ name }) => name) }))
  return null
}

const readUnknown = (scope: Scope, type: ObjectType, fields: readonly Field[], node: Mapping): void => {
  const unknown = node.entries.filter(({ key }) => !fields.some(({ name }) => name === key.text))
  readGiven(scope, type.object, fields, { ...node, entries: unknown })
}

/** What a default of SQL, Prisma or JavaScript was meant to be, as the end of `write …`; null for a value. */
const meantDefault = (type: Type, text: string): string | null => {
  if (takesNow(type) && meansNow(text)) return '`now`'
  const foreign = type.kind === 'uuid' ? translateDefault(text) : null
  return foreign?.kind === 'maker'
    ? '`postgres: { default: gen_random_uuid() }`, or no default where it is the whole key, which the store makes'
    : null
}

/** A default as written, read by the type of its field. Null when it cannot be, which was reported. */
export const readDefault = (scope: Scope, type: Type, nullable: boolean, node: Node): Default | null => {
  if (isNull(node) && nullable) return literal(null, node.at)
  const special = node.kind === 'scalar' ? specialDefault(type, node) : null
  if (special !== null) return isNode(special) ? readDefault(scope, type, nullable, special) : special
  if (type.kind === 'object' && node.kind === 'mapping') return objectDefault(scope, type, node)
  const meant = node.kind === 'scalar' ? meantDefault(type, node.text) : null
  if (meant !== null) {
    scope.found(report('bad-literal', node.at, { expected: `a ${type.kind}`, found: describe(node), meant }))
    return null
  }
  const value = readLiteral(scope, type, node)
  return value === undefined ? null : literal(value, node.at)
}
