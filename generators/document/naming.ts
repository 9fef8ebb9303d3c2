import type { Entity } from '../model/entity.js'
import { keyFieldsOf } from '../model/lookup.js'
import type { Identifier } from './collections.js'

/** What `_id` holds in an entity's collection. */
export const identifierOf = (entity: Entity): Identifier => {
  if (entity.key.kind === 'singleton') return { kind: 'singleton', value: 'singleton' }
  const [only, ...others] = keyFieldsOf(entity)
  return only !== undefined && others.length === 0 ? { kind: 'field', field: only } : { kind: 'hidden' }
}

/** The name of an entity's field in its documents: `_id` for a single key, else the field's own. */
export const storedName = (entity: Entity, field: string): string => {
  const identifier = identifierOf(entity)
  return identifier.kind === 'field' && identifier.field === field ? '_id' : field
}

/** A path of fields of an entity as Mongo writes it: `config.enabled`. */
export const storedPath = (entity: Entity, path: readonly string[]): string =>
  path.map((name, depth) => (depth === 0 ? storedName(entity, name) : name)).join('.')
