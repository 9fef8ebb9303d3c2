import { describe, expectTypeOf, test } from 'vitest'
import type { Given, Id, Json, JsonValue, Outside } from '../../runtime/src/index.js'

type GuildId = Id<'guild'>
type UserId = Id<'user'>

/** What the compiler says; `npm run types` holds it, and vitest runs no more than the empty functions. */
describe('what is given for an id', () => {
  test('is the id or a string without a brand, never the id of something else', () => {
    expectTypeOf<Given<GuildId>>().toEqualTypeOf<GuildId | Outside>()
    expectTypeOf<string>().toExtend<Given<GuildId>>()
    expectTypeOf<'1'>().toExtend<Given<GuildId>>()
    expectTypeOf<GuildId>().toExtend<Given<GuildId>>()
    expectTypeOf<UserId>().not.toExtend<Given<GuildId>>()
    expectTypeOf<bigint>().not.toExtend<Given<GuildId>>()
    expectTypeOf<null>().not.toExtend<Given<GuildId>>()
    expectTypeOf<Given<GuildId>>().toExtend<string>()
    expectTypeOf<Given<GuildId>>().not.toExtend<GuildId>()
    expectTypeOf<Given<GuildId>>().not.toExtend<Given<UserId>>()
  })

  test('is found in lists, maps, objects and unions, however deep', () => {
    expectTypeOf<Given<GuildId | null | undefined>>().toEqualTypeOf<GuildId | Outside | null | undefined>()
    expectTypeOf<Given<GuildId | UserId>>().toEqualTypeOf<GuildId | UserId | Outside>()
    expectTypeOf<Given<GuildId[]>>().toEqualTypeOf<(GuildId | Outside)[]>()
    expectTypeOf<Given<readonly GuildId[]>>().toEqualTypeOf<readonly (GuildId | Outside)[]>()
    expectTypeOf<Given<{ [key: string]: GuildId }>>().toEqualTypeOf<{ [key: string]: GuildId | Outside }>()
    expectTypeOf<Given<{ readonly a?: { b: GuildId }[] }>>().toEqualTypeOf<{
      readonly a?: { b: GuildId | Outside }[]
    }>()
  })

  test('leaves what is no id as it is', () => {
    type Others = {
      at: Date
      seal: Uint8Array
      count: bigint
      level: number
      on: boolean
      name: string
      kind: 'a' | 'b'
    }
    expectTypeOf<Given<Others>>().toEqualTypeOf<Others>()
    expectTypeOf<Given<Json>>().toEqualTypeOf<Json>()
    expectTypeOf<Given<JsonValue>>().toEqualTypeOf<JsonValue>()
    expectTypeOf<Given<{ extra: Json | null; all: Json[] }>>().toEqualTypeOf<{ extra: Json | null; all: Json[] }>()
  })
})
