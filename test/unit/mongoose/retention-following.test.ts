import { createConnection, mongo } from 'mongoose'
import { afterAll, beforeEach, describe, expect } from 'vitest'
import { openServer, serverUri, testOn } from '../../support/mongo-server.js'
import { keepingFiles, pointingFiles } from './retention-sets.js'
import { ageingOn, type Stored } from './retention-subject.js'
import { nothing, transacting } from './transacting.js'
import { longestIn, watched } from './watched.js'

const server = await openServer()
const proved = testOn(server, 'what follows retention, and what it keeps, on Mongo')
const files = { ...pointingFiles, 'keeping.yaml': keepingFiles['entities.yaml'] }
const subject = server === null ? null : await ageingOn(server, files)

const given = () => {
  if (subject === null) throw new Error('there is no server')
  return subject
}

beforeEach(() => subject?.empty())

afterAll(() => server?.close())

const at = (text: string): Date => new Date(`2090-${text}Z`)

interface Retired {
  readonly entity: string
  readonly step: number
  readonly rows: number
}

interface Report {
  readonly retired: readonly Retired[]
  readonly failures: readonly unknown[]
  readonly hookFailures: readonly Stored[]
  readonly withoutHook: readonly Retired[]
}

const words = (all: readonly Retired[]): readonly string[] =>
  all.map(({ entity, step, rows }) => `${entity} ${step}: ${rows}`)

type Hooks = Readonly<Record<string, (row: Stored) => unknown>>

const ran = async (moment: Date, hooks: Hooks = {}, options: Stored = {}): Promise<Report> =>
  (await given().call('runRetention', { at: moment, wait: 0, hooks, ...options })) as Report

const idsIn = async (collection: string) => (await given().in(collection)).map(({ _id }) => _id)

describe('what points at documents that go', () => {
  proved('goes with them or is parted from them, and what points at that in turn', [], async () => {
    const { put, in: stored } = given()
    await put('topics', [
      { _id: '1', at: at('01-01T00:00'), code: 'a' },
      { _id: '2', at: at('01-01T00:00'), code: null },
      { _id: '3', at: at('01-09T00:00'), code: 'c' },
    ])
    const mention = (_id: string, post_id: string | null, code: string | null): Stored => ({
      _id,
      post_id,
      code,
      count: 0,
      made_at: at('01-01T00:00'),
      changed_at: new Date(0),
    })
    await put('posts', [
      { _id: '1', topic_id: '1', answers: null },
      { _id: '2', topic_id: '3', answers: '1' },
      { _id: '3', topic_id: '3', answers: '2' },
      { _id: '4', topic_id: '3', answers: null },
      { _id: '5', topic_id: '2', answers: '4' },
    ])
    await put('mentions', [mention('1', '3', null), mention('2', '4', 'a'), mention('3', null, 'c')])
    await put('pins', [{ _id: '1', post_id: '3' }])
    const { retired, failures } = await ran(at('01-05T00:00'))
    expect([words(retired), failures]).toEqual([['topic 1: 2'], []])
    expect(await idsIn('topics')).toEqual(['3'])
    expect(await idsIn('posts')).toEqual(['4'])
    expect(await stored('mentions')).toMatchObject([
      { post_id: null, code: null },
      { post_id: '4', code: null },
      { post_id: null, code: 'c', changed_at: new Date(0) },
    ])
    expect((await stored('mentions'))[0]?.['changed_at']).not.toEqual(new Date(0))
    expect(await idsIn('pins')).toEqual(['1'])
  })

  proved('holds them where it could not be parted from them', [], async () => {
    const { put } = given()
    await put('topics', [{ _id: '1', at: at('01-01T00:00'), code: null }])
    await put('posts', [{ _id: '1', topic_id: '1', answers: null }])
    await put('mentions', [
      { _id: '1', post_id: '1', code: null, count: 7, made_at: new Date(), changed_at: new Date() },
    ])
    expect(await ran(at('01-05T00:00'))).toMatchObject({ retired: [], failures: [{ entity: 'topic' }] })
    expect([await idsIn('topics'), await idsIn('posts')]).toEqual([['1'], ['1']])
  })

  const mention = (_id: string, code: string): Stored => ({
    _id,
    post_id: null,
    code,
    count: 0,
    made_at: at('01-01T00:00'),
    changed_at: at('01-01T00:00'),
  })

  proved('is named to the server a thousand at a time', [], async ({ connection }) => {
    const { put, callOn, in: stored } = given()
    const ids = Array.from({ length: 1001 }, (_, index) => String(index + 1))
    await put('topics', [{ _id: '1', at: at('01-01T00:00'), code: 'a' }])
    await put(
      'posts',
      ids.map((_id): Stored => ({ _id, topic_id: '1', answers: null })),
    )
    await put(
      'mentions',
      ids.map((_id) => mention(_id, 'a')),
    )
    const lengths: number[] = []
    const told = watched(connection, (_, __, values) => void lengths.push(longestIn(values)))
    const report = await callOn(told, 'runRetention', { at: at('01-05T00:00'), hooks: {} })
    expect(report).toMatchObject({ retired: [{ entity: 'topic', rows: 1 }], failures: [] })
    expect(await idsIn('posts')).toEqual([])
    expect((await stored('mentions')).filter(({ code }) => code !== null)).toEqual([])
    expect(Math.max(...lengths)).toBe(1000)
  })

  proved('goes at once in an event, however many hold each other', [], async () => {
    const { put, call } = given()
    const rooms = Array.from(
      { length: 1001 },
      (_, index): Stored => ({ _id: String(index + 1), guild_id: '1', parent: index === 0 ? null : String(index) }),
    )
    await put('rooms', rooms)
    const touched = (await call('guildLeave', '1')) as readonly Stored[]
    expect(touched.find(({ from }) => from === 'rooms')).toMatchObject({ did: 'deleted', rows: 1001 })
    await put('rooms', [rooms[0] ?? {}, { _id: '2000', guild_id: '2', parent: '1' }])
    await expect(call('guildLeave', '1')).rejects.toThrow('documents of rooms point at those of rooms by parent')
    expect(await idsIn('rooms')).toEqual(['1', '2000'])
  })

  proved('stays where it has come to point at another meanwhile', [], async ({ connection }) => {
    const { put, callOn, in: stored } = given()
    const set = (collection: string, values: Stored) =>
      connection.collection(collection).updateMany({}, { $set: values })
    await put('topics', [
      { _id: '1', at: at('01-01T00:00'), code: 'a' },
      { _id: '2', at: at('01-09T00:00'), code: 'b' },
    ])
    await put('posts', [{ _id: '1', topic_id: '1', answers: null }])
    await put('mentions', [mention('1', 'a')])
    const moved = watched(connection, (collection, method) => {
      if (collection === 'posts' && method === 'deleteMany') return set('posts', { topic_id: '2' })
      return collection === 'mentions' && method === 'updateMany' ? set('mentions', { code: 'b' }) : null
    })
    await callOn(moved, 'runRetention', { at: at('01-05T00:00'), hooks: {} })
    expect(await idsIn('topics')).toEqual(['2'])
    expect(await stored('posts')).toMatchObject([{ topic_id: '2' }])
    expect(await stored('mentions')).toMatchObject([{ code: 'b' }])
  })
})

describe('the newest documents', () => {
  proved('stay, those of the greatest key among documents of one moment', [], async () => {
    const award = (_id: string, player: string | null, moment: string | null): Stored => ({
      _id,
      player,
      at: moment === null ? null : at(moment),
    })
    await given().put('awards', [
      award('9', 'ann', '01-01T00:00'),
      award('10', 'ann', '01-01T00:00'),
      award('11', 'ann', '01-01T00:00'),
      award('12', 'ann', null),
      award('20', 'bob', '01-01T00:00'),
      award('21', 'bob', null),
      award('30', null, '01-03T00:00'),
      award('31', null, '01-02T00:00'),
      award('32', null, '01-01T00:00'),
    ])
    const plan = (await given().call('planRetention', at('01-01T00:00'))) as readonly Stored[]
    expect(plan.find(({ entity }) => entity === 'award')).toMatchObject({ rows: 4, oldest: at('01-01T00:00') })
    const { retired } = await ran(at('01-01T00:00'), {}, { batch: 3 })
    expect(words(retired)).toEqual(['award 1: 4'])
    expect(await idsIn('awards')).toEqual(['10', '11', '20', '30', '31'])
  })

  proved('are looked for before the transaction, which is given a minute only', [], async ({ connection }) => {
    const { put, callOn } = given()
    await put(
      'awards',
      ['1', '2', '3'].map((_id): Stored => ({ _id, player: 'ann', at: at(`01-0${_id}T00:00`) })),
    )
    const asked = nothing()
    const options = { at: at('01-05T00:00'), only: ['award'], hooks: {} }
    expect(await callOn(transacting(connection, asked), 'runRetention', options)).toMatchObject({
      retired: [{ rows: 1 }],
    })
    expect([asked.within, asked.outside]).toEqual([['deleteMany'], []])
  })

  proved('are planned for on a connection that is not open yet', [], async ({ connection }) => {
    const { callOn } = given()
    const opening = createConnection(serverUri ?? '', { dbName: connection.name })
    try {
      const plan = (await callOn(opening, 'planRetention', at('01-01T00:00'))) as readonly Stored[]
      expect(plan.find(({ entity }) => entity === 'award')).toMatchObject({ rows: 0, oldest: null })
    } finally {
      await opening.close()
    }
  })
})

describe('hooks', () => {
  const ban = (user_id: string, moment: string): Stored => ({
    _id: new mongo.ObjectId(),
    guild_id: '1',
    user_id,
    ends_at: at(moment),
    lifted: false,
  })

  const bans = [ban('10', '01-01T00:00'), ban('20', '01-01T00:00'), ban('30', '01-02T00:00'), ban('40', '01-09T00:00')]

  proved('are handed rows, and one that fails holds up no others', [], async () => {
    const { put, in: stored } = given()
    await put('bans', bans)
    const seen: unknown[] = []
    const liftBan = (row: Stored): void => {
      seen.push(row['user_id'])
      if (row['user_id'] === '10') throw new Error('not now')
    }
    const report = await ran(at('01-02T00:00'), { liftBan, forgetBan: () => undefined }, { batch: 1, attempts: 2 })
    expect(seen).toEqual(['10', '10', '20', '30'])
    expect(report.hookFailures).toMatchObject([{ key: { guild_id: '1', user_id: '10' }, attempts: 2 }])
    // What was lifted is archived in the same run; what waits for its hook is not.
    expect(words(report.retired)).toEqual(['ban 1: 2', 'ban 2: 1'])
    expect((await stored('bans')).map(({ user_id, lifted }) => [user_id, lifted])).toEqual([
      ['10', false],
      ['30', true],
      ['40', false],
    ])
    expect(await stored('bans_archive')).toMatchObject([{ user_id: '20', lifted: true }])
  })

  proved('are not handed what is no row, which holds up no others', [], async () => {
    const { put, putUnheld } = given()
    await putUnheld('bans', [{ ...ban('10', '01-01T00:00'), lifted: 'soon' }])
    await put('bans', [ban('20', '01-01T00:00')])
    const seen: unknown[] = []
    const hooks: Hooks = { liftBan: (row) => seen.push(row['user_id']), forgetBan: () => undefined }
    const report = await ran(at('01-01T00:00'), hooks)
    expect([seen, words(report.retired), report.failures]).toEqual([['20'], ['ban 1: 1'], []])
    expect(report.hookFailures).toMatchObject([{ key: { guild_id: '1', user_id: '10' }, attempts: 0 }])
  })

  proved('are handed rows of archives without what archives add', [], async () => {
    const { put } = given()
    await put('bans', bans.slice(0, 2))
    const forgotten: Stored[] = []
    const hooks: Hooks = { liftBan: () => undefined, forgetBan: (row) => forgotten.push(row) }
    expect(words((await ran(at('01-03T00:00'), hooks)).retired)).toEqual(['ban 1: 2', 'ban 2: 2'])
    expect(words((await ran(at('01-03T00:00'), hooks)).retired)).toEqual(['ban 3: 2'])
    expect(forgotten).toEqual([
      { guild_id: '1', user_id: '10', ends_at: at('01-01T00:00'), lifted: true },
      { guild_id: '1', user_id: '20', ends_at: at('01-01T00:00'), lifted: true },
    ])
    expect(await idsIn('bans_archive')).toEqual([])
  })

  proved('settle only what is due still', [], async () => {
    const { put, connection, in: stored } = given()
    await put('bans', bans.slice(0, 1))
    const liftBan = () =>
      connection.collection('bans').updateMany({}, { $set: { ends_at: at('12-01T00:00') } }) as unknown
    const report = await ran(at('01-01T00:00'), { liftBan, forgetBan: () => undefined })
    expect(report).toMatchObject({ retired: [], hookFailures: [] })
    expect(await stored('bans')).toMatchObject([{ lifted: false }])
  })

  proved('are handed a thousand rows at a time at most', [], async ({ connection }) => {
    const { put, callOn } = given()
    await put(
      'bans',
      Array.from({ length: 1001 }, (_, index) => ban(String(index + 1), '01-01T00:00')),
    )
    const lengths: number[] = []
    const small = watched(connection, (_, __, values) => void lengths.push(longestIn(values)))
    const hooks: Hooks = { liftBan: () => undefined, forgetBan: () => undefined }
    const options = { at: at('01-01T00:00'), batch: 5000, hooks }
    expect(words(((await callOn(small, 'runRetention', options)) as Report).retired)).toEqual(['ban 1: 1001'])
    expect(Math.max(...lengths)).toBe(1000)
  })

  proved('that are not given leave what waits for them', [], async () => {
    const { put } = given()
    await put('bans', bans)
    const report = await ran(at('01-05T00:00'))
    expect([words(report.withoutHook), report.retired]).toEqual([['ban 1: 3'], []])
    expect(await idsIn('bans')).toHaveLength(4)
  })
})
