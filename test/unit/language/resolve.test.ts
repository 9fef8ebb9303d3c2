import { describe, expect, test } from 'vitest'
import type { Entity, Field, SchemaSet } from '../../../generators/model/index.js'
import { entityOf, enumOf, fieldOf, objectOf } from '../../../generators/model/index.js'
import { compileTexts, printed } from '../../support/compile.js'

const compile = (text: string, root?: string): SchemaSet => {
  const { value, diagnostics } = compileTexts({
    'a.yaml': text,
    ...(root === undefined ? {} : { 'botschema.yaml': root }),
  })
  const errors = printed(diagnostics.filter(({ severity }) => severity === 'error'))
  if (value === null || errors.length > 0) throw new Error(errors.join('\n'))
  return value.set
}

const note = (text: string): Entity => entityOf(compile(`entity: note\nfields:\n  id: identity\n${text}`), 'note')

const field = (text: string): Field => fieldOf(note(`  a: ${text}\n`), 'a')

describe('ids', () => {
  const set = compile(
    [
      'entity: guild\nfields: { id: snowflake }\n',
      'entity: settings\nfields: { guild_id: { ref: guild, key: true } }\n',
      'entity: log\nfields: { id: uuid, settings: ref(settings), other: uuid?, at: snowflake(message) }\n',
      'entity: event\nkey: [id, at]\nfields: { id: uuid, at: timestamp }\n',
    ].join('---\n'),
  )
  const typeOf = (entity: string, name: string) => fieldOf(entityOf(set, entity), name)

  test('a key is of its entity, and a reference of what it leads to, over any number of links', () => {
    expect(typeOf('guild', 'id').type).toMatchObject({ kind: 'snowflake', brand: 'guild' })
    expect(typeOf('settings', 'guild_id').type).toMatchObject({ kind: 'snowflake', brand: 'guild' })
    expect(typeOf('log', 'settings').type).toMatchObject({ kind: 'snowflake', brand: 'guild' })
    expect(typeOf('log', 'at').type).toMatchObject({ brand: 'message' })
    expect(typeOf('log', 'other').type).toMatchObject({ brand: 'uuid' })
    expect(typeOf('event', 'id').type).toMatchObject({ brand: 'event' })
  })

  test('the store makes keys, not references to them', () => {
    expect(typeOf('log', 'id').maintained).toBe('store')
    expect(typeOf('event', 'id').maintained).toBe('store')
    expect(typeOf('log', 'other').maintained).toBeNull()
    expect(typeOf('settings', 'guild_id').maintained).toBeNull()
  })
})

describe('defaults', () => {
  test.each([
    ['text = now', { kind: 'literal', value: 'now' }],
    ['timestamp = now', { kind: 'now' }],
    ['integer = next(id)', { kind: 'next', per: ['id'] }],
    ['snowflake = 123456789012345678', { kind: 'literal', value: '123456789012345678' }],
    ['bigint = 0x10', { kind: 'literal', value: '16' }],
    ['decimal(4, 2) = 1.50', { kind: 'literal', value: '1.50' }],
    ['list<text> = []', { kind: 'literal', value: [] }],
    ['text? = null', { kind: 'literal', value: null }],
    ["text = 'null'", { kind: 'literal', value: 'null' }],
    ['string(4) = 0123', { kind: 'literal', value: '0123' }],
    ['duration(days) = 7', { kind: 'literal', value: 7 }],
    ['{ type: bytes, default: aGk= }', { kind: 'literal', value: 'aGk=' }],
    ['{ type: "union<integer, text>", default: "5" }', { kind: 'literal', value: '5' }],
    ['{ type: "union<integer, text>", default: 5 }', { kind: 'literal', value: 5 }],
    ['{ type: "union<text, integer>", default: 5 }', { kind: 'literal', value: 5 }],
    ['{ type: "union<text, integer>", default: "5" }', { kind: 'literal', value: '5' }],
    ['{ type: "union<text, boolean>", default: false }', { kind: 'literal', value: false }],
    ['{ type: "union<text, boolean>", default: "false" }', { kind: 'literal', value: 'false' }],
    ['union<text, boolean> = false', { kind: 'literal', value: false }],
    ["union<text, boolean> = 'false'", { kind: 'literal', value: 'false' }],
    ['{ type: "union<text, integer>", default: true }', { kind: 'literal', value: 'true' }],
    ['{ type: "union<snowflake, boolean>", default: false }', { kind: 'literal', value: false }],
    ['union<snowflake, boolean> = 123456789012345678', { kind: 'literal', value: '123456789012345678' }],
    ['union<long, snowflake> = 123456789012345678', { kind: 'literal', value: '123456789012345678' }],
    ['union<float, snowflake> = 123456789012345678', { kind: 'literal', value: '123456789012345678' }],
    ['union<snowflake, float> = 12.5', { kind: 'literal', value: 12.5 }],
    ['union<snowflake, long> = 123', { kind: 'literal', value: 123 }],
    ['union<decimal(30,2), boolean> = 123456789012345678', { kind: 'literal', value: '123456789012345678.00' }],
    ['{ type: "list<union<text, boolean>>", default: [true, "true", no] }', { value: [true, 'true', 'no'] }],
    ['{ type: "map<union<text, integer>>", default: { a: 1, b: "1" } }', { value: { a: 1, b: '1' } }],
  ])('%s', (text, expected) => expect(field(text).default).toMatchObject(expected))

  test('an object is built from what is said and from its inner defaults', () => {
    const inner = '{ default: { b: 1 }, fields: { b: integer, c: integer = 2, d: text?, e?: text } }'
    expect(field(inner).default).toMatchObject({ kind: 'literal', value: { b: 1, c: 2, d: null } })
  })

  test('an object with a time of its own is built at the insert', () => {
    const inner = field(
      '{ default: {}, fields: { b: timestamp = now, c: { default: {}, fields: { d: date = now } } } }',
    )
    expect(inner.default).toMatchObject({
      kind: 'object',
      fields: [
        { name: 'b', default: { kind: 'now' } },
        { name: 'c', default: { kind: 'object', fields: [{ name: 'd', default: { kind: 'now' } }] } },
      ],
    })
  })
})

describe('types', () => {
  test('limits are folded into the type that has them, through lists and maps', () => {
    expect(field('{ type: list<string(50)>, max_length: 20, max_items: 3 }').type).toMatchObject({
      kind: 'list',
      maxItems: 3,
      of: { kind: 'text', maxLength: 20 },
    })
    expect(field('{ type: map<integer>, min: 1 }').type).toMatchObject({ of: { min: 1 } })
    expect(field('{ type: text, length: 2 }').type).toMatchObject({ minLength: 2, maxLength: 2 })
    expect(field('{ type: bigint, max: 9223372036854775807 }').type).toMatchObject({ max: 9223372036854775807n })
  })

  test('a named type lends what its fields do not say themselves', () => {
    const set = compile(
      'type: locale\nis: string(5)? = en\nsummary: A language.\nmin_length: 2\n---\n' +
        'entity: note\nfields:\n  id: identity\n  a: locale\n  b: { type: locale = deu, min_length: 3, summary: Mine. }\n',
    )
    const { a, b } = Object.fromEntries(entityOf(set, 'note').fields.map((one) => [one.name, one]))
    expect(a).toMatchObject({
      nullable: true,
      summary: 'A language.',
      type: { minLength: 2 },
      default: { value: 'en' },
    })
    expect(b).toMatchObject({ nullable: true, summary: 'Mine.', type: { minLength: 3 }, default: { value: 'deu' } })
  })

  test('what is written in place is named after its place', () => {
    const set = compile(
      'entity: note\nfields:\n  id: identity\n  a:\n    fields:\n      b: { type: list<object>, fields: { c: "enum(x, y)" } }\n',
    )
    expect(objectOf(set, 'note_a').inline).toBe('note.a')
    expect(objectOf(set, 'note_a_b').inline).toBe('note.a.b')
    expect(enumOf(set, 'note_a_b_c')).toMatchObject({
      inline: 'note.a.b.c',
      as: 'type',
      values: [{ value: 'x' }, { value: 'y' }],
    })
  })

  test('values close a plain column', () => {
    const set = compile(
      'entity: note\nfields:\n  id: identity\n  a: { type: string(9), values: [x, "1"] }\n  b: { type: smallint, values: { 1: One } }\n',
    )
    expect(enumOf(set, 'note_a')).toMatchObject({
      as: 'check',
      base: { maxLength: 9 },
      values: [{ value: 'x' }, { value: '1' }],
    })
    expect(enumOf(set, 'note_b')).toMatchObject({
      as: 'check',
      base: { width: 'smallint' },
      values: [{ value: 1, summary: 'One' }],
    })
  })
})

describe('entities', () => {
  test('names that are not said are made', () => {
    expect(note('')).toMatchObject({ table: 'notes', collection: 'notes', model: 'Note' })
    expect(note('table: memos\n')).toMatchObject({ table: 'memos', collection: 'memos' })
  })

  test('parts of an index', () => {
    const { indexes } = note(
      '  a: text?\n  b: { fields: { x: { fields: { y: text } } } }\n  "c d": text?\nindexes:\n  - [a desc, b.x.y, \'"c d"\', lower(a) DESC]\n  - { fields: [a text_pattern_ops], include: [id] }\n',
    )
    expect(indexes[0]?.parts).toMatchObject([
      { kind: 'field', path: ['a'], direction: 'desc', operatorClass: null },
      { kind: 'field', path: ['b', 'x', 'y'], direction: 'asc' },
      { kind: 'field', path: ['c d'] },
      { kind: 'expression', direction: 'desc', expression: { kind: 'call', function: 'lower' } },
    ])
    expect(indexes[1]).toMatchObject({ parts: [{ operatorClass: 'text_pattern_ops' }], include: ['id'] })
  })

  test('timestamps come last', () => {
    const { fields } = note('  a: text?\ntimestamps: { updated: changed_at }\n')
    expect(fields.map(({ name, maintained }) => [name, maintained])).toEqual([
      ['id', 'store'],
      ['a', null],
      ['changed_at', 'updated'],
    ])
  })
})

test('where definitions stand plays no part', () => {
  const parts = [
    'entity: a\nfields: { id: identity, b: ref(c), d: d }\n',
    'entity: c\nfields: { id: uuid }\n',
    'enum: d\nvalues: [e]\n',
  ]
  const origin = (key: string, value: unknown) => (key === 'origin' ? undefined : value)
  const [first, second] = [parts, parts.toReversed()].map((texts) =>
    JSON.stringify(compile(texts.join('---\n')), origin),
  )
  expect(first).toBe(second)
})
