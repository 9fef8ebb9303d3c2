import { unreachable } from '../../../../kernel/bug.js'
import { wholeBounds } from '../../../../model/bounds.js'
import { enumOf } from '../../../../model/lookup.js'
import type { SchemaSet } from '../../../../model/schema-set.js'
import type { Type } from '../../../../model/type.js'
import { same } from '../sample.js'
import { identityCorners, objectIdCorners, snowflakeCorners, uuidCorners } from './id.js'
import { byteCorners, jsonCorners } from './json.js'
import type { Corners } from './list.js'
import { bigintCorners, decimalCorners, floatCorners, wholeCorners } from './number.js'
import { formatCorners, textCorners } from './text.js'
import { dateCorners, epochCorners, instantCorners, timeCorners } from './time.js'

/** Numbers that text would stand for, names with another case, and the ends of the list. */
const enumCorners = (set: SchemaSet, name: string): Corners => {
  const values = enumOf(set, name).values.map(({ value }) => value)
  const others = values.flatMap((value): readonly (string | number)[] =>
    typeof value === 'number'
      ? [String(value), value + 0.5, value + 1000]
      : [value.toUpperCase(), `${value} `, ` ${value}`],
  )
  return [...values, ...others, '', 'nothing of the kind', 0, 70000, true, {}, ['a']].map(same)
}

/** The corners of a scalar type. Types with an inside of their own are taken apart elsewhere. */
export const cornerValues = (set: SchemaSet, type: Type): Corners => {
  switch (type.kind) {
    case 'snowflake':
      return snowflakeCorners
    case 'identity':
      return identityCorners
    case 'uuid':
      return uuidCorners
    case 'objectid':
      return objectIdCorners
    case 'text':
      return textCorners(type)
    case 'format':
      return formatCorners(type)
    case 'integer':
    case 'duration':
      return wholeCorners(wholeBounds(type).min, wholeBounds(type).max)
    case 'bigint':
      return bigintCorners(type)
    case 'float':
      return floatCorners(type)
    case 'decimal':
      return decimalCorners(type)
    case 'boolean':
      return [...[true, false, 0, 1, 2, '', 'true', 'false', 't', 'f', 'yes', 'on', '1', [], {}].map(same)]
    case 'timestamp':
      return type.form === 'milliseconds' ? epochCorners : instantCorners
    case 'date':
      return dateCorners
    case 'time':
      return timeCorners
    case 'json':
      return jsonCorners(type)
    case 'enum':
      return enumCorners(set, type.enum)
    case 'bytes':
      return byteCorners(type)
    case 'object':
    case 'list':
    case 'map':
    case 'vector':
    case 'union':
      return []
    default:
      return unreachable(type)
  }
}
