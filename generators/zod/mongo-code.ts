import { enumOf } from '../model/lookup.js'
import type { SchemaSet } from '../model/schema-set.js'
import type { Type } from '../model/type.js'
import { type Code, code } from '../script/code.js'
import { codec } from './shared-names.js'

/** Whether the values of an enum are numbers, which a driver may return in classes of its own. */
export const isNumeric = (set: SchemaSet, enumName: string): boolean =>
  enumOf(set, enumName).values.some(({ value }) => typeof value === 'number')

/** The codec between what a Mongo driver returns for a type and its row; `row` has what is inside it in Mongo's form. */
export const mongoCode = (set: SchemaSet, type: Type, row: Code): Code => {
  switch (type.kind) {
    case 'identity':
    case 'objectid':
      return code`${codec('objectIdMongo')}(ObjectId, ${row})`
    case 'integer':
    case 'duration':
    case 'float':
      return code`${codec('numberMongo')}(${row})`
    case 'enum':
      return isNumeric(set, type.enum) ? code`${codec('numberMongo')}(${row})` : row
    case 'vector':
      return code`${codec('vectorMongo')}(${row})`
    case 'bigint':
      return code`${codec('int64Mongo')}(${row})`
    case 'decimal':
      return type.inMongo === 'text' ? row : code`${codec('decimalMongo')}(Decimal128, ${row}, ${type.scale})`
    case 'timestamp':
      return type.form === 'milliseconds' ? code`${codec('epochMongo')}` : row
    case 'json':
      return code`${codec('jsonMongo')}(${row})`
    case 'bytes':
      return code`${codec('bytesMongo')}(${row})`
    default:
      return row
  }
}
