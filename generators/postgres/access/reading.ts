import type { Entity } from '../../model/entity.js'
import type { Context } from '../../relational/index.js'
import { type Code, code, literal, trusted } from '../../script/code.js'
import { shownFields, shownForms } from './columns.js'
import { keyFields } from './key.js'

/** What the rows of an entity are read by beside their codecs: their key, the forms of columns, what no error shows. */
export const readingMembers = (context: Context, entity: Entity, indent: string): readonly Code[] => {
  const at = trusted(indent)
  const key = keyFields(entity).map(({ property: name }) => [name, name])
  const forms = shownForms(context, entity)
  const personal = shownFields(entity).flatMap((field) => (field.personal ? [field.property] : []))
  const computed = shownFields(entity).flatMap((field) => (field.generated === null ? [] : [field.property]))
  return [
    ...(computed.length === 0 ? [] : [code`${at}computed: ${literal(computed)},\n`]),
    ...(key.length === 0 ? [] : [code`${at}key: ${literal(key)} as const,\n`]),
    ...(Object.keys(forms).length === 0 ? [] : [code`${at}forms: ${literal(forms)} as const,\n`]),
    ...(personal.length === 0 ? [] : [code`${at}personal: ${literal(personal)},\n`]),
  ]
}
