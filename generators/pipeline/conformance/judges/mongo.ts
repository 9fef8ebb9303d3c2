import { type ExtendedJsonObject, identifierOf, storedName } from '../../../document/index.js'
import { type LoadedModels, loadModels } from '../../../engines/mongo/models.js'
import { type Accepts, accepts } from '../../../engines/mongo/stand-in.js'
import { type KeepsApart, keepsApart, type UniqueIndex } from '../../../engines/mongo/unique-indexes.js'
import { findField } from '../../../model/lookup.js'
import { patchFields } from '../../../script/shapes.js'
import type { Evidence } from '../../verify/proof.js'
import { OutputMissing, textOf } from '../outputs.js'
import { readBack } from '../read-back.js'
import { patchOf } from '../rows/given.js'
import { type Members, unsaid } from '../rows/sample.js'
import { type Document, documentRow, isKeptInMongo, keptInMongo } from './document.js'
import {
  abstains,
  accepted,
  type Judge,
  oneByOne,
  type Probe,
  refused,
  type Stored,
  type Verdict,
  verdictOf,
} from './judge.js'
import type { ValidatorOf } from './zod.js'

const words = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Asks a judge of documents; one that Mongo has no part in is for others to judge. */
const ofDocument =
  (ask: (probe: Probe, document: Document) => Promise<Verdict> | Verdict) =>
  (probe: Probe): Promise<Verdict> | Verdict => {
    if (!isKeptInMongo(probe)) return abstains
    const document = documentRow(probe)
    return document === unsaid ? abstains : ask(probe, document)
  }

const computedNames = ({ entity }: Probe): readonly string[] =>
  entity.fields.filter(({ generated }) => generated !== null).map(({ name }) => storedName(entity, name))

/** What a codec reads of a document that Mongoose would send. */
type Reads = (probe: Probe, document: unknown) => Stored

const savedBy =
  (models: LoadedModels, reads: Reads) =>
  async (probe: Probe, document: Document): Promise<Verdict> => {
    const given = Object.fromEntries(Object.entries(document).filter(([name]) => !computedNames(probe).includes(name)))
    try {
      const made = new (models.modelOf(probe.entity))(given)
      await made.validate()
      return { kind: 'accepted', stored: reads(probe, made.toObject({ flattenMaps: true })) }
    } catch (error) {
      return refused(words(error))
    }
  }

const setsOf = (patch: Members, document: Document, probe: Probe): Document =>
  Object.fromEntries(
    patch.members
      .filter(({ name }) => findField(probe.entity, name)?.stores.includes('mongo') ?? true)
      .map(({ name }) => storedName(probe.entity, name))
      .map((name) => [name, document[name]]),
  )

/** Without a server, an update that nothing refuses ends in Mongoose's own complaint about that. */
const updatedBy =
  (models: LoadedModels) =>
  async (probe: Probe, document: Document): Promise<Verdict> => {
    const patch = patchOf(probe, patchFields(probe.entity))
    if (patch === null) return abstains
    try {
      await models.modelOf(probe.entity).updateOne({}, { $set: setsOf(patch, document, probe) })
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

interface CollectionOptions {
  /** None where emitted code alone holds documents. */
  readonly validator?: ExtendedJsonObject
  readonly indexes: readonly UniqueIndex[]
}

type CollectionFile = Readonly<Record<string, CollectionOptions | undefined>>

/** What a collection takes: one document, and one beside another. */
interface Collection {
  readonly accepts: Accepts
  readonly keepsApart: KeepsApart
}

const collectionsOf = (evidence: Evidence): ReadonlyMap<string, Collection> => {
  const file = JSON.parse(textOf(evidence, 'mongoose/validators.json')) as CollectionFile
  return new Map(
    evidence.set.entities
      .filter(({ stores }) => stores.includes('mongo'))
      .map(({ name, collection }) => {
        const found = file[collection]
        if (found === undefined)
          throw new OutputMissing(`there is no validator of ${collection} in mongoose/validators.json`)
        return [name, { accepts: accepts(found.validator ?? {}), keepsApart: keepsApart(found.indexes) }]
      }),
  )
}

const keepsMongo = ({ set }: Evidence): boolean => set.targets.mongoose !== null && set.stores.includes('mongo')

/** The emitted models under the real Mongoose. */
export const modelJudges = async (evidence: Evidence, validatorOf: ValidatorOf): Promise<readonly Judge[]> => {
  if (!keepsMongo(evidence)) return []
  const models = await loadModels(evidence.files)
  const reads: Reads = (probe, document) =>
    readBack(
      evidence.set,
      probe.entity,
      keptInMongo(probe),
      validatorOf(probe.entity, ({ mongoCodec }) => mongoCodec).safeDecode(document),
    )
  return [
    oneByOne('Mongoose model', ofDocument(savedBy(models, reads))),
    oneByOne('Mongoose update', ofDocument(updatedBy(models))),
  ]
}

/** What unique indexes say of a document beside another. */
const besideBase = ({ keepsApart }: Collection, probe: Probe, document: Document): Verdict => {
  const there = documentRow({ ...probe, row: probe.base })
  if (there === unsaid) return abstains
  const hasOwnId = identifierOf(probe.entity).kind !== 'hidden'
  return verdictOf(keepsApart(hasOwnId ? there : { ...there, _id: null }, document))
}

/** The validators and unique indexes of the collections under stand-ins for the server. */
export const collectionJudges = (evidence: Evidence): readonly Judge[] => {
  if (!keepsMongo(evidence)) return []
  const collections = collectionsOf(evidence)
  const validated = (probe: Probe, document: Document): Verdict => {
    const collection = collections.get(probe.entity.name)
    if (collection === undefined || !isBson(document)) return abstains
    if (probe.question === 'taken' || probe.question === 'free') return besideBase(collection, probe, document)
    try {
      return verdictOf(collection.accepts(document) ? null : 'does not pass the validator')
    } catch (error) {
      // An expression that cannot be computed refuses the document, as on a server.
      return refused(words(error))
    }
  }
  return [oneByOne('Mongo validator', ofDocument(validated))]
}
