import { known } from '../kernel/bug.js'
import type { Entity } from '../model/entity.js'
import type { Field } from '../model/field.js'
import { fieldOf, objectOf } from '../model/lookup.js'
import type { SchemaSet } from '../model/schema-set.js'
import type { Type } from '../model/type.js'
import { bsonTypesOf } from './bson.js'
import type { Scope } from './expression/scope.js'
import type { FilterScope } from './filter.js'
import { storedPath } from './naming.js'

type Owner = { readonly fields: readonly Field[] }

const mayBeNull = (field: Field): boolean => field.nullable || field.optional

/** The field that a path ends at; whether any field on the way may be null. */
const resolve = (
  set: SchemaSet,
  owner: Owner,
  path: readonly string[],
): { readonly type: Type; readonly nullable: boolean } => {
  const [name, ...rest] = path
  const field = fieldOf(owner, known(name, 'the first name of a path'))
  if (rest.length === 0 || field.type.kind !== 'object') return { type: field.type, nullable: mayBeNull(field) }
  const inner = resolve(set, objectOf(set, field.type.object), rest)
  return { type: inner.type, nullable: inner.nullable || mayBeNull(field) }
}

/** The fields of an entity as `$expr` names them. */
export const entityScope =
  (set: SchemaSet, entity: Entity): Scope =>
  (path) => ({ value: `$${storedPath(entity, path)}`, ...resolve(set, entity, path) })

/** The fields of an object that stands at `base` (`$server`, `$$item`). */
export const objectScope =
  (set: SchemaSet, object: Owner, base: string): Scope =>
  (path) => ({ value: `${base}.${path.join('.')}`, ...resolve(set, object, path) })

export const filterScope =
  (set: SchemaSet, entity: Entity): FilterScope =>
  (path) => {
    const { type } = resolve(set, entity, path)
    return { path: storedPath(entity, path), type, bsonTypes: bsonTypesOf(set, type) }
  }

/** The type and nullability of a path of an entity. */
export const pathType = (set: SchemaSet, entity: Entity, path: readonly string[]) => resolve(set, entity, path)
