import type { Entity, Row } from '../model/entity.js'
import { findField } from '../model/lookup.js'
import type { JsonValue } from '../model/origin.js'
import type { SchemaSet } from '../model/schema-set.js'
import { entityNames } from '../script/names.js'
import { sharedDefinitions } from '../script/schema/definitions.js'
import type { Schema } from '../script/schema/schema.js'
import { shapeSchema } from '../script/schema/shape-schema.js'
import { newFields, patchFields, rowFields } from '../script/shapes.js'
import { jsonContext } from './context.js'
import { namedDefinitions } from './named.js'
import { sharedWithin } from './shared.js'
import { described, fieldWords, newFieldWords } from './words.js'

/** An example as the insert schema knows it: by the properties of its fields, without those an insert does not take. */
const exampleOf = (entity: Entity, row: Row): JsonValue => {
  const taken = new Set(newFields(entity).map(({ field }) => field.name))
  return Object.fromEntries(
    row.values
      .filter(({ field }) => taken.has(field))
      .map(({ field, value }) => [findField(entity, field)?.property ?? field, value]),
  )
}

const newSchema = (set: SchemaSet, entity: Entity): Schema => {
  const schema = shapeSchema(newFields(entity), jsonContext(set, 'new'), newFieldWords)
  const examples = entity.examples.map((row) => exampleOf(entity, row))
  return {
    ...described(`What an insert takes for ${entityNames(entity).row}.`),
    ...schema,
    ...(examples.length === 0 ? {} : { examples }),
  }
}

/** The JSON Schema of an entity: a row at the root, what inserts and updates take in `$defs`. */
export const entitySchema = (set: SchemaSet, entity: Entity): Schema => {
  const row = shapeSchema(rowFields(entity), jsonContext(set, 'row'), fieldWords)
  const definitions: Record<string, Schema> = {
    new: newSchema(set, entity),
    patch: {
      description: 'What an update takes: only what is given changes.',
      ...shapeSchema(patchFields(entity), jsonContext(set, 'row'), fieldWords),
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
