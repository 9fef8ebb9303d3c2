import type { Entity, Reference } from '../model/entity.js'
import { entitiesIn, findEntity, findField } from '../model/lookup.js'
import type { SchemaSet } from '../model/schema-set.js'

/** The order of a set's tables: how many references deep each stands, and which references close a circle. */
export interface TableOrder {
  readonly depth: ReadonlyMap<string, number>
  readonly late: ReadonlySet<Reference>
}

/** The references that Postgres holds: to an entity it has. */
export const heldReferences = (set: SchemaSet, entity: Entity): readonly Reference[] => {
  const isHeld = (name: string): boolean => findEntity(set, name)?.stores.includes('postgres') === true
  const isColumn = (name: string): boolean => findField(entity, name)?.stores.includes('postgres') === true
  return entity.references.filter(({ enforced, fields, to }) => enforced && isHeld(to.entity) && fields.every(isColumn))
}

/** Entities are visited by name, so the circles break at the same place whatever the order of the files. */
export const tableOrder = (set: SchemaSet): TableOrder => {
  const entities = new Map(entitiesIn(set, 'postgres').map((entity) => [entity.name, entity]))
  const depth = new Map<string, number>()
  const late = new Set<Reference>()
  const underWay = new Set<string>()
  const visit = (entity: Entity): number => {
    const known = depth.get(entity.name)
    if (known !== undefined) return known
    underWay.add(entity.name)
    let deepest = 0
    for (const reference of entity.references) {
      const target = entities.get(reference.to.entity)
      if (!reference.enforced || target === undefined || target === entity) continue
      if (underWay.has(target.name)) late.add(reference)
      else deepest = Math.max(deepest, visit(target) + 1)
    }
    underWay.delete(entity.name)
    depth.set(entity.name, deepest)
    return deepest
  }
  for (const entity of entities.values()) visit(entity)
  return { depth, late }
}
