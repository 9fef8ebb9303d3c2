import { describe, expect, test } from 'vitest'
import { compileEmitted } from '../../../generators/engines/script/compile.js'
import { mongoose } from '../../../generators/mongoose/index.js'
import { emittedWithCodecs, everything, setIn, thingSet } from './emitted.js'

const compiled = async (set: ReturnType<typeof everything>, kind: 'esm' | 'cjs' = 'esm') => {
  const files = await emittedWithCodecs(set)
  expect(
    files.filter(({ text }) =>
      /\bany\b(?!thing)/.test(text.replace(/\/\/.*|\/\*[\s\S]*?\*\//g, '').replace(/'[^']*'/g, '')),
    ),
  ).toEqual([])
  return compileEmitted(files, kind)
}

describe('emitted models compile under the strictest flags', () => {
  test('of a set that uses every feature', async () => {
    expect(await compiled(everything())).toEqual([])
  }, 60_000)

  test('for CommonJS', async () => {
    expect(await compiled(setIn('test/fixtures/everything-else'), 'cjs')).toEqual([])
  }, 60_000)

  test('with names that mean something to Mongoose and to TypeScript', async () => {
    const names = ['type', 'get', 'errors', 'collection', 'schema', 'db', 'on', 'emit', 'default', 'required']
    const fields = names.map((name) => `${name}: text?`).join('\n')
    const set = thingSet(
      `id: snowflake\n${fields}\n"odd-name": { type: text, code: oddName }\ninner:\n  fields:\n    type: text\n    ref: integer`,
    )
    expect(await compiled(set)).toEqual([])
  }, 60_000)
})

test('a unit changes when what it depends on changes, and only then', () => {
  const hashes = (set: ReturnType<typeof everything>) =>
    new Map(mongoose.units(set, { access: false }).value.map(({ id, hash }) => [id, hash]))
  const set = thingSet('id: identity\nname: text\nkind: enum(a, b)')
  expect(hashes(thingSet('id: identity\nname: text\nkind: enum(a, b)'))).toEqual(hashes(set))
  const changed = hashes(thingSet('id: identity\nname: string(5)\nkind: enum(a, b)'))
  expect([...hashes(set)].filter(([id, hash]) => changed.get(id) !== hash).map(([id]) => id)).toEqual([
    'thing',
    'access/thing',
  ])
})
