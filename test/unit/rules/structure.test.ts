import { describe, expect, test } from 'vitest'
import { codes, entity, found } from './found.js'

const thing = (fields: readonly string[], ...rest: readonly string[]) =>
  entity('thing', ['id: snowflake', ...fields], rest)

describe('indexes', () => {
  const fields = ['a: text', 'b: integer', 'tags: list<text>', 'data: json', 'embedding: vector(3)']
  const index = (...lines: readonly string[]) => codes(thing(fields, 'indexes:', ...lines.map((line) => `  - ${line}`)))

  test.each([
    '[a, b]',
    '{ fields: [tags], using: gin }',
    '{ fields: ["a gin_trgm_ops"], using: gin }',
    '{ fields: ["embedding vector_cosine_ops"], using: hnsw }',
    '{ fields: ["lower(a)", "b desc"] }',
    '{ fields: [a], include: [b] }',
  ])('%s is sound', (line) => {
    expect(index(line)).toEqual([])
  })

  test.each([
    ['[c]', 'unknown-field'],
    ['[data]', 'index-field'],
    ['{ fields: [a], using: gin }', 'index-field'],
    ['[embedding]', 'index-field'],
    ['{ fields: [a], using: hnsw }', 'index-field'],
    ['{ fields: ["a desc"], using: gist }', 'index-field'],
    ['{ fields: [a], using: hash, unique: true }', 'index-method'],
    ['{ fields: [a], include: [z] }', 'unknown-field'],
    ['{ fields: ["lower(b)"] }', 'predicate-operand'],
    ['{ fields: [a], where: b }', 'predicate-not-boolean'],
  ])('%s is refused', (line, code) => {
    expect(index(line)).toEqual([code])
  })

  test('that repeat another are warned of, unless a note says why', () => {
    expect(index('[a]', '[a, b]')).toEqual(['repeated-index'])
    expect(index('{ fields: [a], note: Read by a report. }', '[a, b]')).toEqual([])
    expect(index('["a desc"]', '[a, b]')).toEqual(['repeated-index'])
    expect(index('[a]', '{ fields: [a, b], where: b > 1 }')).toEqual([])
    expect(index('[b]', '[a, b]')).toEqual([])
    expect(index('[id]')).toEqual(['repeated-index'])
    expect(index('[a]', '{ fields: [a], name: other }')).toEqual(['repeated-index'])
  })
})

describe('places', () => {
  test('of a wrong field are the name itself', () => {
    expect(found(thing(['a: text'], 'unique:', '  - [a, bb]'))).toEqual(['unknown-field 7:9'])
    expect(found(thing(['a: text'], 'checks:', '  x: a <> aa'))).toEqual(['unknown-field 7:11'])
  })

  test('of a wrong field in `access` are the name itself', () => {
    const actors = 'access:\n  writer: { create: true, update: [aa] }'
    expect(found(thing(['a: text'], actors))).toEqual(['unknown-actor 7:3', 'unknown-field 7:36'])
  })
})

describe('partitions', () => {
  const partition = 'postgres: { partition: { by: month, on: made } }'

  test('need their field in the key and in every unique', () => {
    const fields = ['id: snowflake', 'made: timestamp = now', 'a: text']
    expect(codes(entity('thing', fields, ['key: [id, made]', partition]))).toEqual([])
    expect(codes(entity('thing', fields, [partition]))).toEqual(['partition-key'])
    expect(codes(entity('thing', fields, ['key: [id, made]', 'unique:', '  - [a]', partition]))).toEqual([
      'partition-key',
    ])
    expect(codes(entity('thing', fields, ['key: none', partition]))).toEqual([])
  })
})

test.each([
  ['union<text, integer>', []],
  ['union<text, timestamp>', ['union-ambiguous']],
  ['union<integer, float>', ['union-ambiguous']],
  ['union<json, text>', ['union-ambiguous']],
  ['union<list<text>, text>', []],
  ['union<bigint, integer>', ['union-ambiguous']],
  ['union<bigint, boolean>', []],
  ['union<timestamp(ms), integer>', ['union-ambiguous']],
  ['union<timestamp(ms), duration(seconds)>', ['union-ambiguous']],
  ['union<timestamp(ms), bigint>', ['union-ambiguous']],
  ['union<boolean, timestamp(ms)>', []],
  ['union<timestamp, integer>', []],
])('%s', (type, expected) => {
  expect(codes(thing([`a: { type: "${type}" }`]))).toEqual(expected)
})

test.each([
  ['values of a required field that are none of the other', 'kind: enum(ban)', 'kind: enum(kick, warn)', []],
  ['numbers', 'kind: enum(1, 2)', 'kind: enum(3)', []],
  ['values of which one is shared', 'kind: enum(ban, kick)', 'kind: enum(kick)', ['union-ambiguous']],
  ['a field that may be left out', 'kind: enum(ban) = ban', 'kind: enum(kick) = kick', ['union-ambiguous']],
  ['a field that may be null', 'kind: enum(ban)?', 'kind: enum(kick)?', ['union-ambiguous']],
  ['fields of other names', 'kind: enum(ban)', 'sort: enum(kick)', []],
  ['texts that are no enum', 'kind: string(3)', 'kind: string(4)', ['union-ambiguous']],
])('objects of a union that differ by %s', (_, ban, kick, expected) => {
  const objects = [
    `object: ban\nfields: { "kind_": text?, ${ban} }`,
    `object: kick\nfields: { "kind_": text?, ${kick} }`,
  ]
  const quoted = objects.map((text) => text.replace(/(kind|sort): (enum\([^)]*\).*?) }$/, '$1: "$2" }'))
  expect(codes(thing(['a: union<ban, kick>']), ...quoted)).toEqual(expected)
})

describe('stores', () => {
  test('a field of one store does not serve an index of the other', () => {
    const fields = ['a: { type: text, stores: [mongo] }', 'b: { type: text, stores: [postgres] }']
    expect(codes(thing(fields, 'indexes:', '  - [a, b]'))).toEqual(['store-contradiction'])
    expect(codes(thing(fields, 'indexes:', '  - [a]'))).toEqual([])
  })

  test('a reference stays within the stores of its target', () => {
    const target = entity('target', ['id: snowflake'], ['stores: [mongo]'])
    expect(codes(target, thing(['a: ref(target)']))).toEqual(['store-contradiction'])
    expect(codes(target, thing(['a: { ref: target, stores: [mongo] }']))).toEqual([])
  })
})

test('nothing is said twice about a field whose type is unknown', () => {
  expect(codes(thing(['a: intger = 5'], 'checks:', '  x: a > 3', 'unique:', '  - [a]'))).toEqual(['unknown-type'])
})

describe('parameters of queries', () => {
  const query = (...lines: readonly string[]) =>
    codes(
      thing(
        ['a: text'],
        'queries:',
        '  find:',
        '    summary: Some.',
        '    params: { a: a }',
        ...lines.map((line) => `    ${line}`),
      ),
    )

  test('are told from casts, quoted text and comments', () => {
    expect(query(`postgres: "SELECT ':x', \\":y\\", 1::int FROM things WHERE a = :a /* :z */"`)).toEqual([])
  })

  test('are whole texts of a Mongo command', () => {
    expect(query('mongo: { find: { a: ":a", b: "at :noon" } }')).toEqual([])
    expect(query('mongo: { find: { a: ":b" } }')).toEqual(['unused-parameter', 'unknown-parameter'])
  })
})

test('a former name belongs to one field, which has another now', () => {
  expect(codes(thing(['a: { type: text, was: old }', 'b: { type: text, was: old }']))).toEqual(['rename-contradiction'])
  expect(codes(thing(['a: { type: text, was: b }', 'b: text']))).toEqual(['rename-contradiction'])
  expect(codes(thing(['a: { type: text, was: old }']))).toEqual([])
})

test('a computed field is kept where its sources are', () => {
  const computed = (stores: string) => `twice: { type: integer, generated: a * 2${stores} }`
  expect(codes(thing(['a: { type: integer, stores: [postgres] }', computed('')]))).toEqual(['store-contradiction'])
  expect(codes(thing(['a: { type: integer, stores: [postgres] }', computed(', stores: [postgres]')]))).toEqual([])
})
