import { durationWidth } from '../model/bounds.js'
import type { Type } from '../model/type.js'

/** The path maker of each kind of type. */
export const makerOf = (type: Type): string => {
  switch (type.kind) {
    case 'identity':
    case 'objectid':
      return 'objectId'
    case 'text':
      return type.form === 'char' ? 'fixedText' : 'text'
    case 'format':
      return 'text'
    case 'integer':
      return type.width
    case 'duration':
      return durationWidth(type)
    case 'boolean':
      return 'bool'
    case 'decimal':
      return type.inMongo === 'text' ? 'decimalText' : 'decimal'
    case 'timestamp':
      return type.form === 'milliseconds' ? 'epoch' : 'date'
    case 'date':
      return 'day'
    case 'list':
    case 'vector':
      return 'listOf'
    case 'map':
      return 'mapOf'
    case 'enum':
      return 'oneOf'
    case 'union':
      return 'anyOf'
    default:
      return type.kind
  }
}
