import { type Model, mongo, Types } from 'mongoose'
import { type Collection, collectionOf, type ExtendedJsonObject } from '../../../generators/document/index.js'
import { loadEmitted } from '../../../generators/engines/script/load.js'
import { type Entity, entitiesIn, entityOf, type SchemaSet } from '../../../generators/model/index.js'
import { classesOfRow } from '../../../generators/script/driver-classes.js'
import { entityNames } from '../../../generators/script/names.js'
import type { MongoServer } from '../../support/mongo-server.js'
import { emittedWithCodecs } from './emitted.js'

export type Document = { readonly [path: string]: unknown }

/** What is used of an emitted Zod schema or codec. */
export interface Codec {
  readonly parse: (row: unknown) => Document
  readonly decode: (document: unknown) => Document
  readonly encode: (row: unknown) => Document
}

/** An entity on a server: its emitted model, its collection as the driver has it, and what reads rows out of that. */
export interface StoredEntity {
  readonly entity: Entity
  readonly model: Model<Record<string, unknown>>
  readonly collection: mongo.Collection<Document>
  readonly codec: Codec
  readonly newSchema: Codec
  readonly patchSchema: Codec
}

const { BSON } = mongo

/** What `validators.json` says of a collection, as the commands take it. */
const prepare = async ({ connection, can }: MongoServer, { name, validator, indexes }: Collection): Promise<void> => {
  const read = (json: ExtendedJsonObject): Document => BSON.EJSON.deserialize(json, { useBigInt64: true })
  const collection = await connection.createCollection(name, { validator: read(validator) })
  for (const { key, name: called, unique, filter, expireAfterSeconds } of indexes) {
    // Without its filter, a unique index would count what is null.
    if (filter !== null && !can.has('partial')) continue
    await collection.createIndex(Object.fromEntries(key.map(({ path, direction }) => [path, direction])), {
      name: called,
      unique,
      ...(filter === null ? {} : { partialFilterExpression: read(filter) }),
      ...(expireAfterSeconds === null ? {} : { expireAfterSeconds }),
    })
  }
}

/** Makes a set's collections on a server, and gives the entities in them by name. */
export const storedOn = async (server: MongoServer, set: SchemaSet) => {
  const load = await loadEmitted(await emittedWithCodecs(set))
  const { connection } = server
  for (const entity of entitiesIn(set, 'mongo')) await prepare(server, collectionOf(set, entity))
  return (name: string): StoredEntity => {
    const entity = entityOf(set, name)
    const names = entityNames(entity)
    const zod = load(`zod/${name}.ts`)
    const makeModel = load(`mongoose/${name}.ts`)[names.modelOf] as (of: typeof connection) => StoredEntity['model']
    const makeCodec = zod[names.mongoCodec] as (...classes: unknown[]) => Codec
    return {
      entity,
      model: makeModel(connection),
      collection: connection.collection(entity.collection) as unknown as StoredEntity['collection'],
      codec:
        typeof makeCodec === 'function'
          ? makeCodec(...classesOfRow(set, entity).map((one) => Types[one]))
          : (makeCodec as Codec),
      newSchema: zod[names.insertSchema] as Codec,
      patchSchema: zod[names.patchSchema] as Codec,
    }
  }
}

/** Takes everything off a server, the models of the connection too, for the next test. */
export const emptied = async (server: MongoServer | null): Promise<void> => {
  if (server === null) return
  const { connection } = server
  for (const { name } of await connection.listCollections()) await connection.dropCollection(name)
  for (const name of connection.modelNames()) connection.deleteModel(name)
}
