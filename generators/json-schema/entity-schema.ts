import type { Entity, Row } from '../model/entity.js'
import type { JsonValue } from '../model/origin.js'
import type { SchemaSet } from '../model/schema-set.js'
import { byProperty } from '../script/by-property.js'
import { entityNames } from '../script/names.js'
import { sharedDefinitions } from '../script/schema/definitions.js'
import type { Schema } from '../script/schema/schema.js'
import { newFields, patchFields, rowFields } from '../script/shapes.js'
import { insertShape, patchShape, rowShape } from './fields.js'
import { namedDefinitions } from './named.js'
import { sharedWithin } from './shared.js'
import { described } from './words.js'

/** What stands for the plain value of an encrypted field. */
const secret = '(encrypted)'

/** An example as the insert schema knows it: by the properties of its fields, without those an insert does not take. */
const exampleOf = (set: SchemaSet, entity: Entity, row: Row): JsonValue => {
  const taken = new Map(newFields(entity).map(({ field }) => [field.name, field]))
  return Object.fromEntries(
    row.values.flatMap(({ field: name, value }) => {
      const field = taken.get(name)
      if (field === undefined) return []
      const shown = field.encrypted === null || value === null ? byProperty(set, field.type, value) : secret
      return [[field.property, shown]]
    }),
  )
}

const newSchema = (set: SchemaSet, entity: Entity): Schema => {
  const schema = insertShape(set, newFields(entity), '')
  const examples = entity.examples.map((row) => exampleOf(set, entity, row))
  return {
    ...described(`What an insert takes for ${entityNames(entity).row}.`),
    ...schema,
    ...(examples.length === 0 ? {} : { examples }),
  }
}

/** The JSON Schema of an entity: a row at the root, what inserts and updates take in `$defs`. */
export const entitySchema = (set: SchemaSet, entity: Entity): Schema => {
  const row = rowShape(set, rowFields(entity))
  const definitions: Record<string, Schema> = {
    new: newSchema(set, entity),
    patch: {
      description: 'What an update takes: only what is given changes.',
      ...patchShape(patchFields(entity)),
    },
    ...Object.fromEntries(namedDefinitions(set, entity)),
  }
  for (const name of sharedWithin([row, definitions])) definitions[name] = sharedDefinitions[name] ?? {}
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: entityNames(entity).row,
    ...described(entity.summary),
    ...row,
    $defs: definitions,
  }
}
