import { mongo } from 'mongoose'
import { afterAll, afterEach, beforeEach, describe, expect, vi } from 'vitest'
import { openServer, testOn } from '../../support/mongo-server.js'
import { alone, cutOff } from './cut-off.js'
import { leavingFiles } from './retention-sets.js'
import { ageingOn, type Stored } from './retention-subject.js'

const server = await openServer()
const proved = testOn(server, 'guilds that leave and people who are forgotten on Mongo')
const subject = server === null ? null : await ageingOn(server, leavingFiles)

const given = () => {
  if (subject === null) throw new Error('there is no server')
  return subject
}

beforeEach(() => subject?.empty())

afterEach(() => vi.useRealTimers())

afterAll(() => server?.close())

const { ObjectId } = mongo.BSON
const at = (text: string): Date => new Date(`2090-${text}Z`)
const [ann, bob] = [new ObjectId('0000000000000000000000aa'), new ObjectId('0000000000000000000000bb')]
const [annsId, bobsId, guild, other] = ['111', '222', '1000', '2000']

const letter = (id: string, server_id: string, writer: mongo.ObjectId, more: Stored = {}): Stored => ({
  _id: new ObjectId(id.padStart(24, '0')),
  server_id,
  writer,
  reader: null,
  copies: [],
  answers: null,
  written_at: at('01-01T00:00'),
  ...more,
})

const archived = { archived_at: at('01-11T00:00'), archived_because: 'after 10 days of written_at' }

const world = async (): Promise<void> => {
  const { put } = given()
  await put('people', [
    { _id: ann, discord_id: annsId, name: 'Ann' },
    { _id: bob, discord_id: bobsId, name: 'Bob' },
  ])
  const standing = (_id: string, members: readonly string[], user: string): Stored => ({
    _id,
    active: true,
    left_at: null,
    members,
    owner: { user, since: null },
  })
  await put('servers', [standing(guild, [annsId, bobsId], bobsId), standing(other, [bobsId], annsId)])
  await put('letters', [
    letter('1', guild, ann),
    letter('2', guild, bob, { reader: ann, answers: new ObjectId('1'.padStart(24, '0')), copies: [ann, bob] }),
    letter('3', other, bob, { reader: bob }),
    letter('4', guild, bob, { written_at: at('02-01T00:00') }),
  ])
  await put('letters_archive', [
    { ...letter('5', guild, ann), ...archived },
    { ...letter('6', other, bob, { reader: ann }), ...archived },
  ])
  await put('letter_counts', [
    { _id: new ObjectId(), server_id: guild, letters: 3 },
    { _id: new ObjectId(), server_id: other, letters: 4 },
  ])
}

const collections = ['people', 'servers', 'letters', 'letters_archive', 'letter_counts']

/** All that is stored, without the moments at which things were done. */
const state = async (): Promise<readonly (readonly Stored[])[]> => {
  const all = await Promise.all(collections.map((name) => given().in(name)))
  return all.map((documents) =>
    documents.map(({ left_at, _id, ...values }) => ({
      ...values,
      id: 'letters' in values ? null : _id,
      left: left_at instanceof Date,
    })),
  )
}

interface Touched {
  readonly from: string
  readonly field: string
  readonly did: string
  readonly rows: number
}

const touched = async (name: string, ...ids: readonly string[]) =>
  ((await given().call(name, ...ids)) as readonly Touched[]).map(
    ({ from, field, did, rows }) => `${from} ${field} ${did}: ${rows}`,
  )

describe('a person who is forgotten', () => {
  proved('is found by keys of the bot too, in lists and in objects', [], async () => {
    const { in: stored } = given()
    await world()
    expect(await touched('forgetUser', annsId)).toMatchInlineSnapshot(`
      [
        "letters_archive writer deleted: 1",
        "letters writer deleted: 1",
        "letters_archive reader changed: 1",
        "letters reader changed: 1",
        "letters_archive copies kept: 0",
        "letters copies kept: 1",
        "letters_archive writer deleted: 0",
        "letters writer deleted: 0",
        "letters reader changed: 0",
        "people discord_id deleted: 1",
        "servers members kept: 1",
        "servers owner kept: 1",
      ]
    `)
    expect((await stored('people')).map(({ _id }) => _id)).toEqual([bob])
    expect(await stored('letters')).toMatchObject([{ reader: null, answers: null }, { reader: bob }, {}])
    expect(await stored('letters_archive')).toMatchObject([{ writer: bob, reader: null }])
  })

  proved('has no row: nothing is found by a key', [], async () => {
    await world()
    const before = await state()
    expect((await touched('forgetUser', '999')).filter((words) => !words.endsWith(': 0'))).toEqual([])
    expect(await state()).toEqual(before)
  })

  proved('is told by an id and by nothing else', [], async () => {
    await world()
    const before = await state()
    for (const wrong of [{ $ne: null }, '', '0', 5, null])
      await expect(given().call('forgetUser', wrong)).rejects.toThrow(
        'forgetUser (retention) refuses its input: user: ',
      )
    expect(await state()).toEqual(before)
  })
})

describe('a guild that leaves', () => {
  proved('takes rows, archives and summaries along, and is changed once', [], async () => {
    const { in: stored } = given()
    await world()
    expect(await touched('guildLeave', guild)).toMatchInlineSnapshot(`
      [
        "letter_counts server_id deleted: 1",
        "letters_archive server_id deleted: 1",
        "letters server_id deleted: 3",
        "servers id changed: 1",
      ]
    `)
    expect(await stored('letters')).toMatchObject([{ server_id: other }])
    expect(await stored('letter_counts')).toMatchObject([{ server_id: other }])
    expect(await stored('servers')).toMatchObject([{ active: false, left_at: expect.any(Date) }, { active: true }])
    expect((await touched('guildLeave', guild)).filter((words) => !words.endsWith(': 0'))).toEqual([])
  })

  proved('is not counted by a run that was cut off', [], async ({ connection }) => {
    const { callOn, in: stored } = given()
    for (let write = 1; ; write += 1) {
      await given().empty()
      await world()
      const cut = cutOff(connection, write)
      await callOn(cut.connection, 'runRetention', { at: at('02-05T00:00') })
      if (cut.written() < write) return expect(write).toBeGreaterThan(10)
      vi.useFakeTimers({ now: Date.now() + 61_000, toFake: ['Date'] })
      await callOn(alone(connection), 'guildLeave', guild)
      vi.useRealTimers()
      const left = await Promise.all(['letters', 'letters_archive', 'letter_counts', 'botschema_retention'].map(stored))
      expect([write, JSON.stringify(left).includes(guild)]).toEqual([write, false])
    }
  })
})

describe('an event without transactions', () => {
  for (const [event, id] of [
    ['forgetUser', annsId],
    ['guildLeave', guild],
  ] as const) {
    proved(`${event} is finished by calling it again, wherever it was cut off`, [], async ({ connection }) => {
      await world()
      await given().callOn(alone(connection), event, id)
      const whole = await state()
      for (let write = 1; ; write += 1) {
        await given().empty()
        await world()
        const cut = cutOff(connection, write)
        await given()
          .callOn(cut.connection, event, id)
          .catch(() => undefined)
        if (cut.written() < write) return expect(write).toBeGreaterThan(5)
        vi.useFakeTimers({ now: Date.now() + 61_000, toFake: ['Date'] })
        await given().callOn(alone(connection), event, id)
        vi.useRealTimers()
        expect([write, await state()]).toEqual([write, whole])
      }
    })
  }
})

describe('workers at once', () => {
  proved('do everything once', ['races'], async ({ connection }) => {
    const { put, callOn, in: stored } = given()
    const call = (name: string, given: Stored) => callOn(alone(connection), name, given)
    const letters = Array.from({ length: 60 }, (_, index) => letter(String(index + 1), guild, ann))
    await put('letters', letters)
    const options = { at: at('02-05T00:00'), batch: 7 }
    const reports = (await Promise.all(Array.from({ length: 4 }, () => call('runRetention', options)))) as readonly {
      readonly failures: readonly unknown[]
      readonly retired: readonly { rows: number; step: number }[]
    }[]
    expect(reports.flatMap(({ failures }) => failures)).toEqual([])
    const rows = reports.flatMap(({ retired }) => retired).filter(({ step }) => step === 2)
    await call('runRetention', options)
    expect(rows.reduce((sum, one) => sum + one.rows, 0)).toBeLessThanOrEqual(60)
    expect([await stored('letters'), await stored('letters_archive')]).toEqual([[], []])
    expect(await stored('letter_counts')).toMatchObject([{ server_id: guild, letters: 60 }])
  })

  proved('let an event go before the batches that are left', [], async ({ connection }) => {
    const { put, callOn, in: stored } = given()
    await put(
      'letters',
      Array.from({ length: 80 }, (_, index) => letter(String(index + 1), index < 20 ? guild : other, ann)),
    )
    const batches = { all: 0, afterEvent: 0 }
    let event: Promise<unknown> | null = null
    const onBatch = (): void => {
      batches.all += 1
      event ??= callOn(alone(connection), 'guildLeave', guild).then(() => {
        batches.afterEvent = batches.all
      })
    }
    const options = { at: at('01-15T00:00'), batch: 1, onBatch }
    expect(await callOn(alone(connection), 'runRetention', options)).toMatchObject({ failures: [] })
    await event
    // One that waits for its turn at the entity comes after the last batch.
    expect(batches.afterEvent).toBeLessThan(batches.all)
    expect((await stored('letters_archive')).map(({ server_id }) => server_id)).toEqual(Array(60).fill(other))
    expect(await stored('letters')).toEqual([])
    expect(await given().refused('letters_archive', 'botschema_retention')).toEqual([])
  })
})
