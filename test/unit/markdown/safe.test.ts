import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  anchorsOf,
  atLineStart,
  code,
  fenced,
  frontMatterString,
  link,
  paragraphs,
  prose,
  sentence,
  text,
} from '../../../generators/kernel/safe/markdown.js'
import { mermaidEntity, mermaidIdentifier, mermaidLabel } from '../../../generators/kernel/safe/mermaid.js'

/** Pipes that end a cell for GFM: those that no backslash stands before, code or not. */
const barePipes = (markdown: string): number => (markdown.match(/(?<!\\)(?:\\\\)*\|/g) ?? []).length

/** The line without its code spans, as CommonMark takes them: the next run of as many backticks ends one. */
const withoutCode = (markdown: string): string => {
  let left = ''
  for (let at = 0; at < markdown.length; ) {
    const escaped = /^\\[!-/:-@[-`{-~]/.exec(markdown.slice(at))
    const run = /^`+/.exec(markdown.slice(at))?.[0]
    if (escaped !== null) at += 2
    else if (run === undefined) left += markdown[at++]
    else {
      const close = [...markdown.slice(at + run.length).matchAll(/`+/g)].find((match) => match[0] === run)
      if (close === undefined) throw new Error(`an open run of backticks in ${markdown}`)
      at += run.length + close.index + run.length
    }
  }
  return left
}

const hostile = fc.string({
  unit: fc.constantFrom(
    ...['|', '\\', '`', '*', '_', '[', ']', '(', ')', '<', '>', '{', '}', '#', '~', '$', '&', '!', ':', '-', '1', '.'],
    ...[
      '\n',
      '\r',
      '\t',
      ' ',
      'a',
      'é',
      '😀',
      '\u202E',
      '\u2028',
      '\0',
      '\uD800',
      'https://x.org/',
      '```',
      '&lt;',
      '-->',
    ],
  ),
  maxLength: 40,
})

describe('text in Markdown', () => {
  it.each([
    ['a | b', 'a \\| b'],
    ['<script>', '\\<script\\>'],
    ['{process.env}', '\\{process.env\\}'],
    ['snake_case and _this_', 'snake_case and \\_this\\_'],
    ['&lt; & so on', '\\&lt; & so on'],
    ['two\nlines', 'two lines'],
    ['right\u202Eleft', 'right⟨U+202E⟩left'],
    ['$5', '\\$5'],
  ])('escapes %j', (source, expected) => expect(text(source)).toBe(expected))

  it.each([
    ['plain', '`plain`'],
    ['a`b', '``a`b``'],
    ['`a', '`` `a ``'],
    ['a|b', '<code>a&#124;b</code>'],
    ['x\\|y', '<code>x&#92;&#124;y</code>'],
    ['{a}', '`{a}`'],
  ])('puts %j in a code span', (source, expected) => expect(code(source)).toBe(expected))

  it('keeps code spans and web addresses in prose, and nothing else', () => {
    expect(prose('**bold** `a|b` <b> ``x`y`` ` https://x.org/a_b?c=1.')).toBe(
      '\\*\\*bold\\*\\* <code>a&#124;b</code> \\<b\\> ``x`y`` \\` [https://x.org/a_b?c=1](https://x.org/a_b?c=1).',
    )
    expect(prose('[x](javascript:alert(1))')).toBe('\\[x\\](javascript:alert(1))')
  })

  it('lets no text out of its cell, into HTML or into an expression of MDX', () => {
    fc.assert(
      fc.property(hostile, (source) => {
        for (const markdown of [text(source), prose(source), code(source)]) {
          expect(barePipes(markdown)).toBe(0)
          expect(markdown).not.toMatch(/[\n\r\u2028\u2029\u202A-\u202E\0]/)
          const read = withoutCode(markdown.replace(/<code>.*?<\/code>/g, ''))
          expect(read).not.toMatch(/[<>{}*`~$|]/)
        }
      }),
      { numRuns: 2000 },
    )
  })

  it.each(['- a', '+ a', '=== ', '1. a', '12) a', 'import x', 'export default', ':::note', '---'])(
    'begins a line with %j as text',
    (source) => expect(atLineStart(text(source))).toMatch(/^(?:\\[-+=:]|\d+\\[.)]|&#\d+;)/),
  )

  it('parts paragraphs at blank lines', () =>
    expect(paragraphs('one\nline\n\n  \nanother')).toEqual(['one line', 'another']))

  it('ends a sentence once', () => {
    expect(sentence(text('Done'))).toBe('Done.')
    expect(sentence(text('Done?'))).toBe('Done?')
    expect(sentence(text(''))).toBe('')
  })

  it('fences code with more backticks than it holds', () =>
    expect(fenced('sql', 'select 1\n````\n')).toBe('`````sql\nselect 1\n````\n`````'))

  it('encodes what would end a link', () => {
    expect(link(text('a'), 'x y(1).md')).toBe('[a](x%20y%281%29.md)')
    expect(link(text('a'), 'é|<>.md')).toBe('[a](%C3%A9%7C%3C%3E.md)')
  })

  it('writes front matter as YAML strings', () =>
    expect(frontMatterString('a: "b" #c\n---')).toBe(String.raw`"a: \"b\" #c ---"`))

  it('numbers anchors that were there before', () =>
    expect(anchorsOf(['Core tables', 'core tables!', 'A-b_c'])).toEqual(['core-tables', 'core-tables-1', 'a-b_c']))
})

describe('text in Mermaid', () => {
  it('makes identifiers of letters, digits and underscores', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (name) => {
        expect(mermaidIdentifier(name)).toMatch(/^[A-Za-z][A-Za-z0-9_]*$/)
      }),
    )
  })

  it('shows the name of an entity that Mermaid would take for a word of its own', () => {
    expect(mermaidEntity('guild')).toBe('guild')
    expect(mermaidEntity('style')).toBe('style_["style"]')
  })

  it('leaves nothing in a label that ends it', () => {
    expect(mermaidLabel('a "b"; c\n%% d')).toBe('a #34;b#34;#59; c #37;#37; d')
    fc.assert(
      fc.property(hostile, (label) => {
        expect(mermaidLabel(label)).not.toMatch(/["`<>{}|\n:\\]/)
      }),
    )
  })
})
