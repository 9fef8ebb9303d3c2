import type { Entity } from '../model/entity.js'
import type { Field } from '../model/field.js'
import { fieldsIn } from '../model/lookup.js'
import type { SchemaSet } from '../model/schema-set.js'
import type { DocumentPath, ExtendedJson, ExtendedJsonObject } from './collections.js'
import { conditionsOf } from './conditions.js'
import { impossibleInstants } from './instants.js'
import { fieldSchema, isRequired, openSchema, structure } from './json-schema.js'
import { identifierOf, storedName } from './naming.js'

const isHeld = ({ enforce }: Field): boolean => enforce === 'store'

const hiddenIdentifier = (entity: Entity): Parameters<typeof structure>[0] => {
  const identifier = identifierOf(entity)
  switch (identifier.kind) {
    case 'field':
      return []
    case 'singleton':
      return [{ name: '_id', isRequired: true, schema: { enum: [identifier.value] } }]
    case 'hidden':
      return [{ name: '_id', isRequired: true, schema: { bsonType: 'objectId' } }]
  }
}

const documentSchema = (set: SchemaSet, entity: Entity): ExtendedJsonObject => {
  const fields = fieldsIn(entity, 'mongo').map((field) => ({
    name: storedName(entity, field.name),
    isRequired: isHeld(field) && isRequired(field),
    schema: isHeld(field) ? fieldSchema(set, field) : openSchema(field),
  }))
  return {
    ...structure([...hiddenIdentifier(entity), ...fields]),
    ...(entity.enforce === 'store' ? {} : { additionalProperties: true }),
    ...(entity.summary === null ? {} : { description: entity.summary }),
  }
}

const every = (conditions: readonly ExtendedJson[]): ExtendedJson =>
  conditions.length === 1 ? (conditions[0] ?? true) : { $and: conditions }

/**
 * The validator of an entity's collection: a query that each document must match. The structure is `$jsonSchema`'s;
 * conditions across fields are `$expr`'s.
 */
export const validatorOf = (set: SchemaSet, entity: Entity, paths: readonly DocumentPath[]): ExtendedJsonObject => {
  const conditions = conditionsOf(set, entity)
  const impossible = impossibleInstants(paths.filter(({ field }) => isHeld(field)))
  return {
    $jsonSchema: documentSchema(set, entity),
    ...(conditions.length === 0 ? {} : { $expr: every(conditions) }),
    ...(impossible.length === 0 ? {} : { $nor: impossible }),
  }
}
