import { hashOf, hashOfPart } from '../kernel/hash.js'
import type { Field } from '../model/field.js'
import { enumOf, objectOf } from '../model/lookup.js'
import type { EnumDefinition, ObjectDefinition, SchemaSet } from '../model/schema-set.js'
import { typesWithin } from '../model/type.js'

/** The named definitions that fields are made of, however deep, each once and by name. */
export interface Reachable {
  readonly objects: readonly ObjectDefinition[]
  readonly enums: readonly EnumDefinition[]
}

const byName = <T extends { readonly name: string }>(found: ReadonlyMap<string, T>): readonly T[] =>
  [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1))

export const reachableFrom = (set: SchemaSet, fields: readonly Field[]): Reachable => {
  const objects = new Map<string, ObjectDefinition>()
  const enums = new Map<string, EnumDefinition>()
  const visit = (field: Field): void => {
    for (const type of typesWithin(field.type)) {
      if (type.kind === 'enum') enums.set(type.enum, enumOf(set, type.enum))
      if (type.kind === 'object' && !objects.has(type.object)) {
        const object = objectOf(set, type.object)
        objects.set(type.object, object)
        object.fields.forEach(visit)
      }
    }
  }
  fields.forEach(visit)
  return { objects: byName(objects), enums: byName(enums) }
}

/** The hash of all definitions that fields are made of. */
export const reachableHash = (set: SchemaSet, fields: readonly Field[]): string => {
  const { objects, enums } = reachableFrom(set, fields)
  return hashOf([...objects, ...enums].map(hashOfPart))
}
