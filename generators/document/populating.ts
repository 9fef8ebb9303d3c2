import type { Entity } from '../model/entity.js'
import type { Field, InnerReference } from '../model/field.js'
import { fieldsIn, findEntity, objectOf, referenceOf } from '../model/lookup.js'
import type { ObjectDefinition, SchemaSet } from '../model/schema-set.js'
import { type Type, typesWithin } from '../model/type.js'
import { identifierOf } from './naming.js'

/** How `populate` finds what a field refers to. */
export type Populating =
  /** In the place of the field's value, by `_id`; or beside it, by another field of the target. */
  | { readonly kind: 'key' | 'unique'; readonly target: Entity; readonly by: string; readonly many: boolean }
  /** Not at all: why not. */
  | { readonly kind: 'none'; readonly because: string }

const reachedPaths =
  'populate follows paths of a schema, and there are none inside of a map, a union or a list of lists'

const findable = (set: SchemaSet, { to }: InnerReference, many: boolean): Populating | null => {
  const target = findEntity(set, to.entity)
  if (target === undefined) return null
  if (!target.stores.includes('mongo')) return { kind: 'none', because: `${to.entity} is not kept in Mongo` }
  const identifier = identifierOf(target)
  const isKey = identifier.kind === 'field' && identifier.field === to.field
  return { kind: isKey ? 'key' : 'unique', target, by: isKey ? '_id' : to.field, many }
}

/** What stands where Mongoose has paths of its own: a value, an object, and a list of either. */
const isReached = (within: InnerReference['within']): boolean => within.join() === '' || within.join() === 'list'

const ownReference = (owner: Entity | ObjectDefinition, field: Field): readonly InnerReference[] => {
  const reference = 'references' in owner ? referenceOf(owner, field) : undefined
  const [to] = reference?.to.fields ?? []
  return reference === undefined || to === undefined
    ? field.refersTo
    : [{ to: { entity: reference.to.entity, field: to }, within: [] }]
}

const holdsReferences = (set: SchemaSet, type: Type): boolean =>
  typesWithin(type).some(
    (inner) =>
      inner.kind === 'object' &&
      objectOf(set, inner.object).fields.some((field) => field.refersTo.length > 0 || holdsReferences(set, field.type)),
  )

/** Whether a type is an object or a list of objects, whose own paths Mongoose knows. */
const isOpen = (type: Type): boolean => type.kind === 'object' || (type.kind === 'list' && type.of.kind === 'object')

/** How `populate` follows a field of an entity or an object; null where the field itself refers to nothing. */
export const populatingOf = (set: SchemaSet, owner: Entity | ObjectDefinition, field: Field): Populating | null => {
  const [reference] = ownReference(owner, field)
  if (reference !== undefined)
    return isReached(reference.within)
      ? findable(set, reference, reference.within.length > 0)
      : { kind: 'none', because: reachedPaths }
  return !isOpen(field.type) && holdsReferences(set, field.type) ? { kind: 'none', because: reachedPaths } : null
}

/** A field of documents that is followed, by its path: `server.owner_id`. */
export interface Followed {
  readonly path: readonly Field[]
  readonly owner: Entity | ObjectDefinition
  readonly field: Field
}

/** The fields of an entity that refer to something, those of objects and of lists of objects included. */
export const followedFields = (
  set: SchemaSet,
  owner: Entity | ObjectDefinition,
  before: readonly Field[] = [],
): readonly Followed[] =>
  fieldsIn(owner, 'mongo').flatMap((field) => {
    const path = [...before, field]
    if (populatingOf(set, owner, field) !== null) return [{ path, owner, field }]
    const type = field.type.kind === 'list' ? field.type.of : field.type
    return isOpen(field.type) && type.kind === 'object' ? followedFields(set, objectOf(set, type.object), path) : []
  })
