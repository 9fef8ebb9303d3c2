import { aggregate, find } from 'mingo'
import { describe, expect, it } from 'vitest'
import { checkedCommand } from '../../../generators/document/index.js'
import { lineOf, positionOf } from '../../../generators/kernel/source.js'
import { entityOf } from '../../../generators/model/lookup.js'
import type { JsonValue } from '../../../generators/model/origin.js'
import { setOf } from '../../support/schema-sql.js'

const ticketWith = (command: string, returns: string, columns: string | null = null): string => `
entity: ticket
fields:
  id: snowflake
  guild_id: snowflake(guild)
  opened_at: timestamp
  state: enum(open, closed) = open
  answers: list<answer>
  tags: list<string(10)>
  counts: map<integer>
  extra: json?
queries:
  asked:
    params: { guild: guild_id, opened: opened_at, tags: tags, tag: { type: string(10) }, some: { type: integer } }
    returns: ${returns}${columns === null ? '' : `\n    columns: ${columns}`}
    mongo: ${command}
---
object: answer
fields:
  author: { type: author }
  text: text
---
object: author
fields:
  id: snowflake(user)
---
entity: guild
fields:
  id: snowflake
  name: text
`

const checked = (command: string, returns = 'many', columns: string | null = null) => {
  const set = setOf(ticketWith(command, returns, columns), 'name: sample\n')
  const [query] = entityOf(set, 'ticket').queries
  if (query === undefined) throw new Error('the query is missing')
  return { query, ...checkedCommand(set, entityOf(set, 'ticket'), query) }
}

/** Findings as `code: the text they are about`. */
const found = (command: string, returns?: string, columns?: string): readonly string[] =>
  checked(command, returns, columns).diagnostics.flatMap(({ code, at }) => {
    if (at === null) return [code]
    const { line, column } = positionOf(at.source, at.start)
    return [`${code}: ${lineOf(at.source, line).slice(column - 1, column - 1 + at.end - at.start)}`]
  })

describe('commands that fit', () => {
  it.each([
    [
      '{ find: { guild_id: ":guild", state: open }, sort: { opened_at: -1 }, projection: { tags: 1 }, limit: ":some" }',
      'many',
    ],
    ['{ find: { _id: { $in: ["1", "2"] }, $or: [{ tags: ":tag" }, { tags: { $all: ":tags" } }] } }', 'many'],
    [
      '{ find: { answers.0.author.id: "1", answers.text: { $not: { $regex: "^a" } }, counts.any: 3, extra.a.b: 1 } }',
      'many',
    ],
    [
      '{ find: { answers: { $elemMatch: { author.id: ":guild", text: a } }, tags: { $elemMatch: { $eq: ":tag" } } } }',
      'many',
    ],
    ['{ find: { $expr: { $gt: [{ $size: $answers }, ":some"] } } }', 'many'],
    ['{ countDocuments: { opened_at: { $gte: ":opened" } } }', 'one'],
    ['{ distinct: answers.author.id, filter: { state: open } }', 'many'],
    ['{ insertOne: { guild_id: ":guild", answers: [{ author: { id: "1" }, text: a }], counts: { a: 1 } } }', 'none'],
    [
      '{ updateOne: { _id: "1" }, update: { $set: { "answers.$[].text": b }, $push: { tags: { $each: [":tag"] } }, $inc: { counts.a: ":some" } } }',
      'none',
    ],
    ['{ updateMany: {}, update: [{ $set: { state: closed, size: { $size: $answers } } }, { $unset: size }] }', 'none'],
    [
      '{ findOneAndUpdate: {}, update: { $pull: { answers: { author.id: "1" }, tags: ":tag" } }, returnDocument: after }',
      'one',
    ],
    [
      '{ aggregate: [{ $match: { state: open } }, { $unwind: $answers }, { $group: { _id: $answers.author.id, given: { $sum: 1 } } }, { $sort: { given: -1 } }] }',
      'many',
    ],
    [
      '{ aggregate: [{ $lookup: { from: guilds, localField: guild_id, foreignField: _id, as: guild } }, { $project: { name: $guild.name } }, { $match: { name: a } }] }',
      'many',
    ],
  ])('%s', (command, returns) => {
    expect(found(command, returns)).toEqual([])
  })
})

describe('commands that do not', () => {
  it.each([
    ['{ find: { guild: ":guild", answers.autor.id: a } }', ['query-path: guild', 'query-path: answers.autor.id']],
    ['{ find: { state.a: a, tags.a: b, id: c } }', ['query-path: state.a', 'query-path: tags.a', 'query-path: id']],
    ['{ find: { $and: [{ state: open }, { stat: open }], $xor: [] } }', ['query-path: stat', 'query-operator: $xor']],
    [
      '{ find: { opened_at: { $gt: ":guild" }, tags: { $in: ":tag" } } }',
      ['query-parameter-type: ":guild"', 'query-parameter-type: ":tag"'],
    ],
    ['{ find: { $expr: { $gtt: [$stat, 1] } } }', ['query-operator: $gtt']],
    ['{ find: { $expr: { $gt: [$stat, 1] } } }', ['query-path: $stat']],
    ['{ find: {}, limits: 1 }', ['query-command: limits']],
    ['{ finds: {} }', ['query-command: finds']],
    ['{ distinct: author }', ['query-path: author']],
    ['{ deleteOne: {} }', ['query-returns: deleteOne']],
    [
      '{ aggregate: [{ $group: { _id: $guild_id, n: { $sum: 1 } } }, { $match: { state: open } }] }',
      ['query-path: state'],
    ],
    [
      '{ aggregate: [{ $lookup: { from: guild, localField: guild, foreignField: name, as: g } }, { $matches: {} }] }',
      ['query-collection: guild', 'query-path: guild', 'query-operator: $matches'],
    ],
    [
      '{ aggregate: [{ $lookup: { from: guilds, localField: guild_id, foreignField: nam, as: g } }] }',
      ['query-path: nam'],
    ],
  ])('%s', (command, findings) => {
    expect(found(command)).toEqual(findings)
  })

  it('says which stages were not followed', () => {
    const { diagnostics, notFollowed } = checked(
      '{ aggregate: [{ $bucket: { groupBy: $state } }, { $match: { any: 1 } }] }',
    )
    expect(diagnostics).toEqual([])
    expect(notFollowed).toEqual(['$bucket'])
  })
})

describe('paths that the check takes are those that documents are found by', () => {
  const documents = [
    {
      _id: '1',
      guild_id: '7',
      state: 'open',
      answers: [{ author: { id: '5' }, text: 'a' }],
      tags: ['x'],
      counts: { a: 3 },
    },
    { _id: '2', guild_id: '7', state: 'closed', answers: [], tags: ['x', 'y'], counts: {} },
  ]

  const filters: readonly (readonly [JsonValue, number])[] = [
    [{ 'answers.author.id': '5' }, 1],
    [{ 'answers.0.text': 'a' }, 1],
    [{ 'counts.a': 3 }, 1],
    [{ tags: 'x' }, 2],
    [{ answers: { $elemMatch: { 'author.id': '5', text: 'a' } } }, 1],
    [{ $expr: { $gt: [{ $size: '$tags' }, 1] } }, 1],
  ]

  it.each(filters)('%j', (filter, count) => {
    expect(found(`{ find: ${JSON.stringify(filter)} }`)).toEqual([])
    expect(find(documents, filter as Record<string, unknown>).all()).toHaveLength(count)
  })

  it('and what a pipeline groups by is what its next stages see', () => {
    const pipeline = [
      { $unwind: '$answers' },
      { $group: { _id: '$answers.author.id', n: { $sum: 1 } } },
      { $match: { n: 1 } },
    ]
    expect(found(`{ aggregate: ${JSON.stringify(pipeline)} }`)).toEqual([])
    expect(aggregate(documents, pipeline)).toEqual([{ _id: '5', n: 1 }])
  })
})

describe('what a command gives', () => {
  it.each([
    ['{ find: {} }', 'many', 'all'],
    ['{ find: {}, projection: { tags: 1 } }', 'many', '[id, tags]'],
    ['{ find: {}, projection: { tags: 0 } }', 'many', '[id, state]'],
    ['{ find: {}, projection: { _id: 0, id: "$_id" } }', 'many', '{ id: id }'],
    ['{ countDocuments: {} }', 'one', '{ count: { type: long } }'],
    ['{ distinct: state }', 'many', '[state]'],
    [
      '{ aggregate: [{ $group: { _id: "$state", much: { $sum: 1 } } }] }',
      'many',
      '{ _id: state, much: { type: long } }',
    ],
    ['{ aggregate: [{ $replaceWith: "$extra" }] }', 'many', '[tags]'],
  ])('has the columns of the query: %s', (command, returns, columns) => {
    expect(found(command, returns, columns)).toEqual([])
  })

  it.each([
    ['{ find: {}, projection: { tags: 1 } }', 'many', 'all', 'query-column-names: all'],
    ['{ find: {}, projection: { _id: 0, tags: 1 } }', 'many', '[id, tags]', 'query-column-names: id'],
    ['{ find: {}, projection: { tags: 0 } }', 'many', '[tags]', 'query-column-names: tags'],
    ['{ find: {} }', 'many', '{ id: id }', 'query-column-names: id'],
    ['{ find: {} }', 'many', '{ tags: { type: integer }, opened_at: { type: date } }', 'query-column-type: opened_at'],
    ['{ countDocuments: {} }', 'one', '{ number: { type: long } }', 'query-column-names: number'],
    ['{ aggregate: [{ $group: { _id: "$state" } }] }', 'many', '[state]', 'query-column-names: state'],
  ])('has not: %s', (command, returns, columns, finding) => {
    expect(found(command, returns, columns)).toContain(finding)
  })
})
