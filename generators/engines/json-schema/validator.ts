/** Says what is wrong with a value, or null when it is of the schema. */
export type JsonValidator = (value: unknown) => string | null

/**
 * A validator of an emitted JSON Schema (draft 2020-12), or of one of its `$defs`, by ajv in strict mode.
 *
 * @param text the schema's file
 * @param part the root schema (a row), or what an insert or an update takes
 * @throws when the text is no JSON, or no schema that ajv takes
 */
export const jsonSchemaValidator = async (text: string, part: 'row' | 'new' | 'patch'): Promise<JsonValidator> => {
  const { Ajv2020 } = await import('ajv/dist/2020.js')
  const ajv = new Ajv2020({
    allErrors: true,
    strict: true,
    strictRequired: false,
    strictTypes: false,
    validateFormats: false,
  })
  const schema = JSON.parse(text) as { readonly $id?: string }
  const validate =
    part === 'row' ? ajv.compile(schema) : ajv.addSchema(schema, 'emitted').getSchema(`emitted#/$defs/${part}`)
  if (validate === undefined) throw new Error(`the schema has no $defs/${part}`)
  return (value) => (validate(value) === true ? null : ajv.errorsText(validate.errors))
}
