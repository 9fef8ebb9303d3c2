import { randomUUID } from 'node:crypto'
import type { Connection, mongo } from 'mongoose'
import { test } from 'vitest'

/** The server that tests of stored documents run on: `.ci/mongo-server`, or a replica set of mongod. */
export const serverUri: string | null = process.env['MONGODB_URI'] ?? null

/** What some servers that speak MongoDB's protocol lack. */
export type Ability = 'indexes' | 'partial' | 'ttl' | 'validator' | 'collMod' | 'transactions'

const lacking: Readonly<Record<Ability, string>> = {
  indexes: 'keeps no indexes but unique ones',
  partial: 'has no partial indexes',
  ttl: 'has no indexes that expire',
  validator: 'ignores validators',
  collMod: 'cannot change a validator',
  transactions: 'has no transactions',
}

/** A server, and a database of its own on it for one test file. */
export interface MongoServer {
  readonly connection: Connection
  readonly can: ReadonlySet<Ability>
  readonly close: () => Promise<void>
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
}

const succeeds = async (attempt: Promise<boolean>): Promise<boolean> => {
  try {
    return await attempt
  } catch {
    return false
  }
}

const abilitiesOf = async (connection: Connection): Promise<ReadonlySet<Ability>> => {
  const can = new Set<Ability>()
  for (const [name, probe] of Object.entries(probes) as [Ability, Probe][]) {
    const collection = connection.collection(`probe_${name}`)
    if (await succeeds(probe(connection, collection as unknown as mongo.Collection))) can.add(name)
  }
  return can
}

/** Opens the server that MONGODB_URI names; null when it names none. */
export const openServer = async (): Promise<MongoServer | null> => {
  if (serverUri === null) return null
  const { default: mongoose } = await import('mongoose')
  const options = { dbName: `botschema_${randomUUID().slice(0, 8)}`, serverSelectionTimeoutMS: 20_000 }
  const connection = await mongoose.createConnection(serverUri, options).asPromise()
  return {
    connection,
    can: await abilitiesOf(connection),
    close: async () => {
      await connection.dropDatabase()
      await connection.close()
    },
  }
}

const reasonsAgainst = ({ can }: MongoServer, needs: readonly Ability[]): readonly string[] =>
  needs.filter((ability) => !can.has(ability)).map((ability) => `the server ${lacking[ability]}`)

const notProved = (what: string, reasons: readonly string[]): string =>
  `not proved here: ${what} (${reasons.join(', ')})`

/**
 * `test`, but named as not proved, with the reason, where the server cannot do what it needs.
 *
 * @param subject what the tests of the file are about, for when there is no server at all
 */
export const testOn = (server: MongoServer | null, subject: string) => {
  const absent = ['MONGODB_URI is not set']
  if (server === null) process.stderr.write(`${notProved(subject, absent)}\n`)
  return (name: string, needs: readonly Ability[], run: (server: MongoServer) => Promise<void>): void => {
    const missing = server === null ? absent : reasonsAgainst(server, needs)
    if (server !== null && missing.length === 0) {
      test(name, () => run(server))
      return
    }
    if (server !== null) process.stderr.write(`${notProved(name, missing)}\n`)
    test.skip(notProved(name, missing), () => undefined)
  }
}
