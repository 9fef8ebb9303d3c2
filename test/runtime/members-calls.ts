import { describe, expect } from 'vitest'
import { ZodError } from 'zod'
import { ConstraintError, CursorError } from '../../runtime/src/errors.js'
import type { keyedCalls } from '../../runtime/src/postgres/repository/index.js'
import { StoredValueError } from '../../runtime/src/stored-value-error.js'
import type { Ability } from '../support/mongo-abilities.js'

/** An empty store of members. */
export interface MembersStore {
  readonly members: ReturnType<typeof keyedCalls>
  /** Has the store hold something for the coins of a user that is no number. */
  readonly spoil: (user: number) => Promise<void>
}

/** Runs a test on every store of a kind. `needs`: what some servers of Mongo lack. */
type Test = (title: string, run: (store: MembersStore) => Promise<void>, needs?: readonly Ability[]) => void

export const key = (user: number) => ({ guild_id: '10', user_id: String(user) })

/** What the calls on rows do, in every store alike. */
export const proveCalls = (test: Test): void => {
  describe('inserts', () => {
    test('return the row as it is stored, with what was left out', async ({ members }) => {
      const row = { ...key(1), code: 'a"b\\', coins: 5, tags: ['x', '"', ','], extra: { a: [1, null] } }
      const joined_at = new Date('2026-01-01T00:00:00.000Z')
      expect(await members.insert(row)).toEqual({ ...row, number: 1n, joined_at })
      expect(await members.insert(key(2))).toEqual({
        ...key(2),
        number: 2n,
        code: null,
        coins: 0,
        tags: [],
        extra: null,
        joined_at,
      })
      expect(await members.insert({ ...key(3), number: 9n })).toMatchObject({ number: 9n })
    })

    test('of many rows keep their order, and the numbers that they bring', async ({ members }) => {
      const rows = [{ ...key(3), tags: ['a', '{}'] }, key(2), { ...key(1), number: 77n, code: 'NULL' }]
      expect(await members.insertMany(rows)).toMatchObject([
        { ...key(3), number: 1n, tags: ['a', '{}'], code: null },
        { ...key(2), number: 2n },
        { ...key(1), number: 77n, code: 'NULL' },
      ])
      expect(await members.insertMany([])).toEqual([])
    })

    test('of many rows store all or none', async ({ members }) => {
      await members.insert(key(2))
      const failure = await members.insertMany([key(1), key(2)]).catch((error: unknown) => error)
      expect(failure).toMatchObject({ name: 'ConstraintError', problem: 'unique', fields: ['guild_id', 'user_id'] })
      expect(await members.count()).toBe(1)
      await expect(members.insertMany([key(3), { ...key(4), coins: -1 }])).rejects.toThrow(ZodError)
      expect(await members.count()).toBe(1)
    })
  })

  describe('reads', () => {
    test('find a row by its key and by another unique', async ({ members }) => {
      await members.insert({ ...key(1), code: 'one' })
      expect(await members.get(key(1))).toMatchObject({ code: 'one' })
      expect(await members.get({ code: 'one' })).toMatchObject(key(1))
      expect(await members.get(key(2))).toBe(null)
      for (const wrong of [
        {},
        { guild_id: '10' },
        { code: null },
        { coins: 1 },
        { ...key(1), code: 'one' },
        '10',
        null,
        undefined,
      ])
        await expect(members.get(wrong)).rejects.toThrow(ZodError)
      await expect(members.get({ guild_id: '10', user_id: { $gt: '' } })).rejects.toThrow(ZodError)
    })

    test('of many keys are in the order asked', async ({ members }) => {
      await members.insertMany([{ ...key(1), code: 'one' }, key(2), { ...key(3), code: '{"' }])
      const rows = await members.getMany([key(3), key(9), key(1), { code: 'one' }, key(3)])
      expect(rows.map((row) => (row === null ? null : Reflect.get(Object(row), 'user_id')))).toEqual([
        '3',
        null,
        '1',
        '1',
        '3',
      ])
      expect(await members.getMany([{ code: '{"' }])).toMatchObject([key(3)])
      expect(await members.getMany([])).toEqual([])
      await expect(members.getMany([key(1), { guild_id: '10' }])).rejects.toMatchObject({ issues: [{ path: [1] }] })
    })

    test('walk all pages, and refuse cursors of other pages', async ({ members }) => {
      await members.insertMany(Array.from({ length: 25 }, (_, at) => ({ ...key(at + 1), coins: at % 4 })))
      const where = { coins: { gte: 1 } }
      const order = { coins: 'desc' } as const
      const first = await members.find({ where, order, limit: 10 })
      expect(first.rows).toHaveLength(10)
      const rest = await members.find({ where, order, limit: 10, after: first.next })
      expect(rest.next).toBe(null)
      const all: unknown[] = []
      for await (const row of members.each({ where, order, limit: 4 })) all.push(row)
      expect(all).toEqual([...first.rows, ...rest.rows])
      expect(all).toHaveLength(await members.count(where))
      await expect(members.find({ where, after: first.next })).rejects.toThrow(CursorError)
      await expect(members.find({ limit: 1_001 })).rejects.toThrow(ZodError)
      await expect(members.find({ wher: {} })).rejects.toThrow(ZodError)
    })

    test('throw for a row that cannot be read, or collect what cannot', async ({ members, spoil }) => {
      await members.insertMany([key(1), key(2)])
      await spoil(1)
      const failure: unknown = await members.find().catch((error: unknown) => error)
      if (!StoredValueError.is(failure)) throw failure
      expect(failure).toMatchObject({ field: 'coins', stored: 'many', written: false, rows: [key(2)], next: null })
      expect(await members.find({ unreadable: 'collect' })).toMatchObject({
        rows: [key(2)],
        unreadable: [{ field: 'coins', key: key(1) }],
      })
    })

    test('count, and tell whether there is one', async ({ members }) => {
      await members.insertMany([key(1), { ...key(2), tags: ['a'] }])
      expect(await members.count({ tags: { has: 'a' } })).toBe(1)
      expect(await members.exists({ tags: { has: 'b' } })).toBe(false)
      expect(await members.exists()).toBe(true)
    })

    test('order and compare ids as numbers, and texts by code point', async ({ members }) => {
      const users = [9, 10, 100, 99]
      await members.insertMany(users.map((user) => ({ ...key(user), code: `${user}` })))
      const usersOf = async (options: object): Promise<readonly string[]> => {
        const rows: unknown[] = []
        for await (const row of members.each({ ...options, limit: 1 })) rows.push(row)
        return rows.map((row) => String(Reflect.get(Object(row), 'user_id')))
      }
      expect(await usersOf({ order: { user_id: 'asc' } })).toEqual(['9', '10', '99', '100'])
      expect(await usersOf({ order: { user_id: 'desc' } })).toEqual(['100', '99', '10', '9'])
      expect(await usersOf({ order: { guild_id: 'asc', user_id: 'desc' } })).toEqual(['100', '99', '10', '9'])
      expect(await usersOf({ order: { code: 'asc' } })).toEqual(['10', '100', '9', '99'])
      expect(await members.count({ user_id: { gt: '9', lte: '99' } })).toBe(2)
      expect(await members.count({ user_id: { not: { lt: '100' } } })).toBe(1)
      expect(await members.count({ user_id: { lt: '9' } })).toBe(0)
    })

    test('ask inside of a column of JSON', async ({ members }) => {
      await members.insertMany([
        { ...key(1), extra: { level: 3 } },
        { ...key(2), extra: { level: null } },
        { ...key(3), extra: {} },
        key(4),
      ])
      expect(await members.count({ 'extra.level': { gte: 3 } })).toBe(1)
      expect(await members.count({ 'extra.level': null })).toBe(3)
      const { rows } = await members.find({ order: { 'extra.level': 'desc' }, limit: 1 })
      expect(rows).toMatchObject([key(1)])
    })
  })

  describe('updates', () => {
    test('change what is given, and nothing where nothing is', async ({ members }) => {
      const row = await members.insert({ ...key(1), code: 'one', coins: 3 })
      expect(await members.update(key(1), { code: null, tags: ['"'] })).toEqual({
        ...Object(row),
        code: null,
        tags: ['"'],
      })
      expect(await members.update(key(1), {})).toMatchObject({ coins: 3 })
      expect(await members.update(key(2), { coins: 1 })).toBe(null)
      await expect(members.update(key(1), { number: 1n })).rejects.toThrow(ZodError)
      const failure: unknown = await members.update(key(1), { coins: 950 }).catch((error: unknown) => error)
      expect(failure).toMatchObject({
        name: 'ConstraintError',
        constraint: 'rich_have_code',
        fields: ['coins', 'code'],
      })
    })

    test('of many rows ask for a condition, or for all', async ({ members }) => {
      await members.insertMany([key(1), key(2), key(3)])
      expect(await members.updateMany({ user_id: { in: ['1', '3'] } }, { coins: 7 })).toBe(2)
      for (const nothing of [{}, { $and: [] }, { $and: [{}] }, undefined])
        await expect(members.updateMany(nothing, { coins: 1 })).rejects.toThrow(ZodError)
      expect(await members.updateMany({}, { coins: 1 }, { all: true })).toBe(3)
      await expect(members.updateMany({ coins: 1 }, { coins: 950 })).rejects.toThrow(ConstraintError)
      expect(await members.count({ coins: 1 })).toBe(3)
    })

    test('add to numbers within their limits', async ({ members }) => {
      await members.insert({ ...key(1), coins: 5 })
      expect(await members.increment(key(1), { coins: 5 })).toMatchObject({ coins: 10 })
      expect(await members.increment(key(2), { coins: 5 })).toBe(null)
      const failure: unknown = await members.increment(key(1), { coins: -11 }).catch((error: unknown) => error)
      expect(failure).toMatchObject({ name: 'ConstraintError', problem: 'check', fields: ['coins'] })
      for (const wrong of [{}, { coins: 0.5 }, { number: 1 }, { coins: undefined }])
        await expect(members.increment(key(1), wrong)).rejects.toThrow(ZodError)
      expect(await members.get(key(1))).toMatchObject({ coins: 10 })
    })
  })

  describe('sums', () => {
    test(
      'of twenty at once are exact',
      async ({ members }) => {
        await members.insert(key(1))
        await Promise.all(Array.from({ length: 20 }, () => members.increment(key(1), { coins: 5 })))
        expect(await members.get(key(1))).toMatchObject({ coins: 100 })
      },
      ['races'],
    )
  })

  describe('upserts', () => {
    test('insert where there is no row, and change what was said where there is one', async ({ members }) => {
      const joined_at = new Date('2026-02-02T00:00:00.000Z')
      expect(await members.upsert({ ...key(1), coins: 4, joined_at })).toMatchObject({
        inserted: true,
        row: { coins: 4 },
      })
      const again = await members.upsert({ ...key(1), code: 'c', joined_at: new Date() })
      expect(again).toMatchObject({ inserted: false, row: { code: 'c', coins: 4, joined_at } })
      expect(await members.upsert({ ...key(1), code: 'c', coins: 8 }, { by: ['code'] })).toMatchObject({
        inserted: false,
        row: { coins: 8 },
      })
      await expect(members.upsert(key(1), { by: ['coins'] })).rejects.toThrow(ZodError)
    })

    test('of a row that is there are held to its own checks alone, and take no number', async ({ members }) => {
      await members.insert({ ...key(1), code: 'rich', coins: 899 })
      // A new row of this would have no code.
      expect(await members.upsert({ ...key(1), coins: 950 })).toMatchObject({ inserted: false, row: { coins: 950 } })
      await expect(members.upsert({ ...key(2), coins: 950 })).rejects.toThrow(ConstraintError)
      expect(await members.insert(key(3))).toMatchObject({ number: 3n })
    })

    test(
      'at once insert one row',
      async ({ members }) => {
        const done = await Promise.all(Array.from({ length: 12 }, (_, at) => members.upsert({ ...key(1), coins: at })))
        expect(done.filter(({ inserted }) => inserted)).toHaveLength(1)
        expect(await members.count()).toBe(1)
      },
      ['races'],
    )
  })

  describe('deletes', () => {
    test('return the row that is gone, or count many', async ({ members }) => {
      await members.insertMany([{ ...key(1), code: 'one' }, key(2), key(3)])
      expect(await members.delete({ code: 'one' })).toMatchObject(key(1))
      expect(await members.delete(key(1))).toBe(null)
      await expect(members.deleteMany({})).rejects.toThrow(ZodError)
      expect(await members.deleteMany({ user_id: '3' })).toBe(1)
      expect(await members.deleteMany({}, { all: true })).toBe(1)
    })
  })
}
