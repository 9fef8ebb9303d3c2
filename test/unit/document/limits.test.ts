import { describe, expect, it } from 'vitest'
import { collectionOf, documentRefusals } from '../../../generators/document/index.js'
import { indexRefusals } from '../../../generators/document/index-limits.js'
import { keywordProblems } from '../../../generators/document/schema-keywords.js'
import { entitiesIn } from '../../../generators/model/index.js'
import { everything, setIn, thing, thingSet } from '../mongoose/emitted.js'

const indexKeys = (fields: string, more: string) => {
  const set = thingSet(fields, more)
  return collectionOf(set, thing(set)).indexes.map(({ key }) => key.map(({ path, direction }) => [path, direction]))
}

/** The problem of an index over `a` with a filter. */
const problemOf = (filter: object) => {
  const set = thingSet('id: snowflake\na: integer', 'indexes:\n  - { fields: [a], where: a > 1 }\n')
  const { indexes } = collectionOf(set, thing(set))
  const changed = indexes.map((index) => ({ ...index, filter: JSON.parse(JSON.stringify(filter)) }))
  return indexRefusals(thing(set), changed).map(({ message }) => message)
}

describe('the filter of a partial index', () => {
  it.each([
    { a: 1 },
    { a: 1, b: { $gt: 1, $lt: 5 } },
    { $or: [{ a: 1, b: 2 }, { c: { $in: [1, 2] } }] },
    { a: 1, $or: [{ b: 1 }, { b: 2, c: 3 }] },
    { $and: [{ $or: [{ a: 1 }, { b: 1, c: 1 }] }, { d: 1 }] },
  ])('has up to four levels: %j', (filter) => {
    expect(problemOf(filter)).toEqual([])
  })

  it.each([
    { a: 1, $or: [{ b: 2 }, { c: 3, $or: [{ d: 4 }, { e: 5 }] }] },
    { $or: [{ a: 1, $or: [{ b: 1, c: 1 }, { d: 1 }] }, { e: 1 }] },
  ])('has no fifth: %j', (filter) => {
    expect(problemOf(filter)).toEqual([expect.stringContaining('deeper than the four levels')])
  })
})

describe('an index that MongoDB would refuse, and need not be made', () => {
  it('of the key alone is that of the key, in either direction', () => {
    expect(indexKeys('id: snowflake', 'indexes:\n  - { fields: [id desc], note: As it was. }\n')).toEqual([])
  })

  it('of a key lets nothing expire', () => {
    const retention = 'retention:\n  clock: id\n  steps:\n    - { after: 90 days, delete: true }\n'
    expect(indexKeys('id: { type: timestamp, key: true }', retention)).toEqual([])
  })

  it('has no lists that it only includes, of which two would refuse documents', () => {
    const fields = 'id: snowflake\na: integer\nb: integer\ntags: list<text>\nroles: list<text>\ndata: json'
    const more = 'indexes:\n  - { fields: [a], include: [tags, b, roles, data] }\n'
    expect(indexKeys(fields, more)).toEqual([
      [
        ['a', 1],
        ['b', 1],
      ],
    ])
  })
})

describe('keywords of `$jsonSchema`', () => {
  it('are all that validators are made of', () => {
    for (const set of [everything(), setIn('schemas/discord'), setIn('schemas/amina')]) {
      for (const entity of entitiesIn(set, 'mongo')) {
        const { validator } = collectionOf(set, entity)
        expect([entity.name, keywordProblems(validator['$jsonSchema'] ?? null)]).toEqual([entity.name, []])
      }
      expect(documentRefusals(set)).toEqual([])
    }
  })

  it.each([
    [{ format: 'email' }, 'format'],
    [{ properties: { a: { items: { const: 1 } } } }, 'const'],
    [{ allOf: [{ not: { $ref: '#' } }] }, '$ref'],
    [{ dependencies: { a: { default: 1 } } }, 'default'],
    [{ maximum: '5' }, 'maximum: "5"'],
    [{ exclusiveMaximum: true }, 'exclusiveMaximum'],
    [{ exclusiveMaximum: 5, maximum: 5 }, 'exclusiveMaximum: 5'],
    [{ type: 'integer' }, 'type: "integer"'],
    [{ enum: [1, 1] }, 'enum: [1,1]'],
    [{ anyOf: [] }, 'anyOf: []'],
  ])('that it has not are found: %j', (schema, said) => {
    expect(keywordProblems(schema).map((problem) => problem.said)).toEqual([said])
  })
})

it('a name of a collection leaves room for the name of a database', () => {
  const named = (length: number) => thingSet('id: snowflake', `collection: ${'c'.repeat(length)}\ntable: things\n`)
  expect(documentRefusals(named(191))).toEqual([])
  expect(documentRefusals(named(192)).map(({ code }) => code)).toEqual(['collection-name'])
})
