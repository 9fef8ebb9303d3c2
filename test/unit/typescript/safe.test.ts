import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  docComment,
  isBindingName,
  lineComment,
  propertyName,
  stringLiteral,
  valueLiteral,
} from '../../../generators/kernel/safe/typescript.js'

const evaluated = (expression: string): unknown => new Function(`return (${expression})`)()

describe('literals', () => {
  test('any text is read back as it was, from one line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(stringLiteral(text)).not.toMatch(/[\n\r\u2028\u2029]/)
        expect(evaluated(stringLiteral(text))).toBe(text)
      }),
    )
  })

  test('any JSON value is read back as it was, even under the key __proto__', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.stringify(evaluated(valueLiteral(value)))).toBe(JSON.stringify(value))
      }),
    )
    expect(Object.keys(evaluated(valueLiteral(JSON.parse('{"__proto__":1}'))) as object)).toEqual(['__proto__'])
  })

  test.each([
    ['\u202E', "'\\u202e'"],
    ['\uD83D', "'\\ud83d'"],
    ["it's\n", '"it\'s\\n"'],
    [`it's "so"`, `'it\\'s "so"'`],
    ['😀', "'😀'"],
  ])('%j is %s', (text, literal) => expect(stringLiteral(text)).toBe(literal))
})

describe('names', () => {
  test.each([
    ['name', 'name'],
    ['new', 'new'],
    ['odd name', "'odd name'"],
    ['1', "'1'"],
    ['', "''"],
    ['__proto__', "['__proto__']"],
  ])('property %j is %s', (name, printed) => expect(propertyName(name)).toBe(printed))

  test.each([
    ['Guild', true],
    ['été', true],
    ['class', false],
    ['2fa', false],
    ['a b', false],
    ['', false],
  ])('binding %j: %s', (name, fine) => expect(isBindingName(name)).toBe(fine))
})

describe('comments', () => {
  const prose = (...text: readonly string[]) => docComment({ text, tags: [] })

  test('stand on one line when they fit, and not at all when nothing is said', () => {
    expect(prose('Who warned.')).toBe('/** Who warned. */\n')
    expect(prose()).toBe('')
  })

  test('end where they should, whatever is in them', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom('*', '/', '@', '\n', '\r', ' ', 'a', '\u2028', '\\') })),
        (text) => {
          const comment = prose(...text)
          expect(comment === '' || comment.indexOf('*/') === comment.length - 3).toBe(true)
          expect(comment).not.toMatch(/[\r\u2028]/)
          expect(comment).not.toMatch(/^[\t ]*(?:\/\*)?\*+[\t ]*@/m)
        },
      ),
    )
  })

  test('long ones are wrapped, and a wrapped word makes no tag', () => {
    const lines = prose(`${'word '.repeat(22)}@deprecated ${'word '.repeat(30)}`).split('\n')
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(120)
    expect(lines.some((line) => / \* @/.test(line))).toBe(false)
  })

  test('our own tags come last', () => {
    expect(docComment({ text: ['A.'], tags: [{ name: 'deprecated', text: 'use\n@b' }] }, '  ')).toBe(
      '  /**\n   * A.\n   * @deprecated use \\@b\n   */\n',
    )
  })

  test('of one line stay on it', () => expect(lineComment('a\nb\u2029c')).toBe('// a b\\u2029c'))
})
