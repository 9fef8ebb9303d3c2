import { unreachable } from '../kernel/bug.js'
import type { Default, Field } from '../model/field.js'
import type { JsonValue } from '../model/origin.js'
import type { SchemaSet } from '../model/schema-set.js'
import { byProperty } from '../script/by-property.js'
import type { Schema } from '../script/schema/schema.js'

/** The texts that say what something is, as its description. */
export const described = (...texts: readonly (string | null)[]): Schema => {
  const said = texts.filter((text): text is string => text !== null && text !== '')
  return said.length === 0 ? {} : { description: said.join('\n\n') }
}

/** What is said of a field wherever it stands. */
export const fieldWords = (field: Field): Schema => ({
  ...described(field.summary, field.notes),
  ...(field.deprecated === null ? {} : { deprecated: true }),
  ...(field.suggest.length === 0 ? {} : { examples: field.suggest }),
})

/** What a default is in JSON; null where it is known only when a row is inserted. */
const defaultValue = (set: SchemaSet, field: Field, of: Default): JsonValue | null => {
  switch (of.kind) {
    case 'literal':
      return byProperty(set, field.type, of.value)
    case 'object':
    case 'now':
    case 'id':
    case 'next':
      return null
    default:
      return unreachable(of)
  }
}

/** What an insert says of a field: its default. */
export const defaultWords = (set: SchemaSet, field: Field): Schema => {
  const value = field.default === null ? null : defaultValue(set, field, field.default)
  return value === null ? {} : { default: value }
}
