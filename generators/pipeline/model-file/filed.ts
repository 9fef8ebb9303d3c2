import type { Entity, Row } from '../../model/entity.js'
import type { Field } from '../../model/field.js'
import { findField } from '../../model/lookup.js'
import type { SchemaSet } from '../../model/schema-set.js'
import type { Store } from '../../model/store.js'
import type { FiledEntity } from './entity-forms.js'
import type { FiledField } from './field-forms.js'
import type { FiledSet } from './set-forms.js'

/** What stands in the place of a value that is to be encrypted: outputs hold no plain value. */
const sealed = '(encrypted)'

const areSame = (a: readonly Store[], b: readonly Store[]): boolean => a.join() === b.join()

const fileField = (field: Field, stores: readonly Store[]): FiledField => ({
  ...field,
  property: field.property === field.name ? null : field.property,
  stores: areSame(field.stores, stores) ? null : field.stores,
  mongo: field.mongo.schema,
})

const fileRow = (entity: Entity, row: Row): Row => ({
  ...row,
  values: row.values.map((value) => {
    const isPlain = findField(entity, value.field)?.encrypted == null || value.value === null
    return isPlain ? value : { ...value, value: sealed }
  }),
})

const fileEntity = (entity: Entity, stores: readonly Store[]): FiledEntity => ({
  ...entity,
  stores: areSame(entity.stores, stores) ? null : entity.stores,
  fields: entity.fields.map((field) => fileField(field, entity.stores)),
  examples: entity.examples.map((row) => fileRow(entity, row)),
})

/** A set as model.json has it: without what follows from the rest. */
export const fileSet = (set: SchemaSet): FiledSet => ({
  ...set,
  entities: set.entities.map((entity) => fileEntity(entity, set.stores)),
  objects: set.objects.map((object) => ({
    ...object,
    fields: object.fields.map((field) => fileField(field, set.stores)),
  })),
})
