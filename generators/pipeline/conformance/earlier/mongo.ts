import { readRow } from '@botschema/runtime/v1'
import mongoose, { type Connection, type Model, mongo } from 'mongoose'
import type { z } from 'zod'
import { storedName } from '../../../document/index.js'
import { loadEmitted, type ModuleExports } from '../../../engines/script/load.js'
import type { Entity } from '../../../model/entity.js'
import { accessOf, hasAccess } from '../../../script/access.js'
import { entityNames } from '../../../script/names.js'
import type { Evidence } from '../../verify/proof.js'
import { type Document, documentRow } from '../judges/document.js'
import { codeOf, documentOf, type Sample, unsaid } from '../rows/sample.js'
import type { EarlierReader, Reading, ReadRow } from './reader.js'
import { keyArguments, lostPath, refusal } from './reader.js'
import type { EarlierRow } from './rows.js'

const { BSON } = mongo

type Call = (db: Connection, ...given: readonly unknown[]) => Promise<unknown>

/** A document as it goes to a server and comes back through the driver. */
const received = (document: Document): Document => BSON.deserialize(BSON.serialize(document)) as Document

const withPath = (document: Document, [step = '', ...rest]: readonly string[], value: unknown): Document => {
  const inner = document[step]
  const isDocument = typeof inner === 'object' && inner !== null
  return {
    ...document,
    [step]: rest.length === 0 ? value : withPath(isDocument ? (inner as Document) : {}, rest, value),
  }
}

/** A document after an update. Nothing that is emitted for a change of one field needs more than `$set`. */
const updated = (document: Document, update: Readonly<Record<string, unknown>>): Document => {
  const [other] = Object.keys(update).filter((operator) => operator !== '$set' && operator !== '$setOnInsert')
  if (other !== undefined) throw new Error(`the update has ${other}`)
  const set = Object.entries((update['$set'] ?? {}) as Document)
  return set.reduce((changed, [path, value]) => withPath(changed, path.split('.'), value), document)
}

/** One document in the place of a collection: what models and functions ask for is done to that. */
class OneDocument {
  #document: Document

  constructor(document: Document) {
    this.#document = received(document)
  }

  get document(): Document {
    return this.#document
  }

  /** What Mongoose calls of a collection. */
  get calls(): object {
    const change = (update: object): void => {
      this.#document = received(updated(this.#document, update as Document))
    }
    return {
      findOne: async () => this.document,
      findOneAndUpdate: async (_filter: object, update: object) => {
        change(update)
        return this.document
      },
      updateOne: async (_filter: object, update: object) => {
        change(update)
        return { acknowledged: true, matchedCount: 1, modifiedCount: 1, upsertedCount: 0, upsertedId: null }
      },
    }
  }
}

const isSame = (one: unknown, other: unknown): boolean =>
  BSON.EJSON.stringify({ value: one }, { relaxed: false }) ===
  BSON.EJSON.stringify({ value: other }, { relaxed: false })

/** What an update took away of a document beside the field that it set. */
const lostOf = (entity: Entity, { update }: EarlierRow, before: Document, after: Document): string | null => {
  if (update === null) return null
  const set = storedName(entity, update.field.name)
  const rest = Object.fromEntries(
    Object.entries(before).filter(([name]) => name !== set && !isKeptByModels(entity, name)),
  )
  const path = lostPath(rest, after, isSame)
  return path === null ? null : `an update of ${set} changes ${path}`
}

/** The time of the change, and what is computed, are set besides. */
const isKeptByModels = (entity: Entity, name: string): boolean =>
  entity.fields.some((field) => field.name === name && (field.maintained === 'updated' || field.generated !== null))

/** An ObjectId as its digits, which is how functions are given it. */
const givenOf = (value: Sample): unknown => {
  const [code, document] = [codeOf(value), documentOf(value)]
  return document instanceof mongo.ObjectId ? document.toHexString() : code
}

interface Loaded {
  readonly load: (path: string) => ModuleExports
  readonly connection: Connection
}

const modelOf = ({ load, connection }: Loaded, entity: Entity): Model<Document> => {
  const { module, modelOf: name } = entityNames(entity)
  return (load(`mongoose/${module}.ts`)[name] as (connection: Connection) => Model<Document>)(connection)
}

/** The emitted functions, on one document. */
const byFunctions = (loaded: Loaded): EarlierReader => ({
  id: 'Mongo functions',
  read: async (entity, row) => {
    const document = documentRow({ entity, row: row.stored })
    const { lookups, update: change } = accessOf(entity, 'mongo')
    const lookup = lookups.find(({ unique }) => unique === null)
    const key = lookup === undefined ? null : keyArguments(lookup.fields, row.stored, givenOf)
    if (document === unsaid || lookup === undefined || key === null) return null
    const functions = loaded.load(`mongoose/access/${entityNames(entity).module}.ts`)
    const one = new OneDocument(document)
    Object.assign(modelOf(loaded, entity).collection, one.calls)
    try {
      const read = (await (functions[lookup.get] as Call)(loaded.connection, ...key)) as ReadRow
      if (change === null || row.update === null) return { kind: 'read', row: read, lost: null }
      const before = one.document
      const { field, value } = row.update
      await (functions[change] as Call)(loaded.connection, ...key, { [field.property]: givenOf(value) })
      return { kind: 'read', row: read, lost: lostOf(entity, row, before, one.document) }
    } catch (failure) {
      return refusal(failure)
    }
  },
})

/** A document that a model loads, and saves with one field changed. */
const byModel = (loaded: Loaded, codecOf: (entity: Entity) => unknown): EarlierReader => {
  const read = async (entity: Entity, row: EarlierRow, document: Document): Promise<Reading> => {
    const model = modelOf(loaded, entity)
    const one = new OneDocument(document)
    Object.assign(model.collection, one.calls)
    const loadedDocument = model.hydrate(one.document)
    const of = { entity: entity.name, row: codecOf(entity) as z.ZodType<ReadRow> }
    const found = readRow(of, loadedDocument.toObject({ flattenMaps: true }))
    if (entity.appendOnly || row.update === null) return { kind: 'read', row: found, lost: null }
    const before = one.document
    const { field, value } = row.update
    loadedDocument.set(storedName(entity, field.name), documentOf(value))
    await loadedDocument.save()
    return { kind: 'read', row: found, lost: lostOf(entity, row, before, one.document) }
  }
  return {
    id: 'Mongoose document',
    read: async (entity, row) => {
      const document = documentRow({ entity, row: row.stored })
      if (document === unsaid) return null
      try {
        return await read(entity, row, document)
      } catch (failure) {
        return refusal(failure)
      }
    },
  }
}

/** The emitted functions and models of Mongo, on a connection that is never opened. */
export const mongoReaders = async (
  { set, files }: Evidence,
  codecOf: (entity: Entity) => unknown,
): Promise<readonly EarlierReader[]> => {
  if (!hasAccess(set, 'mongo')) return []
  const load = await loadEmitted(files.filter(({ path }) => path.endsWith('.ts')))
  const connection = mongoose.createConnection()
  Object.assign(connection.config, { bufferCommands: false })
  const loaded = { load, connection }
  return [byFunctions(loaded), byModel(loaded, codecOf)]
}
