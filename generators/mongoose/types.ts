import { enumOf, fieldsIn, objectOf } from '../model/lookup.js'
import type { SchemaSet } from '../model/schema-set.js'
import { type IdType, type Type, typesWithin } from '../model/type.js'
import { type Code, code, joined, trusted, typeImport } from '../script/code.js'
import { enumTypeName, idTypeName, objectTypeName } from '../script/names.js'
import { objectRecord, typesImport } from './names.js'

/** Whether Mongo keeps an object in another form than a row has it: other names, classes of the driver, milliseconds, untyped json, or fewer fields. */
export const objectDiffers = (set: SchemaSet, name: string): boolean => {
  const object = objectOf(set, name)
  return (
    fieldsIn(object, 'mongo').length < object.fields.length ||
    object.fields.some((field) => field.property !== field.name || typeDiffers(set, field.type))
  )
}

export const typeDiffers = (set: SchemaSet, type: Type): boolean => {
  for (const inner of typesWithin(type)) {
    if (['identity', 'objectid', 'json'].includes(inner.kind) || isDecimal128(inner) || isEpoch(inner)) return true
    if (inner.kind === 'object' && objectDiffers(set, inner.object)) return true
  }
  return false
}

export const isDecimal128 = (type: Type): boolean => type.kind === 'decimal' && type.inMongo === 'decimal128'

/** Whether documents have an instant as milliseconds since 1970. */
export const isEpoch = (type: Type): boolean => type.kind === 'timestamp' && type.form === 'milliseconds'

const objectId: Code = code`${typesImport}.ObjectId`

export const brandType = (id: IdType): Code => code`${typeImport('typescript/ids', idTypeName(id))}`

export const objectType = (set: SchemaSet, name: string): Code =>
  objectDiffers(set, name)
    ? code`${typeImport('mongoose/objects', objectRecord(name))}`
    : code`${typeImport('typescript/objects', objectTypeName(name))}`

const enumType = (set: SchemaSet, name: string): Code =>
  code`${typeImport('typescript/enums', enumTypeName(enumOf(set, name).name))}`

const unionType = (set: SchemaSet, types: readonly Type[]): Code => {
  const seen = new Map(types.map((type) => recordType(set, type)).map((one) => [one.text, one]))
  return joined([...seen.values()], ' | ')
}

const listType = (set: SchemaSet, of: Type): Code => {
  const item = recordType(set, of)
  return item.text.includes(' ') ? code`(${item})[]` : code`${item}[]`
}

/** The type of a value as Mongo keeps it and Mongoose gives it. */
export const recordType = (set: SchemaSet, type: Type): Code => {
  switch (type.kind) {
    case 'identity':
    case 'objectid':
      return objectId
    case 'snowflake':
    case 'uuid':
      return brandType(type)
    case 'integer':
    case 'duration':
    case 'float':
      return trusted('number')
    case 'bigint':
      return trusted('bigint')
    case 'boolean':
      return trusted('boolean')
    case 'decimal':
      return type.inMongo === 'text' ? trusted('string') : code`${typesImport}.Decimal128`
    case 'timestamp':
      return trusted(type.form === 'milliseconds' ? 'number' : 'Date')
    case 'bytes':
      return trusted('Uint8Array')
    // Mongoose's types of documents walk into each field's, and do not come back from a recursive one.
    case 'json':
      return trusted('unknown')
    case 'vector':
      return trusted('number[]')
    case 'list':
      return listType(set, type.of)
    case 'map':
      return code`{ [key: string]: ${recordType(set, type.of)} }`
    case 'object':
      return objectType(set, type.object)
    case 'enum':
      return enumType(set, type.enum)
    case 'union':
      return unionType(set, type.of)
    default:
      return trusted('string')
  }
}
