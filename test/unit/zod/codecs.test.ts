import { PGlite } from '@electric-sql/pglite'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { deserialize, serialize } from 'bson'
import mongoose from 'mongoose'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ModuleExports } from '../../../generators/engines/script/load.js'
import { jsonSchema } from '../../../generators/json-schema/index.js'
import type { Field } from '../../../generators/model/field.js'
import type { Type } from '../../../generators/model/type.js'
import { loadModule, validator } from './load.js'
import {
  bigint,
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
  real,
  schemaSet,
  snowflake,
  text,
  timestamp,
} from './model.js'

interface Column {
  readonly field: Field
  readonly sql: string
  readonly value: unknown
}

const column = (name: string, type: Type, sql: string, value: unknown, parts: Partial<Field> = {}): Column => ({
  field: field(name, type, parts),
  sql,
  value,
})

const naive: Type = { kind: 'timestamp', form: 'instant', zoned: false, precision: null }
const epoch: Type = { kind: 'timestamp', form: 'milliseconds', zoned: null, precision: null }
const bytes: Type = { kind: 'bytes', minLength: null, maxLength: null }
const date: Type = { kind: 'date' }
const time: Type = { kind: 'time' }
const json: Type = { kind: 'json', as: 'jsonb' }
const interval = (unit: 'ms' | 'minutes' | 'days'): Type => ({
  kind: 'duration',
  unit,
  as: 'interval',
  min: null,
  max: null,
})

const instant = new Date('2024-07-01T12:34:56.789Z')
/** PGlite's own parser takes an earlier year for one of this century. */
const early = new Date('0100-01-01T00:00:00.000Z')
const wide = 9223372036854775807n
const details = {
  at: instant,
  flags: wide,
  raw: Uint8Array.of(0, 255),
  note: null,
  owner: '0123456789abcdef01234567',
  times: [instant, early],
  sizes: { small: 1n, 'very large': -wide },
}

const columns: readonly Column[] = [
  column('guild_id', snowflake('guild'), 'bigint', '123456789012345678'),
  column('text_id', { kind: 'snowflake', brand: 'user', as: 'text' }, 'text', '9223372036854775807'),
  column('reason', text(), 'text', 'Ünïcode \u{1f600} "quoted" \\ '),
  column('nothing', text(), 'text', null, { nullable: true }),
  column('total', long, 'bigint', 9007199254740991),
  column('flags', bigint, 'bigint', -wide - 1n),
  column('ratio', double, 'double precision', 0.1),
  column('single', real, 'real', Math.fround(0.1)),
  column('price', decimal, 'numeric(10, 2)', '12345678.90'),
  column('active', boolean, 'boolean', true),
  column('created_at', timestamp, 'timestamptz(3)', instant),
  column('first_at', timestamp, 'timestamptz(3)', early),
  column('naive_at', naive, 'timestamp(3)', instant),
  column('epoch_at', epoch, 'bigint', instant),
  column('day', date, 'date', '2024-02-29'),
  column('first_day', date, 'date', '0001-01-01'),
  column('at', time, 'time(3)', '23:59:59.5'),
  column('pause', interval('ms'), 'interval', -90_061_001),
  column('wait', interval('minutes'), 'interval', 100_000),
  column('trial', interval('days'), 'interval', 400),
  column('mood', enumeration('mood'), 'mood', 'very "good", {really}'),
  column('moods', list(enumeration('mood')), 'mood[]', ['low', 'very "good", {really}']),
  column('star', enumeration('star'), 'smallint', 3),
  column('stars', list(enumeration('star')), 'smallint[]', [1, 3]),
  column('taste', { kind: 'vector', dimensions: 2, as: 'real[]' }, 'real[]', [1, 0.5]),
  column('ids', list(snowflake('guild')), 'bigint[]', ['1', '123456789012345678']),
  column('sizes', list(bigint), 'bigint[]', [wide, 0n]),
  column('prices', list(decimal), 'numeric(10, 2)[]', ['1.50', '2.25']),
  column('days', list(date), 'date[]', ['2024-02-29', '1999-12-31']),
  column('times', list(timestamp), 'timestamptz(3)[]', [instant]),
  column('names', list(text()), 'text[]', ['a "b"', '{c,d}', '', 'NULL', 'e\\f']),
  column('empty', list(long), 'bigint[]', []),
  column('raw', bytes, 'bytea', Uint8Array.of(0, 1, 255)),
  column('blobs', list(bytes), 'bytea[]', [Uint8Array.of(1), Uint8Array.of(0, 2)]),
  column('extra', json, 'jsonb', { b: [1, null, 'x'], a: { $c: true } }),
  column('word', json, 'jsonb', 'just "text"'),
  column('array', json, 'jsonb', [1, 'a']),
  column('details', object('details'), 'jsonb', details),
  column('no_details', object('details'), 'jsonb', null, { nullable: true }),
  column('parts', list(object('details')), 'jsonb', [details]),
  column('when', map(timestamp), 'jsonb', { first: early }),
  column('either', { kind: 'union', of: [long, list(bigint)] }, 'jsonb', [wide]),
  column('odd name', timestamp, 'timestamptz(3)', instant, { property: 'oddName' }),
]

const sample = entity('sample', [
  field('id', identity('sample'), { maintained: 'store' }),
  ...columns.map((one) => one.field),
])

const set = schemaSet({
  entities: [sample],
  objects: [
    objectDefinition('details', [
      field('at', timestamp),
      field('flags', bigint),
      field('raw', bytes),
      field('note', text(), { nullable: true }),
      field('owner id', identity('sample'), { property: 'owner' }),
      field('times', list(timestamp)),
      field('sizes', map(bigint)),
    ]),
  ],
  enums: [enumDefinition('mood', ['low', 'very "good", {really}']), enumDefinition('star', [1, 3])],
})

const values = Object.fromEntries(columns.map((one) => [one.field.property, one.value]))

let exports: ModuleExports
beforeAll(async () => {
  exports = await loadModule(set, 'sample')
})

const zone = process.env['TZ']
afterEach(() => {
  if (zone === undefined) delete process.env['TZ']
  else process.env['TZ'] = zone
})

describe('the JSON codec', () => {
  it('takes a row through JSON and back', () => {
    const codec = validator(exports, 'sampleJson')
    const row = { id: '7', ...values }
    const sent = JSON.stringify(codec.encode(row))
    expect(codec.decode(JSON.parse(sent))).toEqual(row)
    expect(JSON.parse(sent)).toMatchObject({
      flags: '-9223372036854775808',
      raw: 'AAH/',
      created_at: '2024-07-01T12:34:56.789Z',
    })
  })

  it('writes what the JSON Schema of the entity takes', async () => {
    const unit = jsonSchema.units(set, {}).value.find(({ id }) => id.includes('sample'))
    const [part] = (await unit?.emit())?.value ?? []
    const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(JSON.parse(part?.text ?? 'false'))
    const sent = JSON.stringify(validator(exports, 'sampleJson').encode({ id: '7', ...values }))
    validate(JSON.parse(sent))
    expect(validate.errors).toBeNull()
  })

  it('reads no other text for an instant, a whole number or bytes', () => {
    const codec = validator(exports, 'sampleJson')
    const form = codec.encode({ id: '7', ...values }) as Record<string, unknown>
    const bad: Readonly<Record<string, readonly unknown[]>> = {
      created_at: [
        '2023-02-30T00:00:00Z',
        '2024-07-01',
        '2024-07-01T12:34:56.789+02:00',
        '2024-07-01T24:00:00Z',
        0,
        null,
      ],
      flags: ['01', '-0', '1.0', '', ' 1', '9223372036854775808', 5],
      raw: ['A', 'AAH=', 'AA H', 'AA_-', null],
    }
    for (const [key, texts] of Object.entries(bad)) {
      for (const wrong of texts) {
        const read = () => codec.decode({ ...form, [key]: wrong })
        expect(read, `${key} ${wrong}`).toThrow()
      }
    }
  })

  it('refuses to write what is no row', () => {
    const codec = validator(exports, 'sampleJson')
    expect(() => codec.encode({ id: '7', ...values, price: '1.234' })).toThrow()
    expect(() => codec.encode({ id: '7', ...values, more: 1 })).toThrow()
  })
})

describe('the Postgres codec', () => {
  let db: PGlite
  const names = columns.map((one) => `"${one.field.name}"`)

  beforeAll(async () => {
    db = await PGlite.create()
    await db.exec(`CREATE TYPE mood AS ENUM ('low', 'very "good", {really}')`)
    await db.exec(
      `CREATE TABLE samples (id bigint GENERATED ALWAYS AS IDENTITY, ${columns.map((one, at) => `${names[at]} ${one.sql}`).join(', ')})`,
    )
  }, 60_000)
  afterAll(() => db.close())

  const insert = async (): Promise<string> => {
    const parameters = validator(exports, 'samplePostgres').encode({ id: '7', ...values }) as Record<string, unknown>
    const holes = columns.map((one, at) => `$${at + 1}::${one.sql}`)
    const given = columns.map((one) => parameters[one.field.name])
    const inserted = await db.query<{ id: number }>(
      `INSERT INTO samples (${names.join(', ')}) VALUES (${holes.join(', ')}) RETURNING id`,
      given,
    )
    return String(inserted.rows[0]?.id)
  }

  /** A row as the server sends it, before any driver reads it. */
  const rowAsText = async (id: string) => {
    const described = await db.query('SELECT * FROM samples WHERE false')
    const parsers = Object.fromEntries(described.fields.map(({ dataTypeID }) => [dataTypeID, (value: string) => value]))
    return db.query<Record<string, string | null>>('SELECT * FROM samples WHERE id = $1', [id], { parsers })
  }

  it.each(['UTC', 'America/St_Johns', 'Asia/Kathmandu', 'Pacific/Kiritimati'])(
    'reads what PGlite returns in %s',
    async (machineZone) => {
      process.env['TZ'] = machineZone
      const id = await insert()
      const { rows } = await db.query('SELECT * FROM samples WHERE id = $1', [id])
      expect(validator(exports, 'samplePostgres').decode(rows[0])).toEqual({ id, ...values })
    },
  )

  it.each(['UTC', 'America/St_Johns', 'Asia/Kathmandu', 'Pacific/Kiritimati'])(
    'reads what pg returns in %s',
    async (machineZone) => {
      process.env['TZ'] = machineZone
      const id = await insert()
      const { rows, fields } = await rowAsText(id)
      const row = Object.fromEntries(
        fields.map(({ name, dataTypeID }) => {
          const value = rows[0]?.[name] ?? null
          return [name, value === null ? null : pg.types.getTypeParser(dataTypeID)(value)]
        }),
      )
      expect(row['total']).toBe('9007199254740991')
      expect(validator(exports, 'samplePostgres').decode(row)).toEqual({ id, ...values })
    },
  )

  it('writes parameters that pg sends as they are', () => {
    process.env['TZ'] = 'Asia/Kathmandu'
    const parameters = validator(exports, 'samplePostgres').encode({ id: '7', ...values }) as Record<string, unknown>
    expect(parameters['naive_at']).toBe('2024-07-01T12:34:56.789Z')
    expect(parameters['array']).toBe('[1,"a"]')
    expect(parameters['flags']).toBe('-9223372036854775808')
  })

  it('reads finer digits of a second as the millisecond they are in', () => {
    const codec = validator(exports, 'samplePostgres')
    const parameters = codec.encode({ id: '7', ...values }) as Record<string, unknown>
    const read = (created_at: unknown) =>
      codec.decode({
        ...parameters,
        created_at,
        details: JSON.parse(String(parameters['details'])),
        parts: JSON.parse(String(parameters['parts'])),
        when: JSON.parse(String(parameters['when'])),
        either: JSON.parse(String(parameters['either'])),
      }) as { created_at: Date }
    expect(read('2024-07-01 12:34:56.789999+00').created_at).toEqual(instant)
    expect(read('1969-12-31 23:59:59.9999+00').created_at.getTime()).toBe(-1)
    expect(read('2024-07-01 18:19:56.789+05:45').created_at).toEqual(instant)
    for (const wrong of ['infinity', '-infinity', '0044-03-15 00:00:00+00 BC', Number.POSITIVE_INFINITY]) {
      expect(() => read(wrong), String(wrong)).toThrow()
    }
  })
})

describe('the Mongo codec', () => {
  const { ObjectId, Decimal128 } = mongoose.Types
  const id = '0123456789abcdef01234567'
  const row = { id, ...values }

  it.each([
    ['as the driver is by default', {}],
    ['with useBigInt64', { useBigInt64: true }],
    ['without promotion', { promoteValues: false, promoteLongs: false, promoteBuffers: false }],
    ['with buffers', { promoteBuffers: true }],
  ])('takes a row through BSON and back, %s', (_, options) => {
    const codec = validator(exports, 'sampleMongo', ObjectId, Decimal128)
    const document = codec.encode(row) as Record<string, unknown>
    expect(document['_id']).toBeInstanceOf(ObjectId)
    expect(document['odd name']).toEqual(instant)
    const stored = deserialize(serialize(document), options)
    expect(codec.decode(stored)).toEqual(row)
  })

  it('reads a missing field as null', () => {
    const codec = validator(exports, 'sampleMongo', ObjectId, Decimal128)
    const { nothing: _, no_details: __, ...document } = codec.encode(row) as Record<string, unknown>
    expect(codec.decode(document)).toEqual(row)
  })

  it('refuses a document with a field that the set does not have', () => {
    const codec = validator(exports, 'sampleMongo', ObjectId, Decimal128)
    expect(() => codec.decode({ ...(codec.encode(row) as object), __v: 0 })).toThrow()
  })
})
