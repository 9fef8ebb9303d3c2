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

/** Whether an update would be sent: without a connection, what is not refused ends in Mongoose's own complaint. */
const updateTakes = async (update: object): Promise<boolean> => {
  try {
    await models.modelOf(thing(set)).updateOne({ _id: '1' }, update)
    return true
  } catch (error) {
    return error instanceof Error && error.message.includes('before initial connection')
  }
}

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
