import { memoised } from '../kernel/memoised.js'
import type { Entity } from './entity.js'
import { findEntity, referencesTo } from './lookup.js'
import type { SchemaSet } from './schema-set.js'
import { namingsOf } from './subject.js'

/** The entities that rows of one point at by enforced references, near and far. */
const pointedAt = (set: SchemaSet, start: Entity): ReadonlySet<Entity> => {
  const found = new Set<Entity>()
  const open = [start]
  for (const { references } of open) {
    for (const { to, enforced } of references) {
      const target = enforced ? findEntity(set, to.entity) : undefined
      if (target === undefined || found.has(target)) continue
      found.add(target)
      open.push(target)
    }
  }
  return found
}

/** Who names rows of an entity by their keys, where those are looked up by the id of a person or a guild. */
const namersOf = (set: SchemaSet): ReadonlyMap<Entity, ReadonlySet<Entity>> => {
  const namers = new Map<Entity, Set<Entity>>()
  for (const entity of set.entities) {
    for (const subject of ['user', 'guild'] as const) {
      for (const naming of entity.fields.flatMap((field) => namingsOf(set, entity, field, subject))) {
        if (naming.by === 'key') namers.set(naming.of.entity, (namers.get(naming.of.entity) ?? new Set()).add(entity))
      }
    }
  }
  return namers
}

/**
 * All entities, each after those whose rows point at its rows by enforced references; and the rows of a person or a
 * guild after those that name them by their key, which is looked up there. Circles are cut where they are met.
 */
export const childrenFirst = memoised((set: SchemaSet): readonly Entity[] => {
  const namers = namersOf(set)
  const ordered: Entity[] = []
  const seen = new Set<Entity>()
  const visit = (entity: Entity): void => {
    if (seen.has(entity)) return
    seen.add(entity)
    for (const { from, reference } of referencesTo(set, entity.name)) if (reference.enforced) visit(from)
    const named = namers.get(entity)
    const above = named && pointedAt(set, entity)
    for (const namer of named ?? []) if (!above?.has(namer)) visit(namer)
    ordered.push(entity)
  }
  for (const entity of set.entities) visit(entity)
  return ordered
})
