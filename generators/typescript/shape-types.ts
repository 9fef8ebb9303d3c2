import { known } from '../kernel/bug.js'
import type { SchemaSet } from '../model/schema-set.js'
import { type ObjectForm, runtimeContext } from '../script/schema/runtime-form.js'
import type { Schema } from '../script/schema/schema.js'
import { fieldSchema, shapeSchema } from '../script/schema/shape-schema.js'
import { type ShapeField, typeHasNewForm } from '../script/shapes.js'
import { type MemberTypes, memberTypes } from './members.js'

/** The types of members, as a read returns them and as an insert takes them. */
export interface ShapeTypes {
  readonly row: MemberTypes
  readonly insert: MemberTypes
}

const runtimeSchema = (set: SchemaSet, fields: readonly ShapeField[], form: ObjectForm): Schema =>
  shapeSchema(fields, (field) => fieldSchema(field, runtimeContext(set, form)))

/** The types of a row's and an insert's members; only those of objects with a form of their own differ. */
export const shapeTypes = async (
  set: SchemaSet,
  row: readonly ShapeField[],
  insert: readonly ShapeField[],
): Promise<ShapeTypes> => {
  const different = insert.filter(({ field }) => typeHasNewForm(set, field.type))
  const types = await memberTypes({
    Row: runtimeSchema(set, row, 'row'),
    ...(different.length === 0 ? {} : { New: runtimeSchema(set, different, 'new') }),
  })
  const ofRow = known(types.get('Row'), 'the interface of a row')
  return { row: ofRow, insert: new Map([...ofRow, ...(types.get('New') ?? [])]) }
}
