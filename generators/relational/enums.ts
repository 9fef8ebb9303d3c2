import { entitiesIn, enumOf, fieldsIn } from '../model/lookup.js'
import type { EnumDefinition } from '../model/schema-set.js'
import { typesWithin } from '../model/type.js'
import { type Context, commentOf, isArray, isNumericEnum } from './forms.js'
import type { Scope } from './scope.js'
import type { EnumType } from './tables.js'

/** The enums that a column has as its type, or as its items' type: inside `jsonb` an enum is checked by its values. */
const usedNames = ({ set }: Context): readonly string[] => {
  const used = entitiesIn(set, 'postgres').flatMap((entity) =>
    fieldsIn(entity, 'postgres').flatMap(({ type }) => {
      if (type.kind === 'enum') return [type.enum]
      return type.kind === 'list' && isArray(type)
        ? typesWithin(type.of).flatMap((inner) => (inner.kind === 'enum' ? [inner.enum] : []))
        : []
    }),
  )
  return [...new Set(used)].sort()
}

export const enumTypesOf = (context: Context, relations: Scope): readonly EnumType[] =>
  usedNames(context)
    .map((name) => enumOf(context.set, name))
    .filter(({ name, as }) => as === 'type' && !isNumericEnum(context, name))
    .map((definition) => enumType(context, definition, relations))

/** The values of an enum type are names to Postgres, as short as all names. */
const enumType = (context: Context, { name, values, summary, origin }: EnumDefinition, relations: Scope): EnumType => {
  const labels = values.map((one) => {
    const label = String(one.value)
    relations.measure(label, 'enum value', one.origin)
    return label
  })
  const comment = commentOf(context, context.set.enforce, summary)
  return { name: relations.claim(name, 'type', origin), definition: name, values: labels, comment }
}
