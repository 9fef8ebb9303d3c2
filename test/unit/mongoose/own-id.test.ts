import { type Model, Types } from 'mongoose'
import { afterAll, beforeEach, describe, expect } from 'vitest'
import { openServer, testOn } from '../../support/mongo-server.js'
import { ownIdSet } from './own-id-set.js'
import { emptied, storedOn } from './stored.js'

const server = await openServer()
const test = testOn(server, 'objects with an _id of their own')

beforeEach(() => emptied(server))
afterAll(() => server?.close())

const set = ownIdSet()

interface Entry {
  _id: Types.ObjectId
  name: string
}

interface Thing {
  entries: Types.DocumentArray<Entry>
  one: Entry | null
  mark: { _id: string }
  marks: { [key: string]: { _id: string } }
}

const uuid = expect.stringMatching(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
const named = (name: string) => ({ _id: expect.any(Types.ObjectId), name })

describe('an _id of an object that is left out is made', () => {
  test('when it is pushed, set or put into a map, and when a document is created', [], async (on) => {
    const { model, collection } = (await storedOn(on, set))('thing')
    const things = model as unknown as Model<Thing>
    const document = await things.create({ _id: '1', entries: [{ name: 'a' }] })
    document.entries.push({ name: 'b' })
    document.set('one', { name: 'c' })
    document.set('marks', { x: {} })
    await document.save()
    const stored = (await collection.findOne({ _id: '1' as never })) as unknown as Thing
    expect(stored).toMatchObject({
      entries: [named('a'), named('b')],
      one: named('c'),
      mark: { _id: uuid, level: 1 },
      marks: { x: { _id: uuid, level: 1 } },
    })
    expect(new Set(stored.entries.map(({ _id }) => String(_id))).size).toBe(2)
    const again = await things.findById('1').orFail()
    const [first] = again.entries
    const [, second] = stored.entries
    again.entries.pull(first?._id)
    expect(again.entries.id(String(second?._id))?.name).toBe('b')
    await again.save()
    expect(await collection.findOne({ _id: '1' as never })).toMatchObject({ entries: [second] })
  })

  test('by updates, alone and in bulk', [], async (on) => {
    const { model, collection } = (await storedOn(on, set))('thing')
    const things = model as unknown as Model<Thing>
    await things.insertMany([{ _id: '1' }])
    await things.updateOne({ _id: '1' }, { $push: { entries: { name: 'a' } } })
    await things.findOneAndUpdate({ _id: '1' }, { $push: { entries: { $each: [{ name: 'b' }] } } })
    await things.updateOne({ _id: '1' }, { one: { name: 'c' } })
    await things.updateOne({ _id: '1' }, { 'marks.x': {} })
    await things.bulkWrite([{ updateOne: { filter: { _id: '1' }, update: { $push: { entries: { name: 'd' } } } } }])
    expect(await collection.findOne({ _id: '1' as never })).toMatchObject({
      entries: [named('a'), named('b'), named('d')],
      one: named('c'),
      marks: { x: { _id: uuid, level: 1 } },
    })
  })

  test('and is kept where it was given, or stored by plain Mongoose', [], async (on) => {
    const { model, collection, codec } = (await storedOn(on, set))('thing')
    const things = model as unknown as Model<Thing>
    const _id = new Types.ObjectId()
    const plain = {
      _id: '1',
      entries: [{ _id, name: 'a' }],
      one: null,
      mark: { _id: String(uuidOf(1)), level: 2 },
      marks: {},
    }
    await collection.insertOne(plain as never)
    const row = codec.decode(await collection.findOne({ _id: '1' as never }))
    expect(row).toMatchObject({ id: '1', entries: [{ _id: String(_id), name: 'a' }] })
    const document = await things.findById('1').orFail()
    document.entries.push({ _id: new Types.ObjectId(String(_id).replace(/^./, '0')), name: 'b' })
    await document.save()
    expect((await collection.findOne({ _id: '1' as never }))?.['entries']).toEqual([
      { _id, name: 'a' },
      { _id: new Types.ObjectId(String(_id).replace(/^./, '0')), name: 'b' },
    ])
  })

  test('by the schema of new rows', [], async (on) => {
    const { newSchema } = (await storedOn(on, set))('thing')
    const row = newSchema.parse({ id: '1', entries: [{ name: 'a' }, { name: 'b' }] }) as unknown as {
      entries: { _id: string }[]
    }
    const ids = row.entries.map(({ _id }) => _id)
    expect(ids).toEqual([expect.stringMatching(/^[0-9a-f]{24}$/), expect.stringMatching(/^[0-9a-f]{24}$/)])
    expect(new Set(ids).size).toBe(2)
    expect(row).toMatchObject({ mark: { _id: uuid, level: 1 } })
  })
})

const uuidOf = (last: number): string => `00000000-0000-0000-0000-${String(last).padStart(12, '0')}`

describe('an _id that a stored object lacks', () => {
  test('is not made up by loading, and is made for an object that is put beside it', [], async (on) => {
    const { model, collection } = (await storedOn(on, set))('thing')
    const things = model as unknown as Model<Thing>
    const stored = {
      _id: '1' as never,
      entries: [{ name: 'a' }, {}],
      one: { name: 'c' },
      mark: { level: 1 },
      marks: { x: { level: 2 }, y: {} },
    }
    await collection.insertOne(structuredClone(stored), { bypassDocumentValidation: true })
    const document = await things.findById('1').orFail()
    expect(document.toObject({ flattenMaps: true })).toEqual(stored)
    document.set('one', { name: 'new' })
    document.set('mark', {})
    document.entries.push({ name: 'b' })
    expect(document.toObject({ flattenMaps: true })).toMatchObject({
      entries: [{ name: 'a' }, {}, named('b')],
      one: named('new'),
      mark: { _id: uuid, level: 1 },
    })
  })
})
