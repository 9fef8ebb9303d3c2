import type { Connection, mongo } from 'mongoose'
import type { ExtendedJsonObject } from '../../../generators/document/index.js'
import { type Accepts, accepts } from '../../../generators/engines/mongo/stand-in.js'
import { prepare } from '../../access/mongo-collections.js'
import { callOf, type Emitted, emittedFiles, fileOf, loadModule } from '../../storage/emitted.js'
import type { MongoServer } from '../../support/mongo-server.js'

export type Stored = Readonly<Record<string, unknown>>

/** A set on a server: what its documents are, and its functions. */
export interface Ageing {
  readonly connection: Connection
  readonly emitted: Emitted
  readonly put: (collection: string, documents: readonly Stored[]) => Promise<void>
  /** As `put`, for documents that the collection's validator would refuse. */
  readonly putUnheld: (collection: string, documents: readonly Stored[]) => Promise<void>
  /** The documents of a collection by `_id`. */
  readonly in: (collection: string) => Promise<readonly Stored[]>
  /** The documents of collections that their validators refuse, where the server does not read those. */
  readonly refused: (...collections: readonly string[]) => Promise<readonly Stored[]>
  readonly call: (name: string, ...given: readonly unknown[]) => Promise<unknown>
  /** As by `call`, on another connection. */
  readonly callOn: (connection: Connection, name: string, ...given: readonly unknown[]) => Promise<unknown>
  /** Takes all documents away. */
  readonly empty: () => Promise<void>
}

/** What `mongoose/validators.json` says of a collection. */
interface Described {
  readonly validator: ExtendedJsonObject
}

const collectionOf = (connection: Connection, name: string): mongo.Collection<mongo.Document> =>
  connection.collection(name) as unknown as mongo.Collection<mongo.Document>

/** Makes the collections of a set on a server, and loads its functions. */
export const ageingOn = async (server: MongoServer, texts: Readonly<Record<string, string>>): Promise<Ageing> => {
  const files = await emittedFiles(texts)
  const { connection } = server
  for (const name of connection.modelNames()) connection.deleteModel(name)
  await prepare(server, files)
  const emitted = await loadModule(files, 'mongoose/access/index.ts')
  const call = callOf(emitted)
  const described = JSON.parse(fileOf(files, 'mongoose/validators.json')) as Record<string, Described>
  const takenBy = new Map<string, Accepts>()
  const insert = async (collection: string, documents: readonly Stored[], options: mongo.BulkWriteOptions) => {
    await collectionOf(connection, collection).insertMany(
      documents.map((document) => ({ ...document })),
      options,
    )
  }
  return {
    connection,
    emitted,
    put: (collection, documents) => insert(collection, documents, {}),
    putUnheld: (collection, documents) => insert(collection, documents, { bypassDocumentValidation: true }),
    in: (collection) =>
      collectionOf(connection, collection)
        .find({}, { sort: { _id: 1 } })
        .toArray(),
    refused: async (...collections) => {
      const all = collections.map(async (name) => {
        const isTaken = takenBy.get(name) ?? accepts(described[name]?.validator ?? {})
        takenBy.set(name, isTaken)
        const documents = collectionOf(connection, name).find({}, { useBigInt64: true })
        return (await documents.toArray()).filter((document) => !isTaken(document))
      })
      return (await Promise.all(all)).flat()
    },
    call: (name, ...given) => call(name, connection, ...given),
    callOn: (other, name, ...given) => call(name, other, ...given),
    empty: async () => {
      for (const { name } of await connection.listCollections()) await collectionOf(connection, name).deleteMany({})
    },
  }
}

/** Tests run on one set after the other: the models of a connection go by their names. */
export const once = <Result>(make: () => Promise<Result>): (() => Promise<Result>) => {
  let made: Promise<Result> | null = null
  return () => {
    made ??= make()
    return made
  }
}
