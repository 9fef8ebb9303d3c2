import { unreachable } from '../../kernel/bug.js'
import { floatBounds, largestReal, wholeBounds } from '../../model/bounds.js'
import type { JsonValue } from '../../model/origin.js'
import type { Store } from '../../model/store.js'
import type { BytesType, DecimalType, FormatType, MapType, TextType, Type } from '../../model/type.js'
import { decimalPattern } from './decimal-pattern.js'
import { base64Pattern, bigintPattern, identityPattern, mapKeyPattern, noTrailingSpacePattern } from './patterns.js'
import { refTo, type Schema, withoutNulls } from './schema.js'

/** What a schema of a type stands in: names are referred to by `form`, which may also put another schema for a type. */
export interface SchemaContext {
  readonly stores: readonly Store[]
  /** The schema to use for a type instead of that of its JSON form, or null. Objects and enums must be answered. */
  readonly form: (type: Type) => Schema | null
}

const patterns = (found: readonly string[]): Schema => {
  const [first] = found
  if (first === undefined) return {}
  return found.length === 1 ? { pattern: first } : { allOf: found.map((pattern) => ({ pattern })) }
}

const textSchema = (type: TextType): Schema => ({
  ...refTo('text'),
  ...withoutNulls({
    minLength: type.form === 'char' ? type.maxLength : type.minLength,
    maxLength: type.maxLength,
  }),
  ...patterns([
    ...(type.form === 'char' ? [noTrailingSpacePattern] : []),
    ...(type.pattern === null ? [] : [type.pattern.source]),
  ]),
})

const formatSchema = (type: FormatType): Schema => ({
  ...refTo(type.format),
  ...withoutNulls({ minLength: type.minLength, maxLength: type.maxLength }),
})

const decimalSchema = (type: DecimalType): Schema => ({ type: 'string', pattern: decimalPattern(type) })

const bytesSchema = (type: BytesType): Schema => ({
  type: 'string',
  contentEncoding: 'base64',
  pattern: base64Pattern(type),
})

const mapSchema = (type: MapType, of: Schema): Schema => ({
  type: 'object',
  propertyNames: { pattern: mapKeyPattern },
  additionalProperties: of,
  ...withoutNulls({ minProperties: type.minItems, maxProperties: type.maxItems }),
})

const numbers = (bounds: {
  readonly min: number | null
  readonly max: number | null
}): {
  readonly [keyword: string]: JsonValue
} => withoutNulls({ minimum: bounds.min, maximum: bounds.max })

/** The schema of a type's values as they stand in JSON, or as the context's form has them. */
export const typeSchema = (type: Type, context: SchemaContext): Schema =>
  context.form(type) ?? jsonSchema(type, context)

const jsonSchema = (type: Type, context: SchemaContext): Schema => {
  switch (type.kind) {
    case 'snowflake':
      return refTo('snowflake')
    case 'identity':
      return { type: 'string', pattern: identityPattern(context.stores) }
    case 'uuid':
    case 'objectid':
    case 'timestamp':
    case 'date':
    case 'time':
      return refTo(type.kind)
    case 'json':
      return refTo(context.stores.includes('mongo') ? 'jsonInMongo' : 'json')
    case 'text':
      return textSchema(type)
    case 'format':
      return formatSchema(type)
    case 'decimal':
      return decimalSchema(type)
    case 'bigint':
      return type.min === null && type.max === null ? refTo('bigint') : { type: 'string', pattern: bigintPattern(type) }
    case 'bytes':
      return bytesSchema(type)
    case 'integer':
    case 'duration':
      return { type: 'integer', ...numbers(wholeBounds(type)) }
    case 'float':
      return { type: 'number', ...numbers(floatBounds(type)) }
    case 'boolean':
      return { type: 'boolean' }
    case 'object':
      return refTo(type.object)
    case 'enum':
      return refTo(type.enum)
    case 'list':
      return {
        type: 'array',
        items: typeSchema(type.of, context),
        ...withoutNulls({ minItems: type.minItems, maxItems: type.maxItems }),
      }
    case 'map':
      return mapSchema(type, typeSchema(type.of, context))
    case 'vector':
      return {
        type: 'array',
        items: { type: 'number', minimum: -largestReal, maximum: largestReal },
        minItems: type.dimensions,
        maxItems: type.dimensions,
      }
    case 'union':
      return { anyOf: type.of.map((member) => typeSchema(member, context)) }
    default:
      return unreachable(type)
  }
}
