import { Error as MongooseError, mongo } from 'mongoose'
import { afterAll, describe, expect, it } from 'vitest'
import { callOf, emittedFiles, loadModule } from '../storage/emitted.js'
import { openServer, testOn } from '../support/mongo-server.js'
import { type MongoSubject, subjectOn } from './mongo-subject.js'

const texts = {
  'botschema.yaml': 'name: writes\noutput: out\nstores: [mongo]\ntargets: { markdown: false, json-schema: false }\n',
  'account.yaml': `
entity: account
fields:
  id: snowflake
  name: { type: string(20), unique: true }
  coins: { type: long = 0, min: 0 }
  notes: { type: list<text>, default: [] }
---
entity: range
fields:
  id: snowflake
  low: integer = 0
  high: integer = 100
  width: { type: bigint, generated: high - low }
checks:
  in_order: low <= high
---
entity: row
fields:
  changed: { type: string(8), key: true }
  db: { type: string(8)?, unique: true }
  low: integer = 0
  high: integer = 100
  odd: { type: integer = 0, code: odd name }
unique:
  - { fields: [low], where: low < high }
  - { fields: [high, odd], nulls: not distinct }
indexes:
  - { fields: [odd], where: low < high }
---
entity: ticket
fields:
  id: uuid
  guild_id: snowflake(guild)
  number: integer = next(guild_id)
  title: { type: string(20), unique: true }
`,
}

const server = await openServer()
const proved = testOn(server, 'writes on Mongo')
const subject = server === null ? null : await subjectOn(server, texts)

const given = (): MongoSubject => {
  if (subject === null) throw new Error('there is no server')
  return subject
}

afterAll(() => server?.close())

const duplicate = { name: 'ConstraintError', problem: 'unique' }

describe('many rows', () => {
  proved('are all inserted or none, and what was there before stays', [], async () => {
    const { call, collection } = given()
    await call('insertAccount', { id: '1', name: 'one', coins: 5 })
    const rows = [
      { id: '2', name: 'two' },
      { id: '1', name: 'other' },
      { id: '3', name: 'three' },
    ]
    await expect(call('insertAccounts', rows)).rejects.toMatchObject({ ...duplicate, fields: ['id'] })
    await expect(call('insertAccounts', [rows[0], { id: '4', name: 'one' }])).rejects.toMatchObject(duplicate)
    await expect(call('insertAccounts', [rows[0], { id: '4', name: 7 }])).rejects.toMatchObject({ issues: [{}] })
    expect(await collection('accounts').find().toArray()).toMatchObject([{ _id: '1', name: 'one', coins: 5 }])
  })

  proved('come back in their order, numbered in it', [], async () => {
    const { call } = given()
    const rows = Array.from({ length: 30 }, (_, at) => ({ guild_id: '7', title: `ticket ${at}` }))
    const stored = (await call('insertTickets', rows)) as readonly { number: number; title: string }[]
    expect(stored.map(({ number, title }) => [number, title])).toEqual(rows.map(({ title }, at) => [at + 1, title]))
    await call('insertTicket', { guild_id: '7', title: 'given', number: 50 })
    expect(await call('insertTicket', { guild_id: '7', title: 'after that' })).toMatchObject({ number: 51 })
  })
})

describe('upserts', () => {
  proved('that say nothing new give the row as it is', [], async () => {
    const { call } = given()
    const stored = await call('insertAccount', { id: '20', name: 'twenty', coins: 3, notes: ['a'] })
    expect(await call('upsertAccountByName', { id: '21', name: 'twenty' })).toEqual(stored)
    expect(await call('upsertAccount', { id: '20', name: 'twenty', coins: undefined })).toEqual(stored)
  })

  proved('find a row by what only some rows are unique for, and insert the others', [], async () => {
    const { call } = given()
    const row = { changed: 'a', db: null, low: 1, high: 5, 'odd name': 7 }
    expect(await call('insertRow', row)).toEqual(row)
    expect(await call('upsertRowByLow', { changed: 'b', low: 1, high: 6 })).toEqual({ ...row, high: 6 })
    expect(await call('upsertRowByLow', { changed: 'b', low: 1, high: 1 })).toMatchObject({ changed: 'b' })
    expect(await call('getRowByLow', 1)).toMatchObject({ changed: 'a' })
    expect(await call('upsertRowByDb', { changed: 'c', low: 9 })).toMatchObject({ changed: 'c', db: null })
    expect(await call('getRowByHighAndOddName', { high: 6, 'odd name': 7 })).toMatchObject({ changed: 'a' })
    expect(await call('updateRow', 'a', { low: 2 })).toMatchObject({ low: 2 })
    expect(await call('listRowsByOddNameWhereLowAndHigh', { limit: 9 })).toMatchObject({
      rows: [{ changed: 'c' }, { changed: 'a' }],
    })
  })
})

describe('calls that race', () => {
  proved('upserts insert one row, and no call fails', ['races'], async () => {
    const { call, collection } = given()
    const calls = Array.from({ length: 12 }, (_, at) => call('upsertAccount', { id: '50', name: 'race', coins: at }))
    expect(await Promise.all(calls)).toHaveLength(12)
    expect(await collection('accounts').countDocuments({ _id: '50' as never })).toBe(1)
    const whole = Array.from({ length: 12 }, (_, at) => call('upsertRange', { id: '50', high: 100 + at }))
    expect(await Promise.all(whole)).toHaveLength(12)
    expect(await collection('ranges').countDocuments({})).toBe(1)
  })

  proved('changes are checked against the row as it is when it is written', ['races'], async () => {
    const { call } = given()
    for (let round = 0; round < 10; round += 1) {
      await call('upsertRange', { id: '60', low: 0, high: 100 })
      const both = await Promise.allSettled([
        call('updateRange', '60', { low: 80 }),
        call('updateRange', '60', { high: 20 }),
      ])
      const refused = both.filter(({ status }) => status === 'rejected')
      expect(refused).toMatchObject([{ reason: { name: 'ConstraintError', problem: 'check', rule: 'low <= high' } }])
      const row = (await call('getRange', '60')) as { low: number; high: number; width: bigint }
      expect(row.width).toBe(BigInt(row.high - row.low))
      expect([
        [80, 100],
        [0, 20],
      ]).toContainEqual([row.low, row.high])
    }
  })
})

describe('a transaction of the caller', () => {
  proved('takes the writes back', ['transactions'], async ({ connection }) => {
    const { emitted } = given()
    const call = callOf(emitted)
    const session = await connection.startSession()
    session.startTransaction()
    const db = { connection, session }
    await call('insertAccount', db, { id: '90', name: 'ninety' })
    await call('insertAccounts', db, [{ id: '91', name: 'ninety-one' }])
    await call('upsertAccount', db, { id: '92', name: 'ninety-two' })
    expect(await call('getAccount', connection, '90')).toBeNull()
    expect(await call('getAccount', db, '90')).toMatchObject({ name: 'ninety' })
    await session.abortTransaction()
    await session.endSession()
    expect(await call('getAccount', connection, '90')).toBeNull()
  })

  it('has its session in every command', async () => {
    const call = callOf(await loadModule(await emittedFiles(texts), 'mongoose/access/index.ts'))
    const session = { of: 'the transaction' }
    const used: unknown[] = []
    const stored = { _id: '1', name: 'x', coins: 0, notes: [] }
    const answer = (...given: readonly unknown[]) => {
      used.push((given.at(-1) as { session?: unknown } | undefined)?.session)
      const query = Promise.resolve(stored)
      return Object.assign(query, { lean: () => ({ exec: () => query }) })
    }
    class Account {
      static findOne = answer
      static findOneAndUpdate = answer
      static findOneAndDelete = answer
      static insertMany = answer
      $session = (given: unknown) => used.push(given)
      validate = async () => undefined
      save = answer
      toObject = () => stored
    }
    const db = { connection: { models: {}, model: () => Account }, session }
    await call('insertAccount', db, { id: '1', name: 'x' })
    await call('insertAccounts', db, [{ id: '1', name: 'x' }])
    await call('upsertAccount', db, { id: '1', name: 'x' })
    await call('getAccount', db, '1')
    await call('getAccountByName', db, 'x')
    await call('updateAccount', db, '1', { coins: 1 })
    await call('deleteAccount', db, '1')
    expect(used).toEqual(Array.from({ length: 8 }, () => session))
  })
})

describe('what Mongo refuses', () => {
  const refusing = async (name: string, failure: unknown) => {
    const call = callOf(await loadModule(await emittedFiles(texts), 'mongoose/access/index.ts'))
    const findOneAndUpdate = () => Promise.reject(failure)
    class Range {
      static findOne = async () => ({ _id: '1' })
      static hydrate = () => new Range()
      set = () => undefined
      save = findOneAndUpdate
    }
    const models: Readonly<Record<string, object>> = { Range, Account: { findOneAndUpdate } }
    const connection = { models: {}, model: (model: string) => models[model] }
    return call(name, connection, '1', name === 'updateRange' ? { low: 1 } : { coins: 1 }).catch(
      (thrown: unknown) => thrown,
    )
  }

  it('for a condition of the collection is the check of the entity', async () => {
    const details = { operatorName: '$and', clausesNotSatisfied: [{ index: 1, details: { operatorName: '$expr' } }] }
    const failure = new mongo.MongoServerError({
      message: 'Document failed validation',
      code: 121,
      errInfo: { details },
    })
    expect(await refusing('updateRange', failure)).toMatchObject({
      name: 'ConstraintError',
      problem: 'check',
      entity: 'range',
      constraint: 'in_order',
      fields: ['low', 'high'],
      cause: failure,
    })
  })

  it('for anything else is passed on as it came', async () => {
    for (const failure of [
      new mongo.MongoServerError({ message: 'E11000 duplicate key error index: another dup key: {}', code: 11_000 }),
      new mongo.MongoServerError({ message: 'not primary', code: 10_107 }),
      new MongooseError('coins is missing'),
      new TypeError('a bug'),
      'no error at all',
    ])
      expect(await refusing('updateAccount', failure)).toBe(failure)
  })
})
