import type { Type } from '../model/type.js'
import { type Code, code } from '../script/code.js'
import { codec } from './codec-import.js'

/** The codec between what a Mongo driver returns for a type and its row; `row` has what is inside it in Mongo's form. */
export const mongoCode = (type: Type, row: Code): Code => {
  switch (type.kind) {
    case 'identity':
    case 'objectid':
      return code`${codec('objectIdMongo')}(ObjectId, ${row})`
    case 'integer':
    case 'duration':
    case 'float':
      return code`${codec('numberMongo')}(${row})`
    case 'bigint':
      return code`${codec('int64Mongo')}(${row})`
    case 'json':
      return code`${codec('jsonMongo')}(${row})`
    case 'bytes':
      return code`${codec('bytesMongo')}(${row})`
    default:
      return row
  }
}
