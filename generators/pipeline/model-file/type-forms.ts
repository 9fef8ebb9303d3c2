import type { Pattern, Type } from '../../model/type.js'
import {
  always,
  bigint,
  choice,
  type Form,
  later,
  listOf,
  nullOr,
  number,
  special,
  text,
  truth,
  unless,
  variants,
} from './form.js'

const bound = nullOr(number)
const length = { minLength: unless(null, bound), maxLength: unless(null, bound) }
const limits = { min: unless(null, bound), max: unless(null, bound) }
const items = { minItems: unless(null, bound), maxItems: unless(null, bound) }
const id = { brand: always(text), row: unless(false, truth) }
const pattern: Form<Pattern> = special('pattern')

export const typeForm: Form<Type> = variants<Type>({
  snowflake: { brand: always(text), as: unless(null, nullOr(choice('bigint', 'text'))) },
  identity: { ...id, as: unless(null, nullOr(choice('identity', 'serial', 'bigserial', 'int'))) },
  uuid: id,
  objectid: id,
  text: {
    form: unless('text', choice('text', 'string', 'char')),
    ...length,
    pattern: unless(null, nullOr(pattern)),
    as: unless(null, nullOr(choice('text', 'varchar'))),
  },
  integer: { width: unless('integer', choice('smallint', 'integer', 'long')), ...limits },
  bigint: {
    form: unless('bigint', choice('bigint', 'bitfield')),
    min: unless(null, nullOr(bigint)),
    max: unless(null, nullOr(bigint)),
  },
  float: { width: unless('double', choice('real', 'double')), ...limits },
  decimal: {
    precision: always(number),
    scale: always(number),
    inMongo: unless('decimal128', choice('decimal128', 'text')),
    min: unless(null, nullOr(text)),
    max: unless(null, nullOr(text)),
  },
  boolean: {},
  timestamp: {
    form: unless('instant', choice('instant', 'milliseconds')),
    zoned: unless(null, nullOr(truth)),
    precision: unless(null, nullOr(choice(3, 6))),
  },
  date: {},
  time: {},
  duration: {
    unit: always(choice('ms', 'seconds', 'minutes', 'hours', 'days')),
    as: unless('integer', choice('integer', 'interval')),
    ...limits,
  },
  format: { format: always(choice('url', 'email', 'color')), ...length },
  json: { as: unless('jsonb', choice('jsonb', 'json')) },
  object: { object: always(text) },
  list: { of: always(later(() => typeForm)), ...items, as: unless(null, nullOr(choice('array', 'jsonb'))) },
  map: { of: always(later(() => typeForm)), ...items },
  enum: { enum: always(text) },
  bytes: length,
  vector: { dimensions: always(number), as: unless('vector', choice('vector', 'real[]')) },
  union: { of: always(listOf(later(() => typeForm))) },
})
