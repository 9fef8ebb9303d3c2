import { mongo } from 'mongoose'
import { loadEmitted, type ModuleExports } from '../../../generators/engines/script/load.js'
import type { Entity } from '../../../generators/model/entity.js'
import { type EntityNames, entityNames } from '../../../generators/script/names.js'
import { newFields, patchFields, rowFields } from '../../../generators/script/shapes.js'
import type { EmittedSet } from '../emitted-set.js'
import { patchOf, within } from '../given.js'
import { abstains, accepted, type Judge, oneByOne, type Probe, refused, type Verdict } from '../judge.js'
import { readBack } from '../read-back.js'
import { codeOf, jsonOf, unsaid } from '../sample.js'
import { documentRow, isKeptInMongo, keptInMongo } from './document.js'

export interface ParsedValue {
  readonly success: boolean
  readonly data?: unknown
  readonly error?: { readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[] }
}

/** The part of an emitted schema or codec that judges use. */
export interface Validator {
  readonly safeParse: (value: unknown) => ParsedValue
  readonly safeDecode: (value: unknown) => ParsedValue
  readonly safeEncode: (value: unknown) => ParsedValue
}

/** The emitted validators of a set's entities, run. */
export const loadValidators = async ({ files }: EmittedSet) => {
  const load = await loadEmitted(files.filter(({ path }) => /^(zod|typescript)\//.test(path)))
  const made = new Map<string, Validator>()
  return (entity: Entity, name: (names: EntityNames) => string): Validator => {
    const names = entityNames(entity)
    const key = `${names.module} ${name(names)}`
    const known = made.get(key)
    if (known !== undefined) return known
    const exports: ModuleExports = load(`zod/${names.module}.ts`)
    const found = exports[name(names)]
    const validator = (typeof found === 'function' ? found(mongo.ObjectId) : found) as Validator
    made.set(key, validator)
    return validator
  }
}

const issuesOf = ({ error }: ParsedValue): string =>
  (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')

export const verdictOfParse = (parsed: ParsedValue): Verdict => (parsed.success ? accepted : refused(issuesOf(parsed)))

const asked = (value: unknown, ask: (value: unknown) => ParsedValue): Verdict =>
  value === unsaid ? abstains : verdictOfParse(ask(value))

/** The emitted Zod schemas of a row, an insert and an update, and the codecs that read JSON and documents. */
export const zodJudges = async (emitted: EmittedSet): Promise<readonly Judge[]> => {
  const validatorOf = await loadValidators(emitted)
  const patch = (probe: Probe): Verdict => {
    const given = patchOf(probe, patchFields(probe.entity))
    if (given === null) return abstains
    return asked(codeOf(given), validatorOf(probe.entity, ({ patchSchema }) => patchSchema).safeParse)
  }
  const readJson = ({ entity, row }: Probe): Verdict => {
    const json = jsonOf(within(entity, row, rowFields(entity)))
    if (json === unsaid) return abstains
    const codec = validatorOf(entity, ({ jsonCodec }) => jsonCodec)
    const parsed = codec.safeDecode(JSON.parse(JSON.stringify(json)))
    if (!parsed.success) return verdictOfParse(parsed)
    const written = codec.safeEncode(parsed.data)
    if (!written.success) return verdictOfParse(written)
    const again = codec.safeDecode(JSON.parse(JSON.stringify(written.data)))
    return { kind: 'accepted', stored: readBack(emitted.set, entity, row, again) }
  }
  const readDocument = (probe: Probe): Verdict => {
    if (!isKeptInMongo(probe)) return abstains
    const document = documentRow(probe)
    if (document === unsaid) return abstains
    const parsed = validatorOf(probe.entity, ({ mongoCodec }) => mongoCodec).safeDecode(document)
    if (!parsed.success) return verdictOfParse(parsed)
    return { kind: 'accepted', stored: readBack(emitted.set, probe.entity, keptInMongo(probe), parsed) }
  }
  return [
    oneByOne('Zod row', ({ entity, row }) =>
      asked(
        codeOf(within(entity, row, rowFields(entity))),
        validatorOf(entity, ({ rowSchema }) => rowSchema).safeParse,
      ),
    ),
    oneByOne('Zod new', ({ entity, row }) =>
      asked(
        codeOf(within(entity, row, newFields(entity))),
        validatorOf(entity, ({ insertSchema }) => insertSchema).safeParse,
      ),
    ),
    oneByOne('Zod patch', patch),
    oneByOne('Zod JSON codec', readJson),
    oneByOne('Zod Mongo codec', readDocument),
  ]
}
