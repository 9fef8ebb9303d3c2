import type { Model } from 'mongoose'
import { beforeAll, describe, expect, test } from 'vitest'
import { collectionOf } from '../../../generators/document/index.js'
import { type LoadedModels, loadModels } from '../../../generators/engines/mongo/models.js'
import { accepts } from '../../../generators/engines/mongo/stand-in.js'
import type { SchemaSet } from '../../../generators/model/index.js'
import { emitted, thing, thingSet } from './emitted.js'
import { fields, inner, table, whole } from './values.js'

/** What the models refuse and the stand-ins (or the store: a named loss, another width of the same number) do not. */
const modelsOnly: Readonly<Record<string, readonly unknown[]>> = {
  words: ['\ud800'],
  count: [1n],
  blob: [new Uint8Array(3)],
  single: [0.1],
  data: [Number.NaN, { a: undefined }, new Date(0), 5n, { a: new Map() }, '\udc00', [undefined]],
  either: [{ ...whole, ceiling: 0 }],
}

const show = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? `${inner}n` : inner)) ?? String(value)

let set: SchemaSet
let models: LoadedModels

beforeAll(async () => {
  set = thingSet(fields, inner)
  models = await loadModels(await emitted(set))
})

const modelTakes = async (field: string, value: unknown): Promise<boolean> =>
  (await models.faultsOf(thing(set), { _id: '1', [field]: value })).length === 0

/** Whether a write would be sent: without a connection, what is not refused ends in Mongoose's own complaint. */
const isSent = async (write: () => PromiseLike<unknown>): Promise<boolean> => {
  try {
    await write()
    return true
  } catch (error) {
    return error instanceof Error && error.message.includes('before initial connection')
  }
}

const updateTakes = (update: object): Promise<boolean> =>
  isSent(() => models.modelOf(thing(set)).updateOne({ _id: '1' }, update))

/** Every way in which a value gets into a collection through a model. */
const ways: Readonly<Record<string, (model: Model<unknown>, values: object) => PromiseLike<unknown>>> = {
  '$set of updateMany': (model, values) => model.updateMany({}, { $set: values }),
  '$set of findOneAndUpdate': (model, values) => model.findOneAndUpdate({}, { $set: values }),
  'an update without operators': (model, values) => model.updateOne({}, values),
  $setOnInsert: (model, values) => model.updateOne({}, { $setOnInsert: values }, { upsert: true }),
  replaceOne: (model, values) => model.replaceOne({}, values),
  findOneAndReplace: (model, values) => model.findOneAndReplace({}, values),
  insertMany: (model, values) => model.insertMany([{ _id: '1', ...values }]),
  'insertOne of bulkWrite': (model, values) =>
    model.bulkWrite([{ insertOne: { document: { _id: '1', ...values } } }] as never),
  'updateOne of bulkWrite': (model, values) =>
    model.bulkWrite([{ updateOne: { filter: {}, update: { $set: values } } }] as never),
  'updateMany of bulkWrite': (model, values) =>
    model.bulkWrite([{ updateMany: { filter: {}, update: { $setOnInsert: values }, upsert: true } }] as never),
  'replaceOne of bulkWrite': (model, values) =>
    model.bulkWrite([{ replaceOne: { filter: {}, replacement: { _id: '1', ...values } } }] as never),
}

describe.each(Object.keys(ways))('what a model refuses is refused by %s', (way) => {
  test.each(Object.keys(table))('%s', async (field) => {
    const bad = [...(table[field]?.bad ?? []), ...(modelsOnly[field] ?? [])]
    const sent = await Promise.all(
      bad.map(async (value) => ({
        value: show(value),
        isSent: await isSent(() => ways[way]?.(models.modelOf(thing(set)), { [field]: value }) ?? Promise.resolve()),
      })),
    )
    expect(sent).toEqual(bad.map((value) => ({ value: show(value), isSent: false })))
  })
})

describe('an item of a list and a value of a map that have the wrong type are refused', () => {
  const wrong = [1, 1n, true, new Date(0), {}, ['1']]
  const places = [
    ['$push', (value: unknown) => ({ $push: { rates: value } })],
    ['$push with $each', (value: unknown) => ({ $push: { rates: { $each: [value] } } })],
    ['$addToSet', (value: unknown) => ({ $addToSet: { rates: value } })],
    ['$set of an item', (value: unknown) => ({ $set: { 'rates.0': value } })],
    ['$set of all items', (value: unknown) => ({ $set: { 'rates.$[]': value } })],
    ['$set of a value of a map', (value: unknown) => ({ $set: { 'fees.a': value } })],
    ['$min', (value: unknown) => ({ $min: { rate: value } })],
  ] as const
  test.each(places)('%s', async (_, update) => {
    for (const value of wrong) expect([show(value), await updateTakes(update(value))]).toEqual([show(value), false])
    expect(await updateTakes(update('1.5'))).toBe(true)
  })

  test('arrayFilters', async () => {
    const model = models.modelOf(thing(set))
    const takes = (value: unknown): Promise<boolean> =>
      isSent(() => model.updateOne({}, { $set: { 'rates.$[item]': '1' } }, { arrayFilters: [{ item: value }] }))
    for (const value of [1, 1n, true]) expect([show(value), await takes(value)]).toEqual([show(value), false])
    expect(await takes('1.50')).toBe(true)
  })
})

describe('a field of each type, in the model, in updates and in the collection', () => {
  test.each(Object.keys(table))('%s', async (field) => {
    const { good, bad } = table[field] ?? { good: [], bad: [] }
    const collection = accepts(collectionOf(set, thing(set)).validator)
    const verdicts = async (value: unknown) => ({
      value: show(value),
      model: await modelTakes(field, value),
      update: await updateTakes({ $set: { [field]: value } }),
      collection: collection({ _id: '1', [field]: value }),
    })
    const all = (taken: boolean) => (value: unknown) => ({
      value: show(value),
      model: taken,
      update: taken,
      collection: taken,
    })
    expect(await Promise.all(good.map(verdicts))).toEqual(good.map(all(true)))
    expect(await Promise.all(bad.map(verdicts))).toEqual(bad.map(all(false)))
  })

  test.each(Object.keys(modelsOnly))('%s, where only the models see', async (field) => {
    for (const value of modelsOnly[field] ?? []) {
      expect([show(value), await modelTakes(field, value), await updateTakes({ $set: { [field]: value } })]).toEqual([
        show(value),
        false,
        false,
      ])
    }
  })

  test('a key that Mongoose itself drops from updates is refused in documents', async () => {
    expect(await modelTakes('counts', JSON.parse('{"__proto__": 1}'))).toBe(false)
  })

  test('a missing key and an unknown one', async () => {
    const collection = accepts(collectionOf(set, thing(set)).validator)
    expect(await models.faultsOf(thing(set), {})).toMatchObject([{ path: '_id' }])
    expect(collection({})).toBe(false)
    expect(await modelTakes('nope', 1)).toBe(false)
    expect(collection({ _id: '1', nope: 1 })).toBe(false)
  })

  test('what is missing is null, and what is absent stays absent', async () => {
    const Thing = models.modelOf(thing(set))
    const stored = new Thing({ _id: '1', inner: { type: 'x' } }).toObject() as Record<string, unknown>
    expect(stored['words']).toBeNull()
    expect(stored['tags']).toBeNull()
    expect(stored['inner']).toEqual({ type: 'x', level: 1, ceiling: null })
  })
})
