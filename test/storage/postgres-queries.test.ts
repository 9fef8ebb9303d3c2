import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSubjects, type Subject } from './databases.js'

const texts = {
  'botschema.yaml': 'name: asked\noutput: out\nstores: [postgres]\ntargets: { markdown: false, json-schema: false }\n',
  'entry.yaml': `
entity: entry
table: entries
fields:
  id: snowflake
  long: long
  ratio: float
  price: decimal(10, 3)
  flag: boolean
  at: { type: timestamp, code: happenedAt }
  pause: { type: duration(ms), as: interval }
  picture: bytes
  kind: enum(a, b)
  email: { type: email, personal: true }
  extra: json
  ratios: list<float>
  settings: { default: {}, fields: { enabled: boolean = true, inner: { default: {}, fields: { word: text = delete } }, note: text? } }
  seen: { type: timestamp?, personal: true }
queries:
  met: { columns: { key: id, last: entry.seen? }, postgres: "SELECT id AS key, seen AS last FROM entries" }
  whole: { returns: one, columns: all, postgres: SELECT * FROM entries }
  some: { columns: [id, at, price, settings], postgres: "SELECT price, at, id, settings FROM entries -- in another order" }
  named:
    columns:
      key: id
      total: { type: long }
      mean: { type: float }
      is_on: { type: boolean }
      first: entry.at
      halves: { type: list<float> }
      bytes: picture
      span: pause?
      word: { type: text }
    postgres: |
      SELECT max(id) AS key, count(*) AS total, avg(ratio)::float8 AS mean, bool_or(flag) AS is_on, min(at) AS first,
        ARRAY[0.5, 0.1]::real[] AS halves, 'é\\\\'::bytea AS bytes, NULL::interval AS span, 'delete' AS word
      FROM entries;
  plain: { postgres: SELECT flag FROM entries }
  raise:
    params: { id: id, by: { type: long } }
    returns: one
    columns: [id, long, at]
    postgres: UPDATE entries SET long = long + :by WHERE id = :id RETURNING id, long, at
  copied:
    params: { id: id }
    returns: one
    columns: { long: long, copies: { type: long } }
    postgres: |
      (WITH source AS MATERIALIZED (SELECT * FROM entries),
        copied (long) AS (
          INSERT INTO entries SELECT :id, long, ratio, price, flag, at, pause, picture, kind, email, extra, ratios, settings
          FROM source RETURNING long)
      SELECT min(long) AS long, count(*) AS copies FROM copied);
  locked: { params: { id: id }, returns: one, columns: [long], postgres: SELECT long FROM entries WHERE id = :id FOR UPDATE OF entries }
  result:
    columns: [long]
    postgres: WITH result AS (SELECT long FROM entries) SELECT long FROM result ORDER BY long DESC
  removed:
    params: { id: id }
    returns: one
    columns: [kind, long]
    postgres: DELETE FROM entries WHERE id = :id RETURNING kind, long
`,
}

const row = {
  id: '240100000000000101',
  long: 9007199254740991,
  ratio: 0.1 + 0.2,
  price: '12.500',
  flag: false,
  happenedAt: new Date('2024-03-31T01:30:00.123Z'),
  pause: 93_784_005,
  picture: Uint8Array.of(0, 92, 255),
  kind: 'a',
  email: 'a@example.org',
  extra: { a: [1, 'x', null] },
  ratios: [0.1 + 0.2, 5e-324],
  settings: { enabled: false, inner: { word: 'x' }, note: null },
  seen: null,
}

/** Settings of a session that change how Postgres prints values. */
const settings = `SET DateStyle = 'SQL, DMY'; SET TimeZone = 'Asia/Kathmandu'; SET bytea_output = 'escape';
  SET IntervalStyle = 'sql_standard'; SET extra_float_digits = -15`

/** bool, bytea, integers, json, jsonb, floats, times, intervals, numeric, and arrays of floats. */
const parsed = [16, 17, 20, 21, 23, 114, 3802, 700, 701, 1114, 1184, 1186, 1700, 1021, 1022]

let subjects: readonly Subject[] = []
let close: () => Promise<void>

beforeAll(async () => {
  ;({ subjects, close } = await openSubjects(texts))
})

const original = new Map(parsed.map((type) => [type, pg.types.getTypeParser(type) as (text: string) => unknown]))

const parseAsBot = (): void => {
  for (const type of parsed) pg.types.setTypeParser(type, () => 'a parser of the bot')
}

const parseAsDriver = (): void => {
  for (const type of parsed) pg.types.setTypeParser(type, original.get(type) ?? String)
}

afterAll(async () => {
  parseAsDriver()
  await close()
})

/** What an older version of the set stored would break the checks of this one. */
const withoutChecks = `DO $$ DECLARE one record; BEGIN FOR one IN SELECT conname FROM pg_constraint WHERE
  conrelid = 'public.entries'::regclass AND contype = 'c' LOOP
  EXECUTE format('ALTER TABLE public.entries DROP CONSTRAINT %I', one.conname); END LOOP; END $$`

describe('what a named query returns', () => {
  it('is read alike whatever the settings of the session and the parsers of the driver are', async () => {
    parseAsBot()
    for (const { call, database, driver } of subjects) {
      await database.exec(`${settings}; SET search_path TO ''`)
      await call('entry.insert', row)
      const { id, long, price, happenedAt } = row
      expect(await call('entry.queries.whole'), driver).toEqual(row)
      expect(await call('entry.queries.some'), driver).toEqual([{ id, happenedAt, price, settings: row.settings }])
      expect(await call('entry.queries.named'), driver).toEqual([
        {
          key: id,
          total: 1,
          mean: row.ratio,
          is_on: false,
          first: happenedAt,
          halves: [0.5, Math.fround(0.1)],
          bytes: new TextEncoder().encode('é\\'),
          span: null,
          word: 'delete',
        },
      ])
      expect(await call('entry.queries.raise', { id, by: -1 }), driver).toEqual({ id, long: long - 1, happenedAt })
      expect(await call('entry.queries.locked', { id }), driver).toEqual({ long: long - 1 })
      expect(await call('entry.queries.copied', { id: '7' }), driver).toEqual({ long: long - 1, copies: 1 })
      expect(await call('entry.queries.result'), driver).toEqual([{ long: long - 1 }, { long: long - 1 }])
      expect(await call('entry.queries.removed', { id: '7' }), driver).toEqual({ kind: 'a', long: long - 1 })
      expect(await call('entry.queries.removed', { id: '7' }), driver).toBe(null)
    }
    parseAsDriver()
  })

  it('is as the driver makes it where nothing says what it is', async () => {
    for (const { call, driver } of subjects)
      expect(await call('entry.queries.plain'), driver).toEqual([{ flag: false }])
  })

  it('and cannot be brought into form is told by entity, key and property, and whether it was written', async () => {
    for (const { call, database } of subjects) {
      await database.exec(withoutChecks)
      await database.exec(`UPDATE public.entries SET at = 'infinity', long = 5`)
      const known = { name: 'StoredValueError', entity: 'entry', field: 'happenedAt', stored: 'infinity' }
      const key = { id: row.id }
      await expect(call('entry.queries.whole')).rejects.toMatchObject({ ...known, key, written: false })
      await expect(call('entry.queries.some')).rejects.toMatchObject({ ...known, key, written: false })
      await expect(call('entry.queries.named')).rejects.toMatchObject({ ...known, field: 'first', written: false })
      await expect(call('entry.queries.raise', { id: row.id, by: 1 })).rejects.toMatchObject({
        ...known,
        key,
        written: true,
      })
      expect(await database.query('SELECT long::text AS long FROM public.entries')).toEqual([{ long: '6' }])
      await database.exec(`UPDATE public.entries SET at = now(), seen = 'infinity'`)
      const failure = await call('entry.queries.met').catch((error: unknown) => error)
      expect(failure).toMatchObject({ ...known, key: { key: row.id }, field: 'last', stored: undefined })
      expect(String(failure)).not.toContain('infinity')
      await database.exec('UPDATE public.entries SET seen = NULL')
    }
  })

  it('and has jsonb of before a field was there has the constant of that field, which nobody stored', async () => {
    for (const { call, database } of subjects) {
      await database.exec(withoutChecks)
      for (const [stored, read] of [
        ['{}', { enabled: true, inner: { word: 'delete' }, note: null }],
        ['{"enabled": false, "inner": {}}', { enabled: false, inner: { word: 'delete' }, note: null }],
        ['{"note": "n", "gone": 1}', { enabled: true, inner: { word: 'delete' }, note: 'n' }],
      ] as const) {
        await database.query('UPDATE public.entries SET settings = $1::text::jsonb', [stored])
        expect(await call('entry.get', row.id)).toMatchObject({ settings: read })
        expect(await call('entry.queries.whole')).toMatchObject({ settings: read })
        expect(await call('entry.queries.some')).toMatchObject([{ settings: read }])
      }
      expect(
        await call('entry.update', row.id, { settings: { enabled: true, inner: { word: 'w' }, note: null } }),
      ).toMatchObject({
        settings: { enabled: true, inner: { word: 'w' }, note: null },
      })
    }
  })
})
