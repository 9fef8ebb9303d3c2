import type { JsonValue } from '../../model/origin.js'

/** A JSON Schema (draft 2020-12), or a part of one. `tsType` is json-schema-to-typescript's: the type to print instead. */
export interface Schema {
  readonly [keyword: string]: JsonValue
}

export const refTo = (definition: string): Schema => ({ $ref: `#/$defs/${definition}` })

const pointerToken = (name: string): string => encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))

/** A reference to the schema that a property has elsewhere in the document; `at` is a JSON pointer, empty for the root. */
export const refToProperty = (at: string, property: string): Schema => ({
  $ref: `#${at}/properties/${pointerToken(property)}`,
})

/** What is not null, as a schema. */
export const withoutNulls = (keywords: { readonly [keyword: string]: JsonValue | null }): Schema =>
  Object.fromEntries(Object.entries(keywords).filter(([, value]) => value !== null))

/** The value or null: as a list of types where that says it, else as alternatives. */
export const orNull = (schema: Schema): Schema => {
  const { type } = schema
  if (typeof type === 'string' && !('$ref' in schema) && !('tsType' in schema))
    return { ...schema, type: [type, 'null'] }
  const { anyOf } = schema
  const alternatives = Array.isArray(anyOf) && Object.keys(schema).length === 1 ? anyOf : [schema]
  return { anyOf: [...alternatives, { type: 'null' }] }
}
