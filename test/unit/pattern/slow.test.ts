import { describe, expect, test } from 'vitest'
import { positionOf, span } from '../../../generators/kernel/source.js'
import { translatePattern } from '../../../generators/language/pattern/index.js'
import { formatPatterns } from '../../../generators/model/formats.js'

/** What of a pattern, as a YAML scalar writes it, is refused as slow. */
const slowParts = (text: string, source = text): readonly string[] => {
  const { diagnostics } = translatePattern(source, span({ path: 'a.yaml', text }, 0, text.length))
  return diagnostics.map(({ code, at }) => `${code} ${at?.source.text.slice(at.start, at.end)}`)
}

describe('a loop that matches a text in two ways', () => {
  test.each([
    ['^(a+)+$', '(a+)+'],
    ['(?:a*)*b', '(?:a*)*'],
    ['^(a|a)+$', '(a|a)+'],
    ['^((ab)+)+$', '((ab)+)+'],
    ['^(a|b|ab)*$', '(a|b|ab)*'],
    ['^([a-z]+-?)+$', '([a-z]+-?)+'],
    ['^(\\w+\\s?)*$', '(\\w+\\s?)*'],
    ['^(x*y*)*$', '(x*y*)*'],
    ['^(a(b?|c?))*$', '(a(b?|c?))*'],
    ['^(?:[^x]|\\d)+$', '(?:[^x]|\\d)+'],
    ['^(a|aa){1,100}$', '(a|aa){1,100}'],
    ['^(a?){30}a{30}$', '(a?){30}'],
    ['^([a-z]{1,32}-?){1,8}$', '([a-z]{1,32}-?){1,8}'],
    ['^x(?=(a+)+$)', '(a+)+'],
    ['^(?:b(a+)+c)+$', '(a+)+'],
    ['(a|b|ab){2,}', '(a|b|ab){2,}'],
    ['^(([a-z]{200}){200})+$', '(([a-z]{200}){200})+'],
  ])('%s is refused for %s', (source, part) => {
    expect(slowParts(source)).toEqual([`pattern-slow ${part}`])
  })

  test('is shown for each of them, where it stands in the YAML', () => {
    expect(slowParts('"^(\\\\d+)*x([a-z]|m)+$"', '^(\\d+)*x([a-z]|m)+$')).toEqual([
      'pattern-slow (\\\\d+)*',
      'pattern-slow ([a-z]|m)+',
    ])
    const at = translatePattern('^(a+)+$', span({ path: 'a.yaml', text: 'p: "^(a+)+$"' }, 3, 12)).diagnostics[0]?.at
    expect(at && positionOf(at.source, at.start)).toEqual({ line: 1, column: 6 })
  })
})

test.each([
  ...Object.values(formatPatterns),
  '^[a-z]+(-[a-z]+)*-?$',
  '^(\\w+\\s)*\\w*$',
  '^(ab?)+$',
  '^(?:[^x]|x\\d)+$',
  '^\\w+(\\s+\\w+)*$',
  '^(?:\\d{1,3}\\.){3}\\d{1,3}$',
  '^(?:[a-z]{1,3}-?){4}$',
  '^(\\d{2,4}[ -]?){2,4}$',
  '^([0-9a-f]{64})+$',
  '^"(?:[^"\\\\]|\\\\.)*"$',
  '^(?:a(?!b)|ab)+$',
  '^(?!.*--)[a-z-]+$',
  '^(?:(?!--)[a-z-])+$',
  '^(|a)+$',
  '^[a-z]{2,255}$',
  '^(?:(?:[01]{200}2)*3)*$',
  // Nothing behind it fails, so that the first way is taken.
  '^(a+)+',
  '(?!(a+)+)b',
])('%s is taken', (source) => {
  expect(slowParts(source)).toEqual([])
})

test('what takes long to match does not take long to find', () => {
  const started = performance.now()
  slowParts(`^(?:${Array.from({ length: 490 }, (_, index) => String.fromCodePoint(0x4e00 + index)).join('|')})+$`)
  slowParts(`^${'(?:x'.repeat(160)}a${'y)+'.repeat(160)}$`)
  expect(performance.now() - started).toBeLessThan(5000)
})
