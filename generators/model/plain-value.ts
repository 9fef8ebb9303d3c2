import { unreachable } from '../kernel/bug.js'
import { enumOf } from './lookup.js'
import type { JsonValue } from './origin.js'
import type { SchemaSet } from './schema-set.js'
import type { TextType, Type } from './type.js'

/** 1, or what is nearest to it between two limits. */
const nearOne = (min: number | null, max: number | null): number => Math.min(Math.max(1, min ?? 1), max ?? Infinity)

const plainText = ({ form, minLength, maxLength }: TextType): string =>
  'a'.repeat(Math.max(1, (form === 'char' ? maxLength : minLength) ?? 1))

const formats = { url: 'https://example.com/', email: 'someone@example.com', color: '#000000' } as const

/**
 * A value of a type in JSON form, for a question that has to be asked with something. Patterns and the structure of
 * objects are not looked at.
 */
export const plainValue = (set: SchemaSet, type: Type): JsonValue => {
  switch (type.kind) {
    case 'snowflake':
    case 'identity':
    case 'bigint':
    case 'decimal':
      return '1'
    case 'uuid':
      return '00000000-0000-0000-0000-000000000000'
    case 'objectid':
      return '0'.repeat(24)
    case 'text':
      return plainText(type)
    case 'integer':
    case 'float':
    case 'duration':
      return nearOne(type.min, type.max)
    case 'boolean':
      return true
    case 'timestamp':
      return '2000-01-01T00:00:00.000Z'
    case 'date':
      return '2000-01-01'
    case 'time':
      return '00:00:00'
    case 'format':
      return formats[type.format]
    case 'json':
    case 'object':
    case 'map':
      return {}
    case 'list':
      return []
    case 'enum':
      return enumOf(set, type.enum).values[0]?.value ?? null
    case 'bytes':
      return ''
    case 'vector':
      return Array.from({ length: type.dimensions }, () => 0)
    case 'union':
      return type.of[0] === undefined ? null : plainValue(set, type.of[0])
    default:
      return unreachable(type)
  }
}
