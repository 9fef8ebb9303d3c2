import { mongo } from 'mongoose'
import { afterAll, describe, expect, it } from 'vitest'
import { callOf, emittedFiles, loadModule } from '../storage/emitted.js'
import { openServer, testOn } from '../support/mongo-server.js'
import { type MongoSubject, subjectOn } from './mongo-subject.js'

const texts = {
  'botschema.yaml': 'name: refusals\noutput: out\nstores: [mongo]\ntargets: { markdown: false, json-schema: false }\n',
  'badge.yaml': `
entity: badge
fields:
  id: snowflake
  label: string(20)
  rank: { type: integer = 0, min: 0 }
  place: { type: integer?, code: seat }
unique:
  - { fields: [label], name: "by label" }
  - { fields: [label, rank], where: rank > 5 }
  - { fields: [label, rank], where: rank < 3, name: low }
  - [place]
---
entity: range
fields:
  id: snowflake
  low: integer = 0
  high: integer = 100
checks:
  in_order: low <= high
---
entity: line
fields:
  id: snowflake
  text: string(20)
`,
}

const server = await openServer()
const proved = testOn(server, 'what Mongo refuses')
const subject = server === null ? null : await subjectOn(server, texts)

const given = (): MongoSubject => {
  if (subject === null) throw new Error('there is no server')
  return subject
}

afterAll(() => server?.close())

/** What an emitted function makes of an error of the driver. */
const refusing = async (name: 'updateBadge' | 'updateLine' | 'updateRange', failure: unknown) => {
  const call = callOf(await loadModule(await emittedFiles(texts), 'mongoose/access/index.ts'))
  const findOneAndUpdate = () => Promise.reject(failure)
  class Range {
    static findOne = async () => ({ _id: '1' })
    static hydrate = () => new Range()
    set = () => undefined
    save = findOneAndUpdate
  }
  const models: Readonly<Record<string, object>> = { Range, Badge: { findOneAndUpdate }, Line: { findOneAndUpdate } }
  const connection = { models: {}, model: (model: string) => models[model] }
  const patches = { updateBadge: { rank: 1 }, updateLine: { text: 'x' }, updateRange: { low: 1 } }
  return call(name, connection, '1', patches[name]).catch((thrown: unknown) => thrown)
}

const duplicate = (message: string, keyPattern?: object) =>
  new mongo.MongoServerError({ message, code: 11_000, ...(keyPattern === undefined ? {} : { keyPattern }) })

/** An error of a bulk write; the driver exports no class of what stands in its `writeErrors`. */
const bulk = (code: number, errmsg: string, errInfo?: object): mongo.MongoBulkWriteError => {
  const one = { index: 0, code, errmsg, errInfo } as unknown as mongo.WriteError
  const result = { getWriteErrors: () => [one], insertedIds: {} } as unknown as mongo.BulkWriteResult
  return new mongo.MongoBulkWriteError({ message: errmsg, code, writeErrors: [one] }, result)
}

const all = 'by label, label_1_rank_1, low, place_1, _id_'

describe('a unique', () => {
  it.each([
    ['the paths of its index', duplicate('whatever', { place: 1 }), 'place_1'],
    ['the key', duplicate('whatever', { _id: 1 }), '_id_'],
    ['MongoDB', duplicate('E11000 duplicate key error collection: a.badges index: low dup key: { label: "x" }'), 'low'],
    ['MongoDB, of two over the same', duplicate('… index: low dup key: {}', { label: 1, rank: 1 }), 'low'],
    ['MongoDB, with a collation', duplicate('… index: by label collation: { locale: "en" } dup key: {}'), 'by label'],
    ['MongoDB 3', duplicate('E11000 duplicate key error index: a.badges.$place_1 dup key: { : 1 }'), 'place_1'],
    ['Amazon DocumentDB', duplicate('E11000 duplicate key error collection: a.badges index: place_1'), 'place_1'],
    ['DocumentDB', duplicate("Duplicate key violation on the requested collection: Index 'place_1'"), 'place_1'],
    ['DocumentDB, the key', duplicate("Duplicate key violation on the requested collection: Index '_id_'"), '_id_'],
    ['a bulk write', bulk(11_000, 'E11000 duplicate key error collection: a.badges index: low dup key: {}'), 'low'],
  ])('is known by what %s says', async (_, failure, constraint) => {
    expect(await refusing('updateBadge', failure)).toMatchObject({
      name: 'ConstraintError',
      problem: 'unique',
      constraint,
      cause: failure,
    })
  })

  it('has the properties of its paths', async () => {
    expect(await refusing('updateBadge', duplicate('whatever', { place: 1 }))).toMatchObject({ fields: ['seat'] })
  })

  it.each([
    ['Azure Cosmos DB', 'E11000 duplicate key error collection: a.badges. Failed _id or unique index constraint.'],
    ['FerretDB 1', 'E11000 duplicate key error collection: a.badges'],
  ])('may be any where %s names none', async (_, message) => {
    const thrown = (await refusing('updateBadge', duplicate(message))) as { readonly constraint: string }
    expect(thrown).toMatchObject({ name: 'ConstraintError', problem: 'unique' })
    expect(thrown.constraint.split(', ').sort()).toEqual(all.split(', ').sort())
  })

  it.each([
    duplicate('E11000 duplicate key error collection: a.badges index: another dup key: {}'),
    duplicate('E11000 duplicate key error collection: a.badges index: another dup key: { x: " index: low dup key" }'),
    duplicate("Duplicate key violation on the requested collection: Index 'low_2'"),
    duplicate('whatever', { another: 1 }),
  ])('that is not described is passed on', async (failure) => {
    expect(await refusing('updateBadge', failure)).toBe(failure)
  })
})

const structure = (rules: readonly object[]) => ({
  failingDocumentId: 1,
  details: {
    operatorName: '$and',
    clausesNotSatisfied: [{ index: 0, details: { operatorName: '$jsonSchema', schemaRulesNotSatisfied: rules } }],
  },
})

const condition = { details: { operatorName: '$and', clausesNotSatisfied: [{ details: { operatorName: '$expr' } }] } }

const failed = 'Document failed validation'

const invalid = (errInfo?: object) =>
  new mongo.MongoServerError({ message: failed, code: 121, ...(errInfo === undefined ? {} : { errInfo }) })

describe('a validator', () => {
  const wrong = structure([
    { operatorName: 'properties', propertiesNotSatisfied: [{ propertyName: 'place', details: [] }] },
    { operatorName: 'required', missingProperties: ['label'] },
  ])

  it.each([
    ['one write', invalid(wrong)],
    ['a bulk write', bulk(121, failed, wrong)],
  ])('that refuses fields names them, in %s', async (_, failure) => {
    expect(await refusing('updateBadge', failure)).toMatchObject({
      name: 'ConstraintError',
      problem: 'check',
      entity: 'badge',
      constraint: 'validator',
      fields: ['seat', 'label'],
      cause: failure,
    })
  })

  it.each([
    ['one write', invalid(condition)],
    ['a bulk write', bulk(121, failed, condition)],
  ])('whose condition fails is the check, in %s', async (_, failure) => {
    expect(await refusing('updateRange', failure)).toMatchObject({ constraint: 'in_order', fields: ['low', 'high'] })
    expect(await refusing('updateLine', failure)).toMatchObject({ name: 'ConstraintError', constraint: 'validator' })
  })

  it.each([
    ['one write', invalid()],
    ['a bulk write', bulk(121, failed)],
  ])('that says nothing may be either, in %s', async (_, failure) => {
    expect(await refusing('updateRange', failure)).toMatchObject({ constraint: 'in_order, validator' })
    expect(await refusing('updateLine', failure)).toMatchObject({ name: 'ConstraintError', constraint: 'validator' })
  })
})

it('an error after which the driver runs the transaction again is left to it', async () => {
  const failure = duplicate('whatever', { place: 1 })
  failure.addErrorLabel('TransientTransactionError')
  expect(await refusing('updateBadge', failure)).toBe(failure)
})

describe('on a server', () => {
  /** A validator that refuses what the description allows, as an older or a newer one of the collection may. */
  const stricter = { $jsonSchema: { properties: { text: { enum: ['right'] } } } }

  proved('whatever function meets the validator of a collection', ['validator'], async ({ connection }) => {
    const { call } = given()
    await connection.dropCollection('lines')
    await connection.createCollection('lines', { validator: stricter })
    await call('insertLine', { id: '1', text: 'right' })
    const refused = { name: 'ConstraintError', problem: 'check', entity: 'line', constraint: 'validator' }
    const wrong = { id: '2', text: 'wrong' }
    await expect(call('insertLine', wrong)).rejects.toMatchObject(refused)
    await expect(call('insertLines', [{ id: '3', text: 'right' }, wrong])).rejects.toMatchObject(refused)
    await expect(call('upsertLine', wrong)).rejects.toMatchObject(refused)
    await expect(call('upsertLine', { id: '1', text: 'wrong' })).rejects.toMatchObject(refused)
    await expect(call('updateLine', '1', { text: 'wrong' })).rejects.toMatchObject(refused)
    expect(await connection.collection('lines').countDocuments()).toBe(1)
  })

  proved('uniques are named in one write and in many', ['partial'], async () => {
    const { call } = given()
    await call('insertBadges', [
      { id: '1', label: 'a', rank: 1, seat: 1 },
      { id: '2', label: 'b', rank: 9, seat: 2 },
    ])
    const named = (constraint: string) => ({ name: 'ConstraintError', problem: 'unique', constraint })
    await expect(call('insertBadge', { id: '1', label: 'c' })).rejects.toMatchObject(named('_id_'))
    await expect(call('insertBadge', { id: '3', label: 'a', rank: 4 })).rejects.toMatchObject(named('by label'))
    await expect(call('insertBadges', [{ id: '3', label: 'c', seat: 2 }])).rejects.toMatchObject(named('place_1'))
    await expect(call('updateBadge', '1', { label: 'b' })).rejects.toMatchObject(named('by label'))
    await expect(call('upsertBadge', { id: '1', label: 'a', seat: 2 })).rejects.toMatchObject(named('place_1'))
  })
})

describe('a transaction', () => {
  const count = async (text: string) => given().collection('lines').countDocuments({ text })

  /** Documents that no validator of the tests before holds. */
  const emptied = async (): Promise<void> => {
    await given().connection.dropCollection('lines')
    await given().connection.createCollection('lines')
  }

  proved('is done whole, or not at all', ['transactions'], async ({ connection }) => {
    await emptied()
    const call = callOf(given().emitted)
    const insert = async (ids: readonly string[], db: unknown) => {
      for (const id of ids) await call('insertLine', db, { id, text: 'a' })
      return ids.length
    }
    expect(await call('inTransaction', connection, (db: unknown) => insert(['1', '2'], db))).toBe(2)
    const failing = call('inTransaction', connection, async (db: unknown) => {
      await insert(['3'], db)
      throw new Error('for some reason')
    })
    await expect(failing).rejects.toThrow('for some reason')
    expect(await count('a')).toBe(2)
  })

  proved('is over after a refusal, also where that is caught', ['transactions'], async ({ connection }) => {
    await emptied()
    const call = callOf(given().emitted)
    await call('insertLine', connection, { id: '1', text: 'a' })
    let runs = 0
    const began = Date.now()
    const swallowing = call('inTransaction', connection, async (db: unknown) => {
      runs += 1
      await call('insertLine', db, { id: '2', text: 'a' })
      await call('insertLine', db, { id: '1', text: 'a' }).catch(() => undefined)
      return 'done'
    })
    await expect(swallowing).rejects.toMatchObject({ name: 'ConstraintError', constraint: '_id_' })
    expect([runs, await count('a')]).toEqual([1, 1])
    expect(Date.now() - began).toBeLessThan(60_000)
  })

  proved('within one of the caller is that one', ['transactions'], async ({ connection }) => {
    await emptied()
    const call = callOf(given().emitted)
    const session = await connection.startSession()
    session.startTransaction()
    const db = { connection, session }
    expect(await call('inTransaction', db, async (inner: unknown) => inner === db)).toBe(true)
    await session.abortTransaction()
    await session.endSession()
  })

  it('that the server does not commit is given up after three attempts', async () => {
    const call = callOf(await loadModule(await emittedFiles(texts), 'mongoose/access/index.ts'))
    let runs = 0
    const again = async (work: () => Promise<unknown>): Promise<unknown> => {
      for (;;) await work()
    }
    const client = { on: () => undefined }
    const connection = {
      asPromise: async () => ({ db: { admin: () => ({ command: async () => ({ setName: 'one' }) }) } }),
      getClient: () => client,
      withSession: (run: (session: object) => Promise<unknown>) => run({ withTransaction: again }),
    }
    const caught = call('inTransaction', connection, async () => {
      runs += 1
    })
    await expect(caught).rejects.toThrow('Let such errors through')
    expect(runs).toBe(3)
  })

  it('needs a server that has them', async () => {
    const call = callOf(await loadModule(await emittedFiles(texts), 'mongoose/access/index.ts'))
    const client = { on: () => undefined }
    const connection = {
      asPromise: async () => ({ db: { admin: () => ({ command: async () => ({}) }) } }),
      getClient: () => client,
    }
    await expect(call('inTransaction', connection, async () => 1)).rejects.toThrow('has no transactions')
  })
})

describe('whether a server has transactions', () => {
  it('is asked once, and again when the servers have changed or did not answer', async () => {
    const call = callOf(await loadModule(await emittedFiles(texts), 'mongoose/access/index.ts'))
    const heard: (() => void)[] = []
    const client = { on: (_: string, change: () => void) => heard.push(change) }
    let asked = 0
    const hello = async () => {
      asked += 1
      if (asked === 1) throw new Error('away')
      return { setName: 'one' }
    }
    const connection = {
      asPromise: async () => ({ db: { admin: () => ({ command: hello }) } }),
      getClient: () => client,
      withSession: (run: (session: object) => Promise<unknown>) =>
        run({ withTransaction: (work: () => Promise<unknown>) => work() }),
    }
    const run = () => call('inTransaction', connection, async () => asked)
    await expect(run()).rejects.toThrow('away')
    expect([await run(), await run()]).toEqual([2, 2])
    for (const change of heard) change()
    expect([await run(), await run(), heard.length]).toEqual([3, 3, 1])
  })
})
