import { report } from '../../kernel/diagnostic.js'
import { isKeyField, keyFieldsOf } from '../../model/lookup.js'
import { entityRule } from './rule.js'

/**
 * An identity is the whole key of its entity, unless it refers to another's: in Mongo it is the `_id`. Postgres has it
 * beside the key as well, or as a part of one.
 */
export const identities = entityRule('identities', function* (entity) {
  if (!entity.stores.includes('mongo')) return
  for (const field of entity.fields) {
    if (field.type.kind !== 'identity' || field.maintained !== 'store') continue
    const isKey = isKeyField(entity, field)
    const isWholeKey = isKey && keyFieldsOf(entity).length === 1
    if (!isWholeKey) yield report('identity-not-key', field.origin, { field: field.name, isPart: isKey })
  }
})
