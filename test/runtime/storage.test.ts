import { PGlite } from '@electric-sql/pglite'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createStorage } from '../../runtime/src/postgres/storage.js'
import type { Deletes, Finds, Increments, Inserts, LockingGets } from '../../runtime/src/storage/calls.js'
import { ddl, membersTable } from './members-table.js'

interface MemberTypes {
  readonly row: { readonly guild_id: string; readonly user_id: string; readonly coins: number }
  readonly newRow: { readonly guild_id: string; readonly user_id: string; readonly coins?: number }
  readonly patch: { readonly coins?: number }
  readonly key: { readonly guild_id: string; readonly user_id: string }
  readonly where: { readonly coins?: number }
  readonly order: 'coins'
  readonly by: readonly ['guild_id', 'user_id']
  readonly amounts: { readonly coins?: number }
}

interface Members
  extends LockingGets<MemberTypes>,
    Finds<MemberTypes>,
    Inserts<MemberTypes>,
    Increments<MemberTypes>,
    Deletes<MemberTypes> {}

/** As emitted code types a storage; names of entities may be those of properties that JavaScript looks for. */
interface Storage {
  readonly member: Members
  readonly then: Members
  readonly constructor: Members
  readonly $transaction: <Result>(run: (tx: Storage) => Promise<Result>) => Promise<Result>
}

const schema = 'storage'
const table = membersTable(schema)

let engine: PGlite
let storage: Storage
beforeAll(async () => {
  engine = await PGlite.create()
  const tables = ['member', 'then', 'constructor'].map((entity) => [entity, table] as const)
  storage = createStorage<Storage>(engine, { tables: Object.fromEntries(tables) })
})
beforeEach(() => engine.exec(ddl(schema)))
afterAll(() => engine.close())

const key = (user: number) => ({ guild_id: '10', user_id: String(user) })

describe('a storage', () => {
  it('has the calls of each entity, whatever its name', async () => {
    const awaited = await (async () => storage)()
    expect(awaited).toBe(storage)
    await storage.then.insert(key(1))
    expect(await storage.constructor.get(key(1))).toMatchObject(key(1))
    expect(Object.keys(storage)).toEqual(['member', 'then', 'constructor', '$transaction'])
  })

  it('does all of a transaction, or nothing of it', async () => {
    await storage.member.insertMany([key(1), key(2)].map((one) => ({ ...one, coins: 10 })))
    const pay = (amount: number) =>
      storage.$transaction(async (tx) => {
        const rows = await tx.member.getMany([key(2), key(1)], { lock: true })
        await tx.member.increment(key(2), { coins: amount })
        await tx.member.increment(key(1), { coins: -amount })
        return rows.map((row) => row?.coins)
      })
    expect(await pay(4)).toEqual([10, 10])
    await expect(pay(7)).rejects.toMatchObject({ name: 'ConstraintError', fields: ['coins'] })
    expect(await storage.member.getMany([key(1), key(2)])).toMatchObject([{ coins: 6 }, { coins: 14 }])
  })

  it('takes back an inner transaction alone', async () => {
    await storage.$transaction(async (tx) => {
      await tx.member.insert(key(1))
      const inner = tx.$transaction(async (nested) => {
        await nested.member.insert(key(2))
        throw new Error('not this one')
      })
      await expect(inner).rejects.toThrow('not this one')
    })
    expect(await storage.member.count()).toBe(1)
  })

  it('is refused inside the callback of its own transaction', async () => {
    const inside = storage.$transaction(async (tx) => {
      await tx.member.insert(key(1))
      await storage.member.count()
    })
    await expect(inside).rejects.toMatchObject({ name: 'UsageError' })
    expect(await storage.member.count()).toBe(0)
  })

  it('has no call that can be changed', () => {
    expect(() => Object.assign(storage, { member: null })).toThrow(TypeError)
  })
})
