import { nearest } from '../../kernel/nearest.js'
import type { Entity } from '../../model/entity.js'
import type { Field } from '../../model/field.js'
import { fieldsIn, objectOf } from '../../model/lookup.js'
import type { SchemaSet } from '../../model/schema-set.js'
import type { Type } from '../../model/type.js'
import { bsonTypesOf } from '../bson.js'
import type { BsonType } from '../collections.js'
import { identifierOf, storedName } from '../naming.js'

/** What a command may find at a path: something of known structure, or `any`, of which nothing is known. */
export type Shape =
  | { readonly kind: 'any' }
  | { readonly kind: 'value'; readonly bsonTypes: readonly BsonType[] }
  | { readonly kind: 'document'; readonly members: ReadonlyMap<string, Shape> }
  | { readonly kind: 'list' | 'map'; readonly of: Shape }

export const anything: Shape = { kind: 'any' }

const memberOf = (set: SchemaSet, name: string, { type }: Field): readonly [string, Shape] => [name, shapeOf(set, type)]

/** What is stored for a type. */
export const shapeOf = (set: SchemaSet, type: Type): Shape => {
  switch (type.kind) {
    case 'object': {
      const fields = fieldsIn(objectOf(set, type.object), 'mongo')
      return { kind: 'document', members: new Map(fields.map((field) => memberOf(set, field.name, field))) }
    }
    case 'list':
    case 'map':
      return { kind: type.kind, of: shapeOf(set, type.of) }
    case 'json':
    case 'union':
      return anything
    default:
      return { kind: 'value', bsonTypes: bsonTypesOf(set, type) }
  }
}

const identifiers = { field: null, singleton: ['string'], hidden: ['objectId'] } as const

/** The documents of an entity's collection. */
export const shapeOfDocuments = (set: SchemaSet, entity: Entity): Shape => {
  const own = identifiers[identifierOf(entity).kind]
  const fields = fieldsIn(entity, 'mongo').map((field) => memberOf(set, storedName(entity, field.name), field))
  const identifier: readonly (readonly [string, Shape])[] =
    own === null ? [] : [['_id', { kind: 'value', bsonTypes: own }]]
  return { kind: 'document', members: new Map([...identifier, ...fields]) }
}

/** An item's number, or what stands for items in an update: `$`, `$[]`, `$[name]`. */
const isItem = (step: string): boolean => /^(?:\d+|\$|\$\[\w*\])$/.test(step)

/** What stands under a name; null where nothing can. A name behind a list is looked for in its items. */
const under = (shape: Shape, step: string): Shape | null => {
  switch (shape.kind) {
    case 'any':
      return shape
    case 'document':
      return shape.members.get(step) ?? null
    case 'map':
      return shape.of
    case 'list':
      return isItem(step) ? shape.of : under(shape.of, step)
    case 'value':
      return null
  }
}

const namesUnder = (shape: Shape): readonly string[] => {
  if (shape.kind === 'list') return namesUnder(shape.of)
  return shape.kind === 'document' ? [...shape.members.keys()] : []
}

/** What stands at a dotted path; or, where nothing can, the path that was most likely meant, if one is near. */
export const atPath = (
  shape: Shape,
  path: string,
): { readonly found: Shape } | { readonly found: null; readonly nearest: string | null } => {
  const steps = path.split('.')
  let found = shape
  for (const [index, step] of steps.entries()) {
    const next = under(found, step)
    if (next === null) {
      const meant = nearest(step, namesUnder(found))
      const whole = meant && [...steps.slice(0, index), meant, ...steps.slice(index + 1)].join('.')
      return { found: null, nearest: whole }
    }
    found = next
  }
  return { found }
}

/** The BSON types that may be compared with what stands somewhere: of a list, also those of its items. Null: any. */
export const comparableWith = (shape: Shape): readonly BsonType[] | null => {
  switch (shape.kind) {
    case 'any':
      return null
    case 'value':
      return shape.bsonTypes
    case 'document':
    case 'map':
      return ['object']
    case 'list': {
      const items = comparableWith(shape.of)
      return items && ['array', ...items]
    }
  }
}
