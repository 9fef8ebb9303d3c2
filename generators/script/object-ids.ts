import type { Entity } from '../model/entity.js'
import { objectOf } from '../model/lookup.js'
import type { SchemaSet } from '../model/schema-set.js'
import { type Type, typesWithin } from '../model/type.js'
import { rowFields } from './shapes.js'

const answers = new WeakMap<SchemaSet, Map<string, boolean>>()

/** Whether the documents of an object hold ObjectIds, however deep. */
export const objectHoldsObjectId = (set: SchemaSet, name: string): boolean => {
  const known = answers.get(set) ?? new Map<string, boolean>()
  answers.set(set, known)
  const answer = known.get(name) ?? objectOf(set, name).fields.some(({ type }) => holdsObjectId(set, type))
  known.set(name, answer)
  return answer
}

/** Whether a type's values in Mongo are ObjectIds or hold some, so that their codec must be given the driver's class. */
export const holdsObjectId = (set: SchemaSet, type: Type): boolean =>
  typesWithin(type).some((inner) =>
    inner.kind === 'object'
      ? objectHoldsObjectId(set, inner.object)
      : inner.kind === 'identity' || inner.kind === 'objectid',
  )

/** Whether an entity's codecs of Mongo (`warningMongo`, `warningPaths`) are functions of the driver's ObjectId. */
export const rowHoldsObjectId = (set: SchemaSet, entity: Entity): boolean =>
  rowFields(entity).some(({ field }) => field.stores.includes('mongo') && holdsObjectId(set, field.type))
