import { unreachable } from '../kernel/bug.js'
import { enumOf } from '../model/lookup.js'
import type { SchemaSet } from '../model/schema-set.js'
import type { Type } from '../model/type.js'
import type { BsonType } from './collections.js'

/** A JavaScript number is stored as the smallest that holds it: 32 bits, else a double; a `$inc` may make it 64 bits. */
const numbers: readonly BsonType[] = ['int', 'long', 'double']

const enumTypes = (set: SchemaSet, name: string): readonly BsonType[] =>
  enumOf(set, name).values.some(({ value }) => typeof value === 'number') ? numbers : ['string']

/** The BSON types that values of a type are stored as; null is not among them. */
export const bsonTypesOf = (set: SchemaSet, type: Type): readonly BsonType[] => {
  switch (type.kind) {
    case 'identity':
    case 'objectid':
      return ['objectId']
    case 'snowflake':
    case 'uuid':
    case 'text':
    case 'format':
    case 'date':
    case 'time':
      return ['string']
    // Text is what documents of before have.
    case 'decimal':
      return type.inMongo === 'text' ? ['string'] : ['decimal', 'string']
    case 'integer':
    case 'duration':
    case 'float':
      return numbers
    case 'bigint':
      return ['long']
    case 'boolean':
      return ['bool']
    // A Date is what documents of before have.
    case 'timestamp':
      return type.form === 'milliseconds' ? [...numbers, 'date'] : ['date']
    case 'bytes':
      return ['binData']
    case 'list':
    case 'vector':
      return ['array']
    case 'object':
    case 'map':
      return ['object']
    case 'json':
      return ['object', 'array', 'string', 'int', 'long', 'double', 'bool']
    case 'enum':
      return enumTypes(set, type.enum)
    case 'union':
      return [...new Set(type.of.flatMap((member) => bsonTypesOf(set, member)))]
    default:
      return unreachable(type)
  }
}
