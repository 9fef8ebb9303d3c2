import { enumShape, objectShape, typeShape } from './definitions.js'
import { entityShape } from './entity.js'
import { extensionShape } from './extension.js'
import { fieldShape, fieldsShape, laidFieldShape, laidFieldsShape } from './fields.js'
import { type JsonSchema, schemaOf } from './json-schema.js'
import { moduleShape, setShape } from './set.js'
import type { Keys, Shape, ShapeName } from './syntax.js'

/** What a YAML document can define: the first key says which. */
export const definitionKinds = ['entity', 'object', 'enum', 'type'] as const

export type DefinitionKind = (typeof definitionKinds)[number]

/** A whole document: the set itself stands in botschema.yaml, a module's head in module.yaml. */
export type DocumentKind = DefinitionKind | 'extend' | 'module' | 'set'

export const documentShapes: Readonly<Record<DocumentKind, Keys>> = {
  set: setShape,
  module: moduleShape,
  entity: entityShape,
  object: objectShape,
  enum: enumShape,
  type: typeShape,
  extend: extensionShape,
}

const shapes: Readonly<Record<ShapeName, Shape>> = {
  ...documentShapes,
  field: fieldShape,
  fields: fieldsShape,
  laidField: laidFieldShape,
  laidFields: laidFieldsShape,
}

/** The shape that a name stands for. */
export const shapeNamed = (name: ShapeName): Shape => shapes[name]

/** The syntax of all documents as JSON Schema; each shape with a name stands under `definitions`. */
export const definitions: JsonSchema = Object.fromEntries(
  Object.entries(shapes).map(([name, shape]) => [name, schemaOf(shape)]),
)

/** The schema for editors: of one document of botschema.yaml or of a definition file. */
export const editorSchema = (): JsonSchema => ({
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'botschema',
  description:
    'What a bot keeps: botschema.yaml, or a definition of an entity, an object, an enum or a type, or an extension of one.',
  type: 'object',
  oneOf: Object.keys(documentShapes).map((name) => ({ $ref: `#/definitions/${name}` })),
  definitions,
})
