import { Types } from 'mongoose'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { type Ability, openServer, testOn } from '../support/mongo-server.js'
import { type MongoSubject, subjectOn } from './mongo-subject.js'
import { oneValue, valueSet } from './one-value.js'

const server = await openServer()
afterAll(() => server?.close())
const test = testOn(server, 'one value in Mongo')

let subject: MongoSubject

beforeAll(async () => {
  if (server !== null) subject = await subjectOn(server, valueSet)
})

const emptied = async (): Promise<void> => {
  for (const name of ['accounts', 'prices']) await subject.collection(name).deleteMany({})
}

const needs: Readonly<Record<string, readonly Ability[]>> = {
  'a partial unique is about the amounts that its condition says': ['partial'],
}

describe('one value in Mongo', () => {
  for (const [name, holds] of Object.entries(oneValue))
    test(name, needs[name] ?? [], async () => {
      await emptied()
      await holds(subject.call)
    })
})

const before = {
  guild_id: '1',
  balance: '1.5',
  rate: '0.5',
  huge: '1.5',
  old: '2.5',
  prices: ['1', '2.5'],
  limits: { a: '3' },
  either: '4',
  wallet: { gold: '5', at: new Date('2024-02-29T00:00:00.000Z') },
  seen: new Date('2024-05-01T00:00:00.000Z'),
  since: null,
  twice: '3',
}

describe('what is stored', () => {
  test('is numbers, which an index orders and a unique compares', [], async () => {
    await emptied()
    const seen = new Date('2024-05-01T00:00:00.000Z')
    await subject.call('insertAccount', { id: '1', guild_id: '1', balance: '1.5', seen })
    const stored = await subject.collection('accounts').findOne({})
    expect(stored).toMatchObject({
      balance: Types.Decimal128.fromString('1.50'),
      huge: '1.50',
      old: '0.00',
      prices: [Types.Decimal128.fromString('1.50')],
      limits: { a: Types.Decimal128.fromString('2.00') },
      either: Types.Decimal128.fromString('1.50'),
      wallet: { gold: Types.Decimal128.fromString('1.00'), at: Date.UTC(2024, 0, 1) },
      seen: seen.getTime(),
      twice: Types.Decimal128.fromString('3.00'),
    })
  })

  test('was text and Dates: such documents are read, changed and held to their checks', [], async () => {
    await emptied()
    await subject.collection('accounts').insertOne({ _id: '1' as never, ...before })
    const row = {
      id: '1',
      guild_id: '1',
      balance: '1.50',
      rate: '0.5000000000',
      huge: '1.50',
      old: '2.50',
      prices: ['1.00', '2.50'],
      limits: { a: '3.00' },
      either: '4.00',
      wallet: { gold: '5.00', at: before.wallet.at },
      seen: before.seen,
      since: null,
      twice: '3.00',
    }
    expect(await subject.call('getAccount', '1')).toEqual(row)
    expect(await subject.call('updateAccount', '1', { either: false })).toEqual({ ...row, either: false })
    await expect(subject.call('updateAccount', '1', { since: new Date('2024-05-02') })).rejects.toThrow()
    expect(await subject.call('updateAccount', '1', { balance: '2' })).toMatchObject({
      balance: '2.00',
      twice: '4.00',
    })
    expect(await subject.collection('accounts').findOne({})).toMatchObject({
      balance: Types.Decimal128.fromString('2.00'),
      twice: Types.Decimal128.fromString('4.00'),
      prices: ['1', '2.5'],
      seen: before.seen,
    })
  })

  test('is written anew by two commands, after which all of it is compared', ['update pipelines'], async () => {
    await emptied()
    const accounts = subject.collection('accounts')
    await accounts.insertOne({ _id: '1' as never, ...before })
    await accounts.updateMany({ balance: { $type: 'string' } }, [{ $set: { balance: { $toDecimal: '$balance' } } }])
    await accounts.updateMany({ seen: { $type: 'date' } }, [{ $set: { seen: { $toLong: '$seen' } } }])
    await expect(
      subject.call('insertAccount', { id: '2', guild_id: '1', balance: '1.50', seen: before.seen }),
    ).rejects.toMatchObject({ name: 'ConstraintError' })
    expect(await subject.call('getAccountByGuildIdAndBalance', { guild_id: '1', balance: '1.50' })).toMatchObject({
      id: '1',
      balance: '1.50',
      seen: before.seen,
    })
  })

  test('is refused by the collection where it is no such number', ['validator'], async () => {
    await emptied()
    const accounts = subject.collection('accounts')
    const wrong = {
      balance: ['NaN', 'Infinity', '-Infinity', '1.234', '100000000.00', '-0.01'].map(Types.Decimal128.fromString),
      seen: [1.5, -62_135_596_800_001, 253_402_300_800_000, '2024-05-01'],
    }
    await accounts.insertOne({ _id: '1' as never, ...before })
    for (const [path, values] of Object.entries(wrong))
      for (const value of values)
        await expect(accounts.updateOne({}, { $set: { [path]: value } }), `${path} ${value}`).rejects.toMatchObject({
          code: 121,
        })
    const seen = Date.UTC(2025, 0, 1)
    await accounts.updateOne({}, { $set: { balance: Types.Decimal128.fromString('1.50'), seen } })
    await accounts.updateOne({}, { $set: { balance: Types.Decimal128.fromString('1.5'), seen: new Date(seen) } })
  })
})
