import { createCollections } from '@botschema/runtime/v1/mongo'
import type { Connection } from 'mongoose'
import { expect, test } from 'vitest'

interface Index {
  readonly name: string
  readonly key: Readonly<Record<string, number>>
  readonly expireAfterSeconds?: number
}

/** A database with one collection and these indexes, which notes what it is told to do. */
const databaseOf = (there: readonly Index[], options: object = {}) => {
  const told: unknown[] = []
  const standing = new Map(there.map((index) => [index.name, index]))
  const collection = {
    listIndexes: () => ({ toArray: async () => [...standing.values()] }),
    dropIndex: async (name: string) => {
      standing.delete(name)
      told.push({ drop: name })
    },
    createIndexes: async (indexes: readonly Index[]) => {
      for (const index of indexes) standing.set(index.name, index)
      told.push({ create: indexes.map(({ name }) => name) })
    },
  }
  const db = {
    listCollections: () => ({ toArray: async () => [{ name: 'notes', options }] }),
    command: async (command: unknown) => told.push(command),
    collection: () => collection,
  }
  return { told, connection: { asPromise: async () => ({ db }) } as unknown as Connection }
}

const id = { name: '_id_', key: { _id: 1 } }
const index = { name: 'by_day', key: { day: 1 } }

test.each([
  ['stays', { ...index, expireAfterSeconds: 60 }, { ...index, expireAfterSeconds: 60 }, []],
  [
    'takes another time',
    { ...index, expireAfterSeconds: 60 },
    { ...index, expireAfterSeconds: 90 },
    [{ collMod: 'notes', index: { name: 'by_day', expireAfterSeconds: 90 } }],
  ],
  [
    'is made anew to expire documents',
    index,
    { ...index, expireAfterSeconds: 90 },
    [{ drop: 'by_day' }, { create: ['by_day'] }],
  ],
  [
    'is made anew to expire none',
    { ...index, expireAfterSeconds: 60 },
    index,
    [{ drop: 'by_day' }, { create: ['by_day'] }],
  ],
])('an index that is there %s', async (_, there, described, expected) => {
  const { told, connection } = databaseOf([id, there])
  await createCollections(connection, JSON.stringify({ notes: { indexes: [described] } }))
  expect(told).toEqual(expected)
})

test('documents do not expire by what is described no longer; other indexes stay', async () => {
  const { told, connection } = databaseOf([id, index, { ...index, name: 'old', expireAfterSeconds: 60 }])
  await createCollections(connection, JSON.stringify({ notes: { indexes: [] } }))
  expect(told).toEqual([{ drop: 'old' }])
})

test.each([
  ['has no validator', {}, []],
  ['has one that is off', { validator: { a: 1 }, validationLevel: 'off' }, []],
  ['has one', { validator: { a: 1 } }, [{ collMod: 'notes', validationLevel: 'off' }]],
])('nothing is validated where the description says so and the collection %s', async (_, options, expected) => {
  const { told, connection } = databaseOf([id], options)
  await createCollections(connection, JSON.stringify({ notes: { validationLevel: 'off', indexes: [] } }))
  expect(told).toEqual(expected)
})
