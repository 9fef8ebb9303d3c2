import { enumOf, objectOf } from './lookup.js'
import type { SchemaSet } from './schema-set.js'

/**
 * Whether members may be those of an object: each is a field of it, by its stored name or as code has it, and what must
 * be a value of an enum is one. So members of a union are told apart that differ by the values of a field.
 */
export const areMembersOf = (set: SchemaSet, object: string, members: { readonly [key: string]: unknown }): boolean => {
  const { fields } = objectOf(set, object)
  return Object.entries(members).every(([key, value]) => {
    const field = fields.find(({ name, property }) => name === key || property === key)
    if (field === undefined) return false
    if (field.type.kind !== 'enum' || value === null) return true
    return enumOf(set, field.type.enum).values.some((option) => option.value === value)
  })
}
