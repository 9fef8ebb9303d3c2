import { type ExtendedJsonObject, storedName } from '../../../generators/document/index.js'
import { type LoadedModels, loadModels } from '../../../generators/engines/mongo/models.js'
import { patchFields } from '../../../generators/script/shapes.js'
import { type Accepts, accepts } from '../../support/mongo.js'
import { type EmittedSet, textOf } from '../emitted-set.js'
import { changedField, patchOf } from '../given.js'
import { abstains, accepted, type Judge, type Probe, refused, type Verdict, verdictOf } from '../judge.js'
import { unsaid } from '../sample.js'
import { type Document, documentRow, isKeptInMongo } from './document.js'

const words = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Asks a judge of documents; one that Mongo has no part in is for others to judge. */
const ofDocument =
  (ask: (probe: Probe, document: Document) => Promise<Verdict> | Verdict): Judge['judge'] =>
  (probe) => {
    if (!isKeptInMongo(probe)) return abstains
    const document = documentRow(probe)
    return document === unsaid ? abstains : ask(probe, document)
  }

const computedNames = ({ entity }: Probe): readonly string[] =>
  entity.fields.filter(({ generated }) => generated !== null).map(({ name }) => storedName(entity, name))

const savedBy =
  (models: LoadedModels) =>
  async (probe: Probe, document: Document): Promise<Verdict> => {
    const given = Object.fromEntries(Object.entries(document).filter(([name]) => !computedNames(probe).includes(name)))
    const faults = await models.faultsOf(probe.entity, given)
    return faults.length === 0 ? accepted : refused(faults.map(({ message }) => message).join('; '))
  }

/** Without a server, an update that nothing refuses ends in Mongoose's own complaint about that. */
const updatedBy =
  (models: LoadedModels) =>
  async (probe: Probe, document: Document): Promise<Verdict> => {
    const field = changedField(probe)
    if (field === null || patchOf(probe, patchFields(probe.entity)) === null) return abstains
    const name = storedName(probe.entity, field.name)
    try {
      await models.modelOf(probe.entity).updateOne({}, { $set: { [name]: document[name] } })
      return accepted
    } catch (error) {
      return words(error).includes('before initial connection') ? accepted : refused(words(error))
    }
  }

/** Whether BSON has a form of its own for a value: not for halves of surrogates, more than 64 bits, a Map, no Date. */
const isBson = (value: unknown): boolean => {
  if (typeof value === 'string') return !/\p{Surrogate}/u.test(value)
  if (typeof value === 'bigint') return BigInt.asIntN(64, value) === value
  if (value instanceof Map || (value instanceof Date && Number.isNaN(value.getTime()))) return false
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || value instanceof Date) return true
  return Object.entries(value).every(([key, inner]) => isBson(key) && !key.includes('\0') && isBson(inner))
}

type CollectionFile = Readonly<Record<string, { readonly validator: ExtendedJsonObject } | undefined>>

const validatorsOf = (emitted: EmittedSet): ReadonlyMap<string, Accepts> => {
  const file = JSON.parse(textOf(emitted, 'mongoose/validators.json')) as CollectionFile
  return new Map(
    emitted.set.entities
      .filter(({ stores }) => stores.includes('mongo'))
      .map(({ name, collection }) => {
        const found = file[collection]
        if (found === undefined) throw new Error(`no validator of ${collection}`)
        return [name, accepts(found.validator)]
      }),
  )
}

/** The emitted models under the real Mongoose, and their collections' validators under stand-ins for the server. */
export const mongoJudges = async (emitted: EmittedSet): Promise<readonly Judge[]> => {
  if (!emitted.set.stores.includes('mongo')) return []
  const models = await loadModels(emitted.files)
  const validators = validatorsOf(emitted)
  const validated = (probe: Probe, document: Document): Verdict => {
    if (!isBson(document)) return abstains
    const takes = validators.get(probe.entity.name)?.(document) ?? false
    return verdictOf(takes ? null : 'does not pass the validator')
  }
  return [
    { id: 'Mongoose model', judge: ofDocument(savedBy(models)) },
    { id: 'Mongoose update', judge: ofDocument(updatedBy(models)) },
    { id: 'Mongo validator', judge: ofDocument(validated) },
  ]
}
