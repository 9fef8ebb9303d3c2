import type { Entity } from '../model/entity.js'
import type { Field } from '../model/field.js'
import { fieldsIn, objectOf } from '../model/lookup.js'
import type { SchemaSet } from '../model/schema-set.js'
import type { Type } from '../model/type.js'
import { bsonTypesOf } from './bson.js'
import type { DocumentPath } from './collections.js'
import { isRequired } from './json-schema.js'
import { storedName } from './naming.js'

/** The objects that a type holds, with what its path gets: `[]` for each item, `{}` for each value of a map. */
const objectWithin = (type: Type): { readonly object: string; readonly suffix: string } | null => {
  if (type.kind === 'object') return { object: type.object, suffix: '' }
  if (type.kind !== 'list' && type.kind !== 'map') return null
  const inner = objectWithin(type.of)
  return inner && { object: inner.object, suffix: `${type.kind === 'list' ? '[]' : '{}'}${inner.suffix}` }
}

const pathsOf = (set: SchemaSet, type: Type, path: string): readonly DocumentPath[] => {
  const inner = objectWithin(type)
  if (inner === null) return []
  return fieldsIn(objectOf(set, inner.object), 'mongo').map((field) =>
    documentPath(set, field, field.name, `${path}${inner.suffix}.${field.name}`),
  )
}

const documentPath = (set: SchemaSet, field: Field, name: string, path: string): DocumentPath => ({
  name,
  path,
  field,
  type: field.type,
  nullable: field.nullable,
  required: isRequired(field),
  bsonTypes: field.encrypted === null ? bsonTypesOf(set, field.type) : ['object'],
  within: field.encrypted === null ? pathsOf(set, field.type, path) : [],
})

/** The fields of an entity's documents, those of objects inside them, in the YAML's order. */
export const documentPaths = (set: SchemaSet, entity: Entity): readonly DocumentPath[] =>
  fieldsIn(entity, 'mongo').map((field) => {
    const name = storedName(entity, field.name)
    return documentPath(set, field, name, name)
  })
