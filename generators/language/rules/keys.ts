import { report } from '../../kernel/diagnostic.js'
import { keyFieldsOf } from '../../model/lookup.js'
import { entityRule, placeOf } from './rule.js'
import { describeType, isStructured } from './types.js'
import { soundFields } from './unknown-field.js'

/** A key is made of fields that are always there and that every store compares alike. */
export const keys = entityRule('keys', function* (entity, context) {
  const { key, name: owner } = entity
  // Without a field that could be read there is a finding already.
  if (key.kind === 'fields' && key.fields.length === 0 && entity.fields.length > 0)
    yield report('key-missing', entity.origin, { entity: owner })
  for (const { name, nullable, type, immutable, origin } of soundFields(entity, keyFieldsOf(entity), context)) {
    if (nullable) yield report('key-nullable', placeOf(origin, name), { field: name })
    if (isStructured(type)) yield report('key-type', placeOf(origin, name), { field: name, type: describeType(type) })
    if (immutable) yield report('needless-immutable', placeOf(origin, 'immutable'), { field: name })
  }
})
