import { beforeAll, describe, expect, test } from 'vitest'
import type { EmittedScript } from '../../../generators/engines/script/compile.js'
import type { SchemaSet } from '../../../generators/model/index.js'
import { mongoose } from '../../../generators/mongoose/index.js'
import { compiledByName, type FindingsOf } from '../../support/compiled.js'
import { emittedWithCodecs, everything, setIn, textSet, thingSet } from './emitted.js'

const names = ['type', 'get', 'errors', 'collection', 'schema', 'db', 'on', 'emit', 'default', 'required']
const fields = names.map((name) => `${name}: text?`).join('\n')

const sets: Record<string, SchemaSet> = {
  'of a set that uses every feature': everything(),
  'for CommonJS': setIn('test/fixtures/everything-else'),
  'with names that mean something to Mongoose and to TypeScript': thingSet(
    `id: snowflake\n${fields}\n"odd-name": { type: text, code: oddName }\ninner:\n  fields:\n    type: text\n    ref: integer`,
  ),
}

/** Each type with an explicit default of null, in an entity and in an object. */
const nulls = `
flake: snowflake? = null
book: objectid? = null
uid: uuid? = null
words: text? = null
code: char(3)? = null
link: url? = null
small: smallint? = null
count: integer? = null
big: bigint? = null
ratio: float? = null
price: decimal(5, 2)? = null
flag: boolean? = null
at: timestamp? = null
day: date? = null
hour: time? = null
wait: duration(seconds)? = null
data: json? = null
tags: list<text>? = null
grid: list<list<integer>>? = null
counts: map<integer>? = null
kind: enum(low, high)? = null
blob: bytes? = null
point: vector(2)? = null
either: union<integer, boolean>? = null
inner: leaf? = null
parts: list<leaf>? = null`.trim()

const nullSet = (module: string): SchemaSet =>
  textSet(
    module,
    `entity: thing
fields:
  id: snowflake
${nulls.replace(/^/gm, '  ')}
  fixed: { type: timestamp?, default: null, immutable: true }
  held: holder?
---
object: leaf
fields:
  name: text? = null
---
object: holder
fields:
${nulls.replace(/^/gm, '  ')}
`,
  )

sets['with a default of null for each type'] = nullSet('esm')
sets['with a default of null for each type, for CommonJS'] = nullSet('cjs')

const scriptOf = async (name: string, set: SchemaSet): Promise<EmittedScript> => ({
  files: await emittedWithCodecs(set),
  module: name.endsWith('for CommonJS') ? 'cjs' : 'esm',
})

const scripts = async (): Promise<Readonly<Record<string, EmittedScript>>> => {
  const emitted = Object.entries(sets).map(async ([name, set]) => [name, await scriptOf(name, set)] as const)
  return Object.fromEntries(await Promise.all(emitted))
}

const codeOf = (text: string): string => text.replace(/\/\/.*|\/\*[\s\S]*?\*\//g, '').replace(/'[^']*'/g, '')

describe('emitted models compile under the strictest flags, without an any', () => {
  let compiled: Readonly<Record<string, EmittedScript>>
  let findingsOf: FindingsOf

  beforeAll(async () => {
    compiled = await scripts()
    findingsOf = await compiledByName(compiled)
  }, 300_000)

  test.each(Object.keys(sets))('%s', (name) => {
    expect(findingsOf(name)).toEqual([])
    expect(compiled[name]?.files.filter(({ text }) => /\bany\b(?!thing)/.test(codeOf(text)))).toEqual([])
  })
})

test('a unit changes when what it depends on changes, and only then', () => {
  const hashes = (set: SchemaSet) =>
    new Map(mongoose.units(set, { validators: 'strict', access: false }).value.map(({ id, hash }) => [id, hash]))
  const set = thingSet('id: identity\nname: text\nkind: enum(a, b)')
  expect(hashes(thingSet('id: identity\nname: text\nkind: enum(a, b)'))).toEqual(hashes(set))
  const changed = hashes(thingSet('id: identity\nname: string(5)\nkind: enum(a, b)'))
  expect([...hashes(set)].filter(([id, hash]) => changed.get(id) !== hash).map(([id]) => id)).toEqual([
    'thing',
    'access/thing',
  ])
})
