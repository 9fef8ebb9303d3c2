import { type JsonValidator, jsonSchemaValidator } from '../../../generators/engines/json-schema/validator.js'
import { newFields, patchFields, rowFields } from '../../../generators/script/shapes.js'
import { type EmittedSet, textOf } from '../emitted-set.js'
import { patchOf, within } from '../given.js'
import { abstains, type Judge, oneByOne, type Verdict, verdictOf } from '../judge.js'
import { jsonOf, type Sample, unsaid } from '../sample.js'

type Part = Parameters<typeof jsonSchemaValidator>[1]

/** The emitted JSON Schemas under ajv: of a row, of an insert and of an update. */
export const jsonSchemaJudges = async (emitted: EmittedSet): Promise<readonly Judge[]> => {
  const validators = new Map<string, JsonValidator>()
  for (const { name } of emitted.set.entities) {
    for (const part of ['row', 'new', 'patch'] as const)
      validators.set(`${name} ${part}`, await jsonSchemaValidator(textOf(emitted, `json-schema/${name}.json`), part))
  }
  const ask = (entity: string, part: Part, sample: Sample | null): Verdict => {
    const json = sample === null ? unsaid : jsonOf(sample)
    const validate = validators.get(`${entity} ${part}`)
    return json === unsaid || validate === undefined ? abstains : verdictOf(validate(json))
  }
  return [
    oneByOne('JSON Schema row', ({ entity, row }) => ask(entity.name, 'row', within(entity, row, rowFields(entity)))),
    oneByOne('JSON Schema new', ({ entity, row }) => ask(entity.name, 'new', within(entity, row, newFields(entity)))),
    oneByOne('JSON Schema patch', (probe) =>
      ask(probe.entity.name, 'patch', patchOf(probe, patchFields(probe.entity))),
    ),
  ]
}
