import { hashOf, hashOfPart } from '../kernel/hash.js'
import { ok } from '../kernel/result.js'
import type { Entity } from '../model/entity.js'
import type { SchemaSet } from '../model/schema-set.js'
import type { Unit } from '../model/target.js'
import { reachableFrom, reachableHash } from '../script/reachable.js'
import { entitySchema } from './entity-schema.js'
import { jsonText } from './print.js'

const entityUnit = (set: SchemaSet, entity: Entity): Unit => {
  const { objects, enums } = reachableFrom(set, entity.fields)
  return {
    id: entity.name,
    definitions: [
      `entity ${entity.name}`,
      ...objects.map(({ name }) => `object ${name}`),
      ...enums.map(({ name }) => `enum ${name}`),
    ],
    hash: hashOf([set.stores, hashOfPart(entity), reachableHash(set, entity.fields)]),
    emit: async () =>
      ok([{ path: `json-schema/${entity.name}.json`, order: 0, text: jsonText(entitySchema(set, entity)) }]),
  }
}

/** One file an entity, with the objects and enums it is made of. */
export const units = (set: SchemaSet): readonly Unit[] => set.entities.map((entity) => entityUnit(set, entity))
