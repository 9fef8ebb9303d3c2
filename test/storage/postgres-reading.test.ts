import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSubjects, type Subject } from './databases.js'

const texts = {
  'botschema.yaml':
    'name: reading\noutput: out\nstores: [postgres]\ntargets: { markdown: false, json-schema: false }\n',
  'entry.yaml': `
entity: entry
table: entries
fields:
  id: snowflake
  number: integer
  long: long
  big: bigint
  ratio: float
  small: real
  price: decimal(10, 3)
  flag: boolean
  day: date
  clock: time
  at: timestamp
  naive: { type: timestamp, zone: false }
  pause: { type: duration(ms), as: interval }
  picture: bytes
  mark: uuid
  kind: enum(a, b)
  email: { type: email, personal: true }
  extra: json
  numbers: list<integer>
  flags: list<boolean>
  ratios: list<float>
  times: list<timestamp>
  longs: list<bigint>
  marks: list<uuid>
  kinds: list<string(20)>
indexes: [[ratio, small, pause, at]]
`,
}

const row = {
  id: '240100000000000101',
  number: -5,
  long: 9007199254740991,
  big: 9223372036854775807n,
  ratio: 0.1 + 0.2,
  small: Math.fround(0.1),
  price: '12.500',
  flag: false,
  day: '2024-02-29',
  clock: '12:34:56.789',
  at: new Date('2024-03-31T01:30:00.123Z'),
  naive: new Date('2024-03-31T02:30:00.456Z'),
  pause: 93_784_005,
  picture: Uint8Array.of(0, 92, 255),
  mark: '0b8f7c9e-5a0e-4d0c-8a6e-3f1d2c4b5a69',
  kind: 'a',
  email: 'a@example.org',
  extra: { a: [1, 'x', null], b: 'it\'s "quoted"' },
  numbers: [1, -2],
  flags: [true, false],
  ratios: [0.1 + 0.2, 5e-324],
  times: [new Date('2024-03-31T01:30:00.123Z')],
  longs: [-9223372036854775808n],
  marks: ['0b8f7c9e-5a0e-4d0c-8a6e-3f1d2c4b5a69'],
  kinds: ['a,b', '"', 'NULL', ''],
}

/** Settings of a session that change how Postgres prints values. */
const settings = `SET DateStyle = 'SQL, DMY'; SET TimeZone = 'Asia/Kathmandu'; SET bytea_output = 'escape';
  SET IntervalStyle = 'sql_standard'; SET extra_float_digits = -15`

let subjects: readonly Subject[] = []
let close: () => Promise<void>

beforeAll(async () => {
  ;({ subjects, close } = await openSubjects(texts))
})

afterAll(async () => {
  for (const type of parsed) pg.types.setTypeParser(type, original.get(type) ?? String)
  await close()
})

/** bool, bytea, int8, int2, int4, text arrays, json, jsonb, floats, dates, times, numeric, arrays of them. */
const parsed = [
  16, 17, 20, 21, 23, 114, 3802, 700, 701, 1082, 1083, 1114, 1184, 1186, 1700, 1000, 1007, 1016, 1022, 1185,
]

const original = new Map<number, (text: string) => unknown>()

const store = async ({ database }: Subject, column: string, value: string): Promise<void> => {
  await database.exec(`UPDATE entries SET ${column} = ${value}`)
}

describe('what a statement returns', () => {
  it('is read alike whatever the settings of the session and the parsers of the driver are', async () => {
    for (const type of parsed) {
      original.set(type, pg.types.getTypeParser(type) as (text: string) => unknown)
      pg.types.setTypeParser(type, () => 'a parser of the bot')
    }
    for (const { call, database, driver } of subjects) {
      await database.exec(settings)
      expect(await call('entry.insert', row), driver).toEqual(row)
      expect(await call('entry.get', row.id), driver).toEqual(row)
      expect(await call('entry.update', row.id, { kind: 'b' }), driver).toEqual({ ...row, kind: 'b' })
      expect(
        await call('entry.find', { order: { ratio: 'asc', small: 'asc', pause: 'asc', at: 'asc' } }),
        driver,
      ).toEqual({
        rows: [{ ...row, kind: 'b' }],
        next: null,
      })
      expect(await call('entry.upsert', row), driver).toEqual({ row, inserted: false })
    }
  })

  it('is not judged again: what a limit, an enum or a pattern no longer takes passes', async () => {
    for (const subject of subjects) {
      await subject.database.exec(
        "ALTER TYPE entry_kind ADD VALUE IF NOT EXISTS 'c'; ALTER TABLE entries DROP CONSTRAINT IF EXISTS entries_email_check",
      )
      await subject.database.exec(`DO $$ DECLARE one record; BEGIN FOR one IN SELECT conname FROM pg_constraint WHERE
        conrelid = 'entries'::regclass AND contype = 'c' LOOP EXECUTE format('ALTER TABLE entries DROP CONSTRAINT %I', one.conname);
        END LOOP; END $$`)
      await store(subject, 'kind', `'c'`)
      await store(subject, 'email', `'no address'`)
      await store(subject, 'ratio', `'NaN'`)
      expect(await subject.call('entry.get', row.id)).toMatchObject({
        kind: 'c',
        email: 'no address',
        ratio: Number.NaN,
      })
      expect(await subject.call('entry.update', row.id, { number: 1 })).toMatchObject({ kind: 'c', number: 1 })
    }
  })

  it('and cannot be brought into form is told by entity, key, field and stored form, and whether it was written', async () => {
    for (const subject of subjects) {
      await store(subject, 'at', `'infinity'`)
      const known = { name: 'StoredValueError', entity: 'entry', key: { id: row.id }, field: 'at', stored: 'infinity' }
      await expect(subject.call('entry.get', row.id)).rejects.toMatchObject({ ...known, written: false })
      await expect(subject.call('entry.update', row.id, { number: 7 })).rejects.toMatchObject({
        ...known,
        written: true,
      })
      const { rows } = { rows: await subject.database.query('SELECT number::text AS number FROM entries') }
      expect(rows).toEqual([{ number: '7' }])
    }
  })

  it('makes a page fail with the rows that can be read and the place where it goes on', async () => {
    for (const subject of subjects) {
      await subject.call('entry.insert', { ...row, id: '9', ratio: 1 })
      await subject.call('entry.insert', { ...row, id: '10', ratio: 2 })
      const failure = await subject.call('entry.find', { limit: 3 }).catch((error: unknown) => error)
      expect(failure).toMatchObject({ name: 'StoredValueError', field: 'at', rows: [{ id: '9' }, { id: '10' }] })
      const page = await subject.call('entry.find', { limit: 1 })
      const { next } = page as { readonly next: string }
      const rest = await subject.call('entry.find', { limit: 1, after: next })
      expect(rest).toMatchObject({ rows: [{ id: '10' }] })
      await expect(
        subject.call('entry.find', { limit: 1, after: (rest as { readonly next: string }).next }),
      ).rejects.toMatchObject({ rows: [], next: null })
      await subject
        .call('entry.delete', row.id)
        .catch((error: unknown) => expect(error).toMatchObject({ written: true }))
      expect(await subject.call('entry.get', row.id)).toBe(null)
    }
  })
})
