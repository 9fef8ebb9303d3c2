import { Ajv } from 'ajv'
import { Query } from 'mingo'
import { mongo } from 'mongoose'
import type { ExtendedJson, ExtendedJsonObject } from '../../generators/document/index.js'

/**
 * A stand-in for a server where there is none: `$jsonSchema` is judged by ajv with MongoDB's `bsonType`, the rest of a
 * validator by mingo. Neither is MongoDB; tests that need the real one ask for `MONGODB_URI`.
 */
export type Accepts = (document: { readonly [path: string]: unknown }) => boolean

const { BSON } = mongo

const bsonTypeOf = (value: unknown): string => {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (value instanceof Date) return 'date'
  if (value instanceof Uint8Array || value instanceof mongo.Binary) return 'binData'
  if (value instanceof mongo.ObjectId) return 'objectId'
  if (typeof value === 'bigint') return 'long'
  if (typeof value === 'number') return Number.isInteger(value) && Math.abs(value) < 2 ** 31 ? 'int' : 'double'
  return typeof value === 'boolean' ? 'bool' : typeof value
}

/** ajv compares numbers; bounds of 64 bits become a keyword of their own. */
const readable = (schema: ExtendedJson): ExtendedJson => {
  if (Array.isArray(schema)) return schema.map((item: ExtendedJson) => readable(item))
  if (typeof schema !== 'object' || schema === null) return schema
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => {
      const long = typeof value === 'object' && value !== null && '$numberLong' in value ? value['$numberLong'] : null
      return long === null ? [key, readable(value)] : [`${key}Long`, long]
    }),
  )
}

const structureOf = (schema: ExtendedJson): Accepts => {
  const ajv = new Ajv({ strict: false, unicodeRegExp: true })
  ajv.addKeyword({
    keyword: 'bsonType',
    validate: (types: string | readonly string[], value: unknown) => [types].flat().includes(bsonTypeOf(value)),
  })
  ajv.addKeyword({
    keyword: 'minimumLong',
    validate: (limit: string, value: unknown) => typeof value !== 'bigint' || value >= BigInt(limit),
  })
  ajv.addKeyword({
    keyword: 'maximumLong',
    validate: (limit: string, value: unknown) => typeof value !== 'bigint' || value <= BigInt(limit),
  })
  const validate = ajv.compile(readable(schema) as object)
  return (document) => validate(document) === true
}

/** mingo has no decimals of 128 bits, for which numbers stand in, and no `$binarySize`, which is left out. */
const forMingo = (value: unknown): unknown => {
  if (JSON.stringify(value)?.startsWith('{"$lte":[{"$binarySize"')) return true
  if (value instanceof mongo.Decimal128) return Number(value.toString())
  if (Array.isArray(value)) return value.map(forMingo)
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, forMingo(inner)]))
}

/** Whether the stand-ins take a document, for a filter or a validator as Extended JSON. */
export const accepts = ({ $jsonSchema, ...query }: ExtendedJsonObject): Accepts => {
  const structure = $jsonSchema === undefined ? () => true : structureOf($jsonSchema)
  const rest = new Query(forMingo(BSON.EJSON.deserialize(query)) as Record<string, unknown>)
  return (document) => structure(document) && rest.test({ ...document })
}
