import { unreachable } from '../kernel/bug.js'
import { joinSql, literal, numeral, type Sql, sql } from '../kernel/safe/sql.js'
import { floatBounds, wholeBounds } from '../model/bounds.js'
import { formatPatterns } from '../model/formats.js'
import { enumOf } from '../model/lookup.js'
import type {
  BytesType,
  DecimalType,
  FloatType,
  ListType,
  MapType,
  ObjectType,
  TextType,
  Type,
  UnionType,
} from '../model/type.js'
import type { Context } from './forms.js'
import type { FunctionBook } from './function-book.js'
import { lengths } from './scalar-checks.js'
import type { CheckFunction } from './tables.js'

/** Where a JSON value is: as `jsonb`, and as the text of a JSON string there. */
export interface JsonPlace {
  readonly json: Sql
  readonly text: Sql
}

/** What a structure check is made with: `owner` and `place` name the functions that lists, maps and unions need. */
export interface Structure extends Context {
  readonly book: FunctionBook
  readonly owner: CheckFunction['owner']
  readonly place: string
  /** The full name of the function that checks what has an inside of its own. */
  readonly nested: (structure: Structure, type: NestedType) => Sql
}

export type NestedType = ObjectType | ListType | MapType | UnionType

export const allOf = (conditions: readonly Sql[]): Sql => joinSql(conditions, ' AND ')

const isText = ({ json }: JsonPlace): Sql => sql`jsonb_typeof(${json}) = 'string'`

const matches = (place: JsonPlace, pattern: Sql): Sql => allOf([isText(place), sql`${place.text} ~ ${pattern}`])

const textCondition = (place: JsonPlace, type: TextType): Sql => {
  const exact = type.form === 'char' ? type.maxLength : null
  return allOf([
    isText(place),
    ...lengths(sql`char_length(${place.text})`, exact ?? type.minLength, exact ?? type.maxLength),
    ...(exact === null ? [] : [sql`${place.text} ~ '[^ ]$'`]),
    ...(type.pattern === null ? [] : [sql`${place.text} ~ ${literal(type.pattern.postgres)}`]),
  ])
}

const largestDouble = '1.7976931348623157e308'

const floatCondition = ({ json }: JsonPlace, book: FunctionBook, type: FloatType): Sql => {
  const { min, max } = floatBounds(type)
  const checked = book.shared(type.width === 'real' ? 'is_json_real' : 'is_json_number')
  return sql`${checked}(${json}, ${numeral(min ?? `-${largestDouble}`)}, ${numeral(max ?? largestDouble)})`
}

const decimalCondition = ({ json }: JsonPlace, book: FunctionBook, type: DecimalType): Sql => {
  const { precision, scale } = type
  const largest = `${'9'.repeat(precision - scale) || '0'}${scale === 0 ? '' : `.${'9'.repeat(scale)}`}`
  const [low, high] = [numeral(type.min ?? `-${largest}`), numeral(type.max ?? largest)]
  return sql`${book.shared('is_json_decimal')}(${json}, ${numeral(scale)}, ${low}, ${high})`
}

const bytesCondition = ({ json }: JsonPlace, book: FunctionBook, { minLength, maxLength }: BytesType): Sql =>
  sql`${book.shared('is_json_base64')}(${json}, ${numeral(minLength ?? 0)}, ${numeral(maxLength ?? 2 ** 30)})`

const enumCondition = ({ json }: JsonPlace, context: Context, name: string): Sql => {
  const values = enumOf(context.set, name).values.map(({ value }) => literal(JSON.stringify(value)))
  return sql`${json} IN (${joinSql(values, ', ')})`
}

/** What an identity's text looks like: digits where Postgres makes it, hexadecimal where Mongo does. */
const identityPattern = ({ set }: Context): Sql =>
  set.stores.includes('mongo') ? sql`'^([1-9][0-9]{0,18}|[0-9a-f]{24})$'` : sql`'^[1-9][0-9]{0,18}$'`

const uuidPattern = sql`'^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'`

/** Whether a value is any of JSON but null, which in a set of both stores is one that both give back. */
export const isAnyJson = ({ set, book }: Structure, json: Sql): Sql =>
  set.stores.includes('mongo') ? sql`${book.shared('is_json_kept')}(${json})` : sql`jsonb_typeof(${json}) <> 'null'`

/**
 * Whether a JSON value is one of a type, as a condition that is never an error. It is unknown where there is no value,
 * so what uses it asks whether it is true.
 */
export const jsonCondition = (structure: Structure, type: Type, place: JsonPlace): Sql => {
  const { book } = structure
  const { json } = place
  switch (type.kind) {
    case 'snowflake':
      return sql`${book.shared('is_json_snowflake')}(${json})`
    case 'identity':
      return matches(place, identityPattern(structure))
    case 'uuid':
      return matches(place, uuidPattern)
    case 'objectid':
      return matches(place, sql`'^[0-9a-f]{24}$'`)
    case 'text':
      return textCondition(place, type)
    case 'format':
      return allOf([
        matches(place, literal(formatPatterns[type.format])),
        ...lengths(sql`char_length(${place.text})`, type.minLength, type.maxLength),
      ])
    case 'integer':
    case 'duration': {
      const { min, max } = wholeBounds(type)
      return sql`${book.shared('is_json_whole')}(${json}, ${numeral(min)}, ${numeral(max)})`
    }
    case 'bigint': {
      const [low, high] = [type.min ?? -(2n ** 63n), type.max ?? 2n ** 63n - 1n]
      return sql`${book.shared('is_json_bigint')}(${json}, ${numeral(low)}, ${numeral(high)})`
    }
    case 'float':
      return floatCondition(place, book, type)
    case 'decimal':
      return decimalCondition(place, book, type)
    case 'boolean':
      return sql`jsonb_typeof(${json}) = 'boolean'`
    case 'timestamp':
      return sql`${book.shared('is_json_timestamp')}(${json})`
    case 'date':
      return sql`${book.shared('is_json_date')}(${json})`
    case 'time':
      return sql`${book.shared('is_json_time')}(${json})`
    case 'json':
      return isAnyJson(structure, json)
    case 'enum':
      return enumCondition(place, structure, type.enum)
    case 'bytes':
      return bytesCondition(place, book, type)
    case 'vector':
      return sql`${book.shared('is_json_vector')}(${json}, ${numeral(type.dimensions)})`
    case 'object':
    case 'list':
    case 'map':
    case 'union':
      return sql`${structure.nested(structure, type)}(${json})`
    default:
      return unreachable(type)
  }
}
