import { memoised } from '../kernel/memoised.js'
import type { Entity } from '../model/entity.js'
import { type Field, isComputed, mayBeLeftOut } from '../model/field.js'
import { isKeyField, objectOf } from '../model/lookup.js'
import type { ObjectDefinition, SchemaSet } from '../model/schema-set.js'
import { isId, type Type, typesWithin } from '../model/type.js'

/** A field of a shape, in the YAML's order; `optional`: its key may be absent. */
export interface ShapeField {
  readonly field: Field
  readonly optional: boolean
}

/** Every target asks for an entity's fields, often once for each of them. */
type FieldsOfEntity = (entity: Entity) => readonly ShapeField[]

const inSomeStores = (entity: Entity, field: Field): boolean =>
  entity.stores.some((store) => !field.stores.includes(store))

/**
 * A row as it is read: every field of the entity but the encrypted ones, whose values no read shows. Optional only is a
 * field that one of the entity's stores does not keep. (A nullable field is there, and null.) A singleton's key is no
 * field.
 */
export const rowFields: FieldsOfEntity = memoised((entity) =>
  entity.fields
    .filter(({ encrypted }) => encrypted === null)
    .map((field) => ({ field, optional: inSomeStores(entity, field) })),
)

/** An identity is given by nobody: Postgres makes it `generated always`, Mongo as the document's ObjectId. */
const isStoreMadeIdentity = (field: Field): boolean => field.maintained === 'store' && field.type.kind === 'identity'

/**
 * What an insert takes: every field, the plain values of encrypted ones among them (the insert that is emitted for those
 * encrypts them), but the computed ones (`generated`) and an identity that the store makes. Optional
 * is what has a default, what may be null, what is filled in without the caller (a uuid or objectid key, the
 * timestamps pair), and what one of the entity's stores does not keep. Objects inside are in their New form
 * (`objectHasNewForm`). What is left out becomes its default, or null.
 */
export const newFields: FieldsOfEntity = memoised((entity) =>
  entity.fields
    .filter((field) => !isComputed(field) && !isStoreMadeIdentity(field))
    .map((field) => ({ field, optional: mayBeLeftOut(field) || inSomeStores(entity, field) })),
)

/**
 * What an update takes: all optional, each a new value given whole (objects inside are in their row form). No keys,
 * nothing immutable, computed or kept by the store (the timestamps pair), nothing encrypted (each such field has a
 * statement of its own); nothing at all when the entity is append-only.
 */
export const patchFields: FieldsOfEntity = memoised((entity) =>
  entity.appendOnly
    ? []
    : entity.fields
        .filter((field) => !isComputed(field) && field.maintained === null && !field.immutable)
        .filter(({ encrypted }) => encrypted === null)
        .filter((field) => !isKeyField(entity, field))
        .map((field) => ({ field, optional: true })),
)

/** An object as it is read: every field; optional only where its name carries a `?`. */
export const objectRowFields = (object: ObjectDefinition): readonly ShapeField[] =>
  object.fields.map((field) => ({ field, optional: field.optional }))

/** An object as an insert takes it: what has a default, may be null, or may be absent can be left out. */
export const objectNewFields = (object: ObjectDefinition): readonly ShapeField[] =>
  object.fields.filter((field) => !isComputed(field)).map((field) => ({ field, optional: mayBeLeftOut(field) }))

/**
 * Whether what an insert takes for an object differs from what a read returns: one of its fields, or of those of an
 * object inside it, may be left out. Only then there is a `New…` type and schema of it.
 */
export const objectHasNewForm = (set: SchemaSet, objectName: string): boolean => {
  const object = objectOf(set, objectName)
  return (
    object.fields.some((field) => isComputed(field) || (mayBeLeftOut(field) && !field.optional)) ||
    object.fields.some((field) => typeHasNewForm(set, field.type))
  )
}

/** Whether a type holds an object that has a New form, however deep. */
export const typeHasNewForm = (set: SchemaSet, type: Type): boolean => {
  for (const inner of typesWithin(type)) {
    if (inner.kind === 'object' && objectHasNewForm(set, inner.object)) return true
  }
  return false
}

/** Whether a type holds ids, however deep. */
export const hasIds = (set: SchemaSet, type: Type): boolean =>
  typesWithin(type).some(
    (inner) =>
      isId(inner) ||
      (inner.kind === 'object' && objectOf(set, inner.object).fields.some((field) => hasIds(set, field.type))),
  )
