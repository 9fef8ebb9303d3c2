import { readFileSync } from 'node:fs'
import mongoose, { type Connection } from 'mongoose'
import type { Ability } from '../support/mongo-abilities.js'

/** What a bot calls a call by, the call, and what the server must be able to do. */
export type MongoCall<Models> = readonly [name: string, run: (models: Models) => unknown, needs?: readonly Ability[]]

const isRecent = (date: Date): boolean => Math.abs(Date.now() - date.getTime()) < 3_600_000

const isObjectId = (value: unknown): value is mongoose.Types.ObjectId => value instanceof mongoose.Types.ObjectId

/** A value as it is recorded: what was made a moment ago, as dates and ids are, differs from run to run. */
const recorded = (value: unknown): unknown => {
  if (isObjectId(value)) return isRecent(value.getTimestamp()) ? 'new id' : { $oid: value.toHexString() }
  if (value instanceof Date) return isRecent(value) ? 'now' : { $date: value.toISOString() }
  if (value instanceof mongoose.Document) return recorded(value.toObject())
  if (value instanceof Map) return { $map: [...value].map(recorded) }
  if (Array.isArray(value)) return Array.from(value, recorded)
  if (typeof value !== 'object' || value === null) return value === undefined ? { $undefined: true } : value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, recorded(part)]))
}

const failureOf = (error: unknown): unknown => {
  if (!(error instanceof Error)) throw error
  const paths = error instanceof mongoose.Error.ValidationError ? Object.keys(error.errors) : []
  return { error: error.name, code: 'code' in error ? error.code : null, paths }
}

/** How a call ends: what it gives, or its error. */
export const outcomeOf = async <Models>(models: Models, run: (models: Models) => unknown): Promise<unknown> => {
  try {
    return JSON.parse(JSON.stringify(recorded(await run(models))))
  } catch (error) {
    return JSON.parse(JSON.stringify(failureOf(error)))
  }
}

/** Writes the documents of a folder past all models. */
export const loadDocuments = async (connection: Connection, file: URL): Promise<void> => {
  const collections: Record<string, Record<string, unknown>[]> = mongoose.mongo.BSON.EJSON.parse(
    readFileSync(file, 'utf8'),
  )
  for (const [name, documents] of Object.entries(collections)) {
    await connection.collection(name).insertMany(documents)
  }
}
