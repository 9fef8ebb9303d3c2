import type { Field } from '../model/field.js'
import type { SchemaSet } from '../model/schema-set.js'
import { refToProperty, type Schema } from '../script/schema/schema.js'
import { fieldSchema, shapeSchema } from '../script/schema/shape-schema.js'
import { type ShapeField, typeHasNewForm } from '../script/shapes.js'
import { jsonContext } from './context.js'
import { defaultWords, fieldWords } from './words.js'

/** A row: what each field holds, and what is said of it. */
export const rowShape = (set: SchemaSet, fields: readonly ShapeField[]): Schema =>
  shapeSchema(fields, (field) => ({ ...fieldWords(field), ...fieldSchema(field, jsonContext(set, 'row')) }))

/**
 * What an insert takes. A field is what it is in the row at `row` (a JSON pointer), but for objects with a form of their
 * own and for encrypted fields, which are in no row.
 */
export const insertShape = (set: SchemaSet, fields: readonly ShapeField[], row: string): Schema => {
  const own = (field: Field): Schema => ({ ...fieldWords(field), ...fieldSchema(field, jsonContext(set, 'new')) })
  return shapeSchema(fields, (field) => ({
    ...defaultWords(set, field),
    ...(field.encrypted !== null || typeHasNewForm(set, field.type) ? own(field) : refToProperty(row, field.property)),
  }))
}

/** What an update takes: every field as it is in the row. */
export const patchShape = (fields: readonly ShapeField[]): Schema =>
  shapeSchema(fields, (field) => refToProperty('', field.property))
