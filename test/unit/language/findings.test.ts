import { describe, expect, test } from 'vitest'
import { toJson } from '../../../generators/kernel/diagnostic.js'
import { compileTexts, printed } from '../../support/compile.js'

/** The findings in one entity whose fields (and what follows) are given, without the messages. */
const findings = (text: string, others: Readonly<Record<string, string>> = {}): readonly string[] =>
  printed(compileTexts({ 'note.yaml': `entity: note\nfields:\n  id: identity\n${text}`, ...others }).diagnostics).map(
    (line) => line.split(' ').slice(0, 2).join(' '),
  )

describe('one mistake is one finding, at its place', () => {
  test.each([
    ['  a: { typ: text }\n', ['note.yaml:4:8 unknown-key']],
    ['  a: { type: text, sumary: b }\n', ['note.yaml:4:20 unknown-key']],
    ['  a: { type: text, min_length: [1] }\n', ['note.yaml:4:32 wrong-shape']],
    ['  a: [text]\n', ['note.yaml:4:6 wrong-shape']],
    ['  a: { ref: user, type: text }\n', ['note.yaml:4:19 one-of-keys']],
    ['  a: { type: text, fields: { b: text } }\n', ['note.yaml:4:20 one-of-keys']],
    ['  a: { type: list<object>, fields: { b: text } }\n', []],
    ['  a: { type: text, summary: "b\\0" }\n', ['note.yaml:4:29 yaml-character']],
    // What is misspelt aside hides nothing else.
    ['  a: smallint = 40000\nsumary: b\n', ['note.yaml:4:17 default-refused', 'note.yaml:5:1 unknown-key']],
    ['  a:\n', ['note.yaml:4:5 wrong-shape']],
    ['  a: list<lst<text>>\n', ['note.yaml:4:11 unknown-type']],
    ['  a: "list<lst<text>>"\n', ['note.yaml:4:12 unknown-type']],
    ['  a: { type: "union<text, nomber>" }\n', ['note.yaml:4:27 unknown-type']],
    ['  a: ref(nothing)\n', ['note.yaml:4:10 unknown-entity']],
    ['  a: ref(note.ide)\n', ['note.yaml:4:10 unknown-field']],
    ['  a: text = 5\n', []],
    ['  a: boolean = yes\n', ['note.yaml:4:16 bad-literal']],
    ['  a: { type: boolean, default: "true" }\n', ['note.yaml:4:32 bad-literal']],
    ['  a: { type: integer, default: "5" }\n', ['note.yaml:4:32 bad-literal']],
    ['  a: enum(b, c) = d\n', ['note.yaml:4:19 unknown-enum-value']],
    ['  a: { type: json, default: { b: 123456789012345678 } }\n', ['note.yaml:4:34 bad-literal']],
    ['  a: text\nexamples: [{ b: c }]\n', ['note.yaml:5:14 unknown-field']],
    ['  a: snowflak\nexamples: [{ a: 123456789012345678 }]\n', ['note.yaml:4:6 unknown-type']],
    ['  a: text?\nchecks: { b: a is nul }\n', ['note.yaml:5:19 predicate-syntax']],
    ['  a: { type: ref(note)?, as: int }\n', ['note.yaml:4:26 option-not-for-type']],
    ['  a: boolean = yes\nexamples: [{}]\n', ['note.yaml:4:16 bad-literal']],
    ['  a: text\nindexes: [[a decs]]\n', ['note.yaml:5:12 index-field']],
    ['  a: string(9)[]\n', ['note.yaml:4:15 bad-type-syntax']],
    ['  a: list(text)\n', ['note.yaml:4:10 bad-type-syntax']],
    ['retention: { keep: forever, because: true }\n', ['note.yaml:4:38 wrong-shape']],
    ['  a: { type: text, on_delete: cascade }\n', ['note.yaml:4:20 option-not-for-type']],
    ['  a: { type: kind, as: check }\n', ['note.yaml:4:20 option-not-for-type']],
    // No store has an array of structures; a list of them is JSON, which needs no word.
    ['  a: { type: list<json>, as: array }\n', ['note.yaml:4:30 wrong-choice']],
    ['  a: { type: list<text>, as: array }\n', []],
    // A named type may be a reference: it is one of the field that is of it.
    ['  a: owner\n', []],
    // Objects of a named type cannot hold the type again.
    ['  a: thing\n', ['z.yaml:4:6 recursive-type']],
    ['  a: looped\n', ['note.yaml:4:6 unknown-type']],
  ])('%j', (text, expected) => {
    const others = {
      'k.yaml': 'enum: kind\nvalues: [b]\n---\nentity: user\nfields: { id: snowflake, kind: kind }\n',
      ...(/a: owner/.test(text) ? { 'o.yaml': 'type: owner\nref: user\n' } : {}),
      ...(/a: thing/.test(text) ? { 'z.yaml': 'type: thing\nfields:\n  b: text\n  c: thing\n' } : {}),
    }
    expect(findings(text, others)).toEqual(expected)
  })
})

test('fields that are a list, stores that are none, and a rule that is none are one finding each', () => {
  const fields = 'entity: other\nfields:\n  - id: identity\n'
  expect(findings('', { 'other.yaml': fields })).toEqual(['other.yaml:3:3 wrong-shape'])
  const query = '  a: text\nqueries: { b: { mongo: { find: {} } } }\n'
  const root = 'name: sample\nstores: [postgres, mongodb]\n'
  expect(findings(query, { 'botschema.yaml': root })).toEqual(['botschema.yaml:2:20 wrong-choice'])
  const partition = '  at: { type: timestamp, key: true }\npostgres: { partition: { by: months, on: at } }\n'
  const lifecycle = 'retention: { clock: at, steps: [{ after: 1 year, delete: true }] }\n'
  expect(findings(partition.replace('key: true', 'index: false') + lifecycle)).toEqual(['note.yaml:5:30 wrong-choice'])
  const rule = '  a: snowflake(user)\nretention: { erase: { a: remove } }\n'
  expect(findings(rule)).toEqual(['note.yaml:5:26 wrong-choice'])
})

test.each([
  ['{ kind: boot, factor: 2 }', ['note.yaml:5:25 unknown-enum-value']],
  ['{ kind: boost, factor: many }', ['note.yaml:5:40 bad-literal']],
  ['{ colour: 2 }', ['note.yaml:5:17 bad-literal']],
  ['[1]', ['note.yaml:5:17 bad-literal']],
])('of a union the member is held to its fields that was meant: %s', (value, expected) => {
  const others = {
    'o.yaml':
      'object: role\nfields: { kind: enum(role), role: long }\n---\nobject: boost\nfields: { kind: enum(boost), factor: float }\n',
  }
  expect(findings(`  a: union<role, boost>\nexamples: [{ a: ${value} }]\n`, others)).toEqual(expected)
})

test('nothing is said of what a `use:` that cannot be read would have brought', () => {
  const others = { 'botschema.yaml': 'name: sample\nuse: [members]\n', 'more.yaml': 'extend: guild\ntable: servers\n' }
  expect(findings('  a: ref(guild)\n', others)).toEqual(['botschema.yaml:2:7 wrong-shape'])
})

test.each([
  ['int', 'integer'],
  ['VarChar(20)', 'string(20)'],
  ['timestampz', 'timestamp'],
])('the type %s has another name here', (name, own) => {
  const { diagnostics } = compileTexts({ 'note.yaml': `entity: note\nfields:\n  id: identity\n  a: ${name}\n` })
  expect(diagnostics.map(toJson).map(({ help }) => help)).toEqual([`did you mean \`${own}\`?`])
})

describe('names of no characters', () => {
  test.each([
    ['  a: { type: text, code: "" }\n', 'note.yaml:4:26 invalid-name'],
    ['  a: { type: text, postgres: { collation: " " } }\n', 'note.yaml:4:3 invalid-name'],
    ['  a: text\nindexes: [{ fields: [a], name: "" }]\n', 'note.yaml:5:11 invalid-name'],
    ['  a: text\nunique: [{ fields: [a], name: "" }]\n', 'note.yaml:5:10 invalid-name'],
    ['  a: text\nchecks: { "": length(a) > 1 }\n', 'note.yaml:5:15 invalid-name'],
    ['  a: text\nqueries: { "": { postgres: SELECT 1 } }\n', 'note.yaml:5:12 invalid-name'],
    ['model: ""\n', 'note.yaml:1:9 invalid-name'],
  ])('%j', (text, expected) => expect(findings(text)).toContain(expected))
})

test('a field that a row leaves out is missed, though a text of the row has its name', () => {
  const lines = '  name: text\n  other: text\nexamples: [{ other: the name of it }]\n'
  expect(findings(lines)).toEqual(['note.yaml:6:12 row-incomplete'])
  // What is written and cannot be read is one finding.
  expect(findings('  n: integer\nexamples: [{ n: x }]\n')).toEqual(['note.yaml:5:17 bad-literal'])
})
