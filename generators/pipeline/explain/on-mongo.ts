import type { Connection } from 'mongoose'
import type { ModuleExports } from '../../engines/script/load.js'
import { type Asking, mostSent } from './asking.js'

type Document = Readonly<Record<string, unknown>>

/** What a collection is asked, by the names of the driver, with what it answers where the row is there. */
const answers: Readonly<Record<string, (document: Document | null, given: readonly unknown[]) => unknown>> = {
  findOne: (document) => document,
  findOneAndUpdate: (document) => document,
  findOneAndReplace: (document) => document,
  findOneAndDelete: (document) => document,
  countDocuments: () => 0,
  insertOne: (_, [document]) => ({ acknowledged: true, insertedId: (document as Document)['_id'] }),
  insertMany: (_, [documents]) => ({
    acknowledged: true,
    insertedCount: (documents as unknown[]).length,
    insertedIds: {},
  }),
  updateOne: (document) => counted(document),
  replaceOne: (document) => counted(document),
  updateMany: (document) => counted(document),
  deleteOne: (document) => counted(document),
  deleteMany: (document) => counted(document),
  bulkWrite: (document) => counted(document),
}

const counted = (document: Document | null) => {
  const count = document === null ? 0 : 1
  return { acknowledged: true, matchedCount: count, modifiedCount: count, deletedCount: count, insertedCount: count }
}

/** Calls that give a cursor. */
const cursors = ['find', 'aggregate'] as const

/** The storage that emitted code makes on a connection which is never opened and keeps what its collections are asked. */
export const askingMongo = async (exported: ModuleExports, keys: Readonly<Record<string, string>>): Promise<Asking> => {
  const { default: mongoose, mongo } = await import('mongoose')
  const sent: string[] = []
  const stored = new Map<string, Document>()
  let isThere = true

  const told = (value: unknown): string => mongo.BSON.EJSON.stringify(value as object, { relaxed: true })
  /** The arguments of a call, without options that say nothing. */
  const argumentsText = (given: readonly unknown[]): string =>
    given
      .filter((one) => one !== undefined && typeof one !== 'function')
      .map((one, at) => (at > 0 && typeof one === 'object' && one !== null ? withoutNothing(one) : one))
      .filter((one, at) => at === 0 || Object.keys(Object(one)).length > 0)
      .map(told)
      .join(', ')

  const keep = (collection: string, name: string, given: readonly unknown[]): Document | null => {
    if (sent.length === mostSent) throw new Error('asked again and again')
    sent.push(`${collection}.${name}(${argumentsText(given)})`)
    if (name === 'insertOne') stored.set(collection, given[0] as Document)
    return isThere ? (stored.get(collection) ?? null) : null
  }

  const connection = mongoose.createConnection()
  Object.assign(connection.config, { bufferCommands: false, autoIndex: false, autoCreate: false })
  const original = connection.collection.bind(connection)
  const recorded = (name: string): object => {
    const asked = Object.entries(answers).map(([method, answer]) => [
      method,
      async (...given: readonly unknown[]) => answer(keep(name, method, given), given),
    ])
    const found = cursors.map((method) => [
      method,
      (...given: readonly unknown[]) => {
        const document = keep(name, method, given)
        return { toArray: async () => (document === null ? [] : [document]) }
      },
    ])
    return Object.assign(original(name), Object.fromEntries([...asked, ...found]))
  }
  const collections = new Map<string, object>()
  const collection = (name: string): object => {
    const known = collections.get(name) ?? recorded(name)
    collections.set(name, known)
    return known
  }
  const client = { on: () => undefined }
  Object.assign(connection, { collection, asPromise: async () => connection, getClient: () => client })
  const make = exported['mongoStorage'] as (connection: Connection, options: object) => object
  return {
    storage: make(connection, { keys }),
    sentBy: async (run, isRowThere) => {
      sent.length = 0
      isThere = isRowThere
      await run().catch(() => null)
      return [...new Set(sent)]
    },
  }
}

/** An object without what is undefined or null: the driver takes no session for none. */
const withoutNothing = (value: object): object =>
  Array.isArray(value)
    ? value
    : Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined && one !== null))
