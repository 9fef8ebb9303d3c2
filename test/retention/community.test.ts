import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { events } from '../../generators/model/event.js'
import { due, retired, run } from './acting.js'
import { shifted } from './calendar.js'
import { ownSet } from './emitted-sets.js'
import { proveBoundaries } from './prove-boundaries.js'
import { proveEvent } from './prove-events.js'
import { insert, openEngines, rowsIn } from './worlds.js'

const engines = await openEngines('all')
const community = await ownSet('community')
const worlds = await Promise.all(engines.map((engine) => engine.worldOf(community)))

afterAll(async () => {
  for (const engine of engines) await engine.close()
})

const milliseconds = { day: 86_400_000, hour: 3_600_000 }
const start = '2090-03-05T12:00:00.000Z'
/** A day of the story, counted from its start. */
const day = (count: number): string => shifted(start, count * milliseconds.day)
const [guild, otherGuild] = ['123456789012345678', '123456789012345679']
const [alice, bob] = ['987654321098765432', '887654321098765432']

it('rows on both sides of every boundary are treated alike by every store', () => proveBoundaries(worlds))
it.each(events)('%s is one thing in every store', (event) => proveEvent(worlds, event))

describe.each(worlds)('on $title', (world) => {
  beforeEach(() => world.empty())

  const warned = { user_id: bob, guild_id: guild, moderator_id: alice, reason: 'Spam', expires_at: null, active: true }

  it('a warning is switched off after 90 days, archived after a year and counted after two', async () => {
    const stored = { id: 'warning 1', ...warned, created_at: day(0) }
    await insert(world, 'warning', { ...warned, created_at: day(0) })

    expect(await retired(world, day(0))).toEqual([])
    expect(await retired(world, shifted(day(90), -1))).toEqual([])
    expect(await rowsIn(world, 'warnings')).toEqual([stored])

    expect(await due(world, day(90))).toEqual([{ entity: 'warning', step: 2, rows: 1 }])
    expect(await retired(world, day(90))).toEqual([{ entity: 'warning', step: 2, rows: 1 }])
    expect(await rowsIn(world, 'warnings')).toEqual([{ ...stored, active: false }])
    expect(await due(world, day(90))).toEqual([])
    expect(await retired(world, day(364))).toEqual([])
    expect(await rowsIn(world, 'warnings_archive')).toEqual([])

    expect(await retired(world, day(365))).toEqual([{ entity: 'warning', step: 3, rows: 1 }])
    expect(await rowsIn(world, 'warnings')).toEqual([])
    const archived = {
      ...stored,
      active: false,
      archived_at: day(365),
      archived_because: 'after 365 days of created_at',
    }
    expect(await rowsIn(world, 'warnings_archive')).toEqual([archived])
    expect(await retired(world, day(729))).toEqual([])
    expect(await rowsIn(world, 'warnings_archive')).toEqual([archived])
    expect(await rowsIn(world, 'warning_summaries')).toEqual([])

    expect(await retired(world, day(730))).toEqual([{ entity: 'warning', step: 4, rows: 1 }])
    expect(await rowsIn(world, 'warnings_archive')).toEqual([])
    const counted = { guild_id: guild, created_at_month: '2090-03-01T00:00:00.000Z', warnings: 1 }
    expect(await rowsIn(world, 'warning_summaries')).toEqual([counted])
    expect(await retired(world, day(9999))).toEqual([])
    expect(await rowsIn(world, 'warning_summaries')).toEqual([counted])
  })

  it('a warning that says when it ends is switched off then; one that was pardoned is left as it is', async () => {
    await insert(world, 'warning', { ...warned, created_at: day(0), expires_at: day(7) })
    await insert(world, 'warning', { ...warned, created_at: day(0), active: false })
    expect(await retired(world, shifted(day(7), -1))).toEqual([])
    expect(await retired(world, day(7))).toEqual([{ entity: 'warning', step: 1, rows: 1 }])
    expect((await rowsIn(world, 'warnings')).map(({ active }) => active)).toEqual([false, false])
    expect(await retired(world, day(90))).toEqual([])
  })

  it('one late run does what many runs in time would have done', async () => {
    for (const count of [0, 1, 27, 365, 366, 700]) await insert(world, 'warning', { ...warned, created_at: day(count) })
    await insert(world, 'warning', { ...warned, guild_id: otherGuild, created_at: day(1) })
    expect(await retired(world, day(731))).toEqual([
      { entity: 'warning', step: 2, rows: 6 },
      { entity: 'warning', step: 3, rows: 6 },
      { entity: 'warning', step: 4, rows: 3 },
    ])
    expect(await rowsIn(world, 'warning_summaries')).toEqual([
      { guild_id: guild, created_at_month: '2090-03-01T00:00:00.000Z', warnings: 2 },
      { guild_id: otherGuild, created_at_month: '2090-03-01T00:00:00.000Z', warnings: 1 },
    ])
    await run(world, day(731 + 27))
    expect(await rowsIn(world, 'warning_summaries')).toEqual([
      { guild_id: guild, created_at_month: '2090-03-01T00:00:00.000Z', warnings: 2 },
      { guild_id: guild, created_at_month: '2090-04-01T00:00:00.000Z', warnings: 1 },
      { guild_id: otherGuild, created_at_month: '2090-03-01T00:00:00.000Z', warnings: 1 },
    ])
    expect(await rowsIn(world, 'warnings')).toHaveLength(1)
    expect(await rowsIn(world, 'warnings_archive')).toHaveLength(2)
  })

  it('transactions are archived after 90 days and summed by server, purpose and month after a year', async () => {
    const paid = { user_id: alice, guild_id: guild, description: null }
    const rows = [
      { ...paid, amount: 100, transaction_type: 'daily', created_at: day(0) },
      { ...paid, amount: -60, transaction_type: 'gamble', created_at: day(0) },
      { ...paid, amount: 250, transaction_type: 'gamble', created_at: day(1) },
      { ...paid, amount: -2147483648, transaction_type: 'gamble', created_at: day(2) },
      { ...paid, amount: -2147483648, transaction_type: 'gamble', created_at: day(2) },
      { ...paid, amount: 7, transaction_type: 'work', created_at: day(30) },
      { ...paid, amount: 8, transaction_type: 'work', created_at: null },
    ]
    for (const row of rows) await insert(world, 'transaction', row)
    expect(await retired(world, day(90))).toEqual([{ entity: 'transaction', step: 1, rows: 2 }])
    const because = { archived_at: day(90), archived_because: 'after 90 days of created_at' }
    expect(await rowsIn(world, 'transactions_archive')).toEqual(
      [
        { id: 'transaction 1', ...rows[0], ...because },
        { id: 'transaction 2', ...rows[1], ...because },
      ].map((row) => expect.objectContaining(row)),
    )

    expect(await retired(world, day(367))).toEqual([
      { entity: 'transaction', step: 1, rows: 4 },
      { entity: 'transaction', step: 2, rows: 5 },
    ])
    const march = { guild_id: guild, created_at_month: '2090-03-01T00:00:00.000Z' }
    expect(await rowsIn(world, 'transaction_summaries')).toEqual(
      [
        { ...march, transaction_type: 'daily', transactions: 1, total: 100 },
        { ...march, transaction_type: 'gamble', transactions: 4, total: 190 - 2 ** 32 },
      ].map((row) => expect.objectContaining(row)),
    )
    await run(world, day(395))
    expect(await rowsIn(world, 'transactions')).toEqual([
      expect.objectContaining({ id: 'transaction 7', created_at: null }),
    ])
    expect(await rowsIn(world, 'transactions_archive')).toEqual([])
  })

  it('uses of commands are archived after 90 days and counted by command and month after a year', async () => {
    const used = { user_id: alice, guild_id: null, command_name: 'rules' }
    for (const [command_name, count] of [
      ['rules', 0],
      ['rules', 1],
      ['help', 1],
      ['rules', 40],
    ] as const) {
      await insert(world, 'command_stat', { ...used, command_name, executed_at: day(count) })
    }
    expect(await retired(world, day(91))).toEqual([{ entity: 'command_stat', step: 1, rows: 3 }])
    expect(await rowsIn(world, 'command_stats_archive')).toHaveLength(3)
    await run(world, day(365 + 40))
    expect(await rowsIn(world, 'command_summaries')).toEqual([
      { command_name: 'help', executed_at_month: '2090-03-01T00:00:00.000Z', uses: 1 },
      { command_name: 'rules', executed_at_month: '2090-03-01T00:00:00.000Z', uses: 2 },
      { command_name: 'rules', executed_at_month: '2090-04-01T00:00:00.000Z', uses: 1 },
    ])
    expect(await rowsIn(world, 'command_stats')).toEqual([])
    expect(await rowsIn(world, 'command_stats_archive')).toEqual([])
  })

  it('reminders go 90 days after they were due, if they were sent', async () => {
    const asked = { user_id: alice, channel_id: '111111111111111111', message: 'Water', created_at: day(-5) }
    for (const completed of [true, false, null]) {
      await insert(world, 'reminder', { ...asked, remind_at: day(0), completed })
    }
    await insert(world, 'reminder', { ...asked, remind_at: shifted(day(0), 1), completed: true })
    expect(await retired(world, shifted(day(90), -1))).toEqual([])
    expect(await retired(world, day(90))).toEqual([{ entity: 'reminder', step: 1, rows: 1 }])
    await run(world, day(9999))
    expect((await rowsIn(world, 'reminders')).map(({ id }) => id)).toEqual(['reminder 2', 'reminder 3'])
  })

  it('a punishment is lifted first, and stays where that fails, without holding up others', async () => {
    const muted = { guild_id: guild, punishment_type: 'mute', created_at: day(0) }
    const people = ['1', '2', '3', '4', '5'].map((digit) => `88765432109876543${digit}`)
    for (const [at, user_id] of people.entries()) {
      await insert(world, 'temp_punishment', { ...muted, user_id, expires_at: day(at + 1) })
    }
    const [once, never] = people
    const lifted: unknown[] = []
    const lift = async (row: Readonly<Record<string, unknown>>): Promise<void> => {
      lifted.push(row['user_id'])
      if (row['user_id'] === never) throw new Error('Discord did not answer')
      if (row['user_id'] === once && lifted.filter((user) => user === once).length === 1) throw new Error('once')
    }
    expect(await retired(world, shifted(day(1), -1), { liftPunishment: lift })).toEqual([])
    const report = await run(world, day(4), { liftPunishment: lift })
    expect(lifted).toEqual([once, once, never, never, never, people[2], people[3]])
    expect(report.retired).toEqual([expect.objectContaining({ entity: 'temp_punishment', step: 1, rows: 3 })])
    const failure = { entity: 'temp_punishment', step: 1, hook: 'lift_punishment', attempts: 3 }
    expect(report.hookFailures).toEqual([
      expect.objectContaining({ ...failure, error: new Error('Discord did not answer') }),
    ])
    expect((await rowsIn(world, 'temp_punishments')).map(({ user_id }) => user_id)).toEqual([never, people[4]])
    expect(await retired(world, day(4), { liftPunishment: () => undefined })).toEqual([
      { entity: 'temp_punishment', step: 1, rows: 1 },
    ])
    expect((await rowsIn(world, 'temp_punishments')).map(({ user_id }) => user_id)).toEqual([people[4]])
  })

  it('what needs the bot waits for it, and is reported', async () => {
    const banned = { user_id: bob, guild_id: guild, punishment_type: 'ban', created_at: day(0), expires_at: day(1) }
    await insert(world, 'temp_punishment', banned)
    const { withoutHook } = await run(world, day(1), {})
    expect(withoutHook).toEqual([expect.objectContaining({ entity: 'temp_punishment', step: 1, rows: 1 })])
    expect(await rowsIn(world, 'temp_punishments')).toHaveLength(1)
  })

  it('nothing is done where there is nothing', async () => {
    expect(await retired(world, day(0))).toEqual([])
    expect(await due(world, day(0))).toEqual([])
  })
})
