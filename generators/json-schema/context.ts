import type { SchemaSet } from '../model/schema-set.js'
import { enumTypeName } from '../script/names.js'
import { type ObjectForm, objectTypeIn } from '../script/schema/runtime-form.js'
import { refTo } from '../script/schema/schema.js'
import type { SchemaContext } from '../script/schema/type-schema.js'

/** Schemas of values as they stand in JSON: objects and enums are definitions of the file. */
export const jsonContext = (set: SchemaSet, form: ObjectForm): SchemaContext => ({
  stores: set.stores,
  form: (type) => {
    if (type.kind === 'object') return refTo(objectTypeIn(set, type.object, form))
    return type.kind === 'enum' ? refTo(enumTypeName(type.enum)) : null
  },
})
