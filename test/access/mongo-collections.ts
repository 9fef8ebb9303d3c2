import { mongo } from 'mongoose'
import type { EmittedFile } from '../../generators/engines/script/emitted.js'
import { fileOf } from '../storage/emitted.js'
import type { MongoServer } from '../support/mongo-server.js'

/** What `mongoose/validators.json` says of a collection, beside its comment. */
interface Described {
  readonly validator?: mongo.Document
  readonly indexes?: readonly mongo.IndexDescription[]
}

/**
 * Makes the collections that `mongoose/validators.json` describes, each empty. A unique index of some documents only is
 * left out where the server has none: it would hold all of them.
 */
export const prepare = async ({ connection, can }: MongoServer, files: readonly EmittedFile[]): Promise<void> => {
  const described = mongo.BSON.EJSON.parse(fileOf(files, 'mongoose/validators.json'), { useBigInt64: true }) as Record<
    string,
    Described
  >
  for (const [name, { validator, indexes = [] }] of Object.entries(described)) {
    if (name.startsWith('$')) continue
    await connection.dropCollection(name).catch(() => undefined)
    const collection = await connection.createCollection(name, validator === undefined ? {} : { validator })
    const made = indexes.filter((index) => index.partialFilterExpression === undefined || can.has('partial'))
    if (made.length > 0) await collection.createIndexes([...made])
  }
}
