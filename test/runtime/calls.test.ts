import { describe, expectTypeOf, it } from 'vitest'
import type {
  Deletes,
  Finds,
  Increments,
  Inserts,
  LockingGets,
  Updates,
  Upserts,
} from '../../runtime/src/storage/calls.js'
import type {
  EqualityCondition,
  ItemCondition,
  Joined,
  NullCondition,
  OrderCondition,
  TextCondition,
} from '../../runtime/src/storage/conditions.js'
import type { StoredValueError } from '../../runtime/src/stored-value-error.js'

interface Member {
  guild_id: string
  user_id: string
  code: string | null
  coins: number
  tags: string[]
  mood: 'low' | 'high'
  extra: object | null
  joined_at: Date
}

interface MemberWhere extends Joined<MemberWhere> {
  readonly guild_id?: OrderCondition<string>
  readonly code?: TextCondition<string | null>
  readonly coins?: OrderCondition<number>
  readonly tags?: ItemCondition<string[]>
  readonly mood?: EqualityCondition<'low' | 'high'>
  readonly extra?: NullCondition
  readonly joined_at?: OrderCondition<Date>
  readonly 'extra.level'?: OrderCondition<number | null>
}

interface MemberTypes {
  readonly row: Member
  readonly newRow: Partial<Member> & Pick<Member, 'guild_id' | 'user_id'>
  readonly patch: Partial<Pick<Member, 'code' | 'coins'>>
  readonly key: Pick<Member, 'guild_id' | 'user_id'> | { readonly code: string }
  readonly where: MemberWhere
  readonly order: 'guild_id' | 'coins' | 'joined_at'
  readonly by: readonly ['guild_id', 'user_id'] | readonly ['code']
  readonly amounts: { readonly coins?: number }
}

interface Members
  extends LockingGets<MemberTypes>,
    Finds<MemberTypes>,
    Inserts<MemberTypes>,
    Upserts<MemberTypes>,
    Updates<MemberTypes>,
    Increments<MemberTypes>,
    Deletes<MemberTypes> {}

/** Nothing here runs: the compiler of the tests holds the types to it. */
const unused = (members: Members): unknown => {
  const key = { guild_id: '1', user_id: '2' }
  return [
    members.get(key),
    members.get({ code: 'a' }),
    members.getMany([key, { code: 'a' }], { lock: true }),
    members.find({ where: { code: null, coins: { gte: 1, lt: 5 }, tags: { has: 'a' } }, order: { coins: 'desc' } }),
    members.find({
      where: { $or: [{ code: { startsWith: 'a' } }, { extra: { not: null } }], 'extra.level': { gt: 3 } },
    }),
    members.find({ where: { code: { not: { in: ['a', null] } }, mood: { in: ['low'] }, joined_at: new Date() } }),
    members.each({ order: { joined_at: 'asc' } }),
    members.upsert(key, { by: ['code'] }),
    members.update(key, { coins: 1 }),
    members.updateMany({}, { code: null }, { all: true }),
    members.increment({ code: 'a' }, { coins: 5 }),
    members.deleteMany({ mood: 'low' }),
    // @ts-expect-error a part of a key tells no row
    members.get({ guild_id: '1' }),
    // @ts-expect-error no row is told by null
    members.get({ code: null }),
    // @ts-expect-error a misspelt field
    members.find({ where: { coin: 5 } }),
    // @ts-expect-error a misspelt operator
    members.find({ where: { coins: { gtt: 5 } } }),
    // @ts-expect-error numbers are not searched
    members.find({ where: { coins: { startsWith: '5' } } }),
    // @ts-expect-error words have no order
    members.find({ where: { mood: { lt: 'high' } } }),
    // @ts-expect-error a word that the enum does not have
    members.find({ where: { mood: 'medium' } }),
    // @ts-expect-error null is before and after nothing
    members.find({ where: { code: { lt: null } } }),
    // @ts-expect-error this is never null
    members.find({ where: { coins: null } }),
    // @ts-expect-error a list is compared with nothing
    members.find({ where: { tags: ['a'] } }),
    // @ts-expect-error rows are not ordered by words
    members.find({ order: { mood: 'asc' } }),
    // @ts-expect-error a direction is a word
    members.find({ order: { coins: -1 } }),
    // @ts-expect-error no unique over these fields
    members.upsert(key, { by: ['coins'] }),
    // @ts-expect-error nothing is added to a text
    members.increment(key, { code: 'a' }),
    // @ts-expect-error no patch changes a key
    members.update(key, { guild_id: '2' }),
    // @ts-expect-error no such call
    members.remove(key),
  ]
}

describe('the types of a storage', () => {
  it('take what the calls take, and nothing else', () => {
    expectTypeOf(unused).returns.toBeUnknown()
  })

  it('have what cannot be read only where it was asked for', () => {
    expectTypeOf<Members['each']>().returns.toEqualTypeOf<AsyncIterable<Member>>()
    const found = (members: Members) => members.find()
    const collected = (members: Members) => members.find({ limit: 5, unreadable: 'collect' })
    expectTypeOf(found).returns.resolves.not.toHaveProperty('unreadable')
    expectTypeOf(collected).returns.resolves.toHaveProperty('unreadable').toEqualTypeOf<readonly StoredValueError[]>()
  })
})
