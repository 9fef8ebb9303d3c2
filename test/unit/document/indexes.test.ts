import { describe, expect, test } from 'vitest'
import { collectionOf, documentLosses } from '../../../generators/document/index.js'
import { accepts } from '../../../generators/engines/mongo/stand-in.js'
import { compileTexts } from '../../support/compile.js'
import { thing, thingSet } from '../mongoose/emitted.js'

const indexesOf = (fields: string, more: string) => {
  const set = thingSet(fields, more)
  return {
    indexes: collectionOf(set, thing(set)).indexes.map(({ key, name, unique, filter, expireAfterSeconds }) => ({
      key: Object.fromEntries(key.map(({ path, direction }) => [path, direction])),
      name,
      ...(unique ? { unique } : {}),
      ...(filter === null ? {} : { filter }),
      ...(expireAfterSeconds === null ? {} : { expireAfterSeconds }),
    })),
    losses: documentLosses(set)
      .filter(({ feature }) => feature !== 'limits')
      .map(({ feature, subject }) => `${feature} ${subject}`),
  }
}

const fields =
  'id: snowflake\na: text?\nb: integer\nactive: boolean = true\nends_at: timestamp?\ntags: { type: list<text>, default: [] }\ndata: { type: json, default: {} }'

describe('uniques', () => {
  test('with nulls mean the same as in a relational store', () => {
    expect(indexesOf(fields, 'unique:\n  - [a, b]\n').indexes).toEqual([
      { key: { a: 1, b: 1 }, name: 'a_1_b_1', unique: true, filter: { a: { $type: 'string' } } },
    ])
    expect(indexesOf(fields, 'unique:\n  - { fields: [a, b], nulls: not distinct }\n').indexes).toEqual([
      { key: { a: 1, b: 1 }, name: 'a_1_b_1', unique: true },
    ])
  })

  test('of a composite key are an index beside a hidden ObjectId', () => {
    expect(indexesOf('g: snowflake\nu: snowflake', 'key: [g, u]\n').indexes).toEqual([
      { key: { g: 1, u: 1 }, name: 'g_1_u_1', unique: true },
    ])
  })
})

describe('indexes', () => {
  test('keep names, directions and conditions', () => {
    const more = 'indexes:\n  - { fields: [b desc], where: active = true, name: newest }\n  - [id]\n  - [b]\n  - [b]\n'
    expect(indexesOf(fields, more).indexes).toEqual([
      { key: { b: -1 }, name: 'newest', filter: { active: true } },
      { key: { b: 1 }, name: 'b_1' },
    ])
  })

  test('that Mongo has no way for are losses', () => {
    const more = 'indexes:\n  - [lower(a)]\n  - { fields: [a], where: length(a) > b }\n'
    expect(indexesOf(fields, more)).toEqual({
      indexes: [],
      losses: ['index-expression thing(lower(a))', 'index-partial thing(a)'],
    })
  })

  test('over json find any key', () => {
    expect(indexesOf(fields, 'indexes:\n  - { fields: [data], using: gin }\n').indexes).toEqual([
      { key: { 'data.$**': 1 }, name: 'data.$**_1' },
    ])
  })
})

describe('a TTL index', () => {
  const steps = (step: string, rest = '') => `retention:\n  clock: ends_at\n${rest}  steps:\n    - ${step}\n`

  test('does a retention of one deletion by age', () => {
    expect(indexesOf(fields, steps('{ after: 2 days, delete: true }')).indexes).toEqual([
      { key: { ends_at: 1 }, name: 'ends_at_1', expireAfterSeconds: 172_800 },
    ])
    expect(indexesOf(fields, steps('{ at: ends_at, delete: true }')).indexes).toMatchObject([{ expireAfterSeconds: 0 }])
  })

  test.each([
    '{ after: 2 months, delete: true }',
    '{ after: 2 days, where: active, delete: true }',
    '{ after: 2 days, before: tell, delete: true }',
  ])('does not do %s', (step) => {
    expect(indexesOf(fields, steps(step))).toEqual({ indexes: [], losses: [] })
  })
})

const values = [null, 'x', 'y', 'z'].flatMap((a) =>
  [1, 2, 3].flatMap((b) => [true, false, null].map((c) => ({ a, b, c }))),
)

/** What SQL says of each row, by hand: conditions with null unknown. */
const conditions: readonly (readonly [string, (row: { a: string | null; b: number; c: boolean | null }) => boolean])[] =
  [
    ["a = 'x'", ({ a }) => a === 'x'],
    ["a <> 'x'", ({ a }) => a !== null && a !== 'x'],
    ["not a = 'x'", ({ a }) => a !== null && a !== 'x'],
    ['a is null', ({ a }) => a === null],
    ['a is not null', ({ a }) => a !== null],
    ["a in ('x', 'y')", ({ a }) => a === 'x' || a === 'y'],
    ["a not in ('x', 'y')", ({ a }) => a === 'z'],
    ['b between 2 and 3', ({ b }) => b >= 2],
    ['b not between 2 and 3', ({ b }) => b < 2],
    ['c', ({ c }) => c === true],
    ['not c', ({ c }) => c === false],
    ["not (c and a = 'x')", ({ a, c }) => c === false || (a !== null && a !== 'x')],
    ['2 <= b or (a is null and c)', ({ a, b, c }) => b >= 2 || (a === null && c === true)],
  ]

describe('a condition', () => {
  const typed = 'id: snowflake\na: text?\nb: integer\nc: boolean?'

  test.each(conditions)('of a partial index matches when it is true: %s', (where, expected) => {
    const { indexes } = indexesOf(typed, `indexes:\n  - { fields: [b], where: "${where}" }\n`)
    const matches = accepts(indexes[0]?.filter ?? {})
    expect(indexes).toHaveLength(1)
    expect(values.filter(matches)).toEqual(values.filter(expected))
    const missing = values.map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)))
    expect(missing.map(matches)).toEqual(values.map(expected))
  })

  test.each(conditions)('of a check passes unless it is false: %s', (where) => {
    const opposite = `checks:\n  rule: "${where}"\n  counter: "not (${where})"\n`
    const [rule, counter] = ['rule', 'counter'].map((name) => {
      const set = thingSet(typed, opposite.replace(name === 'rule' ? / {2}counter.*\n/ : / {2}rule.*\n/, ''))
      const validator = collectionOf(set, thing(set)).validator
      return accepts({ $expr: validator['$expr'] ?? true })
    })
    for (const row of values) {
      const truth = (conditions.find(([text]) => text === where)?.[1] ?? (() => false))(row)
      if (truth) expect([row, rule?.(row)]).toEqual([row, true])
      // One of a condition and its opposite passes, and both do where it is unknown.
      expect([row, rule?.(row) || counter?.(row)]).toEqual([row, true])
      if (truth) expect([row, counter?.(row)]).toEqual([row, false])
    }
  })
})

test('a unique that Mongo does not hold is told as such, by its parts as they are written', () => {
  const text = `entity: user
fields:
  id: snowflake
  handle: text
  score: integer?
  bonus: integer?
indexes:
  - { fields: ["lower(handle)"], unique: true }
  - { fields: [id, "lower(handle)"], unique: true, name: uq_handles }
  - ["lower(handle)"]
  - { fields: [score], unique: true, where: score > bonus }
  - { fields: [score], using: gist }
`
  const { value, diagnostics } = compileTexts({ 'a.yaml': text })
  expect(diagnostics).toEqual([])
  if (value === null) throw new Error('no set')
  const told = documentLosses(value.set)
    .filter(({ feature }) => feature.startsWith('index-'))
    .map(({ subject, message }) => `${subject} | ${message}`)
  expect(told).toEqual([
    'user(lower(handle)) | Mongo does not hold the unique over lower(handle): two documents may have the same. Its index is not made: it is over a computed value.',
    'uq_handles | Mongo does not hold the unique over id, lower(handle): two documents may have the same. Its index is not made: it is over a computed value.',
    'user(lower(handle)) | The index user(lower(handle)) is not made: it is over a computed value.',
    'user(score) | Mongo does not hold the unique over score: two documents may have the same. Its index is not made: its condition compares fields with each other or computes.',
    'user(score) | The index user(score) is not made: its method has no counterpart.',
  ])
})

describe('the order of an index', () => {
  test('is lost where MongoDB has another: nulls are the smallest, and texts go byte by byte', () => {
    const index = (part: string) => indexesOf(fields, `indexes:\n  - [${part}]\n`).losses
    expect(index('ends_at nulls first')).toEqual([])
    expect(index('ends_at desc nulls last')).toEqual([])
    expect(index('a collate "C"')).toEqual([])
    expect(index('ends_at desc nulls first')).toEqual(['index-nulls thing'])
    expect(index('ends_at nulls last')).toEqual(['index-nulls thing'])
    expect(index('a collate de_DE')).toEqual(['index-collation thing'])
  })
})
