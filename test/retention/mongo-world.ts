import { mongo } from 'mongoose'
import type { Entity } from '../../generators/model/entity.js'
import { prepare } from '../access/mongo-collections.js'
import { callOf, loadModule } from '../storage/emitted.js'
import type { MongoServer } from '../support/mongo-server.js'
import type { EmittedSet } from './emitted-sets.js'
import { comparedFields, documentName, madeIds, type PlainRow, plainValue } from './plain-values.js'
import type { StoredText, World } from './worlds.js'

type Collection = mongo.Collection<mongo.Document>

const asText = (value: unknown): string =>
  value instanceof mongo.ObjectId ? value.toHexString() : mongo.BSON.EJSON.stringify(value)

const textsOf = async (collection: Collection): Promise<readonly StoredText[]> =>
  (await collection.find().toArray()).flatMap((document) =>
    Object.entries(document)
      .filter(([, value]) => value !== null)
      .map(([field, value]) => ({ table: collection.collectionName, field, text: asText(value) })),
  )

/** A set on Mongo, all that was there before removed. */
export const mongoWorld = async (server: MongoServer, { set, files }: EmittedSet): Promise<World> => {
  const { connection } = server
  for (const name of connection.modelNames()) connection.deleteModel(name)
  const collections = async (): Promise<readonly Collection[]> =>
    (await connection.listCollections()).map(({ name }) => connection.collection(name) as unknown as Collection)
  for (const collection of await collections()) await connection.dropCollection(collection.collectionName)
  await prepare(server, files)
  const call = callOf(await loadModule(files, 'mongoose/access/index.ts'))
  const made = madeIds()
  const rowsOf = async (table: Entity): Promise<readonly PlainRow[]> => {
    const documents = await connection.collection(table.collection).find().toArray()
    return documents.map((document) =>
      Object.fromEntries(
        comparedFields(table).map((field) => [
          field.name,
          plainValue(field.type, document[documentName(table, field)], made),
        ]),
      ),
    )
  }
  return {
    title: 'Mongo',
    store: 'mongo',
    set,
    made,
    call: (name, ...given) => call(name, connection, ...given),
    rowsOf,
    texts: async () => (await Promise.all((await collections()).map(textsOf))).flat(),
    postgres: null,
    empty: async () => {
      made.forget()
      for (const collection of await collections()) await collection.deleteMany({})
    },
  }
}
