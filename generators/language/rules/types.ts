import { unreachable } from '../../kernel/bug.js'
import type { Type, TypeKind } from '../../model/type.js'

/** Values with parts: no store compares or orders them as others do. */
export const isStructured = ({ kind }: Type): boolean =>
  kind === 'json' || kind === 'object' || kind === 'list' || kind === 'map' || kind === 'union' || kind === 'vector'

export const isNumeric = ({ kind }: Type): boolean =>
  kind === 'integer' || kind === 'bigint' || kind === 'float' || kind === 'decimal' || kind === 'duration'

/** A moment or a day: what ages count from. */
export const isTemporal = ({ kind }: Type): boolean => kind === 'timestamp' || kind === 'date'

export const isTextual = ({ kind }: Type): boolean => kind === 'text' || kind === 'format'

const kindWords: Readonly<Record<TypeKind, string>> = {
  snowflake: 'a snowflake',
  identity: 'an identity',
  uuid: 'a uuid',
  objectid: 'an objectid',
  text: 'text',
  integer: 'a whole number',
  bigint: 'a bigint',
  float: 'a number',
  decimal: 'a decimal',
  boolean: 'a boolean',
  timestamp: 'a timestamp',
  date: 'a date',
  time: 'a time',
  duration: 'a duration',
  format: 'text',
  json: 'JSON',
  object: 'an object',
  list: 'a list',
  map: 'a map',
  enum: 'an enum',
  bytes: 'bytes',
  vector: 'a vector',
  union: 'a union',
}

/** A type as a message names it. */
export const describeType = (type: Type): string => {
  switch (type.kind) {
    case 'enum':
      return `the enum \`${type.enum}\``
    case 'object':
      return `the object \`${type.object}\``
    case 'integer':
      return `a ${type.width}`.replace('a i', 'an i')
    case 'format':
      return `a ${type.format}`.replace('a e', 'an e')
    default:
      return kindWords[type.kind]
  }
}

/** Whether a field of one type can hold what a field of the other does, so that it can refer to it. */
export const refersAlike = (a: Type, b: Type): boolean => {
  switch (a.kind) {
    case 'integer':
      return b.kind === 'integer' && a.width === b.width
    case 'enum':
      return b.kind === 'enum' && a.enum === b.enum
    case 'text':
    case 'format':
      return isTextual(b)
    case 'float':
      return b.kind === 'float' && a.width === b.width
    case 'timestamp':
      return b.kind === 'timestamp' && a.form === b.form
    case 'duration':
      return b.kind === 'duration' && a.unit === b.unit
    case 'snowflake':
    case 'identity':
    case 'uuid':
    case 'objectid':
    case 'bigint':
    case 'decimal':
    case 'boolean':
    case 'date':
    case 'time':
    case 'bytes':
      return a.kind === b.kind
    case 'json':
    case 'object':
    case 'list':
    case 'map':
    case 'vector':
    case 'union':
      return false
    default:
      return unreachable(a)
  }
}
