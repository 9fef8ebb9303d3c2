import { storedName } from '../../document/index.js'
import { type JsonValidator, jsonSchemaValidator } from '../../engines/json-schema/validator.js'
import { loadModels } from '../../engines/mongo/models.js'
import { loadEmitted } from '../../engines/script/load.js'
import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import type { Entity } from '../../model/entity.js'
import { fieldOf, findField } from '../../model/lookup.js'
import type { JsonValue } from '../../model/origin.js'
import type { SchemaSet } from '../../model/schema-set.js'
import { byProperty } from '../../script/by-property.js'
import { encryptedIn } from '../../script/encryption.js'
import { codeForm, rowOfJson, type ValueForm } from '../../script/json-form.js'
import { entityNames } from '../../script/names.js'
import { newFields } from '../../script/shapes.js'
import { loadModules } from './emitted-modules.js'
import { exampleStep, examplesOf, type GivenRow } from './example-rows.js'
import { counted, type Evidence, fileAt, nothingToProve, type Proof } from './proof.js'

/** Something that says what is wrong with an example, or null. */
interface Judge {
  readonly name: string
  readonly refuses: (example: GivenRow) => Promise<string | null>
}

/** What an insert would be given: no identity, which the store makes. */
const givenToInsert = (entity: Entity, values: GivenRow['values']): GivenRow['values'] => {
  const taken = new Set(newFields(entity).map(({ field }) => field.name))
  return Object.fromEntries(Object.entries(values).filter(([name]) => taken.has(name)))
}

/** Null for a schema that is missing or is none: that is another proof's finding. */
const insertValidator = async (evidence: Evidence, entity: Entity): Promise<JsonValidator | null> => {
  const file = fileAt(evidence, `json-schema/${entity.name}.json`)
  try {
    return file === undefined ? null : await jsonSchemaValidator(file.text, 'new')
  } catch {
    return null
  }
}

const jsonSchemaJudge = (evidence: Evidence): Judge => ({
  name: 'the JSON Schema',
  refuses: async ({ entity, values }) => {
    const judge = await insertValidator(evidence, entity)
    if (judge === null) return null
    const members = Object.entries(givenToInsert(entity, values)).map(([name, value]): [string, JsonValue] => {
      const field = fieldOf(entity, name)
      return [field.property, byProperty(evidence.set, field.type, value)]
    })
    return judge(Object.fromEntries(members))
  },
})

/** What a Zod schema answers, as far as is needed here. */
export interface ParsedRow {
  readonly success: boolean
  readonly data?: { readonly [property: string]: unknown }
  readonly error?: { readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[] }
}

/** What the emitted Zod schema of an insert makes of an example. */
export const parseExample = (
  set: SchemaSet,
  load: Awaited<ReturnType<typeof loadEmitted>>,
  { entity, values }: GivenRow,
): ParsedRow => {
  const names = entityNames(entity)
  const schema = load(`zod/${names.module}.ts`)[names.insertSchema] as { safeParse: (row: unknown) => ParsedRow }
  return schema.safeParse(rowOfJson(set, entity, givenToInsert(entity, values), codeForm))
}

const zodJudge = async ({ set, files }: Evidence): Promise<Judge> => {
  const load = await loadEmitted(files)
  return {
    name: 'the Zod schema',
    refuses: async (example) => {
      const { error } = parseExample(set, load, example)
      if (error === undefined) return null
      return error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')
    },
  }
}

/** A key that Postgres numbers is an ObjectId in Mongo: the same number, written as one. */
const mongoId = (json: JsonValue, ObjectId: new (hex: string) => unknown): unknown =>
  typeof json === 'string'
    ? new ObjectId(/^\d+$/.test(json) ? BigInt(json).toString(16).padStart(24, '0') : json)
    : json

type Seal = typeof import('@botschema/runtime/v1/mongoose').seal

type Sealer = (field: string, value: unknown) => unknown

const asGiven: Sealer = (_, value) => value

/** Encrypts an example's values as the emitted code does, with a key for nothing else. */
const sealerOf = (seal: Seal, entity: Entity): Sealer => {
  const fields = new Map(encryptedIn(entity, 'mongo').map((field) => [field.name, field]))
  return (name, value) => {
    const field = fields.get(name)
    if (field === undefined || value === null) return value
    const place = { field: `${entity.name}.${name}`, path: storedName(entity, name), key: field.encrypted.key }
    return seal({ [place.key]: 'a key for examples only' }, place, JSON.stringify(value))
  }
}

const mongooseJudge = async ({ set, files }: Evidence): Promise<Judge> => {
  const { default: mongoose } = await import('mongoose')
  const models = await loadModels(files)
  const { seal } = await import('@botschema/runtime/v1/mongoose')
  const form: ValueForm = { nameOf: ({ name }) => name, idOf: (json) => mongoId(json, mongoose.Types.ObjectId) }
  return {
    name: 'the Mongoose model',
    refuses: async ({ entity, values }) => {
      if (!entity.stores.includes('mongo')) return null
      const kept = Object.entries(values).filter(([name]) => findField(entity, name)?.stores.includes('mongo'))
      const members = Object.entries(rowOfJson(set, entity, Object.fromEntries(kept), form))
      const sealed = encryptedIn(entity, 'mongo').length === 0 ? asGiven : sealerOf(seal, entity)
      const document = Object.fromEntries(
        members.map(([name, value]) => [storedName(entity, name), sealed(name, value)]),
      )
      const faults = await models.faultsOf(entity, document)
      return faults.length === 0 ? null : faults.map(({ path, message }) => `${path}: ${message}`).join('; ')
    },
  }
}

/** The judges of what the set emits; modules that cannot be loaded judge nothing, and another proof says why. */
const judgesFor = async (evidence: Evidence): Promise<readonly Judge[]> => {
  const { targets } = evidence.set
  const loads = async (folder: string) => (await loadModules(evidence, [folder])).diagnostics.length === 0
  return [
    ...(targets['json-schema'] === null ? [] : [jsonSchemaJudge(evidence)]),
    ...(targets.zod !== null && (await loads('zod')) ? [await zodJudge(evidence)] : []),
    ...(targets.mongoose !== null && (await loads('mongoose')) ? [await mongooseJudge(evidence)] : []),
  ]
}

/** Every example passes the JSON Schema of an insert, the Zod schema and the Mongoose model. */
export const examplesAccepted: Proof = {
  id: 'examples',
  title: 'examples pass every validator',
  prove: async (evidence, { watch }) => {
    const examples = examplesOf(evidence.set)
    if (examples.length === 0) return nothingToProve
    const diagnostics: Diagnostic[] = []
    const judges = await judgesFor(evidence)
    for (const judge of judges) {
      for (const example of examples) {
        const judged = async (): Promise<readonly Diagnostic[]> => {
          const message = await judge.refuses(example)
          return message === null ? [] : [report('example-refused', example.row.origin, { by: judge.name, message })]
        }
        const step = exampleStep(evidence.output, example, `in ${judge.name}`)
        diagnostics.push(...(await watch.step(step, judged, (finding) => [finding])))
      }
    }
    const held = diagnostics.length > 0 || judges.length === 0 ? null : counted(examples.length, 'row')
    return { held, diagnostics, unproved: [] }
  },
}
