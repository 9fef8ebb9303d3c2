import { type Connection, Schema } from 'mongoose'
import { afterAll, beforeEach, expect } from 'vitest'
import { z } from 'zod'
import type { Reference } from '../../runtime/src/mongo/access/references.js'
import * as kinds from '../../runtime/src/mongo/kinds.js'
import { type CollectionDescription, documentsOf } from '../../runtime/src/mongo/repository/describe.js'
import type { keyedCalls } from '../../runtime/src/mongo/repository/index.js'
import { createStorage } from '../../runtime/src/mongo/storage.js'
import * as path from '../../runtime/src/mongoose/index.js'
import { change, plain } from '../../runtime/src/zod/index.js'
import { openServer, testOn } from '../support/mongo-server.js'
import { key } from './members-calls.js'
import { createIndexes, membersCollection } from './members-collection.js'

const server = await openServer()
afterAll(() => server?.close())

const proved = testOn(server, 'a storage of documents')

type Calls = ReturnType<typeof keyedCalls>

/** As emitted code types a storage; names of entities may be those of properties that JavaScript looks for. */
interface Storage {
  readonly member: Calls
  readonly then: Calls
  readonly $transaction: <Result>(run: (tx: Storage) => Promise<Result>) => Promise<Result>
}

const storageOn = (connection: Connection): Storage =>
  createStorage(connection, {
    collections: Object.fromEntries(['member', 'then'].map((entity) => [entity, membersCollection])),
  })

beforeEach(async () => {
  if (server === null) return
  await server.connection.dropDatabase()
  await createIndexes(server.connection, server.can.has('partial'))
  await server.connection.createCollection('counters').catch(() => null)
})

const coinsOf = (rows: readonly unknown[]): readonly unknown[] => rows.map((row) => Reflect.get(Object(row), 'coins'))

proved('has the calls of each entity, whatever its name', [], async ({ connection }) => {
  const storage = storageOn(connection)
  expect(await (async () => storage)()).toBe(storage)
  await storage.then.insert(key(1))
  expect(await storage.member.get(key(1))).toMatchObject(key(1))
  expect(() => Object.assign(storage, { member: null })).toThrow(TypeError)
})

proved('does all of a transaction, or nothing of it', ['transactions'], async ({ connection }) => {
  const storage = storageOn(connection)
  await storage.member.insertMany([key(1), key(2)].map((one) => ({ ...one, coins: 10 })))
  const pay = (amount: number) =>
    storage.$transaction(async (tx) => {
      const rows = await tx.member.getMany([key(2), key(1)], { lock: true })
      await tx.member.increment(key(2), { coins: amount })
      await tx.member.increment(key(1), { coins: -amount })
      return coinsOf(rows)
    })
  expect(await pay(4)).toEqual([10, 10])
  await expect(pay(7)).rejects.toMatchObject({ name: 'ConstraintError', fields: ['coins'] })
  expect(coinsOf(await storage.member.getMany([key(1), key(2)]))).toEqual([6, 14])
})

proved('has one transaction, of which a part that fails fails all', ['transactions'], async ({ connection }) => {
  const storage = storageOn(connection)
  await storage.$transaction(async (tx) => {
    await tx.member.insert(key(1))
    await tx.$transaction((nested) => nested.member.insert(key(2)))
  })
  expect(await storage.member.count()).toBe(2)
  const swallowed = storage.$transaction(async (tx) => {
    await tx.member.insert(key(3))
    await tx.member.insert(key(1)).catch(() => null)
  })
  await expect(swallowed).rejects.toMatchObject({ name: 'ConstraintError' })
  expect(await storage.member.count()).toBe(2)
})

proved('is refused inside the callback of its own transaction', ['transactions'], async ({ connection }) => {
  const storage = storageOn(connection)
  const inside = storage.$transaction(async (tx) => {
    await tx.member.insert(key(1))
    await storage.member.count()
  })
  await expect(inside).rejects.toMatchObject({ name: 'UsageError' })
  expect(await storage.member.count()).toBe(0)
})

if (server !== null && !server.can.has('transactions'))
  proved('says that the server has no transactions', [], async ({ connection }) => {
    await expect(storageOn(connection).$transaction(async () => null)).rejects.toMatchObject({ name: 'UsageError' })
  })

/** An entity with an id, a name and what points at a guild. */
const entity = (name: string, more: Partial<CollectionDescription> = {}) => {
  const schema = new Schema(
    { _id: String, name: String, guild_id: String, updated_at: Date },
    { ...path.strict, collection: name, autoIndex: false, autoCreate: false },
  )
  const shape = { id: z.string(), name: z.string(), guild_id: z.string().nullable(), updated_at: z.date() }
  const { id, ...rest } = shape
  const now = () => new Date('2026-01-01T00:00:00.000Z')
  return documentsOf({
    entity: name,
    name,
    model: path.modelMaker({ set: 'test', name: `The ${name}` }, schema),
    row: z.codec(z.object({ _id: id, ...rest }), z.object(shape), {
      decode: ({ _id, ...stored }) => ({ id: _id, ...stored }),
      encode: ({ id: _id, ...row }) => ({ _id, ...row }),
    }),
    codecs: shape,
    newRow: plain({
      ...shape,
      name: shape.name.default(''),
      guild_id: shape.guild_id.default(null),
      updated_at: shape.updated_at.default(now),
    }),
    patch: change({ name: shape.name, guild_id: shape.guild_id }),
    constraints: [],
    fields: {
      id: { path: '_id', kind: kinds.text, is: 'fixed' },
      name: { kind: kinds.text },
      guild_id: { kind: kinds.text, isNullable: true },
      updated_at: { kind: kinds.date, is: 'fixed' },
    },
    key: { fields: ['id'] },
    touched: 'updated_at',
    ...more,
  })
}

const toGuild = (onDelete: Reference['onDelete']) => ({
  references: [{ fields: ['guild_id'], to: 'guild', at: ['_id'], onDelete }] as const,
})

const guilds = {
  guild: entity('guild'),
  warning: entity('warning', toGuild('cascade')),
  setting: entity('setting', toGuild('set null')),
  bill: entity('bill', toGuild('restrict')),
}

type Guilds = { readonly [Name in keyof typeof guilds]: Calls }

proved('does to what points at a row what its references say', [], async ({ connection }) => {
  const storage: Guilds = createStorage(connection, { collections: guilds })
  for (const id of ['a', 'b', 'c']) await storage.guild.insert({ id })
  for (const calls of [storage.warning, storage.setting]) {
    await calls.insertMany([
      { id: '1', guild_id: 'a' },
      { id: '2', guild_id: 'b' },
      { id: '3', guild_id: 'c' },
    ])
  }
  await storage.bill.insert({ id: '1', guild_id: 'b' })
  expect(await storage.guild.delete('a')).toMatchObject({ id: 'a' })
  expect(await storage.warning.get('1')).toBe(null)
  expect(await storage.setting.get('1')).toMatchObject({ guild_id: null })
  const refused = { name: 'ConstraintError', problem: 'referenced', entity: 'bill', fields: ['guild_id'] }
  await expect(storage.guild.delete('b')).rejects.toMatchObject(refused)
  await expect(storage.guild.deleteMany({ name: '' })).rejects.toMatchObject(refused)
  expect([await storage.guild.count(), await storage.warning.count()]).toEqual([2, 2])
  await storage.bill.delete('1')
  expect(await storage.guild.deleteMany({ name: '' })).toBe(2)
  expect([await storage.warning.count(), await storage.setting.count({ guild_id: null })]).toEqual([0, 3])
})

proved('keeps the moment of the last change, and what it does not know', [], async ({ connection }) => {
  const storage: Guilds = createStorage(connection, { collections: guilds })
  await storage.guild.insert({ id: 'a', name: 'x' })
  await connection.collection<{ _id: string }>('guild').updateOne({ _id: 'a' }, { $set: { __v: 3 } })
  const year = (row: unknown): number => z.object({ updated_at: z.date() }).parse(row).updated_at.getUTCFullYear()
  const [before, after] = [await storage.guild.get('a'), await storage.guild.update('a', { name: 'y' })]
  expect(Object.keys(Object(after))).toEqual(['id', 'name', 'guild_id', 'updated_at'])
  expect(z.object({ updated_at: z.date() }).parse(after).updated_at).not.toEqual(new Date('2026-01-01T00:00:00.000Z'))
  expect(year(before)).toBe(2026)
  expect(await connection.collection('guild').countDocuments({ __v: 3 })).toBe(1)
})

proved('takes no operator of the driver by a value', [], async ({ connection }) => {
  const storage: Guilds = createStorage(connection, { collections: guilds })
  await storage.guild.insert({ id: 'a' })
  for (const evil of [{ $ne: '' }, { $gt: '' }, ['a'], { $where: 'true' }]) {
    await expect(storage.guild.get({ id: evil })).rejects.toMatchObject({ name: 'ZodError' })
    await expect(storage.guild.count({ name: evil })).rejects.toMatchObject({ name: 'ZodError' })
    await expect(storage.guild.update('a', { name: evil })).rejects.toMatchObject({ name: 'ZodError' })
  }
})
