import { Types } from 'mongoose'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { openServer, testOn } from '../../support/mongo-server.js'
import { thingSet } from './emitted.js'
import { type Document, type StoredEntity, storedOn } from './stored.js'
import { fields, inner, table } from './values.js'

const server = await openServer()
const test = testOn(server, 'values of each type, stored and read back')

let thing: StoredEntity
let last = 0

beforeAll(async () => {
  if (server !== null) thing = (await storedOn(server, thingSet(fields, inner)))('thing')
})

afterAll(() => server?.close())

const nextId = (): string => String(++last)

/** How a row has a value: ids are digits, bytes are those of no driver's class, decimals have all their digits. */
const inRow = (field: string, value: unknown): unknown => {
  if (field === 'price') return Number(value).toFixed(2)
  if (value instanceof Types.ObjectId) return value.toHexString()
  return value instanceof Uint8Array ? new Uint8Array(value) : value
}

const readings = [
  { title: 'as the driver does it', options: {} },
  { title: 'with bigints for 64 bits', options: { useBigInt64: true } },
  { title: 'without plain numbers', options: { promoteValues: false, promoteLongs: false } },
  { title: 'with buffers for bytes', options: { promoteBuffers: true } },
]

const rowsOf = async (id: string): Promise<readonly Document[]> =>
  Promise.all(
    readings.map(async ({ options }) =>
      thing.codec.decode(await thing.collection.findOne({ _id: id as never }, options)),
    ),
  )

const expectStored = async (id: string, field: string, value: unknown): Promise<void> => {
  for (const row of await rowsOf(id)) expect(row[field]).toEqual(inRow(field, value))
  const loaded = (await thing.model.findById(id))?.toObject() ?? {}
  expect(thing.codec.decode(loaded)).toEqual((await rowsOf(id))[0])
}

describe('what is put in is what a row has, however the driver reads it', () => {
  for (const [field, { good }] of Object.entries(table)) {
    test(`${field}: saved, inserted, set and encoded`, [], async () => {
      for (const value of good) {
        const [saved, inserted, updated, encoded] = [nextId(), nextId(), nextId(), nextId()]
        await new thing.model({ _id: saved, [field]: value }).save()
        await thing.model.insertMany([{ _id: inserted, [field]: value }])
        await thing.model.create({ _id: updated })
        await thing.model.updateOne({ _id: updated }, { $set: { [field]: value } })
        const row = (await rowsOf(saved))[0] ?? {}
        await thing.collection.insertOne(thing.codec.encode({ ...row, id: encoded }) as never)
        for (const id of [saved, inserted, updated, encoded]) await expectStored(id, field, value)
      }
    })
  }

  test('a row of nothing but its key is nulls, stored or missing', [], async () => {
    const [saved, bare] = [nextId(), nextId()]
    await new thing.model({ _id: saved }).save()
    const row = (await rowsOf(saved))[0] ?? {}
    expect(Object.keys(row).sort()).toEqual(thing.entity.fields.map(({ name }) => name).sort())
    expect(Object.entries(row).filter(([name, value]) => name !== 'id' && value !== null)).toEqual([])
    await thing.collection.insertOne({ _id: bare as never })
    expect((await rowsOf(bare))[0]).toEqual({ ...row, id: bare })
  })
})

describe('what is refused never reaches the collection', () => {
  for (const [field, { bad }] of Object.entries(table)) {
    test(`${field}: in documents and in updates`, [], async () => {
      const id = nextId()
      await thing.model.create({ _id: id })
      const before = await thing.collection.findOne({ _id: id as never })
      const count = await thing.collection.countDocuments()
      for (const value of bad) {
        await expect(thing.model.create({ _id: nextId(), [field]: value })).rejects.toThrow()
        await expect(thing.model.insertMany([{ _id: nextId(), [field]: value }])).rejects.toThrow()
        await expect(thing.model.updateOne({ _id: id }, { $set: { [field]: value } })).rejects.toThrow()
        await expect(thing.model.findOneAndUpdate({ _id: id }, { [field]: value })).rejects.toThrow()
        const bulk = [{ updateOne: { filter: { _id: id }, update: { $set: { [field]: value } } } }]
        await expect(thing.model.bulkWrite(bulk)).rejects.toThrow()
      }
      expect(await thing.collection.findOne({ _id: id as never })).toEqual(before)
      expect(await thing.collection.countDocuments()).toBe(count)
    })
  }
})
