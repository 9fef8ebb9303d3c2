import { describe, expect, it } from 'vitest'
import { postgres } from '../../../generators/postgres/index.js'
import { emitted, setOf, withDefaults } from '../../support/schema-sql.js'

const fields = `
entity: thing
summary: What there is.
fields:
  id: snowflake
  name: { type: string(10), min_length: 2, default: none }
  kind: { type: text, values: [old, new], as: check }
  state: "enum(open, shut)"
  at: timestamp(ms)
  info: json?
  fixed: { type: integer?, immutable: true }
  parent_id: ref(thing)?
unique: [name]
checks:
  named: name <> 'x'
postgres: { checks: { raw: length(name) < 9 } }
`

const code = 'name: sample\nstores: [postgres]\nenforce: code\n'

describe('enforce: code', () => {
  it('makes no check of values, and all that the YAML orders by name', async () => {
    const sql = await emitted(setOf(fields, code))
    const table = sql.slice(sql.indexOf('CREATE TABLE'))
    expect(table).toBe(`CREATE TABLE public.things (
  id bigint NOT NULL,
  name varchar(10) NOT NULL DEFAULT 'none',
  kind text NOT NULL,
  state public.thing_state NOT NULL,
  at bigint NOT NULL,
  info jsonb,
  fixed integer,
  parent_id bigint,
  CONSTRAINT things_pkey PRIMARY KEY (id),
  CONSTRAINT things_name_key UNIQUE (name),
  CONSTRAINT things_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES public.things (id),
  CONSTRAINT things_named CHECK (name <> 'x'),
  CONSTRAINT things_raw CHECK (length(name) < 9)
);
`)
    expect(sql).not.toContain('FUNCTION')
  })

  it('is named for each field that is held by code alone', () => {
    const found = postgres.losses(setOf(fields, code), withDefaults()).filter(({ feature }) => feature === 'enforce')
    const names = ['id', 'name', 'kind', 'at', 'info', 'parent_id', 'fixed']
    expect(found.map(({ subject }) => subject)).toEqual(names.map((name) => `thing.${name}`))
  })

  it('is said of a field, an entity or a set, and the nearest one counts', async () => {
    const entity = fields.replace('entity: thing\n', 'entity: thing\nenforce: store\n')
    expect(await emitted(setOf(entity, code))).toBe(await emitted(setOf(fields)))
    const field = fields.replace('id: snowflake', 'id: { type: snowflake, enforce: store }')
    const sql = await emitted(setOf(field, code))
    expect(sql.match(/CHECK .*/g)?.[0]).toBe('CHECK (id > 0),')
    expect(sql.match(/CHECK/g)).toHaveLength(3)
  })

  it('holds a reference whose target is held by code', async () => {
    const set = setOf(
      fields.replace('parent_id: ref(thing)?', 'parent_id: { type: "ref(thing)?", enforce: store }'),
      code,
    )
    expect(await emitted(set)).toContain('CHECK (parent_id > 0)')
  })
})

describe('comments', () => {
  it('are in the database where it enforces, or as is said', async () => {
    expect(await emitted(setOf(fields))).toContain('COMMENT ON TABLE')
    expect(await emitted(setOf(fields, code))).not.toContain('COMMENT')
    expect(await emitted(setOf(fields, code), { comments: true })).toContain('COMMENT ON TABLE')
    expect(await emitted(setOf(fields), { comments: false })).not.toContain('COMMENT')
  })
})

describe('what is called and kept as in a database that was there before', () => {
  const root = 'name: sample\nstores: [postgres]\n'
  const yaml = `
entity: thing
fields:
  id: snowflake
  name: { type: text, as: varchar }
  short: { type: text?, as: varchar, max_length: 5 }
  tags: { type: list<text>, as: varchar }
unique:
  - { fields: [name], nulls: not distinct }
checks: { named: "name <> 'x'" }
postgres: { key: thing_pk, unlogged: true, checks: { raw: length(name) < 9 } }
`

  it('has columns of varchar without a length', async () => {
    const sql = await emitted(setOf(yaml, root))
    expect(sql).toContain('name varchar NOT NULL')
    expect(sql).toContain('tags varchar[] NOT NULL')
    expect(sql).toContain('CHECK (char_length(short) <= 5)')
  })

  it('has keys and checks by their own names, and tables without a log', async () => {
    const sql = await emitted(setOf(yaml, root), { check_names: 'own' })
    expect(sql).toContain('CREATE UNLOGGED TABLE public.things')
    expect(sql).toContain('CONSTRAINT thing_pk PRIMARY KEY')
    expect(sql).toContain("CONSTRAINT named CHECK (name <> 'x')")
    expect(sql).toContain('CONSTRAINT raw CHECK')
  })

  it('keeps NULLS NOT DISTINCT where no field may be null, from version 15', async () => {
    expect(await emitted(setOf(yaml, root))).toContain('UNIQUE NULLS NOT DISTINCT (name)')
    expect(await emitted(setOf(yaml, root), { version: 14 })).toContain('UNIQUE (name)')
  })
})
