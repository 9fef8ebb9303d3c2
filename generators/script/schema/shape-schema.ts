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
 * The schema of a shape: a strict object of its fields' properties. `describe` adds what else is said of a field (its
 * description, its default).
 */
export const shapeSchema = (
  fields: readonly ShapeField[],
  context: SchemaContext,
  describe: (field: Field) => Schema = () => ({}),
): Schema => {
  const required = fields.filter(({ optional }) => !optional).map(({ field }) => field.property)
  return {
    type: 'object',
    properties: Object.fromEntries(
      fields.map(({ field }) => [field.property, { ...describe(field), ...fieldSchema(field, context) }]),
    ),
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: false,
  }
}
