import { jsonSchemaValidator } from '../../engines/json-schema/validator.js'
import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { wholeOf } from '../../kernel/source.js'
import { counted, type Evidence, type Proof, sourceOf } from './proof.js'

const findingsIn = async (evidence: Evidence, file: Evidence['files'][number]): Promise<readonly Diagnostic[]> => {
  try {
    await jsonSchemaValidator(file.text, 'row')
    return []
  } catch (failure) {
    const message = failure instanceof Error ? failure.message : String(failure)
    return [report('json-schema-refused', wholeOf(sourceOf(evidence, file)), { message })]
  }
}

/** Every emitted JSON Schema is one: a validator of draft 2020-12 takes it in its strict mode. */
export const jsonSchemasLoad: Proof = {
  id: 'json-schemas',
  title: 'JSON Schemas are valid draft 2020-12',
  prove: async (evidence) => {
    const files = evidence.files.filter(({ path }) => path.startsWith('json-schema/'))
    const diagnostics: Diagnostic[] = []
    for (const file of files) diagnostics.push(...(await findingsIn(evidence, file)))
    const held = files.length === 0 || diagnostics.length > 0 ? null : counted(files.length, 'schema')
    return { held, diagnostics, unproved: [] }
  },
}
