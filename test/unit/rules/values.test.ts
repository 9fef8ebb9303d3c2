import { describe, expect, test } from 'vitest'
import { codes, entity } from './found.js'

const field = (line: string) => codes(entity('thing', ['id: snowflake', line]))

test.each([
  'a: smallint = 32767',
  'a: long = 9007199254740991',
  'a: bigint = 9223372036854775807',
  'a: real = 0.5',
  'a: decimal(5, 2) = 999.99',
  'a: string(3) = äöü',
  'a: char(2) = 😀😀',
  'a: { type: text, pattern: "^[a-z]+$", default: abc }',
  'a: { type: list<integer>, max_items: 2, default: [1, 2] }',
  'a: { type: map<integer>, default: { x: 1 } }',
  'a: url = https://example.org/x',
  'a: color = "#ff0000"',
  'a: timestamp = 2024-02-29T23:59:59Z',
  'a: time = "23:59:59"',
  'a: text? = null',
  'a: enum(low, high) = low',
])('%s is a default of its type', (line) => {
  expect(field(line)).toEqual([])
})

test.each([
  'a: smallint = 32768',
  'a: integer = -2147483649',
  'a: long = 9007199254740992',
  'a: bigint = 9223372036854775808',
  'a: real = 0.1',
  'a: decimal(5, 2) = 1000',
  'a: decimal(5, 2) = 0.125',
  'a: string(3) = äöüß',
  'a: char(2) = x',
  'a: { type: integer, min: 1, default: 0 }',
  'a: { type: text, pattern: "^[a-z]+$", default: aBc }',
  'a: { type: text, min_length: 2, default: x }',
  'a: { type: list<integer>, max_items: 2, default: [1, 2, 3] }',
  'a: { type: "list<string(1)>", default: [ab] }',
  'a: { type: map<integer>, default: { $x: 1 } }',
  'a: url = example.org',
  'a: color = red',
  'a: snowflake(user) = 0123',
])('%s is refused', (line) => {
  expect(field(line)).toEqual(['default-refused'])
})

describe('checks and defaults', () => {
  const checked = (fields: readonly string[], check: string) =>
    codes(entity('thing', ['id: snowflake', ...fields], ['checks:', `  sound: ${check}`]))

  test('a default that a check always refuses is found', () => {
    expect(checked(['a: integer = 5'], 'a < 5')).toEqual(['default-against-check'])
    expect(checked(['a: boolean = true', 'b: text? = null'], 'not a or b is not null')).toEqual([
      'default-against-check',
    ])
  })

  test('what the rest of the row may mend is not', () => {
    expect(checked(['a: integer = 5', 'b: integer'], 'a < b')).toEqual([])
    expect(checked(['a: text?', 'b: text?'], 'a is not null or b is not null')).toEqual([])
    expect(checked(['a: text? = null'], "a = 'x'")).toEqual([])
    expect(checked(['a: timestamp = now'], "a > '2030-01-01T00:00:00Z'")).toEqual([])
  })
})

describe('examples', () => {
  const example = (row: string) =>
    codes(
      entity(
        'thing',
        ['id: identity', 'name: string(3)', 'level: integer = 1', 'note: text?', 'made: timestamp = now'],
        ['checks:', '  sound: level > 0 and (note is null or length(note) > 1)', 'examples:', `  - ${row}`],
      ),
    )

  test('leave out what has a default, what may be null and what the store makes', () => {
    expect(example('{ name: abc }')).toEqual([])
  })

  test('are held to types and checks', () => {
    expect(example('{ level: 2 }')).toEqual(['row-incomplete'])
    expect(example('{ name: abcd }')).toEqual(['row-refused'])
    expect(example('{ name: abc, level: 0 }')).toEqual(['row-against-check'])
    expect(example('{ name: abc, note: x }')).toEqual(['row-against-check'])
  })
})

test("an object's own checks hold for its defaults and examples", () => {
  const range = [
    'object: range',
    'summary: A range.',
    'fields:',
    '  low: integer = 1',
    '  high: integer = 2',
    'checks:',
    '  ordered: low <= high',
    '',
  ]
  const thing = (line: string) => codes(entity('thing', ['id: snowflake', line]), range.join('\n'))
  expect(thing('a: { type: range, default: { low: 2 } }')).toEqual([])
  expect(thing('a: { type: range, default: { low: 3 } }')).toEqual(['default-refused'])
})
