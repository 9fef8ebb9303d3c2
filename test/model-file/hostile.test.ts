import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { known } from '../../generators/kernel/bug.js'
import { printModel } from '../../generators/pipeline/model-file/print.js'
import { isRefused, readModel } from '../../generators/pipeline/model-file/read.js'
import { setNamed } from '../evolution/sets.js'
import { compileTexts } from '../support/compile.js'

const { set } = known(
  compileTexts({
    'user.yaml':
      "entity: user\nsummary: Somebody.\nfields:\n  id: snowflake\n  name: { type: string(20), pattern: '^[a-z]+$' }\n  mood: mood?\n  place: place?\n  friend: { type: ref(user)?, on_delete: set null }\nchecks:\n  named: name <> 'nobody'\n",
    'shared.yaml': 'enum: mood\nvalues: [glad, sad]\n---\nobject: place\nfields:\n  town: text\n  near: list<text>?\n',
  }).value,
  'a set',
)
const good = printModel(set)

const problemOf = (text: string): string => {
  const read = readModel('model.json', text)
  return isRefused(read) ? `${read.kind}: ${read.problem}` : 'read'
}

const changed = (from: string, to: string): string => {
  expect(good).toContain(from)
  return good.replaceAll(from, to)
}

describe('a model.json of anybody', () => {
  it.each([
    ['no JSON', 'hello', /^broken: it is no JSON object/],
    ['a list', '[]', /^broken: it is no JSON object/],
    ['nothing', '', /^broken: it is no JSON object/],
    ['half of one', good.slice(0, good.length / 2), /^broken: it is no JSON object/],
    ['no form', '{}', /^broken: it does not say which form/],
    ['a text for its form', '{ "model": "1" }', /^broken: it does not say which form/],
    ['a newer form', changed('"model": 1', '"model": 2'), /^newer: it has form 2/],
    ['an unknown key', changed('"model": 1,', '"model": 1, "more": 1,'), /^broken: the whole: .*more/],
    [
      'an unknown kind of type',
      changed('"kind": "snowflake"', '"kind": "flake"'),
      /^broken: entities\[0\].fields\[0\]/,
    ],
    ['a name that is a path', changed('"name": "user"', '"name": "../user"'), /^broken: entities\[0\].name/],
    ['a set that is a path', changed('"name": "sample"', '"name": "../x"'), /^broken: name/],
    ['a check that does not parse', changed("name <> 'nobody'", 'name <> '), /^broken: the check "named"/],
    ['a pattern that takes for ever', changed('^[a-z]+$', '^([a-z]+)+$'), /^broken: .*pattern: no pattern/],
    ['an enum that is nowhere', changed('"enum": "mood"', '"enum": "heart"'), /^broken: user: mood: no enum heart/],
    ['a reference to nothing', changed('"entity": "user"', '"entity": "pet"'), /^broken: user: no entity pet/],
    [
      'an object that holds itself',
      changed('{ "kind": "list", "of": { "kind": "text" } }', '{ "kind": "object", "object": "place" }'),
      /^broken: place holds itself/,
    ],
    ['a field twice', changed('"name": "town"', '"name": "near"'), /^broken: place: near is there twice/],
    ['a pit', `{ "model": 1, "x": ${'['.repeat(100_000)}${']'.repeat(100_000)} }`, /^broken: it is more than 200/],
    ['too much', ' '.repeat(64 * 1024 * 1024 + 1), /^broken: it is larger than 64 MiB/],
    ['a prototype', changed('"model": 1,', '"model": 1, "__proto__": { "gone": [] },'), /^broken/],
  ])('with %s is refused', (_, text, problem) => expect(problemOf(text)).toMatch(problem))

  it('with any part changed is read or refused, and throws nothing', () => {
    const text = printModel(setNamed('test/fixtures/everything'))
    const whole = JSON.parse(text) as unknown
    const places: (readonly (string | number)[])[] = []
    const walk = (value: unknown, path: readonly (string | number)[]): void => {
      places.push(path)
      if (typeof value !== 'object' || value === null) return
      for (const [key, inner] of Object.entries(value)) walk(inner, [...path, Array.isArray(value) ? Number(key) : key])
    }
    walk(whole, [])
    const odd = fc.constantFrom<unknown>(null, 0, -1, '', 'x', '__proto__', [], {}, [null], { kind: 'text' }, true)
    const put = (value: unknown, [first, ...rest]: readonly (string | number)[], by: unknown): unknown => {
      if (first === undefined) return by
      if (Array.isArray(value)) return value.map((item, index) => (index === first ? put(item, rest, by) : item))
      const members = Object.entries(value as object)
      return Object.fromEntries(members.map(([key, inner]) => [key, key === first ? put(inner, rest, by) : inner]))
    }
    fc.assert(
      fc.property(fc.constantFrom(...places), odd, (path, value) => {
        expect(() => readModel('model.json', JSON.stringify(put(whole, path, value)))).not.toThrow()
      }),
      { numRuns: 300 },
    )
  })
})
