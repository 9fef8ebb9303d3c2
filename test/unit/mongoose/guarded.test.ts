import { unguarded } from '@botschema/runtime/v1/mongoose'
import { mongo } from 'mongoose'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { openServer, testOn } from '../../support/mongo-server.js'
import { thingSet } from './emitted.js'
import { type StoredEntity, storedOn } from './stored.js'

const server = await openServer()
const test = testOn(server, 'what guards refuse, and how it is done instead')

let thing: StoredEntity
let last = 0

beforeAll(async () => {
  const fields = `
id: snowflake
level: integer = 1
name: text?
data: json?
counts: map<integer>?
origin: { type: origin? }
origins: list<origin>?
`
  const more = '---\nobject: origin\nfields:\n  source: { type: text, immutable: true }\n  note: text?\n'
  if (server !== null) thing = (await storedOn(server, thingSet(fields, more)))('thing')
})

afterAll(() => server?.close())

const loaded = async (values: object = {}) => {
  const id = String(++last)
  await thing.model.create({ _id: id, ...values })
  const document = await thing.model.findById(id)
  if (document === null) throw new Error('no document')
  return document
}

const stored = (document: { readonly _id: unknown }) => thing.collection.findOne({ _id: document._id as never })

const refuses = async (document: Awaited<ReturnType<typeof loaded>> | null, values: object): Promise<void> => {
  const change = async () => {
    document?.set(values)
    await document?.save()
  }
  await expect(change()).rejects.toThrow('immutable')
}

describe('what is immutable inside of an object', () => {
  test('is given with the object, where a stored document had none', [], async () => {
    const document = await loaded()
    document.set('origin', { source: 'a' })
    await document.save()
    expect(await stored(document)).toMatchObject({ origin: { source: 'a' } })
  })

  test('stays, in the object and in one that takes its place', [], async () => {
    const document = await loaded({ origin: { source: 'a' } })
    await refuses(document, { 'origin.source': 'b' })
    await refuses(await thing.model.findById(document._id), { origin: { source: 'b' } })
    const again = await thing.model.findById(document._id)
    again?.set('origin', { source: 'a', note: 'n' })
    await again?.save()
    expect(await stored(document)).toMatchObject({ origin: { source: 'a', note: 'n' } })
  })

  test('stays once it was given and saved', [], async () => {
    const document = await loaded()
    document.set('origin', { source: 'a' })
    await document.save()
    await refuses(document, { 'origin.source': 'b' })
    expect(await stored(document)).toMatchObject({ origin: { source: 'a' } })
  })
})

describe('a refusal names the way through', () => {
  test('$unset of what is required', [], async () => {
    const { _id } = await loaded()
    await expect(thing.model.updateOne({ _id }, { $unset: { level: 1 } })).rejects.toThrow(
      'level is required and cannot be removed: set it to its default with $set',
    )
    await expect(thing.model.updateOne({ _id }, { $rename: { name: 'other' } })).rejects.toThrow('with $set')
  })

  test('undefined inside of json: where it is', [], async () => {
    const document = await loaded()
    document.set('data', { a: [{ b: undefined }] })
    await expect(document.save()).rejects.toThrow('data.a.0.b is undefined')
  })

  test('a pipeline: the option under which the caller answers for it', [], async () => {
    const { _id } = await loaded({ level: 2 })
    const pipeline = [{ $set: { level: { $add: ['$level', 1] } } }]
    const options = { updatePipeline: true } as const
    const answered = { ...options, ...unguarded }
    await expect(thing.model.updateOne({ _id }, pipeline, options)).rejects.toThrow('...unguarded')
    const writes = [
      () => thing.model.updateOne({ _id }, pipeline, answered).exec(),
      () => thing.model.findOneAndUpdate({ _id }, pipeline, answered).exec(),
    ]
    // A server may have no pipelines: its own refusal says that the update was sent.
    const outcomes = await Promise.allSettled(writes.map((write) => write()))
    const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []))
    expect(failures.filter((failure) => !(failure instanceof mongo.MongoServerError))).toEqual([])
    if (failures.length === 0) expect(await stored({ _id })).toMatchObject({ level: 4 })
    await expect(thing.model.bulkWrite([{ updateOne: { filter: { _id }, update: pipeline } }])).rejects.toThrow(
      'unguarded',
    )
  })
})

test('what the driver or Mongoose takes for itself is refused as a key', [], async () => {
  for (const values of [
    { data: { a: { _bsontype: 'ObjectId' } } },
    { data: [{ $ref: 'users', $id: 1 }] },
    { data: { isMongooseBuffer: true } },
    { data: { $__: {} } },
    { data: { valueOf: [{}] } },
    { data: { _bsontype: 1 } },
    { counts: { _bsontype: 1 } },
  ]) {
    await expect(thing.model.create({ _id: String(++last), ...values })).rejects.toThrow(/has (?:the keys?|a key) /)
    expect(() => thing.newSchema.parse({ id: '1', ...values })).toThrow()
  }
})

test('keys that other layers use are stored and read as they are', [], async () => {
  const names = ['toBSON', 'toJSON', '__v', '_doc', 'isNew', 'errors', 'schema', 'collection', 'save', 'validate']
  const more = ['populated', 'then', 'toPostgres', 'length', 'toObject', '_id', '$set', '$ref']
  for (const name of [...names, ...more]) {
    const values = {
      data: { [name]: 'x', in: [{ [name]: 1 }] },
      ...(name.startsWith('$') ? {} : { counts: { [name]: 1 } }),
    }
    const document = await loaded(values)
    expect([name, thing.codec.decode(await stored(document))]).toMatchObject([name, values])
    document.set('data', { [name]: 'y' })
    await document.save()
    expect([name, (await stored(document))?.['data']]).toEqual([name, { [name]: 'y' }])
  }
})
