import { durationWidth } from '../model/bounds.js'
import { enumOf } from '../model/lookup.js'
import type { SchemaSet } from '../model/schema-set.js'
import type { ListType, TimestampType, Type } from '../model/type.js'
import { type Code, code, trusted } from '../script/code.js'
import type { Form } from './form.js'
import { isNumeric } from './mongo-code.js'
import { codec } from './shared-names.js'

/** Whether a timestamp's column has no zone: its own choice, else the set's. */
const isNaive = (set: SchemaSet, type: TimestampType): boolean =>
  type.zoned === null ? set.targets.postgres?.timestamp === 'naive' : !type.zoned

const timestampCode = (set: SchemaSet, type: TimestampType): Code => {
  if (type.form === 'milliseconds') return code`${codec('epochPostgres')}`
  return isNaive(set, type) ? code`${codec('naivePostgres')}` : code`${codec('instantPostgres')}`
}

const isStructured = (type: Type): boolean => ['object', 'map', 'union', 'json'].includes(type.kind)

/** Whether a list is one jsonb value rather than an array of Postgres. */
export const isJsonbList = (type: ListType): boolean =>
  type.as === 'jsonb' || isStructured(type.of) || type.of.kind === 'list'

const holdsOwnType = (set: SchemaSet, type: Type): boolean =>
  type.kind === 'enum' && enumOf(set, type.enum).as === 'type' && !isNumeric(set, type.enum)

type Print = (type: Type, form: Form) => Code

/**
 * The codec between what a Postgres driver (`pg`, PGlite) returns for a column and its row. `row` is the row's schema,
 * `print` that of a type in a form: what is inside jsonb is in its stored form.
 */
export const postgresCode = (set: SchemaSet, type: Type, row: () => Code, print: Print): Code => {
  switch (type.kind) {
    case 'snowflake':
    case 'identity':
      return code`${codec('idPostgres')}(${row()})`
    case 'integer':
      return type.width === 'long' ? code`${codec('numberPostgres')}(${row()})` : row()
    case 'duration':
      if (type.as === 'interval') return code`${codec('intervalPostgres')}(${row()}, ${trusted(`'${type.unit}'`)})`
      return durationWidth(type) === 'long' ? code`${codec('numberPostgres')}(${row()})` : row()
    case 'bigint':
      return code`${codec('int64Postgres')}(${row()})`
    case 'float':
      return type.width === 'real' ? code`${codec('realPostgres')}(${row()})` : row()
    case 'decimal':
      return code`${codec('decimalPostgres')}(${row()}, ${type.scale})`
    case 'timestamp':
      return timestampCode(set, type)
    case 'date':
      return code`${codec('dayPostgres')}(${row()})`
    case 'time':
      return code`${codec('timePostgres')}(${row()})`
    case 'bytes':
      return code`${codec('bytesPostgres')}(${row()})`
    case 'vector':
      return code`${codec(type.as === 'vector' ? 'vectorPostgres' : 'realsPostgres')}(${row()})`
    case 'json':
    case 'object':
    case 'map':
    case 'union':
      return code`${codec('jsonb')}(${print(type, 'stored')})`
    case 'list':
      if (isJsonbList(type)) return code`${codec('jsonb')}(${print(type, 'stored')})`
      return holdsOwnType(set, type.of) ? code`${codec('listPostgres')}(${row()})` : row()
    default:
      return row()
  }
}
