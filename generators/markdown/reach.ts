import type { Entity } from '../model/entity.js'
import type { Field } from '../model/field.js'
import { enumOf, objectOf } from '../model/lookup.js'
import type { EnumDefinition, ObjectDefinition, SchemaSet } from '../model/schema-set.js'
import { type Type, typesWithin } from '../model/type.js'

/** An object of a page, with where it is first met: `server`, `server.xp`, `warnings[]`, `levels{}`. */
export interface Met {
  readonly path: string
  readonly object: ObjectDefinition
}

/** The objects and enums that fields hold, however deep, each once, in the order a reader meets them. */
export interface Reach {
  readonly objects: readonly Met[]
  readonly enums: readonly EnumDefinition[]
}

const stepInto = (path: string, outer: Type): string =>
  outer.kind === 'list' ? `${path}[]` : outer.kind === 'map' ? `${path}{}` : path

/** The types within one, each with the path of its value. */
const pathsWithin = (path: string, type: Type): readonly (readonly [string, Type])[] => {
  switch (type.kind) {
    case 'list':
    case 'map':
      return [[path, type], ...pathsWithin(stepInto(path, type), type.of)]
    case 'union':
      return [[path, type], ...type.of.flatMap((member) => pathsWithin(path, member))]
    default:
      return [[path, type]]
  }
}

export const reachOf = (set: SchemaSet, owner: { readonly fields: readonly Pick<Field, 'name' | 'type'>[] }): Reach => {
  const objects = new Map<string, Met>()
  const enums = new Map<string, EnumDefinition>()
  const enter = (fields: readonly Pick<Field, 'name' | 'type'>[], prefix: string): void => {
    for (const field of fields) {
      for (const [path, type] of pathsWithin(`${prefix}${field.name}`, field.type)) {
        if (type.kind === 'enum') enums.set(type.enum, enumOf(set, type.enum))
        if (type.kind !== 'object' || objects.has(type.object)) continue
        const object = objectOf(set, type.object)
        objects.set(type.object, { path, object })
        enter(object.fields, `${path}.`)
      }
    }
  }
  enter(owner.fields, '')
  return { objects: [...objects.values()], enums: [...enums.values()] }
}

/** The types of all fields of an entity and of the objects in them, with what is inside lists, maps and unions. */
export const typesOf = (entity: Entity, reach: Reach): readonly Type[] =>
  [entity, ...reach.objects.map((met) => met.object)].flatMap((owner) =>
    owner.fields.flatMap((field) => typesWithin(field.type)),
  )
