import { report } from '../../kernel/diagnostic.js'
import type { Field } from '../../model/field.js'
import { ownerRule } from './rule.js'

/** After `code:` no two fields of an owner share a property. */
export const properties = ownerRule('properties', function* ({ fields }) {
  const first = new Map<string, Field>()
  for (const field of fields) {
    const other = first.get(field.property)
    if (other === undefined) {
      first.set(field.property, field)
      continue
    }
    const names = { property: field.property, field: field.name, other: other.name }
    const related = [{ message: `\`${other.name}\` is here`, at: other.origin }]
    if (other.name !== field.name) yield report('property-twice', field.origin, names, related)
  }
})
