import { mongo } from 'mongoose'
import type { Entity } from '../../../model/entity.js'
import { classesOfRow } from '../../../script/driver-classes.js'
import { type EntityNames, entityNames } from '../../../script/names.js'
import { newFields, patchFields, rowFields } from '../../../script/shapes.js'
import { loadModules } from '../../verify/emitted-modules.js'
import type { Evidence } from '../../verify/proof.js'
import { OutputMissing } from '../outputs.js'
import { readBack } from '../read-back.js'
import { patchOf, within } from '../rows/given.js'
import { codeOf, jsonOf, unsaid } from '../rows/sample.js'
import { documentRow, isKeptInMongo, keptInMongo } from './document.js'
import { abstains, accepted, type Judge, oneByOne, type Probe, refused, type Verdict } from './judge.js'

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

/** Finds an emitted validator by the name that its entity's names have for it. @throws OutputMissing */
export type ValidatorOf = (entity: Entity, name: (names: EntityNames) => string) => Validator

/** The emitted validators of a set's entities, run. */
export const loadValidators = async (evidence: Evidence): Promise<ValidatorOf> => {
  const modules = await loadModules(evidence, ['zod'])
  const made = new Map<string, Validator>()
  return (entity, name) => {
    const names = entityNames(entity)
    const path = `zod/${names.module}.ts`
    const key = `${path} ${name(names)}`
    const known = made.get(key)
    if (known !== undefined) return known
    const found = modules.load(path)?.[name(names)]
    if (found === undefined) throw new OutputMissing(`there is no ${name(names)} in ${path}`)
    const validator = (
      typeof found === 'function' ? found(...classesOfRow(evidence.set, entity).map((name) => mongo[name])) : found
    ) as Validator
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
export const zodJudges = ({ set }: Evidence, validatorOf: ValidatorOf): readonly Judge[] => {
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
    return { kind: 'accepted', stored: readBack(set, entity, row, again) }
  }
  const readDocument = (probe: Probe): Verdict => {
    if (!isKeptInMongo(probe)) return abstains
    const document = documentRow(probe)
    if (document === unsaid) return abstains
    const parsed = validatorOf(probe.entity, ({ mongoCodec }) => mongoCodec).safeDecode(document)
    if (!parsed.success) return verdictOfParse(parsed)
    return { kind: 'accepted', stored: readBack(set, probe.entity, keptInMongo(probe), parsed) }
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
