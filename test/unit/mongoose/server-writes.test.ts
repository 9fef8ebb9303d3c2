import { Types } from 'mongoose'
import { afterAll, afterEach, describe, expect } from 'vitest'
import { openServer, testOn } from '../../support/mongo-server.js'
import { thingSet } from './emitted.js'
import { type Document, emptied, type StoredEntity, storedOn } from './stored.js'

const server = await openServer()
const test = testOn(server, 'what models write')

afterEach(() => emptied(server))

afterAll(() => server?.close())

type Server = NonNullable<typeof server>

const thingOn = async (on: Server, fields: string, more = ''): Promise<StoredEntity> =>
  (await storedOn(on, thingSet(fields, more)))('thing')

const stored = async ({ collection }: StoredEntity, filter: Document): Promise<Document> =>
  (await collection.findOne(filter)) ?? {}

const early = new Date('2020-01-01T00:00:00.000Z')
const late = new Date('2021-01-01T00:00:00.000Z')

const isRecent = (value: unknown): boolean => value instanceof Date && Math.abs(Date.now() - value.getTime()) < 60_000

describe('documents', () => {
  const fields =
    'id: snowflake\nname: string(3)\ncount: integer = 0\nplace: { type: where? }\nslug: { type: text, immutable: true }'
  const more = '---\nobject: where\nfields:\n  name: text\n  floor: integer = 1\n'

  test('are made, found, changed and removed', [], async (on) => {
    const { model, collection } = await thingOn(on, fields, more)
    await model.create({ _id: '1', name: 'a', slug: 'a' })
    await model.insertMany([{ _id: '2', name: 'b', slug: 'b', place: { name: 'hall' } }])
    const found = await model.findOne({ 'place.name': 'hall' })
    found?.set('place.floor', 2)
    found?.set('count', 5)
    await found?.save()
    await model.updateMany({}, { $inc: { count: 1 } })
    expect(await collection.find().sort({ _id: 1 }).toArray()).toEqual([
      { _id: '1', name: 'a', count: 1, place: null, slug: 'a' },
      { _id: '2', name: 'b', count: 6, place: { name: 'hall', floor: 2 }, slug: 'b' },
    ])
    expect(await model.findOneAndDelete({ name: 'a' })).not.toBeNull()
    await found?.deleteOne()
    expect(await collection.countDocuments()).toBe(0)
  })

  test('that are changed to what is refused stay as they were', [], async (on) => {
    const thing = await thingOn(on, fields, more)
    await thing.model.create({ _id: '1', name: 'a', slug: 'a', place: { name: 'hall' } })
    const before = await stored(thing, {})
    const wrong = [
      { name: 'long' },
      { name: null },
      { slug: 'b' },
      { place: { name: 5 } },
      { 'place.floor': 1.5 },
      { nope: 1 },
    ]
    for (const change of wrong) {
      await expect(thing.model.updateOne({ _id: '1' }, change)).rejects.toThrow()
      await expect(thing.model.updateMany({}, { $set: change })).rejects.toThrow()
      const save = async () => (await thing.model.findById('1'))?.set(change).save()
      await expect(save()).rejects.toThrow()
    }
    await expect(thing.model.replaceOne({ _id: '1' }, { name: 'b', slug: 'b' })).rejects.toThrow('immutable')
    const pipeline = thing.model.updateOne({ _id: '1' }, [{ $set: { name: 'long' } }], { updatePipeline: true })
    await expect(pipeline).rejects.toThrow('is a pipeline')
    expect(await stored(thing, {})).toEqual(before)
  })

  test('that an update makes have their defaults', [], async (on) => {
    const thing = await thingOn(on, fields, more)
    const update = { $set: { name: 'a' }, $setOnInsert: { slug: 'a' } }
    const made = await thing.model.findOneAndUpdate({ _id: '1' }, update, { upsert: true, returnDocument: 'after' })
    expect(made?.toObject()).toEqual({ _id: '1', name: 'a', count: 0, place: null, slug: 'a' })
    expect(thing.codec.decode(await stored(thing, {}))).toEqual({
      id: '1',
      name: 'a',
      count: 0,
      place: null,
      slug: 'a',
    })
    await thing.model.updateOne({ _id: '1' }, { $set: { name: 'b' }, $setOnInsert: { slug: 'b' } }, { upsert: true })
    expect(await stored(thing, {})).toMatchObject({ name: 'b', slug: 'a' })
  })

  test('are written in bulk', [], async (on) => {
    const { model, collection } = await thingOn(on, fields, more)
    await model.bulkWrite([
      { insertOne: { document: { _id: '1', name: 'a', slug: 'a' } } },
      { updateOne: { filter: { _id: '1' }, update: { $set: { name: 'b' } } } },
    ])
    expect(await collection.findOne({})).toEqual({ _id: '1', name: 'b', count: 0, place: null, slug: 'a' })
    await expect(model.bulkWrite([{ insertOne: { document: { _id: '2', name: 'long' } } }])).rejects.toThrow()
    expect(await collection.countDocuments()).toBe(1)
  })

  test('that another client stored in another shape are refused, not bent', [], async (on) => {
    const { model, collection } = await thingOn(
      on,
      'id: snowflake\ntags: list<text>?\ninner: { type: inner? }\nparts: list<inner>?\ncounts: map<integer>?\nat: timestamp?',
      '---\nobject: inner\nfields:\n  tags: list<text>\n',
    )
    const wrong = [
      { tags: 'a' },
      { inner: { tags: 'a' } },
      { parts: { tags: [] } },
      { parts: [{ tags: 5 }] },
      { counts: [] },
      { at: 'now' },
    ]
    for (const [index, members] of wrong.entries()) {
      await collection.insertOne({ _id: String(index + 1) as never, ...members }, { bypassDocumentValidation: true })
      await expect(model.findById(String(index + 1)), JSON.stringify(members)).rejects.toThrow()
    }
  })
})

describe('uniques', () => {
  test('are held', [], async (on) => {
    const { model } = await thingOn(on, 'id: snowflake\na: integer\nb: text', 'unique:\n  - [a, b]\n')
    await model.create({ _id: '1', a: 1, b: 'x' }, { _id: '2', a: 1, b: 'y' })
    await expect(model.create({ _id: '3', a: 1, b: 'x' })).rejects.toMatchObject({ code: 11000 })
    await expect(model.create({ _id: '1', a: 3, b: 'x' })).rejects.toMatchObject({ code: 11000 })
    await expect(model.updateOne({ _id: '2' }, { b: 'x' })).rejects.toMatchObject({ code: 11000 })
  })

  test('of a composite key are held, beside an ObjectId', [], async (on) => {
    const thing = await thingOn(
      on,
      'guild_id: snowflake(guild)\nuser_id: snowflake(user)',
      'key: [guild_id, user_id]\n',
    )
    await thing.model.create({ guild_id: '1', user_id: '2' })
    expect((await stored(thing, {}))['_id']).toBeInstanceOf(Types.ObjectId)
    expect(thing.codec.decode(await stored(thing, {}))).toEqual({ guild_id: '1', user_id: '2' })
    await expect(thing.model.create({ guild_id: '1', user_id: '2' })).rejects.toMatchObject({ code: 11000 })
  })

  test('count values, not nulls', ['partial'], async (on) => {
    const { model } = await thingOn(on, 'id: snowflake\nnick: text?', 'unique:\n  - [nick]\n')
    await model.create({ _id: '1' }, { _id: '2' }, { _id: '3', nick: 'a' })
    await expect(model.create({ _id: '4', nick: 'a' })).rejects.toMatchObject({ code: 11000 })
  })

  test('under a condition count what meets it', ['partial'], async (on) => {
    const { model } = await thingOn(
      on,
      'id: snowflake\nname: text\nactive: boolean',
      'unique:\n  - { fields: [name], where: active }\n',
    )
    await model.create({ _id: '1', name: 'a', active: false }, { _id: '2', name: 'a', active: false })
    await model.create({ _id: '3', name: 'a', active: true })
    await expect(model.updateOne({ _id: '2' }, { active: true })).rejects.toMatchObject({ code: 11000 })
  })
})

describe('what is kept by the store', () => {
  test('numbers go on after documents that their counter knows nothing of', [], async (on) => {
    const fields = 'id: snowflake\nguild_id: snowflake(guild)\nnumber: integer = next(guild_id)'
    const { model, collection } = await thingOn(on, fields, 'unique: [[guild_id, number]]\n')
    await model.createIndexes()
    await collection.insertMany([
      { _id: '101', guild_id: '5', number: 9 },
      { _id: '102', guild_id: '5', number: 3 },
      { _id: '103', guild_id: '6', number: 40 },
    ] as never)
    expect((await model.create({ _id: '1', guild_id: '5' })).get('number')).toBe(10)
    expect((await model.create({ _id: '2', guild_id: '5' })).get('number')).toBe(11)
    await collection.insertOne({ _id: '104', guild_id: '5', number: 50 } as never)
    expect((await model.create({ _id: '7', guild_id: '5' })).get('number')).toBe(51)
    await collection.deleteMany({})
    expect((await model.create({ _id: '8', guild_id: '5' })).get('number')).toBe(52)
    expect((await model.create({ _id: '9', guild_id: '7' })).get('number')).toBe(1)
  })

  test('numbers count for each parent', [], async (on) => {
    const { model, collection } = await thingOn(
      on,
      'id: snowflake\nguild_id: snowflake(guild)\nnumber: integer = next(guild_id)',
    )
    const made = [
      { _id: '1', guild_id: '7' },
      { _id: '2', guild_id: '8' },
      { _id: '3', guild_id: '7' },
    ]
    for (const document of made) await model.create(document)
    await model.insertMany([{ _id: '4', guild_id: '7' }])
    const numbers = await collection.find().sort({ _id: 1 }).toArray()
    expect(numbers.map((document) => document['number'])).toEqual([1, 1, 2, 3])
  })

  test('numbers of rows that come at once are all different', ['races'], async (on) => {
    const { model, collection } = await thingOn(
      on,
      'id: snowflake\nguild_id: snowflake(guild)\nnumber: integer = next(guild_id)',
    )
    await Promise.all(['1', '2', '3'].map((_id) => model.create({ _id, guild_id: '9' })))
    const numbers = await collection.find().toArray()
    expect(numbers.map((document) => document['number']).sort()).toEqual([1, 2, 3])
  })

  test('timestamps are made, and follow each change', [], async (on) => {
    const thing = await thingOn(on, 'id: snowflake\nname: text', 'timestamps: true\n')
    await thing.model.create({ _id: '1', name: 'a', created_at: early, updated_at: early })
    await thing.model.updateOne({ _id: '1' }, { name: 'b' })
    const changed = await stored(thing, {})
    expect(changed).toMatchObject({ created_at: early })
    expect(isRecent(changed['updated_at'])).toBe(true)
    await thing.collection.updateOne({}, { $set: { updated_at: late } })
    await (await thing.model.findById('1'))?.set('name', 'c').save()
    expect(isRecent((await stored(thing, {}))['updated_at'])).toBe(true)
    await thing.collection.updateOne({}, { $set: { updated_at: late } })
    await thing.model.bulkWrite([{ updateOne: { filter: {}, update: { $set: { name: 'd' } } } }])
    expect(isRecent((await stored(thing, {}))['updated_at'])).toBe(true)
  })

  test('timestamps that are given to a new document stay', [], async (on) => {
    const thing = await thingOn(on, 'id: snowflake\nname: text', 'timestamps: true\n')
    const given = { name: 'a', created_at: early, updated_at: late }
    await thing.model.create({ _id: '1', ...given })
    await thing.model.insertMany([{ _id: '2', ...given }])
    await thing.model.bulkWrite([{ insertOne: { document: { _id: '3', ...given } } }])
    for (const _id of ['1', '2', '3']) expect(await stored(thing, { _id })).toEqual({ _id, ...given })
    const update = { $set: { name: 'a' }, $setOnInsert: { created_at: early } }
    await thing.model.updateOne({ _id: '4' }, update, { upsert: true })
    expect(await stored(thing, { _id: '4' })).toMatchObject({ created_at: early })
    await thing.model.create({ _id: '5', name: 'a' })
    const made = await stored(thing, { _id: '5' })
    expect([isRecent(made['created_at']), made['updated_at']]).toEqual([true, made['created_at']])
  })

  test('when a document was made is not changed', [], async (on) => {
    const { model } = await thingOn(on, 'id: snowflake\nname: text', 'timestamps: true\n')
    await model.create({ _id: '1', name: 'a' })
    for (const update of [{ created_at: early }, { $set: { created_at: early } }, { $min: { created_at: early } }]) {
      await expect(model.updateOne({ _id: '1' }, structuredClone(update))).rejects.toThrow('created_at is immutable')
      await expect(model.findOneAndUpdate({ _id: '1' }, structuredClone(update))).rejects.toThrow(
        'created_at is immutable',
      )
      await expect(model.updateMany({}, structuredClone(update))).rejects.toThrow('created_at is immutable')
      const bulk = [{ updateOne: { filter: {}, update: structuredClone(update) } }]
      await expect(model.bulkWrite(bulk)).rejects.toThrow('created_at is immutable')
    }
  })

  test('an append-only collection is added to, and not changed by its model', [], async (on) => {
    const thing = await thingOn(on, 'id: snowflake\nname: text', 'append_only: true\n')
    await thing.model.create({ _id: '1', name: 'a' })
    await thing.model.insertMany([{ _id: '2', name: 'b' }])
    const found = await thing.model.findById('1')
    await expect(found?.set('name', 'c').save()).rejects.toThrow('append-only')
    await expect(found?.deleteOne()).rejects.toThrow('append-only')
    await expect(thing.model.deleteMany({})).rejects.toThrow('append-only')
    await expect(thing.model.updateOne({ _id: '3' }, { name: 'c' }, { upsert: true })).rejects.toThrow('append-only')
    expect(await thing.collection.countDocuments({ name: { $in: ['a', 'b'] } })).toBe(2)
  })

  test('a singleton is one document', [], async (on) => {
    const thing = await thingOn(on, 'name: text', 'singleton: true\n')
    await thing.model.create({ name: 'a' })
    await expect(thing.model.create({ name: 'b' })).rejects.toMatchObject({ code: 11000 })
    await thing.model.updateOne({}, { name: 'c' }, { upsert: true })
    expect(await stored(thing, {})).toEqual({ _id: 'singleton', name: 'c' })
    expect(thing.codec.decode(await stored(thing, {}))).toEqual({ name: 'c' })
    await thing.model.deleteOne({})
    await thing.model.updateOne({}, { name: 'd' }, { upsert: true })
    expect(await stored(thing, {})).toEqual({ _id: 'singleton', name: 'd' })
  })

  test('a computed field follows what it is made from', [], async (on) => {
    const thing = await thingOn(on, 'id: snowflake\nlow: integer\nnext: { type: integer, generated: low + 1 }')
    await thing.model.create({ _id: '1', low: 1 })
    expect(await stored(thing, {})).toEqual({ _id: '1', low: 1, next: 2 })
    await thing.model.updateOne({ _id: '1' }, { low: 5 })
    expect(await stored(thing, {})).toEqual({ _id: '1', low: 5, next: 6 })
    await (await thing.model.findById('1'))?.set('low', 7).save()
    expect(await stored(thing, {})).toEqual({ _id: '1', low: 7, next: 8 })
  })
})
