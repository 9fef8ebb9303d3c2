import { report } from '../../kernel/diagnostic.js'
import { isKeyField, keyFieldsOf } from '../../model/lookup.js'
import { entityRule, placeOf } from './rule.js'
import { describeType, isStructured } from './types.js'
import { soundFields } from './unknown-field.js'

/** A key is made of fields that are always there and that every store compares alike. */
export const keys = entityRule('keys', function* (entity, context) {
  const { key, name: owner } = entity
  if (key.kind === 'fields' && key.fields.length === 0) yield report('key-missing', entity.origin, { entity: owner })
  for (const { name, nullable, type, immutable, origin } of soundFields(entity, keyFieldsOf(entity), context)) {
    if (nullable) yield report('key-nullable', placeOf(origin, name), { field: name })
    if (isStructured(type)) yield report('key-type', placeOf(origin, name), { field: name, type: describeType(type) })
    if (immutable) yield report('needless-immutable', placeOf(origin, 'immutable'), { field: name })
  }
})

/** What is unique is compared alike by every store. */
export const uniqueTypes = entityRule('unique-types', function* (entity, context) {
  const indexes = entity.indexes.filter(({ unique }) => unique)
  const listed = [
    ...entity.uniques,
    ...indexes.map(({ parts, origin }) => ({
      fields: parts.flatMap((part) => (part.kind === 'field' && part.path.length === 1 ? part.path : [])),
      origin,
    })),
  ]
  for (const { fields, origin } of listed) {
    for (const { name, type } of soundFields(entity, fields, context)) {
      if (isStructured(type))
        yield report('unique-type', placeOf(origin, name), { field: name, type: describeType(type) })
    }
  }
})

/** An identity is the whole key of its entity, unless it refers to another's. */
export const identities = entityRule('identities', function* (entity) {
  for (const field of entity.fields) {
    const isMade = field.type.kind === 'identity' && field.maintained === 'store'
    const isKey = isKeyField(entity, field) && keyFieldsOf(entity).length === 1
    if (isMade && !isKey) yield report('identity-not-key', field.origin, { field: field.name })
  }
})
