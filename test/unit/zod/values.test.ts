import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import type { Store } from '../../../generators/model/store.js'
import type { Type } from '../../../generators/model/type.js'
import { loadModule, type Validator, validator } from './load.js'
import {
  boolean,
  decimal,
  double,
  entity,
  enumDefinition,
  enumeration,
  field,
  identity,
  list,
  long,
  map,
  object,
  objectDefinition,
  origin,
  real,
  schemaSet,
  snowflake,
  text,
  timestamp,
} from './model.js'

interface Values {
  readonly type: Type
  readonly good: readonly unknown[]
  readonly bad: readonly unknown[]
  readonly stores?: readonly Store[]
}

const own = (json: string): unknown => JSON.parse(json)
const huge = 9223372036854775807n

const tables: Readonly<Record<string, Values>> = {
  text: {
    type: text(),
    good: ['', ' ', 'trailing ', '😀', '\u0001', 'e\u0301'],
    bad: ['a\0b', '\ud83d', '\udc00x', 1, new String('a'), ['a']],
  },
  'string(3)': {
    type: text({ form: 'string', maxLength: 3 }),
    good: ['', 'abc', '😀😀😀', 'ab '],
    bad: ['abcd', '😀😀😀😀', 'abc '],
  },
  'char(2)': {
    type: text({ form: 'char', maxLength: 2 }),
    good: ['ab', ' b', '😀😀'],
    bad: ['a', 'abc', 'a ', '  ', ''],
  },
  'pattern with limits': {
    type: text({
      minLength: 2,
      maxLength: 4,
      pattern: { source: '^[a-z/]+$', postgres: '', pcre: '', bytes: { longest: null, each: 1 }, origin },
    }),
    good: ['ab', 'a/b'],
    bad: ['a', 'abcde', 'AB', 'ab\n'],
  },
  snowflake: {
    type: snowflake('guild'),
    good: ['1', '123456789012345678', String(huge)],
    bad: [
      '0',
      '01',
      '-1',
      '',
      '9223372036854775808',
      '99999999999999999999',
      123456789012345678n,
      12345,
      '1.0',
      ' 1',
      '1\n',
      '１',
    ],
  },
  'identity of both stores': {
    type: identity('sample'),
    good: ['1', String(huge), '0123456789abcdef01234567'],
    bad: ['0', '0123456789ABCDEF01234567', '9223372036854775808', 1],
  },
  'identity of Postgres': {
    type: identity('sample'),
    stores: ['postgres'],
    good: ['7'],
    bad: ['0123456789abcdef01234567'],
  },
  'identity of Mongo': { type: identity('sample'), stores: ['mongo'], good: ['0123456789abcdef01234567'], bad: ['7'] },
  uuid: {
    type: { kind: 'uuid', brand: 'uuid', row: false },
    good: ['00000000-0000-0000-0000-000000000000', 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6'],
    bad: [
      'F81D4FAE-7dec-11d0-a765-00a0c91e6bf6',
      'f81d4fae7dec11d0a76500a0c91e6bf6',
      '{f81d4fae-7dec-11d0-a765-00a0c91e6bf6}',
    ],
  },
  objectid: {
    type: { kind: 'objectid', brand: 'objectid', row: false },
    good: ['0123456789abcdef01234567'],
    bad: ['0123456789ABCDEF01234567', '12'],
  },
  smallint: {
    type: { kind: 'integer', width: 'smallint', min: null, max: null },
    good: [0, -32768, 32767],
    bad: [32768, -32769, 1.5, '1', 1n, Number.NaN],
  },
  integer: {
    type: { kind: 'integer', width: 'integer', min: null, max: null },
    good: [2147483647, -2147483648],
    bad: [2147483648, -2147483649, Infinity, true],
  },
  'integer within limits': {
    type: { kind: 'integer', width: 'integer', min: 1, max: 10 },
    good: [1, 10],
    bad: [0, 11],
  },
  long: { type: long, good: [9007199254740991, -9007199254740991], bad: [9007199254740992, 1e300] },
  bigint: {
    type: { kind: 'bigint', form: 'bigint', min: null, max: null },
    good: [0n, huge, -huge - 1n],
    bad: [huge + 1n, -huge - 2n, 1, '1'],
  },
  'bitfield within limits': {
    type: { kind: 'bigint', form: 'bitfield', min: 0n, max: 8n },
    good: [0n, 8n],
    bad: [-1n, 9n],
  },
  double: { type: double, good: [0.1, 1e308, 5e-324, -0], bad: [Number.NaN, Infinity, -Infinity, '1'] },
  real: {
    type: real,
    good: [0.5, 16777216, Math.fround(0.1), 3.4028234663852886e38],
    bad: [0.1, 16777217, 3.5e38, 1e300],
  },
  'float within limits': {
    type: { kind: 'float', width: 'double', min: 0, max: 1 },
    good: [0, 1, 0.5],
    bad: [-0.1, 1.1],
  },
  decimal: {
    type: decimal,
    good: ['0', '12345678.90', '-12345678.9', '1.5', '0.10'],
    bad: ['1.234', '123456789', '01', '+1', '1.', '.5', '-0', '-0.00', '1e3', 1.5, '', ' 1', 'NaN', '0.1\n'],
  },
  'decimal of fractions only': {
    type: { kind: 'decimal', precision: 2, scale: 2, inMongo: 'decimal128', min: null, max: null },
    good: ['0', '0.25', '-0.25'],
    bad: ['1', '1.00'],
  },
  'decimal within limits': {
    type: {
      kind: 'decimal',
      precision: 20,
      scale: 2,
      inMongo: 'decimal128',
      min: '-0.5',
      max: '123456789012345678.10',
    },
    good: ['-0.5', '-0.50', '0', '123456789012345678.1'],
    bad: ['-0.51', '123456789012345678.11'],
  },
  boolean: { type: boolean, good: [true, false], bad: [0, 1, 'true', ''] },
  timestamp: {
    type: timestamp,
    good: [new Date(0), new Date('0001-01-01T00:00:00Z'), new Date('9999-12-31T23:59:59.999Z')],
    bad: [
      new Date(Number.NaN),
      new Date('0000-12-31T23:59:59.999Z'),
      new Date('+010000-01-01T00:00:00Z'),
      0,
      '2020-01-01T00:00:00Z',
    ],
  },
  date: {
    type: { kind: 'date' },
    good: ['2024-02-29', '0001-01-01', '9999-12-31', '2000-02-29'],
    bad: [
      '2023-02-29',
      '1900-02-29',
      '2023-04-31',
      '0000-01-01',
      '2023-13-01',
      '2023-1-1',
      '10000-01-01',
      '2023-01-01T00:00:00Z',
      new Date(0),
    ],
  },
  time: {
    type: { kind: 'time' },
    good: ['00:00:00', '23:59:59.999', '10:00:00.5'],
    bad: ['24:00:00', '10:00', '10:00:60', '10:00:00.1234', '10:00:00+00', '1:00:00'],
  },
  'duration(minutes)': {
    type: { kind: 'duration', unit: 'minutes', as: 'integer', min: 0, max: null },
    good: [0, 2147483647],
    bad: [-1, 2147483648, 1.5],
  },
  'duration(ms)': {
    type: { kind: 'duration', unit: 'ms', as: 'integer', min: null, max: null },
    good: [2147483648],
    bad: [0.5],
  },
  url: {
    type: { kind: 'format', format: 'url', minLength: null, maxLength: 20 },
    good: ['https://a.b/c'],
    bad: ['ftp://a', 'https://', 'https://a b', `https://${'a'.repeat(20)}`],
  },
  email: {
    type: { kind: 'format', format: 'email', minLength: null, maxLength: null },
    good: ['a@b.c'],
    bad: ['a@b', 'a b@c.d', '@b.c'],
  },
  color: {
    type: { kind: 'format', format: 'color', minLength: null, maxLength: null },
    good: ['#fff', '#A1b2C3'],
    bad: ['fff', '#ffff', '#ggg'],
  },
  json: {
    type: { kind: 'json', as: 'jsonb' },
    good: [0, '', false, [], {}, [null], { a: { b: [1, 'x', null] } }, { toJSON: 1, 'a.b': 2, $c: 3 }],
    bad: [
      Infinity,
      [Number.NaN],
      { a: undefined },
      { a: [own('{"constructor": 1}')] },
      { _bsontype: 'Long' },
      [{ $ref: 'a', $id: 'b' }],
      { a: 1n },
      new Date(0),
      'a\0',
      { 'k\0': 1 },
      { a: '\ud800' },
      new Array(1),
      () => 1,
      new Map(),
    ],
  },
  list: {
    type: list(text(), { minItems: 1, maxItems: 2 }),
    good: [['a'], ['a', 'b']],
    bad: [[], ['a', 'b', 'c'], [null], new Array(1), 'a', { 0: 'a', length: 1 }],
  },
  map: {
    type: { kind: 'map', of: long, minItems: null, maxItems: 2 },
    good: [{}, { a: 1 }, { '': 1 }, { a$: 1 }, Object.assign(Object.create(null), { a: 1 })],
    bad: [
      { 'a.b': 1 },
      { $a: 1 },
      { valueOf: 1 },
      own('{"__proto__": 1}'),
      { 'a\0': 1 },
      { a: null },
      { a: 1, b: 2, c: 3 },
      [],
      new Map([['a', 1]]),
      new Date(0),
    ],
  },
  enum: { type: enumeration('mood'), good: ['good', ''], bad: ['Good', 'toString', 0] },
  'enum of numbers': { type: enumeration('rank'), good: [1, -2], bad: ['1', 3, 1n] },
  bytes: {
    type: { kind: 'bytes', minLength: 1, maxLength: 2 },
    good: [Uint8Array.of(1), Buffer.from('ab')],
    bad: [new Uint8Array(0), new Uint8Array(3), [1], 'a', new Uint16Array(1), new ArrayBuffer(1)],
  },
  vector: {
    type: { kind: 'vector', dimensions: 2, as: 'vector' },
    good: [[0.1, -1]],
    bad: [[1], [1, 2, 3], [1, Number.NaN], [1, 1e300], [1, '2'], [1, null]],
  },
  union: {
    type: { kind: 'union', of: [long, text({ maxLength: 2 }), object('point')] },
    good: [1, 'ab', { x: 1 }],
    bad: ['abc', true, { x: 'a' }, { y: 1 }, []],
  },
  object: {
    type: object('point'),
    good: [{ x: 1 }, { x: 1, note: 'a' }, { x: 1, note: null }, Object.assign(Object.create(null), { x: 1 })],
    bad: [
      {},
      { x: null },
      { x: 1, z: 1 },
      own('{"x": 1, "__proto__": 2}'),
      Object.create({ x: 1 }),
      Object.assign(new Date(0), { x: 1 }),
      [],
    ],
  },
}

const setOf = ({ type, stores = ['postgres', 'mongo'] }: Values) =>
  schemaSet({
    stores,
    entities: [
      entity('sample', [field('id', identity('sample'), { maintained: 'store' }), field('value', type)], { stores }),
    ],
    objects: [
      objectDefinition('point', [
        field('x', long),
        field('note', text(), { optional: true, nullable: true }),
        field('constructor', map(text()), { optional: true }),
      ]),
    ],
    enums: [enumDefinition('mood', ['good', '']), enumDefinition('rank', [1, -2])],
  })

const accepts = (schema: Validator, row: object): boolean => schema.safeParse(row).success

describe.each(Object.entries(tables))('%s', (_, values) => {
  it('is accepted in a row, an insert and a patch, or in none of them', async () => {
    const exports = await loadModule(setOf(values), 'sample')
    const id = values.stores?.[0] === 'mongo' ? '0123456789abcdef01234567' : '1'
    const verdicts = (value: unknown) => [
      accepts(validator(exports, 'sampleSchema'), { id, value }),
      accepts(validator(exports, 'newSampleSchema'), { value }),
      accepts(validator(exports, 'samplePatchSchema'), { value }),
    ]
    for (const value of values.good) expect(verdicts(value), inspect(value)).toEqual([true, true, true])
    for (const value of [...values.bad, null, Symbol('s')]) {
      expect(verdicts(value), inspect(value)).toEqual([false, false, false])
    }
  })
})

describe('a row', () => {
  it('has no negative zero', async () => {
    const exports = await loadModule(setOf({ type: double, good: [], bad: [] }), 'sample')
    const parsed = validator(exports, 'sampleSchema').parse({ id: '1', value: -0 })
    expect(parsed).toEqual({ id: '1', value: 0 })
    expect(validator(exports, 'sampleJson').encode({ id: '1', value: -0 })).toEqual({ id: '1', value: 0 })
  })
  it('is exactly its own keys', async () => {
    const schema = validator(await loadModule(setOf({ type: long, good: [], bad: [] }), 'sample'), 'sampleSchema')
    expect(schema.safeParse({ id: '1' }).success).toBe(false)
    expect(schema.safeParse({ id: '1', value: 1, more: 1 }).success).toBe(false)
    expect(schema.safeParse(Object.create({ id: '1', value: 1 })).success).toBe(false)
    expect(schema.safeParse(own('{"id": "1", "value": 1, "__proto__": null}')).success).toBe(false)
  })
  it('refuses a key in a patch, and anything that is no plain object', async () => {
    const schema = validator(await loadModule(setOf({ type: long, good: [], bad: [] }), 'sample'), 'samplePatchSchema')
    expect(schema.safeParse({}).success).toBe(true)
    for (const value of [{ id: '1' }, [], new Date(0), new Map(), null, 1])
      expect(schema.safeParse(value).success).toBe(false)
  })
})
