import { describe, expect, test } from 'vitest'
import { type SlowText, slowText } from '../../../generators/language/pattern/index.js'
import { formatPatterns } from '../../../generators/model/formats.js'
import { usualPatterns } from './usual-patterns.js'

const unlimited = 100_000

const textOf = ({ before, repeated, times, after }: SlowText): string => before + repeated.repeat(times) + after

/** Milliseconds that a real engine takes to refuse a text. */
const timeOf = (source: string, text: string): number => {
  const started = performance.now()
  expect(new RegExp(source, 'u').test(text)).toBe(false)
  return performance.now() - started
}

describe('a pattern that takes the square of a text without limit, or more', () => {
  test.each([
    ['a*b', 'a*', 2],
    ['^(a*)(a*)b', 'a*', 2],
    ['\\s+$', '\\s+', 2],
    ['^[^@ ]+@[^@ ]+\\.[^@ ]+$', '[^@ ]+', 2],
    ['^-?\\d*\\.?\\d+$', '\\d+', 2],
    ['^(?:ab|c)*(?:abc)*d$', '(?:abc)*', 2],
    ['^(?!.*a.*b)[a-z]+$', '.*', 2],
    // Only what follows a line feed fails.
    ['^\\s*(.*)\\s*$', '\\s*', 2],
    ['^\\s*([a-z ]*)\\s*$', '[a-z ]*', 3],
    ['^a{1,255}a{1,255}a{1,255}b', 'a{1,255}', 3],
  ])('%s is found at %s', (source, loop, power) => {
    const slow = slowText(source, unlimited)
    expect({ loop: slow?.loop.raw, power: slow?.power }).toEqual({ loop, power })
    if (slow === null) throw new Error('nothing was found')
    // At a place that a busy machine only makes slower.
    expect(timeOf(source, textOf(slow))).toBeGreaterThan(10)
  })

  test('is let be where texts are short enough', () => {
    expect(slowText('^(a*)(a*)b', 4000)).toBeNull()
    expect(slowText('^(a*)(a*)b', 20_000)).not.toBeNull()
    expect(slowText('^(a*)(a*)(a*)b', 500)).toBeNull()
    expect(slowText('^(a*)(a*)(a*)b', 4000)).toMatchObject({ before: '', repeated: 'a', after: '', power: 3 })
  })
})

test.each([
  ...usualPatterns,
  ...Object.values(formatPatterns),
  // Nothing behind the loops fails.
  '^(a*)(a*)',
  '^[\\s\\S]*[\\s\\S]*$',
  // What is looked for from every place is refused at once.
  '[a-z]{1,255}-',
  '(?:^|,)\\d+x',
  // No text is both.
  '^(?:ab)*(?:ba)*c$',
  '^(?:a{2}b)*(?:a{3}b)*c$',
  '^(?:|a)+b$',
])('%s takes no longer than a text is long', (source) => {
  expect(slowText(source, unlimited)).toBeNull()
})

test('what is too large to be looked at is let be, at once', () => {
  const started = performance.now()
  const many = Array.from({ length: 490 }, (_, index) => String.fromCodePoint(0x4e00 + index)).join('|')
  slowText(`(?:${many})+x`, unlimited)
  slowText(`^${'[a-z]*x?'.repeat(30)}!$`, unlimited)
  slowText(`^${'(?=(?:a{200}){200})'.repeat(20)}b*b*$`, unlimited)
  expect(performance.now() - started).toBeLessThan(20_000)
})
