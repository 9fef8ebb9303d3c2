import { unreachable } from '../kernel/bug.js'
import { decimalText } from '../kernel/decimal.js'
import { floatBounds, largestReal, wholeBounds } from '../model/bounds.js'
import type { Field } from '../model/field.js'
import { enumOf, fieldsIn, objectOf } from '../model/lookup.js'
import type { SchemaSet } from '../model/schema-set.js'
import type {
  BigintType,
  DecimalType,
  DurationType,
  IntegerType,
  ListType,
  MapType,
  TextType,
  Type,
} from '../model/type.js'
import { bsonTypesOf } from './bson.js'
import type { BsonType, ExtendedJson, ExtendedJsonObject } from './collections.js'
import { firstInstant, lastInstant } from './instants.js'
import {
  datePattern,
  decimalPattern,
  formatPattern,
  mapKeyPattern,
  noTrailingSpace,
  snowflakePattern,
  textPattern,
  timePattern,
  uuidPattern,
} from './patterns.js'

const long = (value: bigint): ExtendedJson => ({ $numberLong: String(value) })

/** Keywords that are set: those that are null are left out. */
const keywords = (all: { readonly [keyword: string]: ExtendedJson }): ExtendedJsonObject =>
  Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null))

const wholeNumber = (type: IntegerType | DurationType): ExtendedJsonObject => {
  const { min, max } = wholeBounds(type)
  return { bsonType: ['int', 'long', 'double'], multipleOf: 1, minimum: min, maximum: max }
}

const bigint = ({ min, max }: BigintType): ExtendedJsonObject =>
  keywords({ bsonType: 'long', minimum: min === null ? null : long(min), maximum: max === null ? null : long(max) })

/** Infinity and NaN lie outside of any bounds, so there are always some. */
const float = (min: number | null, max: number | null): ExtendedJsonObject => ({
  bsonType: ['int', 'long', 'double'],
  minimum: min ?? -Number.MAX_VALUE,
  maximum: max ?? Number.MAX_VALUE,
})

const largest = ({ precision, scale }: DecimalType): string =>
  decimalText({ units: 10n ** BigInt(precision) - 1n, scale })

const decimal128 = (text: string): ExtendedJson => ({ $numberDecimal: text })

/** A number of 128 bits, of which no bounds would let pass infinity and NaN; or the text that documents of before have. */
const decimal = (type: DecimalType): ExtendedJsonObject => {
  if (type.inMongo === 'text') return { bsonType: 'string', pattern: decimalPattern(type) }
  return {
    bsonType: ['decimal', 'string'],
    pattern: decimalPattern(type),
    minimum: decimal128(type.min ?? `-${largest(type)}`),
    maximum: decimal128(type.max ?? largest(type)),
    // A double of a power of ten is that power to MongoDB, which takes 15 digits of it (`Decimal128(double)`).
    multipleOf: Number(`1e-${type.scale}`),
  }
}

/** The years 1 to 9999 as milliseconds since 1970. */
const epochBounds: ExtendedJsonObject = {
  minimum: Date.parse(firstInstant.$date),
  maximum: Date.parse(lastInstant.$date),
}

const textPatterns = ({ form, pattern }: TextType): readonly ExtendedJsonObject[] => [
  ...(form === 'char' ? [{ pattern: noTrailingSpace }] : []),
  ...(pattern === null ? [] : [{ pattern: pattern.pcre }]),
]

/** Lengths of `$jsonSchema` count code points, as ours do. */
const text = (type: TextType): ExtendedJsonObject => {
  const patterns = textPatterns(type)
  return keywords({
    bsonType: 'string',
    minLength: type.form === 'char' ? type.maxLength : type.minLength,
    maxLength: type.maxLength,
    pattern: textPattern,
    allOf: patterns.length === 0 ? null : patterns,
  })
}

const list = (set: SchemaSet, type: ListType): ExtendedJsonObject =>
  keywords({ bsonType: 'array', items: typeSchema(set, type.of), minItems: type.minItems, maxItems: type.maxItems })

const map = (set: SchemaSet, type: MapType): ExtendedJsonObject =>
  keywords({
    bsonType: 'object',
    patternProperties: { [mapKeyPattern]: typeSchema(set, type.of) },
    additionalProperties: false,
    minProperties: type.minItems,
    maxProperties: type.maxItems,
  })

/** The `$jsonSchema` of a type's values; null is not among them. Ranges of years are those of section "Time": 1 to 9999. */
export const typeSchema = (set: SchemaSet, type: Type): ExtendedJsonObject => {
  switch (type.kind) {
    case 'snowflake':
      return { bsonType: 'string', pattern: snowflakePattern }
    case 'uuid':
      return { bsonType: 'string', pattern: uuidPattern }
    case 'text':
      return text(type)
    case 'format':
      return keywords({
        bsonType: 'string',
        minLength: type.minLength,
        maxLength: type.maxLength,
        pattern: textPattern,
        allOf: [{ pattern: formatPattern(type.format) }],
      })
    case 'integer':
      return wholeNumber(type)
    case 'duration':
      return wholeNumber(type)
    case 'bigint':
      return bigint(type)
    case 'float':
      return float(floatBounds(type).min, floatBounds(type).max)
    case 'decimal':
      return decimal(type)
    case 'date':
      return { bsonType: 'string', pattern: datePattern }
    case 'time':
      return { bsonType: 'string', pattern: timePattern }
    case 'enum':
      return { enum: enumOf(set, type.enum).values.map(({ value }) => value) }
    case 'list':
      return list(set, type)
    case 'map':
      return map(set, type)
    case 'object':
      return objectSchema(set, type.object)
    case 'vector':
      return {
        bsonType: 'array',
        items: float(-largestReal, largestReal),
        minItems: type.dimensions,
        maxItems: type.dimensions,
      }
    case 'union':
      return { anyOf: type.of.map((member) => typeSchema(set, member)) }
    case 'timestamp':
      return type.form === 'milliseconds'
        ? { bsonType: oneOrMany(bsonTypesOf(set, type)), multipleOf: 1, ...epochBounds }
        : { bsonType: 'date' }
    case 'identity':
    case 'objectid':
    case 'boolean':
    case 'bytes':
    case 'json':
      return { bsonType: oneOrMany(bsonTypesOf(set, type)) }
    default:
      return unreachable(type)
  }
}

const oneOrMany = (types: readonly BsonType[]): ExtendedJson => (types.length === 1 ? (types[0] ?? []) : types)

const isPlainType = (schema: ExtendedJsonObject): boolean => 'bsonType' in schema && !('enum' in schema)

const orNull = (schema: ExtendedJsonObject): ExtendedJsonObject => {
  if (Array.isArray(schema['enum'])) return { ...schema, enum: [...schema['enum'], null] }
  if (!isPlainType(schema)) return { anyOf: [{ bsonType: 'null' }, schema] }
  const types = [schema['bsonType'] ?? []].flat()
  return { ...schema, bsonType: [...types, 'null'] }
}

/**
 * An encrypted value as the application stores it: the version of its key, and what AES-256-GCM takes and gives. Nothing
 * but its form can be held to in the store.
 */
const sealedSchema: ExtendedJsonObject = {
  bsonType: 'object',
  required: ['v', 'iv', 'tag', 'data'],
  properties: {
    v: { bsonType: ['int', 'long', 'double'], multipleOf: 1, minimum: 1 },
    iv: { bsonType: 'binData' },
    tag: { bsonType: 'binData' },
    data: { bsonType: 'binData' },
  },
  additionalProperties: false,
}

/** The `$jsonSchema` of a field: its type's, or what it is when encrypted, null where it may be, its summary, and the keywords written for Mongo. */
export const fieldSchema = (set: SchemaSet, field: Field): ExtendedJsonObject => {
  const inner = field.encrypted === null ? typeSchema(set, field.type) : sealedSchema
  const schema = field.nullable ? orNull(inner) : inner
  return {
    ...schema,
    ...(field.mongo.schema === null ? {} : { allOf: [...[schema['allOf'] ?? []].flat(), field.mongo.schema] }),
    ...(field.summary === null ? {} : { description: field.summary }),
  }
}

/** The schema of a field that only emitted code holds: it says what the field means, and takes any value. */
export const openSchema = ({ summary, mongo }: Field): ExtendedJsonObject => ({
  ...(mongo.schema === null ? {} : { allOf: [mongo.schema] }),
  ...(summary === null ? {} : { description: summary }),
})

/** Whether a stored document must have a field: what is null may be left out. */
export const isRequired = (field: Field): boolean => !field.nullable && !field.optional

const objectSchema = (set: SchemaSet, name: string): ExtendedJsonObject => {
  const fields = fieldsIn(objectOf(set, name), 'mongo')
  return structure(
    fields.map((field) => ({ name: field.name, isRequired: isRequired(field), schema: fieldSchema(set, field) })),
  )
}

/** An object of these fields and no others. `required` may not be empty (MongoDB manual, "$jsonSchema"). */
export const structure = (
  fields: readonly { readonly name: string; readonly isRequired: boolean; readonly schema: ExtendedJsonObject }[],
): ExtendedJsonObject => {
  const required = fields.filter((field) => field.isRequired).map(({ name }) => name)
  return {
    bsonType: 'object',
    ...(required.length === 0 ? {} : { required }),
    properties: Object.fromEntries(fields.map(({ name, schema }) => [name, schema])),
    additionalProperties: false,
  }
}
