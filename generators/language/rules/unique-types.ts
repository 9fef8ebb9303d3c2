import { report } from '../../kernel/diagnostic.js'
import { entityRule, placeOf } from './rule.js'
import { describeType, isStructured } from './types.js'
import { soundFields } from './unknown-field.js'

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
