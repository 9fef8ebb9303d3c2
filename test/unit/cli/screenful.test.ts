import { describe, expect, test } from 'vitest'
import { printDifferences } from '../../../generators/cli/output/difference.js'
import { printFindings } from '../../../generators/cli/output/findings.js'
import { paintFor } from '../../../generators/cli/output/paint.js'
import { type Diagnostic, report } from '../../../generators/kernel/diagnostic.js'
import { span, wholeOf } from '../../../generators/kernel/source.js'

const paint = paintFor(false)
const text = 'entity: note\n'.repeat(40)

const repeated = (line: number): Diagnostic =>
  report('unused-actor', span({ path: 'a.yaml', text }, line * 13, line * 13 + 6), { name: 'nobody' })
const misspelt = (line: number): Diagnostic =>
  report('unknown-type', span({ path: 'b.yaml', text }, line * 13, line * 13 + 6), { name: 'strng', nearest: 'string' })
const stale = (file: string): Diagnostic => report('output-stale', wholeOf({ path: file, text: '' }), {})

const printed = (diagnostics: readonly Diagnostic[], isWhole = false): string =>
  printFindings(diagnostics, paint, isWhole).join('\n')

describe('findings on a screen', () => {
  const many = [...Array.from({ length: 13 }, (_, line) => repeated(line)), misspelt(1), misspelt(2), misspelt(3)]

  test('errors come first, and what does not fit is counted by code', () => {
    const lines = printed(many).split('\n')
    expect(lines[0]).toBe('b.yaml:2:1: error unknown-type: there is no type `strng`')
    expect(lines.filter((line) => line.includes('error unknown-type'))).toHaveLength(3)
    expect(lines.length).toBeLessThanOrEqual(45)
    expect(lines.at(-2)).toMatch(/^and unused-actor \(\d+\); `--verbose` shows all$/)
    const shown = lines.filter((line) => line.includes('unused-actor:')).length
    expect(lines.at(-2)).toContain(`(${13 - shown})`)
  })

  test('all of them, on request', () => {
    expect(printed(many, true).match(/unused-actor:/g)).toHaveLength(13)
    expect(printed(many, true)).not.toContain('--verbose')
  })

  test('one finding is shown whole, however long it is', () => {
    const long = report('predicate-size', span({ path: 'a.yaml', text }, 0, 6), { what: 'words', limit: 5 })
    const related = Array.from({ length: 40 }, (_, line) => ({
      message: 'here',
      at: span({ path: 'a.yaml', text }, line * 13, line * 13 + 6),
    }))
    expect(printed([{ ...long, related }]).match(/here/g)).toHaveLength(40)
  })

  test('the same finding about many files is one, with the first files', () => {
    const files = Array.from({ length: 8 }, (_, index) => stale(`out/${index}.ts`))
    expect(printed(files).split('\n')).toEqual([
      'error output-stale: this file is out of date (8 files)',
      '    out/0.ts',
      '    out/1.ts',
      '    out/2.ts',
      '    out/3.ts',
      '    out/4.ts',
      '    and 3 more',
      '  help: run `botschema generate`',
      '',
    ])
    expect(printed(files, true).match(/output-stale/g)).toHaveLength(8)
  })
})

describe('differences on a screen', () => {
  const diff = (file: string, lines: number) => ({
    file,
    diff: `--- ${file}\n+++ ${file}\n${Array.from({ length: lines }, (_, line) => `+${line}`).join('\n')}\n`,
  })

  test('a short one is shown whole', () => {
    expect(printDifferences([diff('a', 3)], paint, false)).toBe('--- a\n+++ a\n+0\n+1\n+2\n')
  })

  test('of long ones and of many files the rest is counted', () => {
    const lines = printDifferences([diff('a', 100), diff('b', 2)], paint, false)
      .trimEnd()
      .split('\n')
    expect(lines).toHaveLength(25)
    expect(lines.at(-1)).toBe('… 78 more lines and 1 more file; `--verbose` shows all')
    expect(printDifferences([diff('a', 100), diff('b', 2)], paint, true)).toContain('+99\n\n--- b')
  })

  test('nothing is nothing', () => {
    expect(printDifferences([], paint, false)).toBe('')
  })
})
