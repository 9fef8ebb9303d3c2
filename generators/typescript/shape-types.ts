import type { SchemaSet } from '../model/schema-set.js'
import { type ObjectForm, runtimeContext } from '../script/schema/runtime-form.js'
import type { Schema } from '../script/schema/schema.js'
import { fieldSchema } from '../script/schema/shape-schema.js'
import { hasIds, type ShapeField, typeHasNewForm } from '../script/shapes.js'
import { type MemberTypes, memberTypes } from './members.js'

/** The types of members, as a read returns them, and as an insert and an update take them. */
export interface ShapeTypes {
  readonly row: MemberTypes
  readonly insert: MemberTypes
  readonly patch: MemberTypes
}

const runtimeSchemas = (
  set: SchemaSet,
  fields: readonly ShapeField[],
  form: ObjectForm,
): ReadonlyMap<string, Schema> => {
  const context = runtimeContext(set, form)
  return new Map(fields.map(({ field }) => [field.property, fieldSchema(field, context)]))
}

/** The types of what is given, which differ from a row's where there are ids, or objects with a form of their own; encrypted fields are in no row. */
export const shapeTypes = async (
  set: SchemaSet,
  row: readonly ShapeField[],
  insert: readonly ShapeField[],
): Promise<ShapeTypes> => {
  const withIds = row.filter(({ field }) => hasIds(set, field.type))
  const different = insert.filter(
    ({ field }) => field.encrypted !== null || hasIds(set, field.type) || typeHasNewForm(set, field.type),
  )
  const ofRow = await memberTypes(runtimeSchemas(set, row, 'row'))
  const ofInsert = await memberTypes(runtimeSchemas(set, different, 'new'))
  const ofPatch = await memberTypes(runtimeSchemas(set, withIds, 'patch'))
  return {
    row: ofRow,
    insert: new Map([...ofRow, ...ofInsert]),
    patch: new Map([...ofRow, ...ofPatch]),
  }
}
