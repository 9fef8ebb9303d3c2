import { type JsonValidator, jsonSchemaValidator } from '../../../engines/json-schema/validator.js'
import { newFields, patchFields, rowFields } from '../../../script/shapes.js'
import type { Evidence } from '../../verify/proof.js'
import { textOf } from '../outputs.js'
import { patchOf, within } from '../rows/given.js'
import { jsonOf, type Sample, unsaid } from '../rows/sample.js'
import { abstains, type Judge, oneByOne, type Verdict, verdictOf } from './judge.js'

type Part = Parameters<typeof jsonSchemaValidator>[1]

/** The emitted JSON Schemas under ajv: of a row, of an insert and of an update. */
export const jsonSchemaJudges = async (evidence: Evidence): Promise<readonly Judge[]> => {
  if (evidence.set.targets['json-schema'] === null) return []
  const validators = new Map<string, JsonValidator>()
  for (const { name } of evidence.set.entities) {
    for (const part of ['row', 'new', 'patch'] as const)
      validators.set(`${name} ${part}`, await jsonSchemaValidator(textOf(evidence, `json-schema/${name}.json`), part))
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
