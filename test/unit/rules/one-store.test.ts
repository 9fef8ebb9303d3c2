import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Store } from '../../../generators/model/index.js'
import { compileTexts, printed } from '../../support/compile.js'

const findings = (stores: readonly Store[], text: string, targets = ''): readonly string[] =>
  printed(
    compileTexts({
      'botschema.yaml': `name: sample\nstores: [${stores.join(', ')}]\n${targets}`,
      'a.yaml': text,
    }).diagnostics,
  ).map((line) => line.split(' ').slice(0, 2).join(' '))

const thing = (rest: string): string => `entity: thing\nfields:\n  id: snowflake\n${rest}`

describe('a rule that comes from a store is asked of sets that have it', () => {
  test.each([
    ['an index over a list', thing('  tags: list<text>\nindexes:\n  - [tags]\n'), ['a.yaml:6:6 index-field']],
    ['an index over JSON', thing('  data: json?\nindexes:\n  - [data, id]\n'), ['a.yaml:6:6 index-field']],
    [
      'an enum of large numbers',
      thing('  level: { type: integer, values: [1, 100000] }\nexamples: [{ id: "1", level: 100000 }]\n'),
      ['a.yaml:4:39 bad-enum-value'],
    ],
  ])('%s is fine in Mongo, and not with Postgres', (_, text, withPostgres) => {
    expect(findings(['mongo'], text)).toEqual([])
    expect(findings(['postgres'], text)).toEqual(withPostgres)
    expect(findings(['mongo', 'postgres'], text)).toEqual(withPostgres)
  })

  test.each([
    [
      'an identity in a key',
      'entity: ticket\nkey: [guild_id, number]\nfields:\n  guild_id: snowflake(guild)\n  number: identity\n',
      ['a.yaml:5:3 identity-not-key'],
    ],
    ['an identity beside the key', thing('  number: identity\n'), ['a.yaml:4:3 identity-not-key']],
    [
      'a union of a number and of what documents hold as a number',
      thing('  a: union<timestamp(ms), integer>\n  b: union<integer, bigint>\n'),
      ['a.yaml:4:3 union-ambiguous', 'a.yaml:5:3 union-ambiguous'],
    ],
  ])('%s is fine in Postgres, and not with Mongo', (_, text, withMongo) => {
    expect(findings(['postgres'], text)).toEqual([])
    expect(findings(['mongo'], text)).toEqual(withMongo)
    expect(findings(['mongo', 'postgres'], text)).toEqual(withMongo)
  })

  test('a method that only Postgres has is an error in a set of Mongo alone; gin and hash have counterparts there', () => {
    const text = (using: string): string =>
      thing(`  data: json?\nindexes:\n  - { fields: [${using === 'gin' ? 'data' : 'id'}], using: ${using} }\n`)
    expect(findings(['mongo'], text('brin'))).toEqual(['a.yaml:6:21 store-option'])
    expect(findings(['mongo', 'postgres'], text('brin'))).toEqual([])
    for (const using of ['gin', 'hash']) expect(findings(['mongo'], text(using))).toEqual([])
  })

  test('numbers beyond what is exact are refused everywhere', () => {
    const text = thing('  level: enum(1, 9007199254740993)\n')
    expect(findings(['mongo'], text)).toEqual(['a.yaml:4:18 bad-enum-value'])
  })

  test('to turn off a target of a store that the set does not use says nothing new', () => {
    expect(findings(['postgres'], thing(''), 'targets: { mongoose: false }\n')).toEqual([])
    expect(findings(['mongo'], thing(''), 'targets: { postgres: false }\n')).toEqual([])
    expect(findings(['postgres'], thing(''), 'targets: { mongoose: {} }\n')).toEqual([
      'botschema.yaml:3:12 target-without-store',
    ])
  })
})

describe('a module of the library speaks of each store and of both', () => {
  const modules = readdirSync('schemas/library', { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)

  test('there are some', () => expect(modules.length).toBeGreaterThan(10))

  test.each(modules)('%s', (name) => {
    for (const stores of ['[postgres]', '[mongo]', '[postgres, mongo]']) {
      const { diagnostics } = compileTexts({
        'botschema.yaml': `name: sample\nstores: ${stores}\nuse: [botschema:${name}]\n`,
      })
      expect(printed(diagnostics), stores).toEqual([])
    }
  })
})
