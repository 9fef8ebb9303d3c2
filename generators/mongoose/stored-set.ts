import { identifierOf } from '../document/index.js'
import type { Entity } from '../model/entity.js'
import type { Field } from '../model/field.js'
import type { ObjectDefinition, SchemaSet } from '../model/schema-set.js'

const asStored = (field: Field): Field => (field.property === field.name ? field : { ...field, property: field.name })

const storedEntity = (entity: Entity): Entity => {
  const identifier = identifierOf(entity)
  const isIdentifier = ({ name }: Field): boolean => identifier.kind === 'field' && identifier.field === name
  return {
    ...entity,
    fields: entity.fields.map((field) => (isIdentifier(field) ? { ...field, property: '_id' } : asStored(field))),
  }
}

const storedObject = (object: ObjectDefinition): ObjectDefinition => ({
  ...object,
  fields: object.fields.map(asStored),
})

const known = new WeakMap<SchemaSet, SchemaSet>()

/** A set whose properties are the names in its documents, so that expressions over records read those. */
export const storedSet = (set: SchemaSet): SchemaSet => {
  const before = known.get(set)
  if (before !== undefined) return before
  const stored = { ...set, entities: set.entities.map(storedEntity), objects: set.objects.map(storedObject) }
  known.set(set, stored)
  return stored
}
