import { describe, expect, test } from 'vitest'
import { codeFrame, placeName } from '../../../generators/cli/output/frame.js'
import { paintFor } from '../../../generators/cli/output/paint.js'
import { span } from '../../../generators/kernel/source.js'

const plain = paintFor(false)

const frameOf = (text: string, marked: string): string => {
  const start = text.indexOf(marked)
  return codeFrame(span({ path: 'a.yaml', text }, start, start + marked.length), plain, plain.red).join('\n')
}

describe('code frames', () => {
  test('underline what is meant', () => {
    expect(frameOf('a: 1\nb: snowflak\nc: 2\n', 'snowflak')).toBe('    |\n  2 | b: snowflak\n    |    ~~~~~~~~')
  })

  test('count characters as they are seen: tabs, astral and invisible ones', () => {
    expect(frameOf('\tb: x', 'x')).toBe('    |\n  1 |   b: x\n    |      ~')
    expect(frameOf('😀: x', 'x')).toBe('    |\n  1 | 😀: x\n    |    ~')
    expect(frameOf('\u202Eb: x', 'x')).toBe('    |\n  1 | ⟨U+202E⟩b: x\n    |            ~')
  })

  test('mark a place of several lines to the end of its first', () => {
    expect(frameOf('a:\n  b: 1\n  c: 2\n', 'b: 1\n  c: 2')).toBe('    |\n  2 |   b: 1\n    |   ~~~~')
  })

  test('mark one character for a place without length, also at the end of a line', () => {
    const source = { path: 'a.yaml', text: 'ab\n' }
    expect(codeFrame(span(source, 2, 2), plain, plain.red)).toEqual(['    |', '  1 | ab', '    |   ~'])
  })

  test('cut a long line around the place', () => {
    const frame = frameOf(`${'x'.repeat(500)} here ${'y'.repeat(500)}`, 'here').split('\n')
    expect(frame[1]?.length).toBeLessThan(140)
    expect(frame[1]).toMatch(/^ {2}1 \| …x+ here y+…$/)
    expect(frame[2]?.indexOf('~')).toBe(frame[1]?.indexOf('here'))
  })

  test('say nothing of a place that is a whole file', () => {
    const source = { path: 'a.yaml', text: 'a: 1' }
    expect(codeFrame(span(source, 0, 0), plain, plain.red)).toEqual([])
    expect(placeName(span(source, 0, 0))).toBe('a.yaml')
    expect(placeName(span(source, 3, 4))).toBe('a.yaml:1:4')
  })
})
