import { report } from '../../kernel/diagnostic.js'
import { isKeyField, keyFieldsOf } from '../../model/lookup.js'
import { entityRule } from './rule.js'

/** An identity is the whole key of its entity, unless it refers to another's. */
export const identities = entityRule('identities', function* (entity) {
  for (const field of entity.fields) {
    const isMade = field.type.kind === 'identity' && field.maintained === 'store'
    const isKey = isKeyField(entity, field) && keyFieldsOf(entity).length === 1
    if (isMade && !isKey) yield report('identity-not-key', field.origin, { field: field.name })
  }
})
