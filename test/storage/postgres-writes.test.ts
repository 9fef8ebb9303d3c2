import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSubjects, type Subject } from './databases.js'

const texts = {
  'botschema.yaml': `
name: writes
output: out
stores: [postgres]
targets: { markdown: false, json-schema: false, postgres: { schema: "Odd", version: 14 } }
`,
  'set.yaml': `
entity: row
table: "select"
fields:
  id: uuid
  "Group name": { type: text, code: groupName }
  "1": { type: integer = 1, code: first }
  label: { type: text?, postgres: { default: "upper('made there')" } }
  code: { type: text = x, postgres: { default: "'x'" } }
  at: { type: timestamp?, zone: false }
  "\`\${tick}": { type: json?, code: tick }
timestamps: true
indexes:
  - ['"Group name"', at]
---
entity: slot
fields:
  id: snowflake
  a: integer?
  b: text?
  note: text?
unique:
  - { fields: [a, b], nulls: not distinct }
---
entity: loose
fields:
  id: snowflake
  a: integer?
  b: text
  note: text?
unique:
  - [a, b]
  - { fields: [b], where: a is null }
---
entity: only_key
fields:
  id: snowflake
---
entity: made
fields:
  id: identity
---
entity: clock_state
singleton: true
fields:
  at: { type: timestamp = now, zone: false, precision: 6 }
  on_day: date?
`,
}

let subjects: readonly Subject[] = []
let close: () => Promise<void>

beforeAll(async () => {
  ;({ subjects, close } = await openSubjects(texts))
})

afterAll(() => close())

type Row = Readonly<Record<string, unknown>>

const hostile = [
  `'; DROP TABLE "Odd"."select"; --`,
  '$1 $$ $body$ :name ? %s',
  '\\',
  '\\x00',
  '{"a": [1, null]}',
  '{NULL,"}',
  '[null]',
  'NULL',
  '',
  ' \t\n\r ',
  '\u2028\u202e\ufeff',
  '\u{10ffff}\u{1f600}é',
  `\`\${process.exit(1)}\``,
]

describe('writing on Postgres', () => {
  it('takes any text as a value, by one row and by many', async () => {
    for (const { call } of subjects) {
      const rows = hostile.map((text) => ({
        groupName: text,
        label: text,
        tick: { [`k ${text.replace(/[.$]/g, '')}`]: text },
      }))
      const stored = (await call('row.insertMany', rows)) as readonly Row[]
      const one = []
      for (const row of rows) one.push((await call('row.insert', row)) as Row)
      for (const result of [stored, one]) {
        expect(result.map(({ groupName, label, tick }) => ({ groupName, label, tick }))).toEqual(rows)
      }
      for (const row of stored) expect(await call('row.get', row['id'])).toEqual(row)
    }
  })

  it('leaves to the database what it makes, row by row, and takes null for a value', async () => {
    for (const { call } of subjects) {
      const id = '0b8f7c9e-5a0e-4d0c-8a6e-3f1d2c4b5a69'
      const rows = (await call('row.insertMany', [
        { id, groupName: 'a', label: null },
        { groupName: 'b' },
        { groupName: 'c', label: 'c', code: 'y', first: 2 },
      ])) as readonly Row[]
      expect(rows.map(({ label, code, first }) => [label, code, first])).toEqual([
        [null, 'x', 1],
        ['MADE THERE', 'x', 1],
        ['c', 'y', 2],
      ])
      expect(rows[0]?.['id']).toBe(id)
      expect(await call('row.insert', { groupName: 'd' })).toMatchObject({ label: 'MADE THERE', tick: null })
      expect(await call('row.insert', { groupName: 'e', label: null })).toMatchObject({ label: null })
    }
  })

  it('inserts 20,000 rows by one statement, in their order', async () => {
    for (const { call, client } of subjects) {
      const rows = Array.from({ length: 20_000 }, (_, at) => ({
        groupName: `many ${at}`,
        first: at,
        tick: at % 3 === 0 ? at : [at],
      }))
      const before = client.statements.length
      const stored = (await call('row.insertMany', rows)) as readonly Row[]
      expect(client.statements.length).toBe(before + 1)
      expect(stored.map(({ groupName, first, tick }) => ({ groupName, first, tick }))).toEqual(rows)
    }
  })

  it('asks nothing for no rows', async () => {
    for (const { call, client } of subjects) {
      const before = client.statements.length
      expect(await call('row.insertMany', [])).toEqual([])
      expect(client.statements.length).toBe(before)
    }
  })

  it('keeps every hour of a column without a zone, also one that the clocks of the machine leap over', async () => {
    const zone = process.env['TZ']
    try {
      for (const machine of ['Europe/Berlin', 'America/St_Johns', 'UTC']) {
        process.env['TZ'] = machine
        for (const { call, database } of subjects) {
          for (const session of ['UTC', 'Europe/Berlin']) {
            await database.exec(`SET TIME ZONE '${session}'`)
            for (const hour of [0, 1, 2, 3]) {
              const at = new Date(Date.UTC(2024, 2, 31, hour, 30, 0, 123))
              const { id } = (await call('row.insert', { groupName: 'hour', at })) as Row
              const row = (await call('row.get', id)) as Row
              expect(row['at']).toEqual(at)
              expect(Math.abs((row['created_at'] as Date).getTime() - Date.now())).toBeLessThan(60_000)
            }
          }
          await database.exec('RESET TIME ZONE')
        }
      }
    } finally {
      if (zone === undefined) delete process.env['TZ']
      else process.env['TZ'] = zone
    }
  })

  it('upserts on nulls that are alike, on a server that has no such unique', async () => {
    for (const { call, database } of subjects) {
      const keys = [
        { a: 1, b: 'x' },
        { a: null, b: 'x' },
        { a: 1, b: null },
        { a: null, b: null },
      ]
      for (const [at, key] of keys.entries()) {
        await call('slot.upsert', { id: String(at + 1), ...key, note: 'first' }, { by: ['a', 'b'] })
        const { row: again } = (await call(
          'slot.upsert',
          { id: '99', ...key, note: 'second' },
          { by: ['a', 'b'] },
        )) as { row: Row }
        expect(again).toEqual({ id: String(at + 1), ...key, note: 'second' })
        expect(await call('slot.get', key)).toEqual(again)
      }
      const failure = (await call('slot.insert', { id: '50', a: null, b: null }).catch(
        (error: unknown) => error,
      )) as Row
      expect(failure).toMatchObject({ problem: 'unique', fields: ['a', 'b'] })
      expect(await database.query('SELECT count(*)::int AS count FROM "Odd".slots')).toEqual([{ count: 4 }])
    }
  })

  it('upserts by nulls that are distinct into a row of its own, and by a part into the row of that part', async () => {
    for (const { call } of subjects) {
      await call('loose.upsert', { id: '1', a: 1, b: 'x', note: 'one' }, { by: ['a', 'b'] })
      expect(await call('loose.upsert', { id: '2', a: 1, b: 'x' }, { by: ['a', 'b'] })).toEqual({
        row: { id: '1', a: 1, b: 'x', note: 'one' },
        inserted: false,
      })
      expect(await call('loose.upsert', { id: '3', a: null, b: 'x' }, { by: ['b'] })).toMatchObject({
        row: { id: '3' },
        inserted: true,
      })
      expect(await call('loose.upsert', { id: '4', b: 'x', note: 'n' }, { by: ['b'] })).toMatchObject({
        row: { id: '3', note: 'n' },
        inserted: false,
      })
      expect(await call('loose.upsert', { id: '5', a: 7, b: 'x' }, { by: ['b'] })).toMatchObject({
        row: { id: '5', a: 7 },
        inserted: true,
      })
      expect(await call('loose.get', { b: 'x' })).toMatchObject({ id: '3' })
      await expect(call('loose.get', { a: null, b: 'x' })).rejects.toMatchObject({ name: 'ZodError' })
    }
  })

  it('upserts what has nothing to change, and inserts what has nothing to give', async () => {
    for (const { call } of subjects) {
      expect(await call('onlyKey.upsert', { id: '1' })).toEqual({ row: { id: '1' }, inserted: true })
      expect(await call('onlyKey.upsert', { id: '1' })).toEqual({ row: { id: '1' }, inserted: false })
      expect(await call('made.insert', {})).toMatchObject({ id: expect.any(String) })
      expect(await call('made.insertMany', [{}, {}])).toHaveLength(2)
    }
  })

  it('upserts a singleton without touching what is not said', async () => {
    for (const { call } of subjects) {
      const at = new Date(Date.UTC(2024, 0, 1))
      await call('clockState.upsert', { at, on_day: '2024-02-29' })
      expect(await call('clockState.upsert', {})).toMatchObject({ row: { at, on_day: '2024-02-29' } })
      expect(await call('clockState.upsert', { on_day: null })).toMatchObject({ row: { at, on_day: null } })
    }
  })

  it('has no value in any statement', () => {
    for (const { client } of subjects) {
      for (const { text } of client.statements) expect(text).not.toMatch(/many \d|MADE THERE'|Berlin|DROP/)
    }
  })

  it('says so where a trigger leaves the row out, and does not ask for ever', async () => {
    for (const { call, database } of subjects) {
      await database.exec(`
        CREATE FUNCTION skipped() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
        CREATE TRIGGER skips BEFORE INSERT ON "Odd".slots FOR EACH ROW EXECUTE FUNCTION skipped()`)
      try {
        const refused = { name: 'ConstraintError', entity: 'slot', constraint: 'stored' }
        await expect(call('slot.insert', { id: '901' })).rejects.toMatchObject(refused)
        await expect(call('slot.insertMany', [{ id: '902' }, { id: '903' }])).rejects.toMatchObject(refused)
        await expect(call('slot.upsert', { id: '904' })).rejects.toMatchObject(refused)
      } finally {
        await database.exec('DROP TRIGGER skips ON "Odd".slots; DROP FUNCTION skipped()')
      }
    }
  })
})
