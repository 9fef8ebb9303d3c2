import type { Connection } from 'mongoose'
import { afterAll, beforeEach, describe, expect } from 'vitest'
import { emittedFiles, fileOf, loadModule } from '../storage/emitted.js'
import { openServer, testOn } from '../support/mongo-server.js'

const server = await openServer()
afterAll(() => server?.close())
const test = testOn(server, 'what is there already is compared with what is described')

const texts = {
  'botschema.yaml':
    'name: differences\noutput: out\nstores: [mongo]\ntargets: { markdown: false, json-schema: false }\n',
  'entities.yaml': `
entity: note
fields:
  id: snowflake
  text: string(20)
  page: integer
unique:
  - { fields: [page], name: by_page }
indexes:
  - { fields: [text], name: by_text }
---
entity: tag
fields:
  id: snowflake
  name: string(20)
  kind: { type: integer = 0 }
indexes:
  - { fields: [name], name: by_name, where: kind = 1 or kind = 3 }
---
entity: zone
fields:
  id: snowflake
  name: { type: string(20), unique: true }
`,
}

interface Difference {
  readonly collection: string
  readonly index: string | null
  readonly problem: string
  readonly message: string
}

const files = await emittedFiles(texts)
const emitted = (await loadModule(files, 'mongoose/access/index.ts')) as {
  readonly createCollections: (
    connection: Connection,
    validators: string,
    told?: (difference: Difference) => void,
  ) => Promise<{ readonly differences: readonly Difference[] }>
}

/** Creates the collections, and gives the differences that were told. */
const created = async (connection: Connection): Promise<readonly Difference[]> => {
  const told: Difference[] = []
  const validators = fileOf(files, 'mongoose/validators.json')
  const { differences } = await emitted.createCollections(connection, validators, (difference) => told.push(difference))
  expect(differences).toEqual(told)
  return told
}

/** Those about one collection: a server that lacks something tells that of every other. */
const createdOf = async (connection: Connection, collection: string) =>
  (await created(connection)).filter((difference) => difference.collection === collection)

const indexNames = async (connection: Connection, collection: string): Promise<readonly unknown[]> =>
  (await connection.collection(collection).listIndexes().toArray()).map(({ name }) => name)

beforeEach(() => server?.connection.dropDatabase())

describe('an index of another form', () => {
  test('stays, is told, and keeps no other from being created', ['indexes'], async ({ connection }) => {
    await connection.collection('notes').createIndex({ text: -1, page: 1 }, { name: 'by_text' })
    const told = (await createdOf(connection, 'notes')).filter(({ index }) => index !== null)
    expect(told).toMatchObject([{ collection: 'notes', index: 'by_text', problem: 'changed' }])
    expect(told[0]?.message).toContain('key is {"text":-1,"page":1} there and {"text":1} in the description')
    expect(told[0]?.message).toContain('db.getCollection("notes").dropIndex("by_text")')
    expect(await indexNames(connection, 'notes')).toEqual(expect.arrayContaining(['by_text', 'by_page']))
    expect(await indexNames(connection, 'zones')).toContain('name_1')
  })

  test('that was to be unique says what is not held', ['indexes'], async ({ connection }) => {
    await connection.collection('notes').createIndex({ page: 1 }, { name: 'by_page' })
    const told = (await createdOf(connection, 'notes')).filter(({ index }) => index !== null)
    expect(told).toMatchObject([{ index: 'by_page', problem: 'changed' }])
    expect(told[0]?.message).toContain('unique is false there and true in the description')
    expect(told[0]?.message).toContain('does not keep page unique')
  })

  test('that has another condition is told', ['partial'], async ({ connection }) => {
    const partialFilterExpression = { kind: 1 }
    await connection.collection('tags').createIndex({ name: 1 }, { name: 'by_name', partialFilterExpression })
    expect(await created(connection)).toMatchObject([{ collection: 'tags', index: 'by_name', problem: 'changed' }])
  })

  test('that only has another name is told', ['indexes'], async ({ connection }) => {
    await connection.collection('notes').createIndex({ text: 1 }, { name: 'of_old' })
    const told = (await createdOf(connection, 'notes')).filter(({ index }) => index !== null)
    expect(told).toMatchObject([{ index: 'by_text', problem: 'renamed' }])
    expect(told[0]?.message).toContain('under the name of_old')
  })
})

test('a unique that documents break is told, with how to find them', [], async ({ connection }) => {
  const row = { text: 'a', page: 1 }
  await connection.collection('notes').insertMany([
    { _id: '1' as never, ...row },
    { _id: '2' as never, ...row },
  ])
  const told = (await createdOf(connection, 'notes')).filter(({ index }) => index !== null)
  expect(told).toMatchObject([{ index: 'by_page', problem: 'duplicates' }])
  const [, pipeline = ''] = /aggregate\((\[.*\])\), leave/.exec(told[0]?.message ?? '') ?? []
  const stages = new Function(`return ${pipeline}`)() as object[]
  expect(await connection.collection('notes').aggregate(stages).toArray()).toMatchObject([{ documents: ['1', '2'] }])
  await connection.collection('notes').deleteOne({ _id: '2' as never })
  expect((await createdOf(connection, 'notes')).filter(({ index }) => index !== null)).toEqual([])
  expect(await indexNames(connection, 'notes')).toContain('by_page')
})

test('a collection that deletes by itself is told', ['collMod'], async ({ connection }) => {
  await connection.createCollection('zones', { capped: true, size: 4096 })
  const told = await created(connection)
  expect(told).toMatchObject([{ collection: 'zones', index: null, problem: 'options' }])
  expect(told[0]?.message).toContain('capped (the server deletes its oldest documents by itself)')
})

test('what is there as it is described is told nothing of', ['collMod', 'partial'], async ({ connection }) => {
  expect(await created(connection)).toEqual([])
  expect(await created(connection)).toEqual([])
})

test('processes that create at once each succeed', ['collMod', 'partial'], async ({ connection }) => {
  const all = await Promise.all(Array.from({ length: 4 }, () => created(connection)))
  expect(all).toEqual([[], [], [], []])
  expect(await indexNames(connection, 'notes')).toEqual(expect.arrayContaining(['by_text', 'by_page']))
})

test('a server that cannot change a validator is told of, and the rest goes on', [], async ({ connection, can }) => {
  await connection.createCollection('notes')
  const told = await createdOf(connection, 'notes')
  const refused = can.has('collMod') ? [] : [{ index: null, problem: 'refused' }]
  expect(told).toMatchObject(refused)
  expect(await indexNames(connection, 'zones')).toContain('name_1')
})

/** A connection whose server says that it is another one. */
const saying = (connection: Connection, info: object): Connection => {
  const admin = () => ({ command: async () => info })
  const db = new Proxy(connection.db ?? {}, {
    get: (target, name) => {
      const value: unknown = name === 'admin' ? admin : Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  return new Proxy(connection, {
    get: (target, name) => {
      if (name === 'asPromise') return async () => ({ db })
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

const older = { version: '5.0.9', versionArray: [5, 0, 9, 0] }

test('a MongoDB that is too old is refused before anything is created', [], async ({ connection }) => {
  const old = saying(connection, { ...older, allocator: 'tcmalloc' })
  await expect(created(old)).rejects.toThrow(
    'MongoDB 5.0.9 is too old: the condition of the index by_name of tags needs MongoDB 6.0 or later. Nothing was created.',
  )
  expect(await connection.listCollections()).toEqual([])
})

test('a service that has versions of its own does what it can', [], async ({ connection }) => {
  await created(saying(connection, older))
  expect(await indexNames(connection, 'zones')).toContain('name_1')
})
