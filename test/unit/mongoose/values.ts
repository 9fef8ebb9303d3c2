import { Types } from 'mongoose'

/** A field of each type, and the object that some of them hold. */
export const fields = `
id: snowflake
flake: snowflake(guild)?
book: objectid?
uid: uuid?
words: string(5)?
code: char(3)?
slug: { type: "text?", pattern: "^[a-z]+$", min_length: 2 }
link: url?
mail: email?
paint: color?
small: smallint?
count: { type: "integer?", min: 0 }
huge: long?
big: { type: "bigint?", max: 9007199254740993 }
single: real?
ratio: { type: "float?", max: 1 }
price: { type: "decimal(5, 2)?", min: 0 }
flag: boolean?
at: timestamp?
day: date?
hour: time?
wait: duration(seconds)?
data: json?
inner: { type: inner? }
tags: { type: "list<string(3)>?", max_items: 2 }
grid: list<list<integer>>?
parts: list<inner>?
counts: { type: "map<integer>?", max_items: 2 }
lookup: map<inner>?
kind: enum(low, high)?
rank: { type: "smallint?", values: [1, 2] }
blob: { type: "bytes?", max_length: 2 }
point: vector(2)?
either: union<integer, inner>?
`

export const inner = `---
object: inner
fields:
  type: text
  level: integer = 1
  ceiling: integer?
checks:
  below_ceiling: ceiling is null or level <= ceiling
`

export const whole = { type: 'x', level: 1, ceiling: null }

type Values = readonly unknown[]

/** By field: values that everyone takes, and values that everyone refuses. */
export const table: Readonly<Record<string, { good: Values; bad: Values }>> = {
  flake: { good: ['1', '9223372036854775807'], bad: ['0', '01', '', '9223372036854775808', 1, 1n, ['1'], 'a'] },
  book: { good: [new Types.ObjectId()], bad: [5, 'short', 'abcdefghijkl', new Date(0)] },
  uid: { good: ['0189dcd1-3c5a-7bbb-8a3c-0123456789ab'], bad: ['0189DCD1-3C5A-7BBB-8A3C-0123456789AB', '', 5] },
  words: { good: ['', 'abcde', '😀😀😀😀😀', 'a  '], bad: ['abcdef', 'a\0', 5, true, ['a'], new Date(0), {}] },
  code: { good: ['abc', '  c'], bad: ['ab', 'abcd', 'ab ', ''] },
  slug: { good: ['ab'], bad: ['a', 'AB', 'ab\n', ''] },
  link: { good: ['https://a.b/c'], bad: ['ftp://a', 'https://a b', 'https://a\n', ''] },
  mail: { good: ['a@b.c'], bad: ['a@b', 'a', 'a@b.c\n'] },
  paint: { good: ['#fff', '#00FF00'], bad: ['fff', '#ffff', '#fff\n'] },
  small: { good: [-32768, 32767, 0], bad: [32768, -32769, 1.5, '1', true, Number.NaN] },
  count: { good: [0, 2147483647], bad: [-1, 2147483648, '0'] },
  huge: { good: [9007199254740991, -9007199254740991], bad: [9007199254740992, 0.5, Number.POSITIVE_INFINITY] },
  big: { good: [0n, 9007199254740993n, -(2n ** 63n)], bad: [9007199254740994n, 1, '1', true] },
  single: { good: [0.5, 1], bad: ['1', Number.NaN, 1e39] },
  ratio: { good: [1, -1e300], bad: [1.1, Number.NEGATIVE_INFINITY, '0', true] },
  price: { good: ['0', '999.99', '1.5'], bad: ['1000', '1.234', '-1', '01', '', 1, '-0', '1.'] },
  flag: { good: [true, false], bad: ['true', 1, 0, 'no'] },
  at: { good: [new Date(0), new Date('9999-12-31T23:59:59.999Z')], bad: ['2024-01-01', 0, new Date(8e15)] },
  day: {
    good: ['2024-02-29', '2000-02-29', '0001-01-01'],
    bad: ['2023-02-29', '1900-02-29', '0000-01-01', '2024-13-01', '2024-04-31', '2024-2-9', 5],
  },
  hour: { good: ['00:00:00', '23:59:59.999'], bad: ['24:00:00', '1:00:00', '12:00', '12:00:00.1234'] },
  wait: { good: [0, 5], bad: [0.5, '5'] },
  data: { good: [1, 'a', false, [], {}, { a: [null] }], bad: [] },
  inner: {
    good: [whole, { ...whole, ceiling: 2 }],
    bad: [
      { ...whole, nope: 1 },
      { ...whole, type: 5 },
      { ...whole, ceiling: 0 },
      'x',
      [],
      5,
      { ...whole, level: null },
    ],
  },
  tags: { good: [[], ['abc', 'd']], bad: ['abc', ['abcd'], ['a', 'b', 'c'], [null], [5], {}, [['a']]] },
  grid: { good: [[], [[1], []]], bad: [[1], [[1.5]], [['1']], [[null]], 'x'] },
  parts: {
    good: [[], [whole]],
    bad: [whole, [null], [{ ...whole, nope: 1 }], [{ ...whole, ceiling: 0 }], ['x'], [[whole]]],
  },
  counts: {
    good: [{}, { a: 1 }],
    bad: [{ 'a.b': 1 }, { $a: 1 }, { a: '1' }, { a: null }, { a: 1, b: 2, c: 3 }, [], 'x'],
  },
  lookup: { good: [{ a: whole }], bad: [{ a: { ...whole, nope: 1 } }, { a: { ...whole, ceiling: 0 } }, { a: 5 }] },
  kind: { good: ['low'], bad: ['', 'mid', 1, ['low']] },
  rank: { good: [1, 2], bad: [3, '1', true] },
  blob: { good: [new Uint8Array([1, 2]), new Uint8Array()], bad: ['ab', [1], 5] },
  point: { good: [[1, 2.5]], bad: [[1], [1, 2, 3], [1, '2'], [1, null], 5, [1, Number.NaN]] },
  either: { good: [5, whole], bad: ['x', 1.5, { ...whole, nope: 1 }, true] },
}
