import { asksOf } from '../../model/asks.js'
import { durationWidth } from '../../model/bounds.js'
import type { SchemaSet } from '../../model/schema-set.js'
import type { Type } from '../../model/type.js'
import { type Code, code, trusted, valueImport } from '../../script/code.js'
import { enumListName } from '../../script/names.js'
import { runtimeValue } from '../../script/runtime.js'

const kinds = runtimeValue('v1/mongo', 'kinds')

/** A kind of path that needs no more than its name. */
type PlainKind =
  | 'bigint'
  | 'boolean'
  | 'calendarDay'
  | 'date'
  | 'double'
  | 'epoch'
  | 'id'
  | 'integer'
  | 'long'
  | 'objectId'
  | 'real'
  | 'smallint'
  | 'structure'
  | 'text'
  | 'time'
  | 'uuid'

const kind = (name: PlainKind): Code => code`${kinds}.${trusted(name)}`

/** The kind of a path of a type, as the runtime has it; `isInside` of an object. */
export const kindCode = (set: SchemaSet, type: Type, isInside: boolean): Code => {
  switch (type.kind) {
    case 'snowflake':
      return kind('id')
    case 'identity':
    case 'objectid':
      return kind('objectId')
    case 'uuid':
      return kind('uuid')
    case 'text':
    case 'format':
      return kind('text')
    case 'integer':
    case 'float':
      return kind(type.width)
    case 'bigint':
      return kind('bigint')
    case 'decimal':
      return code`${kinds}.${trusted(type.inMongo === 'text' ? 'decimalText' : 'decimal')}(${type.scale})`
    case 'boolean':
      return kind('boolean')
    case 'timestamp':
      return kind(type.form === 'milliseconds' ? 'epoch' : 'date')
    case 'date':
      return kind('calendarDay')
    case 'time':
      return kind('time')
    case 'duration':
      return kind(durationWidth(type))
    case 'enum':
      return code`${kinds}.word(${runtimeValue('v1/zod', 'oneOf')}(${valueImport('typescript/enums', enumListName(type.enum))}))`
    case 'list':
      return asksOf(set, type, isInside) === 'items'
        ? code`${kinds}.listOf(${kindCode(set, type.of, isInside)})`
        : kind('structure')
    case 'bytes':
    case 'json':
    case 'object':
    case 'map':
    case 'vector':
    case 'union':
      return kind('structure')
  }
}
