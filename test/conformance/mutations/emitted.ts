import { type Mutation, mutationOf } from './mutation.js'

const zod = mutationOf('zod', 'Zod row', 'generators/zod', (entity) => `zod/${entity}.ts`)
const zodScalars = mutationOf('zod', 'Zod row', 'runtime/src/zod', () => 'runtime/zod/scalars.ts')
const functions = mutationOf('zod', 'Zod row', 'runtime/src', () => 'runtime/functions.ts')
const mongoose = mutationOf('mongoose', 'Mongoose model', 'generators/mongoose', (entity) => `mongoose/${entity}.ts`)
const validator = mutationOf('mongo', 'Mongo validator', 'generators/document', () => 'mongoose/validators.json')
const postgres = mutationOf('postgres', 'Postgres', 'generators/postgres', () => 'postgres/schema.sql')
const postgresUpdate = mutationOf('postgres', 'Postgres update', 'generators/postgres', () => 'postgres/schema.sql')
const jsonSchema = mutationOf(
  'json-schema',
  'JSON Schema row',
  'generators/json-schema',
  (entity) => `json-schema/${entity}.json`,
)

const inZod: readonly Mutation[] = [
  functions('lengths in UTF-16 units', ['word', 'code'], ['for (const _ of value) count += 1', 'count = value.length']),
  zod('a largest number one too high', ['amount', 'count'], ['.max(500)', '.max(501)']),
  zod('a shortest text one too short', ['word', 'slug'], ['atLeast: 2, atMost: 8', 'atLeast: 1, atMost: 8']),
  zodScalars(
    'snowflakes of 2^63',
    ['word', 'flake'],
    ["value <= '9223372036854775807'", "value <= '9223372036854775808'"],
  ),
  zodScalars('decimals of -0', ['amount', 'price'], [' || /^-[0.]*$/.test(value)', '']),
  zodScalars(
    'a digit more after the point',
    ['amount', 'price'],
    ['fraction.length <= scale', 'fraction.length <= scale + 1'],
  ),
  zodScalars(
    'digits before the point not counted',
    ['amount', 'price'],
    ['whole.length <= precision - scale', 'whole.length <= precision'],
  ),
  zodScalars('64 bits without a sign', ['amount', 'big'], ['.max(2n ** 63n - 1n)', '.max(2n ** 63n)']),
  zodScalars('16 bits without a sign', ['amount', 'small'], ['.max(32_767)', '.max(65_535)']),
  zodScalars('the year 0', ['word', 'day'], [" || value.startsWith('0000')", '']),
  zodScalars('24 hours', ['word', 'hour'], ['2[0-3]):[0-5]', '2[0-4]):[0-5]']),
  zodScalars('a last instant too early', ['amount', 'at'], ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.998Z']),
  zodScalars(
    'numbers of double precision',
    ['amount', 'single'],
    ['Math.fround(value) === value', 'Number.isFinite(value)'],
  ),
  zodScalars('a space at the end of a char', ['word', 'code'], ["!value.endsWith(' ')", 'value.length > 0']),
  zod('null as an item', ['word', 'links[0]'], ['links: z.array(url)', 'links: z.array(url.nullable())']),
  zod('null at the top of JSON', ['structure', 'data'], ['data: jsonInMongo,', 'data: jsonInMongo.nullable(),']),
  zodScalars('unknown keys', ['word', 'unknown'], ['z.strictObject(fields)', 'z.looseObject(fields)']),
  zodScalars('keys of a map with `$`', ['structure', 'texts{$a}'], ['/^\\$|\\./', '/\\./']),
]

const inMongo: readonly Mutation[] = [
  mongoose(
    'a longest text one too long',
    ['word', 'short'],
    ['short: text({ atMost: 5 })', 'short: text({ atMost: 6 })'],
  ),
  mongoose('a least number one too low', ['amount', 'count'], ['integer({ atLeast: 1,', 'integer({ atLeast: 0,']),
  mongoose(
    'a digit more after the point',
    ['amount', 'price'],
    ['decimal({ precision: 5, scale: 2 })', 'decimal({ precision: 6, scale: 3 })'],
  ),
  mongoose('null where there must be a value', ['word', 'hour'], ['hour: time()', 'hour: time({ nullable: true })']),
  validator(
    'a largest number one too high',
    ['amount', 'count'],
    ['"minimum": 1, "maximum": 500', '"minimum": 1, "maximum": 501'],
  ),
  validator(
    'a longest text one too long',
    ['word', 'short'],
    ['"short": { "bsonType": "string", "maxLength": 5', '"short": { "bsonType": "string", "maxLength": 6'],
  ),
  validator(
    'a key that may be missing',
    ['entry', 'is_open'],
    ['"required": ["_id", "made_by", "is_open",', '"required": ["_id", "made_by",'],
  ),
  validator(
    'a unique for the wrong rows',
    ['entry', 'page'],
    ['{ "is_open": true, "page"', '{ "is_open": false, "page"'],
  ),
  validator('a partial unique for all rows', ['entry', 'page'], ['{ "is_open": true, "page"', '{ "page"']),
  validator(
    'a unique of one field of two',
    ['entry', 'note'],
    ['{ "note": 1, "page": 1 }', '{ "note": 1, "is_open": 1, "page": 1, "made_by": 1 }'],
  ),
]

const inPostgres: readonly Mutation[] = [
  postgres(
    'an enum without one of its values',
    ['word', 'mood'],
    ["AS ENUM ('low', 'high')", "AS ENUM ('low', 'other')"],
  ),
  postgres('a largest number one too low', ['amount', 'count'], ['count BETWEEN 1 AND 500', 'count BETWEEN 1 AND 499']),
  postgres('lengths in bytes', ['word', 'kept'], ['char_length(kept) <= 5', 'octet_length(kept) <= 5']),
  postgres('a column one too wide', ['word', 'short'], ['short varchar(5)', 'short varchar(6)']),
  postgres('snowflakes of 0', ['word', 'flake'], ['(flake > 0)', '(flake >= 0)']),
  postgres('instants without milliseconds', ['amount', 'at'], ['  at timestamptz(3)', '  at timestamptz(0)']),
  postgres('decimals of fewer digits', ['amount', 'ledger'], ['ledger numeric(20, 4)', 'ledger numeric(20, 3)']),
  postgres(
    'a computed column of another expression',
    ['bill', null],
    ['pieces::numeric * rate', 'pieces::numeric + rate'],
  ),
  postgres('a unique for the wrong rows', ['entry', 'page'], ['(page) WHERE is_open', '(page) WHERE NOT is_open']),
  postgres('a partial unique for all rows', ['entry', 'page'], ['(page) WHERE is_open', '(page)']),
  postgres('nulls of a unique as distinct', ['entry', 'note'], ['UNIQUE NULLS NOT DISTINCT', 'UNIQUE']),
  postgresUpdate(
    'an immutable column that changes',
    ['entry', 'made_by'],
    ['OLD.made_by IS DISTINCT FROM NEW.made_by OR', 'false OR'],
  ),
  postgres('a check that compares the other way', ['amount', 'yes'], ['price <= fee OR yes', 'price >= fee OR yes']),
  postgres('a null among the items', ['word', 'moods[0]'], ['array_position(moods, NULL) IS NULL', 'true']),
]

const inJsonSchema: readonly Mutation[] = [
  jsonSchema(
    'a largest number one too high',
    ['amount', 'count'],
    ['"minimum": 1, "maximum": 500', '"minimum": 1, "maximum": 501'],
  ),
  jsonSchema(
    'a longest text one too long',
    ['word', 'short'],
    ['"short": { "$ref": "#/$defs/text", "maxLength": 5 }', '"short": { "$ref": "#/$defs/text", "maxLength": 6 }'],
  ),
  jsonSchema(
    '16 bits without a sign',
    ['amount', 'small'],
    ['"minimum": -32768, "maximum": 32767', '"minimum": -32768, "maximum": 65535'],
  ),
]

/** Emitters that get one rule wrong, each as the text that it would emit. */
export const emittedMutations: readonly Mutation[] = [...inZod, ...inMongo, ...inPostgres, ...inJsonSchema]
