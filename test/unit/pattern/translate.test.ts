import { PGlite } from '@electric-sql/pglite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { span } from '../../../generators/kernel/source.js'
import { translatePattern } from '../../../generators/language/pattern/index.js'

const translate = (source: string) => translatePattern(source, span({ path: 'a.yaml', text: source }, 0, source.length))

const patterns = [
  '^[a-z_]{2,32}$',
  '^\\d+$',
  '\\w',
  '^\\W*$',
  '^\\s+$',
  '^\\S+$',
  '^.$',
  '^[^a-z]$',
  '^[\\w.-]+@[\\w-]+$',
  '^[\\D]$',
  '^[^\\s]+$',
  '^(?:a|b(c)?)+$',
  '(a|)b',
  'a\\.b\\*c',
  '^[^]$',
  '^[a\\]b\\-c^]+$',
  '^\\u{1F600}?$',
  '^[\\u{1F600}-\\u{1F64F}]$',
  '^\\x41\\n$',
  '^(?!x)[a-z]+$',
  '^a(?=b)',
  'é|ü',
  '^$',
  '^[#\\/"\']+$',
  "'\\$\\{x\\}",
  'a{0,3}b{2,}',
]

const texts = [
  '',
  'a',
  'ab',
  'b',
  'bc',
  'abc',
  'xa',
  'x',
  'A',
  'A\n',
  'a\n',
  '\n',
  '\r',
  '\u2028',
  ' ',
  '\u00a0',
  '\ufeff',
  '\u180e',
  '\v',
  '1',
  '١',
  'é',
  'ü',
  'Ä',
  '_',
  '-',
  '^',
  ']',
  'a]b-c^',
  '😀',
  '🙏',
  'a.b*c',
  'aXb*c',
  'foo_bar',
  'a.b@c-d',
  "'$x}",
  '#/"\'',
  'bb',
  'aaabbb',
  'ſ',
  'K',
  'ab\n',
  '\t',
  '\u0085',
  '\u200b',
]

describe('a pattern matches the same texts in every engine', () => {
  let postgres: PGlite
  beforeAll(async () => {
    postgres = await PGlite.create()
  }, 60_000)
  afterAll(() => postgres.close())

  test.each(patterns)('%s', async (source) => {
    const pattern = translate(source).value
    if (pattern === null) throw new Error(`${source} was refused`)
    const expected = texts.map((text) => new RegExp(source, 'u').test(text))
    const answer = await postgres.query<{ matches: boolean }>(
      'select text ~ $2::text as matches from unnest($1::text[]) with ordinality as t(text, at) order by at',
      [texts, pattern.postgres],
    )
    expect(answer.rows.map(({ matches }) => matches)).toEqual(expected)
    expect(texts.map((text) => new RegExp(pattern.pcre, 'u').test(text))).toEqual(expected)
  })
})

test.each([
  ['(?<=a)b', 'lookbehind'],
  ['(?<!a)b', 'lookbehind'],
  ['(a)\\1', 'the backreference `\\1`'],
  ['(?<year>\\d)', 'a named group'],
  ['\\bword\\b', 'the word boundary `\\b`'],
  ['\\p{L}', 'the property `\\p{L}`'],
  ['[\\P{Lu}]', 'the property `\\P{Lu}`'],
  ['a+?', 'the lazy quantifier `+?`'],
  ['a{1,256}', 'a count over 255'],
  ['[]', 'a class that matches nothing'],
  ['\\0', '`\\0`, which no text holds,'],
  ['\\ud800', '`\\ud800`, which no text holds,'],
])('%s is refused, and named', (source, construct) => {
  const { value, diagnostics } = translate(source)
  expect(value).toBeNull()
  expect(diagnostics[0]?.message).toContain(construct)
  expect(diagnostics[0]?.code).toBe('pattern-construct')
})

test.each(['(', '[a', 'a**', '\\y', '{'])('%s is no regular expression', (source) => {
  expect(translate(source).diagnostics.map(({ code }) => code)).toEqual(['pattern-syntax'])
})
