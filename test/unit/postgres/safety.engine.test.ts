import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { SchemaSet } from '../../../generators/model/schema-set.js'
import { openTestDatabase, type TestDatabase } from '../../support/postgres.js'
import { emitted, setOf } from '../../support/schema-sql.js'

let database: TestDatabase

beforeAll(async () => {
  database = await openTestDatabase()
}, 60_000)

afterAll(() => database?.close())

beforeEach(() => database.reset())

const hostile = [
  `a"b'c`,
  '$$; DROP TABLE victim; $$',
  '%s %I %%',
  "'); DROP TABLE victim; --",
  '*/ \\ {{name}}',
  'line\nDROP TABLE victim;\n--',
]

const base = () =>
  setOf(`
entity: event
key: [id, at]
fields:
  id: snowflake
  at: timestamp
  mood: { type: "enum(glad, sad)", immutable: true }
  config: { fields: { label: text } }
  number: integer = next(id)
append_only: true
postgres: { partition: { by: month, on: at } }
---
entity: link
fields: { id: identity, event_id: snowflake, event_at: timestamp, back: "ref(link)?" }
references:
  - { fields: [event_id, event_at], to: event }
`)

/** The set with a text of an attacker wherever a name or a summary of the YAML goes. */
const poisoned = (set: SchemaSet, text: string): SchemaSet => ({
  ...set,
  name: text,
  entities: set.entities.map((entity) => ({
    ...entity,
    table: `${entity.name}${text}`,
    summary: text,
    fields: entity.fields.map((field) => ({ ...field, summary: text, suggest: [text] })),
    checks: [
      ...entity.checks,
      {
        name: text,
        text,
        origin: entity.origin,
        expression: {
          kind: 'compare',
          operator: '<>',
          left: { kind: 'literal', value: { kind: 'string', text }, origin: entity.origin },
          right: { kind: 'literal', value: { kind: 'string', text: 'x' }, origin: entity.origin },
          origin: entity.origin,
        },
      },
    ],
  })),
  objects: set.objects.map((object) => ({
    ...object,
    summary: text,
    fields: object.fields.map((field) => ({ ...field, name: text })),
  })),
  enums: set.enums.map((each) => ({
    ...each,
    summary: text,
    values: [{ value: text, summary: null, was: null, origin: each.origin }],
  })),
})

describe('text of the YAML', () => {
  it.each(hostile)('cannot break out of its place: %j', async (text) => {
    await database.exec('CREATE TABLE victim ()')
    const sql = await emitted(poisoned(base(), text), { idempotent: true })
    await database.exec(sql)
    await database.exec(sql)
    expect(await database.query("SELECT to_regclass('victim') IS NOT NULL AS there")).toEqual([{ there: true }])
    const comments = await database.query<{ text: string }>(
      'SELECT DISTINCT description AS text FROM pg_description WHERE objoid > 16000 AND objsubid > 0 AND description <> $1',
      ['The key of the only row.'],
    )
    expect(comments).toEqual([{ text }])
    const [made] = await database.query<{ name: string }>(
      "SELECT oid::regproc::text AS name FROM pg_proc WHERE proname LIKE '%make_partitions'",
    )
    await database.exec(`SELECT ${made?.name ?? ''}('2024-01-01Z', 0)`)
  })
})
