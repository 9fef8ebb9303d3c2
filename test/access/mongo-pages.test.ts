import fc from 'fast-check'
import type { mongo } from 'mongoose'
import { afterAll, describe, expect } from 'vitest'
import { openServer, testOn } from '../support/mongo-server.js'
import { type MongoSubject, subjectOn } from './mongo-subject.js'

const texts = {
  'botschema.yaml': 'name: pages\noutput: out\nstores: [mongo]\ntargets: { markdown: false, json-schema: false }\n',
  'entry.yaml': `
entity: entry
collection: entries
fields:
  id: identity
  guild_id: snowflake(guild)
  score: integer?
  at: timestamp
  label: { type: text?, code: tag }
  flag: boolean?
  big: bigint?
  ratio: float?
indexes:
  - [guild_id, at]
  - [guild_id, score desc, at]
  - [score, label desc]
  - [flag desc, big]
  - [ratio desc, big desc]
  - { fields: [guild_id, label], where: flag = true or score > 1 }
---
entity: pair
fields:
  left: { type: snowflake(user), key: true }
  right: { type: string(20), key: true }
`,
}

type Order = readonly (readonly [path: string, direction: 1 | -1])[]

const asc = (...paths: readonly string[]): Order => paths.map((path) => [path, 1])
const desc = (...paths: readonly string[]): Order => paths.map((path) => [path, -1])

/** Every list of the entity: what Mongo sorts by, and the documents it is of. */
const lists: readonly (readonly [name: string, order: Order, where: mongo.Document])[] = [
  ['listEntries', asc('_id'), {}],
  ['listEntriesByGuildIdAndAt', asc('guild_id', 'at', '_id'), {}],
  ['listEntriesByGuildIdAndScoreAndAt', [...asc('guild_id'), ...desc('score'), ...asc('at', '_id')], {}],
  ['listEntriesByScoreAndTag', [...asc('score'), ...desc('label', '_id')], {}],
  ['listEntriesByFlagAndBig', [...desc('flag'), ...asc('big', '_id')], {}],
  ['listEntriesByRatioAndBig', desc('ratio', 'big', '_id'), {}],
  [
    'listEntriesByGuildIdAndTagWhereFlagAndScore',
    asc('guild_id', 'label', '_id'),
    { $or: [{ flag: true }, { score: { $gt: 1 } }] },
  ],
]

/** Few values of each field, so that documents tie; undefined is a field that is missing. */
const values: Readonly<Record<string, readonly unknown[]>> = {
  guild_id: ['1', '10', '9'],
  score: [undefined, null, -1, 0, 2_147_483_647],
  at: [new Date(0), new Date(1), new Date('0001-01-01T00:00:00Z')],
  label: [undefined, null, '', 'é', '\u{1f600}', '{"$gt":""}'],
  flag: [undefined, null, true, false],
  big: [undefined, null, 5n, 9007199254740992n, 9007199254740993n, -(2n ** 63n)],
  ratio: [undefined, null, 0.1, 0.30000000000000004, 0.3, Number.MIN_VALUE],
}

const documentOf = (of: typeof values) =>
  fc.record(Object.fromEntries(Object.entries(of).map(([name, each]) => [name, fc.constantFrom(...each)])))

/** The least of a type, which a server may lose at the end of a range. */
const least: readonly unknown[] = ['', Number.MIN_VALUE, -(2n ** 63n)]

const document = documentOf(
  Object.fromEntries(Object.entries(values).map(([name, of]) => [name, of.filter((value) => !least.includes(value))])),
)

const present = (row: object): mongo.Document =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined))

interface Page {
  readonly rows: readonly { readonly id: string }[]
  readonly next: string | null
}

const walk = async ({ call }: MongoSubject, name: string, limit: number, where = {}): Promise<readonly string[]> => {
  const ids: string[] = []
  for (let after: string | null = null; ; ) {
    const { rows, next } = (await call(name, { limit, after, where })) as Page
    if (rows.length > limit || (next !== null && rows.length < limit)) throw new Error(`a page of ${rows.length} rows`)
    ids.push(...rows.map(({ id }) => id))
    if (next === null) return ids
    after = next
  }
}

const inOrder = async ({ collection }: MongoSubject, order: Order, where: mongo.Document) => {
  const found = await collection('entries').find(where).sort(new Map(order)).toArray()
  return found.map(({ _id }) => String(_id))
}

const fill = async ({ collection }: MongoSubject, rows: readonly object[]): Promise<void> => {
  await collection('entries').deleteMany({})
  if (rows.length > 0) await collection('entries').insertMany(rows.map(present))
}

const server = await openServer()
const proved = testOn(server, 'pages on Mongo')
const subject = server === null ? null : await subjectOn(server, texts)

const given = (): MongoSubject => {
  if (subject === null) throw new Error('there is no server')
  return subject
}

afterAll(() => server?.close())

describe('pages on Mongo', () => {
  const holdAllInOrder = async (of: fc.Arbitrary<object>): Promise<void> => {
    const on = given()
    await fc.assert(
      fc.asyncProperty(fc.array(of, { maxLength: 24 }), fc.integer({ min: 1, max: 5 }), async (rows, limit) => {
        await fill(on, rows)
        for (const [name, order, where] of lists)
          expect(await walk(on, name, limit), name).toEqual(await inOrder(on, order, where))
      }),
      { numRuns: 12 },
    )
  }

  proved('hold all rows once and in the order of their index, however many ties and nulls there are', [], () =>
    holdAllInOrder(document),
  )

  proved('hold rows of the least values in their place', ['least values'], () => holdAllInOrder(documentOf(values)))

  proved('are narrowed to values of the first fields, null among them', [], async () => {
    const on = given()
    await fill(on, fc.sample(document, { numRuns: 60, seed: 7 }))
    const order = [...desc('score'), ...asc('at', '_id')]
    for (const score of [undefined, null, 0]) {
      const where = score === undefined ? { guild_id: '10' } : { guild_id: '10', score }
      const ids = await walk(on, 'listEntriesByGuildIdAndScoreAndAt', 2, where)
      expect(ids, String(score)).toEqual(await inOrder(on, order, where))
    }
  })

  proved('go on from where they ended, whatever is inserted and deleted in between', [], async () => {
    const on = given()
    await fill(
      on,
      [1, 2, 3, 4].map((score) => ({ guild_id: '2', score, at: new Date(score) })),
    )
    const page = (await on.call('listEntriesByGuildIdAndAt', { limit: 2 })) as Page
    await on.collection('entries').deleteMany({ score: { $in: [2, 3] } })
    await on.collection('entries').insertMany([
      { guild_id: '1', at: new Date(9) },
      { guild_id: '2', score: 9, at: new Date(2) },
    ])
    const { rows, next } = (await on.call('listEntriesByGuildIdAndAt', { limit: 9, after: page.next })) as {
      readonly rows: readonly { readonly score: number | null }[]
      readonly next: string | null
    }
    expect([rows.map(({ score }) => score), next]).toEqual([[9, 4], null])
  })

  proved('take no cursor of another list, of other values, or of anything else', [], async () => {
    const on = given()
    await fill(
      on,
      [1, 2, 3].map((at) => ({ guild_id: '1', at: new Date(at) })),
    )
    const where = { guild_id: '1' }
    const { next } = (await on.call('listEntriesByGuildIdAndAt', { limit: 1, where })) as Page
    const forged = (content: unknown): string => Buffer.from(JSON.stringify(content)).toString('base64url')
    const name = 'listEntriesByGuildIdAndAt'
    const cursors = [
      ...['', 'rubbish', '%%%', forged(null), forged([name]), forged([name, ['1'], []])],
      forged([name, ['1'], [{ $gt: '' }, '000000000000000000000000']]),
      forged([name, ['1'], [{ $date: 'never' }, '000000000000000000000000']]),
      forged([name, ['1'], [{ $date: '2024-01-01T00:00:00Z' }, 'no id']]),
    ]
    for (const after of cursors)
      await expect(on.call(name, { limit: 1, where, after }), after).rejects.toMatchObject({ name: 'CursorError' })
    for (const [list, options] of [
      ['listEntries', {}],
      [name, { where: { guild_id: '9' } }],
      [name, {}],
    ] as const)
      await expect(on.call(list, { limit: 1, after: next, ...options })).rejects.toMatchObject({ name: 'CursorError' })
    await expect(on.call(name, { limit: 1.5 })).rejects.toMatchObject({ name: 'ZodError' })
    await expect(on.call(name, { limit: 1, where: { at: new Date() } })).rejects.toMatchObject({ name: 'ZodError' })
    await expect(on.call(name, { limit: 1, where: { guild_id: { $ne: '' } } })).rejects.toMatchObject({ issues: [{}] })
  })
})

describe('the commands of a page', () => {
  proved('sort by the key only between the ends of the page', [], async () => {
    const on = given()
    await fill(
      on,
      [1, 1, 2, 3, 3].map((at) => ({ guild_id: '1', at: new Date(at) })),
    )
    const sent: unknown[] = []
    on.connection.set('debug', (_: string, __: string, ...rest: unknown[]) => sent.push(rest))
    const where = { guild_id: '1' }
    const { next } = (await on.call('listEntriesByGuildIdAndAt', { limit: 2, where })) as Page
    await on.call('listEntriesByGuildIdAndAt', { limit: 2, where, after: next })
    on.connection.set('debug', false)
    const texts = sent.map((one) => JSON.stringify(one).replace(/"[0-9a-f]{24}"/g, 'id'))
    expect(texts).toMatchInlineSnapshot(`
      [
        "[{"$and":[{"guild_id":"1"}]},{"skip":2,"limit":1,"sort":{"at":1},"projection":{"at":1}}]",
        "[{"$and":[{"guild_id":"1"},{"at":{"$not":{"$gt":"1970-01-01T00:00:00.002Z"}}}]},{"limit":3,"sort":{"at":1,"_id":1}}]",
        "[{"$and":[{"guild_id":"1"},{"at":{"$gte":"1970-01-01T00:00:00.001Z"}},{"$or":[{"at":{"$gt":"1970-01-01T00:00:00.001Z"}},{"at":"1970-01-01T00:00:00.001Z","_id":{"$gt":id}}]}]},{"skip":2,"limit":1,"sort":{"at":1},"projection":{"at":1}}]",
        "[{"$and":[{"guild_id":"1"},{"at":{"$gte":"1970-01-01T00:00:00.001Z"}},{"$or":[{"at":{"$gt":"1970-01-01T00:00:00.001Z"}},{"at":"1970-01-01T00:00:00.001Z","_id":{"$gt":id}}]},{"at":{"$not":{"$gt":"1970-01-01T00:00:00.003Z"}}}]},{"limit":3,"sort":{"at":1,"_id":1}}]",
      ]
    `)
  })
})
