import { type Model, Types } from 'mongoose'
import { describe, expect, test } from 'vitest'
import { collectionOf } from '../../../generators/document/index.js'
import { loadModels } from '../../../generators/engines/mongo/models.js'
import { accepts } from '../../../generators/engines/mongo/stand-in.js'
import { emitted, thing, thingSet } from './emitted.js'

const modelFor = async (fields: string, more = ''): Promise<Model<Record<string, unknown>>> => {
  const set = thingSet(fields, more)
  const { modelOf } = await loadModels(await emitted(set))
  return modelOf(thing(set)) as Model<Record<string, unknown>>
}

const problem = async (run: () => PromiseLike<unknown>): Promise<string> => {
  try {
    await run()
    return 'done'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

const sent = /before initial connection/

describe('checks across fields', () => {
  const check = 'checks:\n  in_order: high is null or low <= high\n'
  test('name the path and the rule', async () => {
    const Thing = await modelFor('id: identity\nlow: integer\nhigh: integer?', check)
    expect(await problem(() => new Thing({ low: 1, high: null }).validate())).toBe('done')
    expect(await problem(() => new Thing({ low: 2, high: 1 }).validate())).toBe(
      'Thing validation failed: high: in_order: low must be at most high',
    )
  })

  test('are held by the collection too, for updates', () => {
    const set = thingSet('id: identity\nlow: integer\nhigh: integer?', check)
    const takes = accepts(collectionOf(set, thing(set)).validator)
    const _id = new Types.ObjectId()
    expect([takes({ _id, low: 1, high: 1 }), takes({ _id, low: 1 }), takes({ _id, low: 2, high: 1 })]).toEqual([
      true,
      true,
      false,
    ])
  })
})

describe('updates', () => {
  const fields =
    'id: identity\nname: string(3)\nnick: text?\ncount: integer = 0\ntags: { type: list<string(2)>, default: [] }\nmade_at: { type: timestamp, immutable: true }'

  test.each([
    [{ $set: { name: 'long' } }, 'name is longer than 3 characters'],
    [{ $set: { name: null } }, 'name is missing'],
    [{ name: 'long' }, 'name is longer than 3 characters'],
    [{ $min: { count: 1.5 } }, 'count is not a whole number'],
    [{ $unset: { name: 1 } }, 'name is required and cannot be removed: set it to another value with $set'],
    [{ $rename: { name: 'nick' } }, 'name cannot be renamed: set the other field with $set'],
    [{ $push: { tags: 'abc' } }, 'tags is longer than 2 characters'],
    [{ $push: { tags: { $each: ['a', 'abc'] } } }, 'tags is longer than 2 characters'],
    [{ $set: { 'tags.0': 'abc' } }, 'tags.0 is longer than 2 characters'],
    [{ $currentDate: { name: true } }, 'name is not a date'],
    [{ $set: { made_at: new Date() } }, 'made_at is immutable'],
    [{ $set: { nope: 1 } }, 'Field `nope` is not in schema and strict mode is set to throw.'],
  ])('%j is refused, in bulk as well', async (update, words) => {
    const Thing = await modelFor(fields)
    const copy = () => structuredClone(update)
    expect(await problem(() => Thing.updateOne({}, copy()))).toBe(words)
    expect(await problem(() => Thing.findOneAndUpdate({}, copy(), { upsert: true }))).toBe(words)
    expect(await problem(() => Thing.updateMany({}, copy()))).toBe(words)
    expect(await problem(() => Thing.bulkWrite([{ updateOne: { filter: {}, update: copy() } }]))).toBe(words)
  })

  test('that are fine are sent', async () => {
    const Thing = await modelFor(fields)
    const update = { $set: { name: 'abc' }, $unset: { nick: 1 }, $inc: { count: 1 }, $push: { tags: 'ab' } }
    expect(await problem(() => Thing.updateOne({}, update))).toMatch(sent)
    expect(await problem(() => Thing.findOne({ nope: 1 }))).toContain('"nope" is not in schema')
    expect(await problem(() => Thing.replaceOne({}, { name: 'abc' }))).toContain('made_at is immutable')
  })
})

test('an append-only entity is only added to', async () => {
  const Thing = await modelFor('id: identity\nname: text', 'append_only: true\n')
  const refused = 'The collection is append-only'
  expect(await problem(() => Thing.updateOne({}, { name: 'a' }))).toBe(refused)
  expect(await problem(() => Thing.deleteMany({}))).toBe(refused)
  expect(await problem(() => Thing.findOneAndDelete({}))).toBe(refused)
  expect(await problem(() => Thing.replaceOne({}, { name: 'a' }))).toBe(refused)
  expect(await problem(() => Thing.bulkWrite([{ deleteOne: { filter: {} } }]))).toBe(refused)
  expect(await problem(() => Thing.hydrate({ _id: new Types.ObjectId(), name: 'a' }).deleteOne())).toBe(refused)
  expect(await problem(() => new Thing({ name: 'a' }).save())).toMatch(sent)
})

test('a singleton has one key', async () => {
  const Thing = await modelFor('name: text', 'singleton: true\n')
  expect(new Thing({ name: 'a' })._id).toBe('singleton')
  expect(await problem(() => new Thing({ _id: 'other', name: 'a' }).validate())).toContain('is none of singleton')
})

test('a computed field is computed, and not given', async () => {
  const Thing = await modelFor('id: identity\nlow: integer\nnext: { type: integer, generated: low + 1 }')
  const made = new Thing({ low: 1 })
  await made.validate()
  expect(made.get('next')).toBe(2)
  expect(await problem(() => new Thing({ low: 1, next: 5 }).validate())).toContain('is computed')
  expect(await problem(() => Thing.updateOne({}, { next: 5 }))).toBe('next is computed')
  expect(await problem(() => Thing.updateOne({}, { low: 5 }))).toMatch(sent)
})

test('documents are numbered for each parent, from the counters of their connection', async () => {
  const Thing = await modelFor('id: identity\nguild_id: snowflake(guild)\nnumber: integer = next(guild_id)')
  const asked: unknown[] = []
  const counters = {
    findOneAndUpdate: async (filter: unknown) => (asked.push(filter) === 1 ? null : { value: 1 }),
  }
  Object.assign(Thing.db, { collection: () => counters })
  Object.assign(Thing.collection, { findOne: async () => null })
  const made = [new Thing({ guild_id: '5' }), new Thing({ guild_id: '5' })]
  for (const one of made) await one.validate()
  expect(made.map((one) => one.get('number'))).toEqual([1, 2])
  expect(asked).toEqual([{ _id: 'thing.number:5' }, { _id: 'thing.number:5' }])
})

test('defaults are made for each document, and the pair of timestamps is kept', async () => {
  const Thing = await modelFor(
    'id: uuid\ntags: { type: list<text>, default: [] }\ninner: { default: {}, fields: { a: integer = 1 } }',
    'timestamps: true\n',
  )
  const [one, other] = [new Thing({}), new Thing({})]
  expect(one.get('tags')).not.toBe(other.get('tags'))
  expect(one.toObject()).toMatchObject({
    tags: [],
    inner: { a: 1 },
    created_at: expect.any(Date),
    updated_at: expect.any(Date),
  })
  expect(one._id).not.toEqual(other._id)
  expect(await problem(() => one.validate())).toBe('done')
})

test('asking twice for a model gives the same', async () => {
  const set = thingSet('id: identity\nname: text')
  const models = await loadModels(await emitted(set))
  expect(models.modelOf(thing(set))).toBe(models.modelOf(thing(set)))
})

describe('the pair of timestamps', () => {
  const at = new Date('2020-01-01T00:00:00.000Z')

  test.each([{ created_at: at }, { $set: { created_at: at } }, { $unset: { created_at: 1 } }])(
    '%j would say that a document was made at another time',
    async (update) => {
      const Thing = await modelFor('id: snowflake\nname: text', 'timestamps: true\n')
      const words = 'created_at is immutable'
      expect(await problem(() => Thing.updateOne({}, structuredClone(update)))).toBe(words)
      expect(await problem(() => Thing.findOneAndUpdate({}, structuredClone(update), { upsert: true }))).toBe(words)
      const bulk = [{ updateOne: { filter: {}, update: structuredClone(update) } }]
      expect(await problem(() => Thing.bulkWrite(bulk))).toBe(words)
    },
  )

  test('is not taken from a new document that brings it', async () => {
    const Thing = await modelFor('id: snowflake\nname: text', 'timestamps: { updated: changed_at }\n')
    const made = new Thing({ _id: '1', name: 'a', changed_at: at })
    expect(await problem(() => made.save())).toMatch(sent)
    expect(made.get('changed_at')).toEqual(at)
  })
})

test.each([
  { tags: 'a' },
  { inner: { tags: 'a' } },
  { inner: 5 },
  { parts: { tags: [] } },
  { parts: [{ tags: 5 }] },
  { grid: [] },
  { counts: [] },
  { at: 'now' },
])('a document that holds %j is refused when it is loaded', async (members) => {
  const Thing = await modelFor(
    'id: snowflake\ntags: list<text>?\ninner: { type: inner? }\nparts: list<inner>?\ngrid: map<list<integer>>?\ncounts: map<integer>?\nat: timestamp?',
    '---\nobject: inner\nfields:\n  tags: list<text>\n',
  )
  expect(Thing.hydrate({ _id: '1', tags: null, inner: { tags: ['a'] }, parts: [{ tags: [] }] }).get('tags')).toBeNull()
  expect(() => Thing.hydrate({ _id: '1', ...members })).toThrow()
})
