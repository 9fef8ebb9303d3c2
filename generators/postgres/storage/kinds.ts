import { known } from '../../kernel/bug.js'
import { asksOf } from '../../model/asks.js'
import { durationWidth } from '../../model/bounds.js'
import type { SchemaSet } from '../../model/schema-set.js'
import type { ListType, Type } from '../../model/type.js'
import {
  type Context,
  columnType,
  instantFormOf,
  isArray,
  isNumericEnum,
  withoutModifier,
} from '../../relational/index.js'
import { type Code, code, text, trusted, valueImport } from '../../script/code.js'
import { enumListName } from '../../script/names.js'
import { runtimeValue } from '../../script/runtime.js'

const kinds = runtimeValue('v1/postgres', 'kinds')

/** A kind of column that needs no more than its name. */
type PlainKind =
  | 'bigint'
  | 'boolean'
  | 'bytes'
  | 'date'
  | 'double'
  | 'epoch'
  | 'fixedText'
  | 'id'
  | 'identity'
  | 'integer'
  | 'long'
  | 'objectId'
  | 'real'
  | 'smallint'
  | 'structure'
  | 'text'
  | 'textId'
  | 'time'
  | 'timestamp'
  | 'timestamptz'
  | 'uuid'
  | 'varchar'

const kind = (name: PlainKind): Code => code`${kinds}.${trusted(name)}`

/** What holds the words of an enum. */
const words = (name: string): Code =>
  code`${runtimeValue('v1/zod', 'oneOf')}(${valueImport('typescript/enums', enumListName(name))})`

const enumKind = (context: Context, type: Type & { readonly kind: 'enum' }): Code => {
  const held = words(type.enum)
  const { name } = columnType(context, type)
  if (!isNumericEnum(context, type.enum)) return code`${kinds}.word(${text(columnCast(context, type))}, ${held})`
  const numbers = { int2: 'smallint', int4: 'integer', int8: 'long' } as const
  const number = known(Object.entries(numbers).find(([each]) => each === name)?.[1], `the width of ${name}`)
  return code`${kinds}.numberWord(${kind(number)}, ${held})`
}

/** What a value's text is cast to, without a length that would cut it. */
const columnCast = (context: Context, type: Type): string => withoutModifier(columnType(context, type))

const textKind = (context: Context, type: Type): PlainKind => {
  switch (columnType(context, type).name) {
    case 'bpchar':
      return 'fixedText'
    case 'varchar':
      return 'varchar'
    default:
      return 'text'
  }
}

const instantKind = (context: Context, type: Type): PlainKind => {
  switch (instantFormOf(type, context.options)) {
    case 'zoned':
      return 'timestamptz'
    case 'naive':
      return 'timestamp'
    case 'milliseconds':
      return 'epoch'
    case 'date':
    case null:
      return 'date'
  }
}

const hasMongo = ({ stores }: SchemaSet): boolean => stores.includes('mongo')

/** A list in JSON whose items conditions may ask; null of any other. */
const jsonListKind = (context: Context, type: ListType): Code | null =>
  asksOf(context.set, type, true) === 'items' ? code`${kinds}.jsonListOf(${innerKind(context, type.of).kind})` : null

/** The kind of a column of a type, as the runtime has it. `codec` is what makes JSON's text of a value. */
export const kindCode = (context: Context, type: Type, codec: Code): Code => {
  switch (type.kind) {
    case 'snowflake':
      return kind(columnType(context, type).name === 'text' ? 'textId' : 'id')
    case 'identity':
      return kind(hasMongo(context.set) ? 'identity' : 'id')
    case 'uuid':
      return kind('uuid')
    case 'objectid':
      return kind('objectId')
    case 'text':
      return kind(textKind(context, type))
    case 'format':
      return kind('text')
    case 'integer':
      return kind(type.width)
    case 'bigint':
      return kind('bigint')
    case 'float':
      return kind(type.width)
    case 'decimal':
      return code`${kinds}.decimal(${type.scale})`
    case 'boolean':
      return kind('boolean')
    case 'timestamp':
    case 'date':
      return kind(instantKind(context, type))
    case 'time':
      return kind('time')
    case 'duration':
      return type.as === 'interval' ? code`${kinds}.interval(${text(type.unit)})` : kind(durationWidth(type))
    case 'enum':
      return enumKind(context, type)
    case 'bytes':
      return kind('bytes')
    case 'vector':
      return type.as === 'real[]'
        ? code`${kinds}.realsOf(${kind('real')})`
        : code`${kinds}.vector(${text(columnCast(context, type))})`
    case 'list':
      return isArray(type)
        ? code`${kinds}.listOf(${kindCode(context, type.of, codec)})`
        : (jsonListKind(context, type) ?? code`${kinds}.jsonb(${codec})`)
    case 'json':
      return type.as === 'json' ? code`${kinds}.jsonText(${codec})` : code`${kinds}.jsonb(${codec})`
    case 'object':
    case 'map':
    case 'union':
      return code`${kinds}.jsonb(${codec})`
  }
}

/** The kind of a value inside of JSON, and what its expression is cast to where its JSON form is text of another type. */
export const innerKind = (context: Context, type: Type): { readonly kind: Code; readonly cast: string | null } => {
  switch (type.kind) {
    case 'snowflake':
      return { kind: kind('id'), cast: null }
    case 'timestamp':
      return { kind: kind('timestamptz'), cast: null }
    case 'float':
      return { kind: kind('double'), cast: null }
    case 'duration':
      return { kind: kind(durationWidth(type)), cast: null }
    case 'date':
    case 'time':
    case 'uuid':
      return { kind: kind(type.kind), cast: type.kind }
    case 'text':
      return { kind: kind('text'), cast: null }
    case 'enum': {
      const held = words(type.enum)
      return isNumericEnum(context, type.enum)
        ? { kind: code`${kinds}.numberWord(${kind('long')}, ${held})`, cast: null }
        : { kind: code`${kinds}.word('text', ${held})`, cast: null }
    }
    case 'identity':
      return { kind: kindCode(context, type, code`${kinds}`), cast: 'bigint' }
    case 'objectid':
    case 'format':
    case 'integer':
    case 'bigint':
    case 'decimal':
    case 'boolean':
      return { kind: kindCode(context, type, code`${kinds}`), cast: null }
    case 'list':
      return { kind: jsonListKind(context, type) ?? kind('structure'), cast: null }
    case 'json':
    case 'object':
    case 'map':
    case 'bytes':
    case 'vector':
    case 'union':
      return { kind: kind('structure'), cast: null }
  }
}
