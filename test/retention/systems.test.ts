import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { events } from '../../generators/model/event.js'
import { actsOf } from '../../generators/model/lifecycle.js'
import { retired } from './acting.js'
import { shifted } from './calendar.js'
import { type EmittedSet, ownSet, setOfTexts } from './emitted-sets.js'
import { livesSet } from './lives-set.js'
import { membersSet } from './members-set.js'
import { proveBoundaries } from './prove-boundaries.js'
import { proveEvent } from './prove-events.js'
import { insert, openEngines, rowsIn, type World } from './worlds.js'

const engines = await openEngines('one')

afterAll(async () => {
  for (const engine of engines) await engine.close()
})

const worldsOf = async (emitted: EmittedSet): Promise<readonly World[]> => {
  const worlds: World[] = []
  for (const engine of engines) worlds.push(await engine.worldOf(emitted))
  return worlds
}

/** Tells a story in every store. */
const inEach = async (worlds: readonly World[], story: (world: World) => Promise<void>): Promise<void> => {
  for (const world of worlds) {
    await world.empty()
    await story(world)
  }
}

const [minute, day] = [60_000, 86_400_000]
const start = '2090-03-05T12:00:00.000Z'
const later = (milliseconds: number): string => shifted(start, milliseconds)
const [guild, otherGuild] = ['123456789012345678', '223456789012345678']
const [alice, bob] = ['987654321098765432', '887654321098765432']

/** What holds for every set. */
const holdsToTheReference = (worlds: () => readonly World[]): void => {
  it('rows on both sides of every boundary are treated alike by every store', () => proveBoundaries(worlds()))
  it.each(events)('%s is one thing in every store', (event) => proveEvent(worlds(), event))
}

describe('tomori', () => {
  let worlds: readonly World[] = []
  beforeAll(async () => {
    worlds = await worldsOf(await ownSet('tomori'))
  })
  holdsToTheReference(() => worlds)

  it('removes times of waiting when they are over, and errors after 30 days', () =>
    inEach(worlds, async (world) => {
      for (const seconds of [30, 60]) {
        const expires_at = later(seconds * 1000)
        await insert(world, 'cooldown', { cooldown_type: 'chat', expires_at, created_at: start })
      }
      const error_log = { error_type: 'ProviderError', error_message: 'No answer.', error_context: { waited_ms: 3 } }
      for (const created_at of [start, later(day)]) await insert(world, 'error_log', { ...error_log, created_at })
      expect(await retired(world, later(29_999))).toEqual([])
      expect(await retired(world, later(30_000))).toEqual([{ entity: 'cooldown', step: 1, rows: 1 }])
      expect(await retired(world, shifted(later(30 * day), -1))).toEqual([{ entity: 'cooldown', step: 1, rows: 1 }])
      expect(await rowsIn(world, 'cooldowns')).toEqual([])
      expect(await retired(world, later(30 * day))).toEqual([{ entity: 'error_log', step: 1, rows: 1 }])
      const left = { log_id: 'error_log 2', server_id: null, ...error_log, created_at: later(day) }
      expect(await rowsIn(world, 'error_logs')).toEqual([left])
    }))
})

describe('discord', () => {
  let worlds: readonly World[] = []
  beforeAll(async () => {
    worlds = await worldsOf(await ownSet('discord'))
  })
  holdsToTheReference(() => worlds)

  const channel = { id: '333333333333333333', channel_type: 'guild_text', created_at: start }

  it('moves messages to their archive after 90 days', () =>
    inEach(worlds, async (world) => {
      await insert(world, 'channel', channel)
      const message = { channel_id: channel.id, author_id: alice, content: 'Good morning!', edited_at: null }
      for (const [id, age] of [
        ['444444444444444441', 0],
        ['444444444444444442', 0],
        ['444444444444444443', 1],
        ['444444444444444444', 40],
      ] as const) {
        await insert(world, 'message', { ...message, id, created_at: later(age * day) })
      }
      expect(await retired(world, shifted(later(90 * day), -1))).toEqual([])
      expect(await retired(world, later(90 * day))).toEqual([{ entity: 'message', step: 1, rows: 2 }])
      const archived = { ...message, archived_at: later(90 * day), archived_because: 'after 90 days of created_at' }
      expect(await rowsIn(world, 'discord_messages_archive')).toEqual([
        { id: '444444444444444441', ...archived, created_at: start },
        { id: '444444444444444442', ...archived, created_at: start },
      ])
      expect(await retired(world, later(129 * day))).toEqual([{ entity: 'message', step: 1, rows: 1 }])
      expect(await rowsIn(world, 'discord_messages')).toEqual([
        { id: '444444444444444444', ...message, created_at: later(40 * day) },
      ])
      expect(await rowsIn(world, 'discord_messages_archive')).toHaveLength(3)
    }))

  it('a guild or a member that leaves is switched off, and all that is theirs stays', () =>
    inEach(worlds, async (world) => {
      for (const id of [guild, otherGuild]) {
        await insert(world, 'guild', { id, name: 'Cozy Café', owner_id: alice, joined_at: start })
      }
      for (const id of [alice, bob]) {
        await insert(world, 'user', { id, username: 'somebody', first_seen: start, last_seen: start })
      }
      const member = { joined_at: start, created_at: start }
      for (const guild_id of [guild, otherGuild]) {
        for (const user_id of [alice, bob]) await insert(world, 'guild_member', { ...member, guild_id, user_id })
      }
      expect(await world.call('memberLeave', guild, alice)).toEqual([
        {
          entity: 'guild_member',
          from: 'discord_guild_members',
          field: 'guild_id',
          did: 'changed',
          rows: 1,
          because: null,
        },
      ])
      const leaving = async () =>
        (await rowsIn(world, 'discord_guild_members')).map(({ guild_id, user_id, left_at }) => [
          guild_id,
          user_id,
          left_at,
        ])
      const left = [
        [guild, bob, null],
        [guild, alice, 'now'],
        [otherGuild, bob, null],
        [otherGuild, alice, null],
      ]
      expect(await leaving()).toEqual(left)

      const touched = (await world.call('guildLeave', guild)) as readonly Readonly<Record<string, unknown>>[]
      expect(touched.filter(({ did }) => did !== 'kept')).toEqual([
        { entity: 'guild', from: 'discord_guilds', field: 'id', did: 'changed', rows: 1, because: null },
      ])
      expect(touched).toContainEqual({
        entity: 'guild_member',
        from: 'discord_guild_members',
        field: 'guild_id',
        did: 'kept',
        rows: 2,
        because: 'The guild keeps its row, and its members with it.',
      })
      const active = (await rowsIn(world, 'discord_guilds')).map(({ id, bot_active, left_at }) => [
        id,
        bot_active,
        left_at,
      ])
      expect(active).toEqual([
        [guild, false, 'now'],
        [otherGuild, true, null],
      ])
      expect(await leaving()).toEqual(left)
    }))
})

describe('companion', () => {
  let worlds: readonly World[] = []
  beforeAll(async () => {
    worlds = await worldsOf(await ownSet('companion'))
  })
  holdsToTheReference(() => worlds)

  it('closes a conversation an hour after its last message, and facts that have had their day', () =>
    inEach(worlds, async (world) => {
      const user_id = await insert(world, 'user', {
        discord_id: alice,
        discord_username: 'alice',
        first_seen_at: start,
        last_seen_at: start,
      })
      const conversation = { user_id, channel_id: '111111111111111111', started_at: start }
      for (const age of [0, 1]) {
        await insert(world, 'conversation', { ...conversation, last_message_at: later(age * minute) })
      }
      await insert(world, 'user_fact', {
        user_id,
        fact_type: 'hobby',
        fact_content: 'Wants to learn climbing.',
        confidence: 0.7,
        source: 'conversation',
        learned_at: start,
        expiry_date: later(day),
      })
      const states = async (table: string) => (await rowsIn(world, table)).map(({ is_active }) => is_active)
      expect(await retired(world, later(60 * minute - 1))).toEqual([])
      expect(await retired(world, later(60 * minute))).toEqual([{ entity: 'conversation', step: 1, rows: 1 }])
      expect(await states('conversations')).toEqual([false, true])
      expect(await retired(world, later(day - 1))).toEqual([{ entity: 'conversation', step: 1, rows: 1 }])
      expect(await states('user_facts')).toEqual([true])
      expect(await retired(world, later(day))).toEqual([{ entity: 'user_fact', step: 1, rows: 1 }])
      expect(await states('user_facts')).toEqual([false])
      expect(await retired(world, later(9 * day))).toEqual([])
    }))
})

describe.each([
  ['starter', () => ownSet('starter')],
  ['every other way to name people', () => setOfTexts(membersSet)],
] as const)('%s', (_, emit) => {
  let worlds: readonly World[] = []
  beforeAll(async () => {
    worlds = await worldsOf(await emit())
  })
  holdsToTheReference(() => worlds)
})

describe('every other form of age', () => {
  let worlds: readonly World[] = []
  const zone = process.env['TZ']
  beforeAll(async () => {
    worlds = await worldsOf(await setOfTexts(livesSet))
  })
  afterAll(() => {
    if (zone === undefined) delete process.env['TZ']
    else process.env['TZ'] = zone
  })
  holdsToTheReference(() => worlds)

  it('no time zone has a say: neither that of the process nor that of a session', async () => {
    process.env['TZ'] = 'Asia/Kathmandu'
    expect(new Date(start).getMinutes()).toBe(45)
    for (const world of worlds) {
      for (const session of world.postgres === null ? [''] : ['Pacific/Auckland', 'America/St_Johns']) {
        await world.postgres?.sql(`SET TimeZone = '${session}'`)
        await proveBoundaries([world])
      }
    }
  })
})

describe('amina', () => {
  it('keeps what it has: nothing is emitted that would act', async () => {
    const { set } = await ownSet('amina')
    expect(set.entities.flatMap(actsOf)).toEqual([])
  })
})
