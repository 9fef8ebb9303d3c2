import { describe, expect, test } from 'vitest'
import { spanIn } from '../../../generators/kernel/place.js'
import { positionOf } from '../../../generators/kernel/source.js'
import { decode, ymlFile } from '../../../generators/language/load/files.js'
import { loadFile } from '../../../generators/language/load/index.js'
import { entryOf, type Mapping, type Scalar } from '../../../generators/language/load/node.js'

const load = (text: string) => loadFile({ path: 'a.yaml', text })

const found = (text: string) =>
  load(text).diagnostics.map(({ code, at }) => {
    const { line, column } = at === null ? { line: 0, column: 0 } : positionOf(at.source, at.start)
    return `${line}:${column} ${code}`
  })

const root = (text: string): Mapping => {
  const [document] = load(text).documents
  if (document === undefined) throw new Error('not read')
  return document.root
}

const scalar = (text: string, key: string): Scalar => {
  const value = entryOf(root(text), key)?.value
  if (value?.kind !== 'scalar') throw new Error('not a scalar')
  return value
}

describe('what YAML says that people do not mean', () => {
  test.each([
    ['entity: a\nsummary: Rule #3\n', ['2:15 comment-ate-text']],
    ['entity: a # fine\n#fine\nsummary: b\n', []],
    ['entity: a\ncolor: #5865f2\n', ['2:8 comment-ate-text']],
    ['entity: a\nsummary: "Rule #3"\n', []],
    ['entity: a\nsummary: a#3\n', []],
    ['entity: a\ndocs: { why: Fast, cheap }\n', ['2:20 comma-split-text']],
    ['entity: a\ndocs: { why: Fast, cheap: }\n', ['2:20 comma-split-text']],
    ['entity: a\nfields: { b: { type: enum(c, d) } }\n', ['2:22 comma-split-text']],
    ['entity: a\nunique: [lower(b, c)]\n', ['2:10 comma-split-text']],
    ['entity: a\nsummary: b :) c\n', []],
    ['entity:\ta\n', ['1:8 yaml-tab']],
    ['entity: a\nfields:\n\tb: text\n', ['3:1 yaml-tab']],
    ['entity: a\nsummary: "b\tc"\n', []],
    ['entity: !!str a\n', ['1:9 yaml-tag']],
    ['entity: a\nsummary: ! b\n', ['2:10 yaml-tag']],
    ['entity: a\nfields: &x {}\nmore: *x\n', ['2:9 yaml-anchor', '3:7 yaml-anchor']],
    ['entity: a\nentity: b\n', ['2:1 duplicate-key']],
    ['%YAML 1.1\n---\nentity: a\n', ['1:1 yaml-directive']],
    ['entity: a: b\n', ['1:10 yaml-syntax']],
    ['entity: "a\n', ['1:9 yaml-unclosed-quote']],
    ['entity: [a\n', ['1:9 yaml-syntax']],
    // The line that is wrong is told, not where YAML notices.
    ['entity: a\nfields:\n  b: { type: text\n  c: text\n', ['3:6 yaml-syntax']],
    ['entity: a\nfields:\n  b: text\n\n   c: text\n', ['5:4 yaml-syntax']],
    ['entity: a\nfields:\n  b:boolean = true\n  c: text\n', ['3:3 yaml-syntax']],
    ['entity: a\nfields:\n  c: text\n  b:boolean = true\n', ['4:3 yaml-syntax']],
    ['entity: a\nfields\n  b: text\n', ['2:1 yaml-syntax']],
    ['- a\n', ['1:1 not-a-mapping']],
    ['', []],
    ['# only a comment\n', []],
  ])('%j', (text, codes) => expect(found(text)).toEqual(codes))

  test('a document that cannot be read keeps its name known, and its neighbours are read', () => {
    const { documents, unreadable } = load('entity: a\nb: !x c\n---\nenum: d\nvalues: [e]\n')
    expect(unreadable).toEqual(['a'])
    expect(documents.map(({ root: { entries } }) => entries[0]?.value)).toMatchObject([{ text: 'd' }])
  })

  test('depth is bounded before anything recurses', () => {
    expect(found(`a: ${'['.repeat(100_000)}`)).toEqual(['1:63 yaml-too-deep'])
    expect(found(`${'- '.repeat(50_000)}a\n`)[0]).toMatch(/yaml-too-deep/)
  })
})

describe('scalars', () => {
  test('keep their text, whatever they look like', () => {
    const texts = ['0123', 'yes', '123456789012345678', '~', 'null', '1e3', '"5"', "'a''b'"]
    const read = texts.map((text) => scalar(`k: ${text}\n`, 'k'))
    expect(read.map(({ text }) => text)).toEqual(['0123', 'yes', '123456789012345678', '~', 'null', '1e3', '5', "a'b"])
    expect(read.map(({ style }) => style)).toEqual([...Array(6).fill('plain'), 'quoted', 'quoted'])
  })

  test.each([
    ['k: one two\n', 'two'],
    ['k: "one two"\n', 'two'],
    ['k: "o\\"ne two"\n', 'two'],
    ["k: 'it''s two'\n", 'two'],
    ['k: |\n  one\n  and two\n', 'two'],
    ['k: >-\n  one\n  and two\n', 'two'],
    ['k: one\n  and two\n', 'two'],
    ['k: |\r\n  one\r\n  and two\r\n', 'two'],
    ['\uFEFFk: one two\n', 'two'],
  ])('a part of %j has its exact place', (text, part) => {
    const node = scalar(text, 'k')
    const start = node.text.indexOf(part)
    const at = spanIn(node, start, start + part.length)
    expect(text.slice(at.start, at.end)).toBe(part)
  })
})

describe('files', () => {
  test('bytes that are not UTF-8 are a finding, not a guess', () => {
    expect(decode('a.yaml', new Uint8Array([0xff]))).toMatchObject({ diagnostic: { code: 'not-utf8' } })
    expect(decode('a.yaml', new TextEncoder().encode('é'))).toEqual({ text: 'é' })
  })

  test('a .yml file is named with its right name', () => {
    expect(ymlFile('b/a.yml').help).toBe('rename it to `b/a.yaml`')
  })
})
