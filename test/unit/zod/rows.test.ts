import { describe, expect, it } from 'vitest'
import type { Expression } from '../../../generators/model/expression.js'
import type { Field } from '../../../generators/model/field.js'
import type { SchemaSet } from '../../../generators/model/schema-set.js'
import { loadModule, validator } from './load.js'
import {
  bigint,
  boolean,
  check,
  compare,
  entity,
  enumDefinition,
  enumeration,
  field,
  identity,
  integer,
  isNull,
  list,
  literalDefault,
  nowDefault,
  object,
  objectDefinition,
  or,
  origin,
  read,
  schemaSet,
  snowflake,
  text,
  timestamp,
  value,
} from './model.js'

const expiry: Expression = or(isNull(read('expires_at')), compare(read('expires_at'), '>', read('created_at')))

const server = objectDefinition(
  'server',
  [
    field('enabled', boolean, { default: literalDefault(true) }),
    field('level', enumeration('level'), { default: literalDefault('low') }),
    field('since', timestamp, { default: nowDefault }),
    field('note', text(), { nullable: true }),
    field('nick', text(), { optional: true }),
    field('least', integer, { default: literalDefault(0) }),
    field('most', integer, { default: literalDefault(9) }),
  ],
  { checks: [check('range', compare(read('least'), '<=', read('most')))] },
)

const serverDefault: Field['default'] = {
  kind: 'object',
  fields: [
    { name: 'enabled', default: literalDefault(true) },
    { name: 'level', default: literalDefault('low') },
    { name: 'since', default: nowDefault },
    { name: 'note', default: literalDefault(null) },
    { name: 'least', default: literalDefault(0) },
    { name: 'most', default: literalDefault(9) },
  ],
  origin,
}

const warning = entity(
  'warning',
  [
    field('id', identity('warning'), { maintained: 'store' }),
    field('guild_id', snowflake('guild'), { default: literalDefault('5') }),
    field('number', integer, { default: { kind: 'next', per: ['guild_id'], origin } }),
    field('slug', text(), { immutable: true }),
    field('reason', text(), { nullable: true }),
    field('total', bigint, { default: literalDefault('7') }),
    field('tags', list(text()), { default: literalDefault([]) }),
    field('score', integer, { generated: compare(value(1), '=', value(1)) }),
    field('server', object('server'), { default: serverDefault }),
    field('servers', list(object('server')), { default: literalDefault([]) }),
    field('created_at', timestamp, { default: nowDefault }),
    field('expires_at', timestamp, { nullable: true }),
  ],
  { checks: [check('expiry_after_creation', expiry)] },
)

const set: SchemaSet = schemaSet({
  entities: [warning],
  objects: [server],
  enums: [enumDefinition('level', ['low', 'high'])],
})

const at = (text: string): Date => new Date(`${text}T00:00:00.000Z`)

const row = {
  id: '1',
  guild_id: '5',
  number: 1,
  slug: 'a',
  reason: null,
  total: 7n,
  tags: [],
  score: 1,
  server: { enabled: true, level: 'low', since: at('2024-01-01'), note: null, least: 0, most: 9 },
  servers: [],
  created_at: at('2024-01-02'),
  expires_at: null as Date | null,
}

describe('an insert', () => {
  it('is filled in, objects inside it too', async () => {
    const schema = validator(await loadModule(set, 'warning'), 'newWarningSchema')
    const filled = schema.parse({ slug: 'a', server: { most: 3 }, servers: [{ nick: 'n' }] })
    const made = { enabled: true, level: 'low', note: null, least: 0, since: expect.any(Date) }
    expect(filled).toEqual({
      guild_id: '5',
      slug: 'a',
      reason: null,
      total: 7n,
      tags: [],
      server: { ...made, most: 3 },
      servers: [{ ...made, most: 9, nick: 'n' }],
      created_at: expect.any(Date),
      expires_at: null,
    })
    expect(schema.parse({ slug: 'a' })).toMatchObject({ server: { ...made, most: 9 } })
  })

  it('does not share what it is filled in with', async () => {
    const schema = validator(await loadModule(set, 'warning'), 'newWarningSchema')
    const first = schema.parse({ slug: 'a' }) as { tags: string[] }
    first.tags.push('x')
    expect(schema.parse({ slug: 'a' })).toMatchObject({ tags: [] })
  })

  it('takes neither what the store makes nor what it computes', async () => {
    const schema = validator(await loadModule(set, 'warning'), 'newWarningSchema')
    expect(schema.safeParse({ slug: 'a', id: '1' }).success).toBe(false)
    expect(schema.safeParse({ slug: 'a', score: 1 }).success).toBe(false)
    expect(schema.safeParse({}).success).toBe(false)
  })
})

describe('a patch', () => {
  it('takes no key, nothing immutable and nothing computed, and fills in nothing', async () => {
    const schema = validator(await loadModule(set, 'warning'), 'warningPatchSchema')
    expect(schema.parse({})).toEqual({})
    expect(schema.parse({ reason: null })).toEqual({ reason: null })
    for (const change of [{ id: '1' }, { slug: 'b' }, { score: 2 }, { server: {} }]) {
      expect(schema.safeParse(change).success).toBe(false)
    }
  })

  it('of an append-only entity takes nothing', async () => {
    const only = schemaSet({ ...set, entities: [{ ...warning, appendOnly: true }] })
    const schema = validator(await loadModule(only, 'warning'), 'warningPatchSchema')
    expect(schema.safeParse({}).success).toBe(true)
    expect(schema.safeParse({ reason: null }).success).toBe(false)
  })
})

describe('a check', () => {
  const refused = { path: ['expires_at'], message: 'expiry_after_creation: expires_at must be later than created_at' }

  it('is said in words, at the field to correct, in rows, inserts, patches and codecs', async () => {
    const exports = await loadModule(set, 'warning')
    const dates = { created_at: at('2024-01-02'), expires_at: at('2024-01-01') }
    const issues = (name: string, given: unknown) => validator(exports, name).safeParse(given).error?.issues
    expect(issues('warningSchema', { ...row, ...dates })).toEqual([expect.objectContaining(refused)])
    expect(issues('newWarningSchema', { slug: 'a', ...dates })).toEqual([expect.objectContaining(refused)])
    expect(issues('warningPatchSchema', dates)).toEqual([expect.objectContaining(refused)])
    expect(() => validator(exports, 'warningJson').encode({ ...row, ...dates })).toThrow(refused.message)
  })

  it('passes when it is unknown', async () => {
    const schema = validator(await loadModule(set, 'warning'), 'warningPatchSchema')
    for (const change of [{ expires_at: at('1999-01-01') }, { created_at: at('2030-01-01') }, { expires_at: null }]) {
      expect(schema.safeParse(change).success).toBe(true)
    }
  })

  it('of an object holds wherever the object stands', async () => {
    const exports = await loadModule(set, 'warning')
    const servers = [{ ...row.server, least: 10 }]
    expect(validator(exports, 'warningSchema').safeParse({ ...row, servers }).error?.issues).toEqual([
      expect.objectContaining({ path: ['servers', 0, 'least'], message: 'range: least must be at most most' }),
    ])
    expect(validator(exports, 'newWarningSchema').safeParse({ slug: 'a', servers: [{ least: 10 }] }).success).toBe(
      false,
    )
  })
})

describe('stored keys', () => {
  const keyed = (parts: Partial<typeof warning>): SchemaSet =>
    schemaSet({
      entities: [entity('thing', [field('a', text()), field('b', text(), { nullable: true })], parts)],
    })

  it('are `_id` in Mongo when they are one field, whatever its name', async () => {
    const codec = validator(
      await loadModule(keyed({ key: { kind: 'fields', fields: ['a'], origin } }), 'thing'),
      'thingMongo',
    )
    expect(codec.decode({ _id: 'x' })).toEqual({ a: 'x', b: null })
    expect(codec.encode({ a: 'x', b: null })).toEqual({ _id: 'x', b: null })
  })

  it('of several fields stand beside an `_id` that no row has', async () => {
    const codec = validator(
      await loadModule(keyed({ key: { kind: 'fields', fields: ['a', 'b'], origin } }), 'thing'),
      'thingMongo',
    )
    expect(codec.decode({ _id: {}, a: 'x', b: 'y' })).toEqual({ a: 'x', b: 'y' })
    expect(codec.encode({ a: 'x', b: 'y' })).toEqual({ a: 'x', b: 'y' })
  })

  it('of a singleton are the stores\u2019 own', async () => {
    const exports = await loadModule(keyed({ key: { kind: 'singleton', origin } }), 'thing')
    const mongo = validator(exports, 'thingMongo')
    expect(mongo.decode({ _id: 'singleton', a: 'x' })).toEqual({ a: 'x', b: null })
    expect(mongo.encode({ a: 'x', b: null })).toEqual({ _id: 'singleton', a: 'x', b: null })
    expect(validator(exports, 'thingPostgres').decode({ singleton: true, a: 'x', b: null })).toEqual({
      a: 'x',
      b: null,
    })
  })
})
