import { PGlite } from '@electric-sql/pglite'
import { Pool } from 'pg'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { SqlClient } from '../../runtime/src/postgres/client.js'
import * as kinds from '../../runtime/src/postgres/kinds/index.js'
import { type ColumnDescription, tableOf } from '../../runtime/src/postgres/repository/describe.js'
import { keyedCalls } from '../../runtime/src/postgres/repository/index.js'
import { sessionOf } from '../../runtime/src/postgres/session.js'
import * as codecs from '../../runtime/src/zod/index.js'
import { serverUrl } from '../support/postgres.js'

const schema = `botschema_kinds_${process.pid}`

/** A sort of column: its type in SQL, its kind, what reads it, and values from the least to the greatest. */
interface Sample {
  readonly sql: string
  readonly kind: kinds.ColumnKind
  readonly codec: z.ZodType
  readonly values: readonly unknown[]
}

const at = (text: string): Date => new Date(text)
const id = z.string()

const samples: { readonly [name: string]: Sample } = {
  id: {
    sql: 'bigint',
    kind: kinds.id,
    codec: codecs.idPostgres(id),
    values: ['1', '99', '100', '9223372036854775807'],
  },
  snowflake: {
    sql: 'text',
    kind: kinds.textId,
    codec: id,
    values: ['9', '10', '9223372036854775807'],
  },
  serial: { sql: 'integer', kind: kinds.identity, codec: codecs.idPostgres(id), values: ['9', '10'] },
  document: {
    sql: 'text',
    kind: kinds.objectId,
    codec: z.string(),
    values: ['000000000000000000000000', 'ffffffffffffffffffffffff'],
  },
  rank: {
    sql: 'smallint',
    kind: kinds.numberWord(kinds.smallint, codecs.oneOf([1, 2])),
    codec: codecs.numberPostgres(z.int()),
    values: [1, 2],
  },
  name: { sql: 'varchar(20)', kind: kinds.varchar, codec: z.string(), values: ['A', 'Ab', 'a', 'é'] },
  word: { sql: 'text', kind: kinds.text, codec: z.string(), values: ['', 'A', 'Ab', 'a', 'é', '￿', '𝒳', '𝒳"\\,{}'] },
  code: { sql: 'char(3)', kind: kinds.fixedText, codec: z.string(), values: ['  a', 'ABC', 'abc'] },
  small: { sql: 'smallint', kind: kinds.smallint, codec: z.number(), values: [-32_768, 0, 32_767] },
  whole: { sql: 'integer', kind: kinds.integer, codec: z.number(), values: [-2_147_483_648, 0, 2_147_483_647] },
  long: {
    sql: 'bigint',
    kind: kinds.long,
    codec: codecs.numberPostgres(codecs.long),
    values: [-Number.MAX_SAFE_INTEGER, 0, Number.MAX_SAFE_INTEGER],
  },
  big: {
    sql: 'bigint',
    kind: kinds.bigint,
    codec: codecs.int64Postgres(codecs.int64),
    values: [-(2n ** 63n), 0n, 2n ** 53n + 1n, 2n ** 63n - 1n],
  },
  single: {
    sql: 'real',
    kind: kinds.real,
    codec: codecs.realPostgres(z.number()),
    values: [-Math.fround(1e38), Math.fround(0.1), Math.fround(1 / 3), 16_777_216],
  },
  double: {
    sql: 'double precision',
    kind: kinds.double,
    codec: z.number(),
    values: [-Number.MAX_VALUE, -5e-324, 0.1, 1 / 3, Number.MAX_VALUE],
  },
  price: {
    sql: 'numeric(20, 2)',
    kind: kinds.decimal(2),
    codec: z.string(),
    values: ['-0.01', '0.00', '9.00', '10.00'],
  },
  yes: { sql: 'boolean', kind: kinds.boolean, codec: z.boolean(), values: [false, true] },
  seen: {
    sql: 'timestamp',
    kind: kinds.timestamp,
    codec: codecs.naivePostgres,
    values: [at('0001-01-01T00:00:00.000Z'), at('2026-03-29T01:30:00.001Z'), at('9999-12-31T23:59:59.999Z')],
  },
  zoned: {
    sql: 'timestamptz',
    kind: kinds.timestamptz,
    codec: codecs.instantPostgres,
    values: [at('0001-01-01T00:00:00.000Z'), at('2026-10-25T00:30:00.000Z'), at('9999-12-31T23:59:59.999Z')],
  },
  stamp: {
    sql: 'bigint',
    kind: kinds.epoch,
    codec: codecs.epochPostgres,
    values: [at('1969-12-31T23:59:59.999Z'), at('1970-01-01T00:00:00.000Z'), at('2026-01-01T00:00:00.001Z')],
  },
  day: {
    sql: 'date',
    kind: kinds.date,
    codec: codecs.dayPostgres(codecs.day),
    values: ['0001-01-01', '2024-02-29', '9999-12-31'],
  },
  hour: {
    sql: 'time',
    kind: kinds.time,
    codec: codecs.timePostgres(codecs.timeOfDay),
    values: ['00:00:00', '10:00:00', '10:00:00.5', '23:59:59.999'],
  },
  wait: {
    sql: 'interval',
    kind: kinds.interval('seconds'),
    codec: codecs.intervalPostgres(z.number(), 'seconds'),
    values: [-90_061, 0, 59, 86_400, 864_000],
  },
  uid: {
    sql: 'uuid',
    kind: kinds.uuid,
    codec: z.string(),
    values: ['00000000-0000-4000-8000-000000000000', 'ffffffff-ffff-4fff-bfff-ffffffffffff'],
  },
  mood: {
    sql: `${schema}.mood`,
    kind: kinds.word(`${schema}.mood`, z.enum(['low', 'very high'])),
    codec: z.string(),
    values: ['low', 'very high'],
  },
  blob: {
    sql: 'bytea',
    kind: kinds.bytes,
    codec: codecs.bytesPostgres(codecs.bytesOf()),
    values: [new Uint8Array(), Uint8Array.of(0, 92, 255)],
  },
  data: {
    sql: 'jsonb',
    kind: kinds.jsonb(codecs.jsonb(z.json())),
    codec: codecs.jsonb(z.json()),
    values: [[], { a: [1, 'x"\\', { b: null }] }, 'text', 1, true],
  },
  text: {
    sql: 'json',
    kind: kinds.jsonText(codecs.jsonb(z.json())),
    codec: codecs.jsonb(z.json()),
    values: [{ b: 1, a: 2 }],
  },
  embedding: {
    sql: 'real[]',
    kind: kinds.realsOf(kinds.real),
    codec: codecs.realsPostgres(codecs.vectorOf(2)),
    values: [[0.5, -1]],
  },
  words: {
    sql: 'text[]',
    kind: kinds.listOf(kinds.text),
    codec: codecs.listPostgres(z.array(z.string())),
    values: [[], ['', 'NULL', 'a"b', '\\', '{,}', ' ']],
  },
  names: {
    sql: 'varchar(20)[]',
    kind: kinds.listOf(kinds.varchar),
    codec: codecs.listPostgres(z.array(z.string())),
    values: [['a'], ['b', 'a']],
  },
  codes: {
    sql: 'char(3)[]',
    kind: kinds.listOf(kinds.fixedText),
    codec: codecs.listPostgres(z.array(z.string())),
    values: [['abc']],
  },
  marks: {
    sql: 'jsonb',
    kind: kinds.jsonListOf(kinds.text),
    codec: codecs.jsonb(z.array(z.string())),
    values: [
      ['a', '"'],
      ['b', 'a'],
    ],
  },
  moments: {
    sql: 'jsonb',
    kind: kinds.jsonListOf(kinds.timestamptz),
    codec: codecs.jsonb(z.array(codecs.instantJson)),
    values: [[at('2026-01-01T00:00:00.001Z')], []],
  },
  numbers: {
    sql: 'jsonb',
    kind: kinds.jsonListOf(kinds.integer),
    codec: codecs.jsonb(z.array(z.int())),
    values: [[1, 2], [2]],
  },
  ids: {
    sql: 'bigint[]',
    kind: kinds.listOf(kinds.id),
    codec: z.array(codecs.idPostgres(id)),
    values: [[], ['1', '9223372036854775807']],
  },
  flags: { sql: 'boolean[]', kind: kinds.listOf(kinds.boolean), codec: z.array(z.boolean()), values: [[true, false]] },
  ratios: {
    sql: 'double precision[]',
    kind: kinds.listOf(kinds.double),
    codec: z.array(z.number()),
    values: [[0.1, -1e300]],
  },
  times: {
    sql: 'timestamptz[]',
    kind: kinds.listOf(kinds.timestamptz),
    codec: z.array(codecs.instantPostgres),
    values: [[at('2026-01-01T00:00:00.001Z')]],
  },
  blobs: {
    sql: 'bytea[]',
    kind: kinds.listOf(kinds.bytes),
    codec: z.array(codecs.bytesPostgres(codecs.bytesOf())),
    values: [[Uint8Array.of(1), new Uint8Array()]],
  },
  moods: {
    sql: `${schema}.mood[]`,
    kind: kinds.listOf(kinds.word(`${schema}.mood`, z.enum(['low', 'very high']))),
    codec: codecs.listPostgres(z.array(z.string())),
    values: [['very high', 'low']],
  },
}

const ddl = [
  `DROP SCHEMA IF EXISTS ${schema} CASCADE`,
  `CREATE SCHEMA ${schema}`,
  `CREATE TYPE ${schema}.mood AS ENUM ('low', 'very high')`,
  `CREATE TABLE ${schema}.samples (n integer PRIMARY KEY, ${Object.entries(samples)
    .map(([name, { sql }]) => `"${name}" ${sql}`)
    .join(', ')})`,
]

const columns = Object.entries(samples).map(([name, { kind }]): readonly [string, ColumnDescription] => [
  name,
  { column: `"${name}"`, kind, isNullable: true },
])

const rowCodecs = Object.fromEntries(Object.entries(samples).map(([name, { codec }]) => [name, codec.nullable()]))

const table = tableOf({
  entity: 'sample',
  name: 'samples',
  sql: `${schema}.samples`,
  constraints: {},
  codecs: { n: z.number(), ...rowCodecs },
  newRow: z.looseObject({ n: z.int() }),
  patch: z.looseObject({}),
  fields: { n: { column: 'n', kind: kinds.integer }, ...Object.fromEntries(columns) },
  key: { fields: ['n'] },
})

/** Settings that change what a server prints, and takes. */
const hostile = [
  "SET DateStyle = 'SQL, DMY'",
  "SET TimeZone = 'Pacific/Chatham'",
  "SET IntervalStyle = 'sql_standard'",
  'SET extra_float_digits = -15',
  "SET bytea_output = 'escape'",
]

type Samples = ReturnType<typeof keyedCalls>

const isOrdered = ({ asks }: kinds.ColumnKind): boolean => asks === 'order'

/** Rows of one sample, their numbers in the order of its values; then one with null. */
const stored = async (rows: Samples, name: string, values: readonly unknown[]): Promise<void> => {
  await rows.deleteMany({}, { all: true })
  await rows.insertMany([...values, null].map((value, n) => ({ n, [name]: value })))
}

const numbers = (found: readonly unknown[]): readonly unknown[] => found.map((row) => Reflect.get(Object(row), 'n'))

const roundTrips = async (rows: Samples, name: string, { values }: Sample): Promise<void> => {
  await stored(rows, name, values)
  for (const [n, value] of values.entries()) {
    expect({ name, read: await rows.get(n) }).toMatchObject({ name, read: { [name]: value } })
    expect(await rows.update(values.length, { [name]: value })).toMatchObject({ [name]: value })
  }
  await rows.deleteMany({}, { all: true })
  for (const [n, value] of values.entries()) {
    expect({ name, inserted: await rows.insert({ n, [name]: value }) }).toMatchObject({
      name,
      inserted: { [name]: value },
    })
  }
}

const isSame = (one: unknown, other: unknown): boolean =>
  one instanceof Date && other instanceof Date ? one.getTime() === other.getTime() : one === other

const isAsked = async (rows: Samples, name: string, { kind, values }: Sample): Promise<void> => {
  await stored(rows, name, values)
  const all = values.map((_, n) => n)
  expect(numbers((await rows.find({ where: { [name]: null } })).rows)).toEqual([values.length])
  for (const [n, value] of values.entries()) {
    const found = async (where: unknown) => ({ name, value, where, rows: numbers((await rows.find({ where })).rows) })
    const expected = (where: unknown, wanted: readonly number[]) => ({ name, value, where, rows: wanted })
    if (kind.asks === 'order' || kind.asks === 'equality') {
      expect(await found({ [name]: value })).toEqual(expected({ [name]: value }, [n]))
      const inside = { [name]: { in: [value] } }
      expect(await found(inside)).toEqual(expected(inside, [n]))
    }
    if (kind.asks === 'items' && Array.isArray(value)) {
      for (const item of value as readonly unknown[]) {
        if (item instanceof Uint8Array) continue
        const has = { [name]: { has: item } }
        const holding = all.filter((at) => (values[at] as readonly unknown[]).some((one) => isSame(one, item)))
        expect(await found(has)).toEqual(expected(has, holding))
      }
    }
    if (isOrdered(kind)) {
      const least = { [name]: { gte: value } }
      expect(await found(least)).toEqual(expected(least, all.slice(n)))
      const less = { [name]: { lt: value } }
      expect(await found(less)).toEqual(expected(less, all.slice(0, n)))
    }
  }
}

const isWalked = async (rows: Samples, name: string, { values }: Sample): Promise<void> => {
  await stored(rows, name, values)
  for (const direction of ['asc', 'desc'] as const) {
    const found: unknown[] = []
    for await (const row of rows.each({ order: { [name]: direction }, limit: 1 })) {
      found.push(row)
      if (found.length > values.length + 1) break
    }
    const ascending = [values.length, ...values.keys()]
    expect({ name, order: numbers(found) }).toEqual({
      name,
      order: direction === 'asc' ? ascending : ascending.toReversed(),
    })
  }
}

/** All samples, on one client whose settings are other than usual. */
const prove = async (db: SqlClient): Promise<void> => {
  for (const statement of [...ddl, ...hostile]) await db.query(statement, [])
  const rows = keyedCalls({ db: sessionOf(db), table, keys: {} })
  for (const [name, sample] of Object.entries(samples)) {
    await roundTrips(rows, name, sample)
    await isAsked(rows, name, sample)
    if (isOrdered(sample.kind)) await isWalked(rows, name, sample)
  }
}

describe('every kind of column goes and comes, is asked and is ordered, whatever the settings of the session', () => {
  it('in the embedded engine', async () => {
    const engine = await PGlite.create()
    await prove(engine)
    await engine.close()
  })

  it.skipIf(serverUrl === null)('on a server (POSTGRES_TEST_URL)', async () => {
    const pool = new Pool({ connectionString: serverUrl ?? '', max: 1 })
    await prove(pool)
    await pool.query(`DROP SCHEMA ${schema} CASCADE`)
    await pool.end()
  })
})
