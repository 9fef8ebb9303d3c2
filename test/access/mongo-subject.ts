import type { Connection, mongo } from 'mongoose'
import { callOf, type Emitted, emittedFiles, loadModule } from '../storage/emitted.js'
import type { MongoServer } from '../support/mongo-server.js'
import { prepare } from './mongo-collections.js'

/** A server with the collections of a set, and the set's functions on it. */
export interface MongoSubject {
  readonly connection: Connection
  readonly emitted: Emitted
  /** Calls an emitted function by its name, with the connection as its store. */
  readonly call: (name: string, ...given: readonly unknown[]) => Promise<unknown>
  /** A collection as the driver has it. */
  readonly collection: (name: string) => mongo.Collection<mongo.Document>
}

/** Makes the collections of a set on a server; those that were there by these names are emptied. */
export const subjectOn = async (
  server: MongoServer,
  texts: Readonly<Record<string, string>>,
): Promise<MongoSubject> => {
  const files = await emittedFiles(texts)
  const { connection } = server
  for (const name of connection.modelNames()) connection.deleteModel(name)
  await prepare(server, files)
  const emitted = await loadModule(files, 'mongoose/access/index.ts')
  const call = callOf(emitted)
  return {
    connection,
    emitted,
    call: (name, ...given) => call(name, connection, ...given),
    collection: (name) => connection.collection(name) as unknown as mongo.Collection<mongo.Document>,
  }
}
