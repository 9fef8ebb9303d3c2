import { formInMongo } from '../../model/decimal.js'
import type { DurationUnit, Type } from '../../model/index.js'

/** How a type of the language is made from what stands in its brackets; a text is the form that it wanted instead. */
export type Make = (given: readonly string[], place: BuiltinPlace) => Type | { readonly form: string }

/** `entity`: where the field stands. `keyOf`: the same, when the field is its key. */
export interface BuiltinPlace {
  readonly entity: string | null
  readonly keyOf: string | null
}

const unlimited = { min: null, max: null } as const
const anyLength = { minLength: null, maxLength: null } as const

/** Postgres: the greatest n of varchar(n) and char(n), manual section 8.3. */
const longestText = 10_485_760
/** Postgres: the greatest precision that can be declared, manual section 8.1.2. */
const mostDigits = 1000
/** pgvector: the most dimensions a column can have. */
const mostDimensions = 16_000

const wholeNumber = (text: string | undefined, from: number, to: number): number | null => {
  if (text === undefined || !/^\d{1,9}$/.test(text)) return null
  const value = Number(text)
  return value >= from && value <= to ? value : null
}

const plain =
  (name: string, make: (place: BuiltinPlace) => Type): Make =>
  (given, place) =>
    given.length === 0 ? make(place) : { form: `\`${name}\`, without brackets` }

const snowflake: Make = (given, { keyOf }) => {
  const [brand = keyOf ?? 'snowflake'] = given
  if (given.length > 1 || !given.every((name) => /^[a-z][a-z0-9_]*$/.test(name)))
    return { form: '`snowflake` or `snowflake(guild)`' }
  return { kind: 'snowflake', brand, as: null }
}

const sized =
  (form: 'string' | 'char'): Make =>
  (given) => {
    const length = wholeNumber(given[0], 1, longestText)
    if (given.length === 0 && form === 'string')
      return { form: `\`text\`, or \`string(100)\` with a length from 1 to ${longestText}` }
    if (given.length !== 1 || length === null) return { form: `\`${form}(100)\`: a length from 1 to ${longestText}` }
    return {
      kind: 'text',
      form,
      minLength: form === 'char' ? length : null,
      maxLength: length,
      pattern: null,
      as: null,
    }
  }

const decimal: Make = (given) => {
  const precision = wholeNumber(given[0], 1, mostDigits)
  const scale = given.length === 1 ? 0 : wholeNumber(given[1], 0, mostDigits)
  if (given.length === 0 || given.length > 2 || precision === null || scale === null || scale > precision) {
    return { form: '`decimal(10, 2)`: digits in all, and digits after the point' }
  }
  return { kind: 'decimal', precision, scale, inMongo: formInMongo(precision), ...unlimited }
}

const timestamp: Make = (given) => {
  const [unit] = given
  if (given.length > 1 || (unit !== undefined && unit !== 'ms')) return { form: '`timestamp` or `timestamp(ms)`' }
  return { kind: 'timestamp', form: unit === 'ms' ? 'milliseconds' : 'instant', zoned: null, precision: null }
}

const units: readonly DurationUnit[] = ['ms', 'seconds', 'minutes', 'hours', 'days']

const duration: Make = (given) => {
  const unit = units.find((known) => known === given[0])
  if (given.length !== 1 || unit === undefined)
    return { form: '`duration(seconds)`: ms, seconds, minutes, hours or days' }
  return { kind: 'duration', unit, as: 'integer', ...unlimited }
}

const vector: Make = (given) => {
  const dimensions = wholeNumber(given[0], 1, mostDimensions)
  if (given.length !== 1 || dimensions === null) return { form: `\`vector(768)\`: 1 to ${mostDimensions} dimensions` }
  return { kind: 'vector', dimensions, as: 'vector' }
}

const integer = (width: 'smallint' | 'integer' | 'long'): Make =>
  plain(width, () => ({ kind: 'integer', width, ...unlimited }))

const format = (name: 'url' | 'email' | 'color'): Make =>
  plain(name, () => ({ kind: 'format', format: name, ...anyLength }))

const big = (form: 'bigint' | 'bitfield'): Make => plain(form, () => ({ kind: 'bigint', form, ...unlimited }))

/** The types of the language that hold no others, by their names. */
export const builtins: Readonly<Record<string, Make>> = {
  snowflake,
  identity: plain('identity', ({ entity }) => ({
    kind: 'identity',
    brand: entity ?? 'identity',
    row: false,
    as: null,
  })),
  uuid: plain('uuid', ({ keyOf }) => ({ kind: 'uuid', brand: keyOf ?? 'uuid', row: false })),
  objectid: plain('objectid', ({ keyOf }) => ({ kind: 'objectid', brand: keyOf ?? 'objectid', row: false })),
  text: plain('text', () => ({ kind: 'text', form: 'text', ...anyLength, pattern: null, as: null })),
  string: sized('string'),
  char: sized('char'),
  smallint: integer('smallint'),
  integer: integer('integer'),
  long: integer('long'),
  bigint: big('bigint'),
  bitfield: big('bitfield'),
  real: plain('real', () => ({ kind: 'float', width: 'real', ...unlimited })),
  float: plain('float', () => ({ kind: 'float', width: 'double', ...unlimited })),
  decimal,
  boolean: plain('boolean', () => ({ kind: 'boolean' })),
  timestamp,
  date: plain('date', () => ({ kind: 'date' })),
  time: plain('time', () => ({ kind: 'time' })),
  duration,
  url: format('url'),
  email: format('email'),
  color: format('color'),
  json: plain('json', () => ({ kind: 'json', as: 'jsonb' })),
  bytes: plain('bytes', () => ({ kind: 'bytes', ...anyLength })),
  vector,
}

/** Every word that means a type by itself: those above, those that hold others, and the one that `fields:` stand for. */
export const builtinNames: ReadonlySet<string> = new Set([
  ...Object.keys(builtins),
  'list',
  'map',
  'union',
  'enum',
  'ref',
  'object',
])
