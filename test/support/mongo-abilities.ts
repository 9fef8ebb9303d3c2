import { randomUUID } from 'node:crypto'
import mongoose, { type Connection, type mongo } from 'mongoose'

/** What some servers that speak MongoDB's protocol lack. */
export type Ability =
  | 'indexes'
  | 'partial'
  | 'ttl'
  | 'validator'
  | 'moderate'
  | 'collMod'
  | 'transactions'
  | 'races'
  | 'least values'
  | 'bounded NaN'
  | 'late dates'
  | 'true beside 1'
  | 'update pipelines'
  | 'code points'

export const lacking: Readonly<Record<Ability, string>> = {
  indexes: 'keeps no indexes but unique ones',
  partial: 'has no partial indexes',
  ttl: 'has no indexes that expire',
  validator: 'ignores validators',
  moderate: 'holds documents of before to a moderate validator',
  collMod: 'cannot change a validator',
  transactions: 'has no transactions',
  races: 'loses updates that clients make at once',
  'least values': 'loses the least values of a type in ranges by an index',
  'bounded NaN': 'takes NaN for a number within bounds',
  'late dates': 'reads no dates after the year 9999',
  'true beside 1': 'takes true for 1',
  'update pipelines': 'takes no pipelines for updates',
  'code points': 'orders texts by units of UTF-16',
}

/** A server as the tests of a run know it. */
export interface KnownServer {
  readonly uri: string
  /** As the table of proofs in the README calls it. */
  readonly kind: 'mongod' | 'SecantusDB' | 'Java server'
  readonly can: readonly Ability[]
}

const validator = { $jsonSchema: { required: ['a'] } }

const isRefused = async (attempt: Promise<unknown>): Promise<boolean> => {
  try {
    await attempt
    return false
  } catch {
    return true
  }
}

type Probe = (connection: Connection, collection: mongo.Collection) => Promise<boolean>

const listed = async (collection: mongo.Collection, name: string) =>
  (await collection.listIndexes().toArray()).find((index) => index['name'] === name)

const range = (length: number): readonly number[] => Array.from({ length }, (_, index) => index + 1)

const buildInfo = async (connection: Connection): Promise<mongo.Document> =>
  (await connection.db?.admin().command({ buildInfo: 1 })) ?? {}

/** Each tries what it asks for; what throws cannot be done. */
const probes: Readonly<Record<Ability, Probe>> = {
  indexes: async (_, collection) => {
    const name = await collection.createIndex({ a: 1, b: -1 })
    return (await listed(collection, name)) !== undefined
  },
  partial: async (_, collection) => {
    await collection.createIndex({ a: 1 }, { unique: true, partialFilterExpression: { b: { $gt: 0 } } })
    await collection.insertMany([{ a: 1, b: 0 }, { a: 1 }, { a: 1, b: 1 }])
    return isRefused(collection.insertOne({ a: 1, b: 2 }))
  },
  ttl: async (_, collection) => {
    const name = await collection.createIndex({ a: 1 }, { expireAfterSeconds: 60 })
    return (await listed(collection, name))?.['expireAfterSeconds'] === 60
  },
  validator: async (connection, { collectionName }) => {
    const collection = await connection.createCollection(collectionName, { validator })
    return isRefused(collection.insertOne({}))
  },
  // A server that ignores validators does what this asks as well.
  moderate: async (connection, { collectionName }) => {
    const collection = await connection.createCollection(collectionName, { validator, validationLevel: 'moderate' })
    await collection.insertOne({ b: 1 }, { bypassDocumentValidation: true })
    await collection.updateOne({}, { $set: { b: 2 } })
    return (await collection.findOneAndUpdate({ b: 2 }, { $set: { b: 3 } })) !== null
  },
  collMod: async (connection, { collectionName }) => {
    const collection = await connection.createCollection(collectionName)
    await connection.db?.command({ collMod: collectionName, validator })
    return isRefused(collection.insertOne({}))
  },
  transactions: async (connection, collection) => {
    await connection.createCollection(collection.collectionName)
    const session = await connection.startSession()
    session.startTransaction()
    await collection.insertOne({ a: 1 }, { session })
    await session.abortTransaction()
    await session.endSession()
    return (await collection.countDocuments()) === 0
  },
  // A server that loses updates now and then would pass now and then: SecantusDB, which does, is known by name.
  races: async (connection, collection) => {
    if ('secantusVersion' in (await buildInfo(connection))) return false
    await collection.insertOne({ _id: 'counter' as never, count: 0 })
    const add = () => collection.updateOne({ _id: 'counter' as never }, { $inc: { count: 1 } })
    await Promise.all(range(100).map(add))
    return (await collection.findOne({}))?.['count'] === 100
  },
  'least values': async (_, collection) => {
    await collection.createIndex({ a: 1 })
    await collection.createIndex({ b: -1 })
    await collection.insertMany([
      { a: Number.MIN_VALUE, b: '' },
      { a: 1, b: 'b' },
    ])
    const floats = await collection.find({ a: { $gt: Number.MIN_VALUE } }).toArray()
    const texts = await collection.find({ b: { $lt: 'b' } }).toArray()
    return floats.length === 1 && texts.length === 1
  },
  'bounded NaN': async (connection, { collectionName }) => {
    const bounds = { $jsonSchema: { properties: { a: { minimum: 0, maximum: 1 } } } }
    const collection = await connection.createCollection(collectionName, { validator: bounds })
    return isRefused(collection.insertOne({ a: Number.NaN }))
  },
  'late dates': async (_, collection) => {
    await collection.insertOne({ a: new Date(8e15) })
    return (await collection.countDocuments({ a: { $gt: new Date('9999-12-31T23:59:59.999Z') } })) === 1
  },
  'true beside 1': async (connection, { collectionName }) => {
    const ones = { $jsonSchema: { properties: { a: { enum: [1] } } } }
    const collection = await connection.createCollection(collectionName, { validator: ones })
    return isRefused(collection.insertOne({ a: true }))
  },
  'update pipelines': async (_, collection) => {
    await collection.insertOne({ a: '1' })
    await collection.updateOne({}, [{ $set: { a: { $toDecimal: '$a' } } }])
    return (await collection.countDocuments({ a: 1 })) === 1
  },
  'code points': async (_, collection) => {
    await collection.insertOne({ a: '\u{1d4b3}' })
    return (await collection.countDocuments({ a: { $gt: '\uffff' } })) === 1
  },
}

export const abilities = Object.keys(probes) as readonly Ability[]

const succeeds = async (attempt: Promise<boolean>): Promise<boolean> => {
  try {
    return await attempt
  } catch {
    return false
  }
}

const abilitiesOf = async (connection: Connection): Promise<readonly Ability[]> => {
  const can: Ability[] = []
  for (const name of abilities) {
    const collection = connection.collection(`probe_${name.replaceAll(' ', '_')}`)
    if (await succeeds(probes[name](connection, collection as unknown as mongo.Collection))) can.push(name)
  }
  return can
}

const kindOf = (info: mongo.Document): KnownServer['kind'] => {
  if ('secantusVersion' in info) return 'SecantusDB'
  return 'storageEngines' in info ? 'mongod' : 'Java server'
}

/** A connection to a database of its own on a server. */
export const connectedTo = (uri: string): Promise<Connection> =>
  mongoose
    .createConnection(uri, { dbName: `botschema_${randomUUID().slice(0, 8)}`, serverSelectionTimeoutMS: 20_000 })
    .asPromise()

/** Asks a server what it is, and tries what it can do. */
export const knownServer = async (uri: string): Promise<KnownServer> => {
  const connection = await connectedTo(uri)
  try {
    return { uri, kind: kindOf(await buildInfo(connection)), can: await abilitiesOf(connection) }
  } finally {
    await connection.dropDatabase()
    await connection.close()
  }
}
