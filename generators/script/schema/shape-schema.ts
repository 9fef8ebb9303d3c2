import type { Field } from '../../model/field.js'
import type { ShapeField } from '../shapes.js'
import { orNull, type Schema } from './schema.js'
import { type SchemaContext, typeSchema } from './type-schema.js'

/** The schema of a field's values. */
export const fieldSchema = (field: Field, context: SchemaContext): Schema => {
  const schema = typeSchema(field.type, context)
  return field.nullable ? orNull(schema) : schema
}

/**
 * The schema of a shape: a strict object of its fields' properties, each with the schema that `of` gives it.
 */
export const shapeSchema = (fields: readonly ShapeField[], of: (field: Field) => Schema): Schema => {
  const required = fields.filter(({ optional }) => !optional).map(({ field }) => field.property)
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map(({ field }) => [field.property, of(field)])),
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: false,
  }
}
