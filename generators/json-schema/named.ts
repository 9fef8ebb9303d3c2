import type { Entity } from '../model/entity.js'
import type { EnumDefinition, ObjectDefinition, SchemaSet } from '../model/schema-set.js'
import { enumTypeName, newObjectTypeName, objectTypeName } from '../script/names.js'
import { reachableFrom } from '../script/reachable.js'
import type { Schema } from '../script/schema/schema.js'
import { objectHasNewForm, objectNewFields, objectRowFields } from '../script/shapes.js'
import { insertShape, rowShape } from './fields.js'
import { described } from './words.js'

const objectDefinitions = (set: SchemaSet, object: ObjectDefinition): Readonly<Record<string, Schema>> => {
  const name = objectTypeName(object.name)
  const schemas = { [name]: { ...described(object.summary), ...rowShape(set, objectRowFields(object)) } }
  if (!objectHasNewForm(set, object.name)) return schemas
  const insert = insertShape(set, objectNewFields(object), `/$defs/${name}`)
  return {
    ...schemas,
    [newObjectTypeName(object.name)]: { ...described(`What an insert takes for ${name}.`), ...insert },
  }
}

const valueWords = (definition: EnumDefinition): string =>
  definition.values
    .filter(({ summary }) => summary !== null)
    .map(({ value, summary }) => `${value}: ${summary}`)
    .join('\n')

const enumSchema = (definition: EnumDefinition): Schema => ({
  ...described(definition.summary, valueWords(definition)),
  enum: definition.values.map(({ value }) => value),
})

/** The objects and enums that an entity is made of, as definitions under the names their types have in code. */
export const namedDefinitions = (set: SchemaSet, entity: Entity): readonly (readonly [string, Schema])[] => {
  const { objects, enums } = reachableFrom(set, entity.fields)
  return [
    ...objects.flatMap((object) => Object.entries(objectDefinitions(set, object))),
    ...enums.map((definition) => [enumTypeName(definition.name), enumSchema(definition)] as const),
  ]
}
