import { type Connection, mongo } from 'mongoose'
import { afterAll, afterEach, beforeEach, describe, expect, vi } from 'vitest'
import { openServer, testOn } from '../../support/mongo-server.js'
import { alone, cutOff } from './cut-off.js'
import { ageingFiles, leavingFiles } from './retention-sets.js'
import { ageingOn, type Stored } from './retention-subject.js'
import { watched } from './watched.js'

const server = await openServer()
const proved = testOn(server, 'retention that is cut off on Mongo')
const subject = server === null ? null : await ageingOn(server, { ...ageingFiles, ...leavingFiles })

const given = () => {
  if (subject === null) throw new Error('there is no server')
  return subject
}

beforeEach(() => subject?.empty())

afterEach(() => vi.useRealTimers())

afterAll(() => server?.close())

const at = (text: string): Date => new Date(`2090-${text}Z`)
const { Long } = mongo.BSON

/** A worker that is gone has its turn for a minute. */
const letTurnsLapse = (): void => {
  vi.useFakeTimers({ now: Date.now() + 61_000, toFake: ['Date'] })
}

const note = (id: number, written: string): Stored => ({
  _id: String(id),
  written_at: at(written),
  number: Long.fromNumber(id),
})

/** Two of them are to be archived, four to be counted and deleted after that: batches are of two. */
const notes = [
  note(1, '01-01T00:00'),
  note(2, '01-02T00:00'),
  note(3, '01-03T00:00'),
  note(4, '02-01T00:00'),
  note(5, '02-10T00:00'),
  note(6, '02-11T00:00'),
  note(7, '02-25T00:00'),
]

const archived = (document: Stored): Stored => ({
  ...document,
  archived_at: at('01-20T00:00'),
  archived_because: 'after 10 days of written_at',
})

const options = { at: at('02-24T00:00'), only: ['note'], attempts: 1 }

const state = async (): Promise<unknown> => {
  const { in: stored } = given()
  const summaries = (await stored('note_months')).map(({ _id, ...values }) => values)
  return { notes: await stored('notes'), archive: await stored('notes_archive'), summaries }
}

describe('a run without transactions', () => {
  const uncut = async (connection: Connection): Promise<unknown> => {
    await given().put('notes', notes)
    await given().callOn(alone(connection), 'runRetention', options)
    const whole = await state()
    await given().empty()
    return whole
  }

  proved('is finished by the next, wherever it was cut off', [], async ({ connection }) => {
    const { put, callOn, empty, refused, in: stored } = given()
    const whole = await uncut(connection)
    expect(whole).toMatchObject({
      summaries: [
        { notes: 3, total: 6 },
        { notes: 1, total: 4 },
      ],
    })
    for (let write = 1; ; write += 1) {
      await put('notes', notes)
      const cut = cutOff(connection, write)
      await callOn(cut.connection, 'runRetention', options)
      if (cut.written() < write) return expect(write).toBeGreaterThan(20)
      letTurnsLapse()
      expect(await callOn(alone(connection), 'runRetention', options)).toMatchObject({ failures: [] })
      vi.useRealTimers()
      expect([write, await state()]).toEqual([write, whole])
      expect(await refused('notes_archive', 'note_months', 'botschema_retention')).toEqual([])
      expect((await stored('botschema_retention')).map(({ batch }) => batch ?? null)).toEqual([null])
      await empty()
    }
  })

  proved('counts nothing twice where another worker finished what it had noted', [], async ({ connection }) => {
    const { put, callOn, refused, in: stored } = given()
    const run = () => callOn(alone(connection), 'runRetention', options)
    await put('notes_archive', notes.slice(0, 2).map(archived))
    await put('note_months', [
      { written_at_month: at('01-01T00:00'), notes: Long.fromNumber(10), total: Long.fromNumber(50) },
    ])
    // The turn, the note, the summary.
    await callOn(cutOff(connection, 3).connection, 'runRetention', options)
    const [noted] = await stored('botschema_retention')
    const asStored = await connection.collection('botschema_retention').findOne({}, { promoteValues: false })
    expect(await refused('botschema_retention')).toEqual([])
    expect(noted).toMatchObject({ batch: { act: 1, ids: ['1', '2'] } })
    letTurnsLapse()
    await run()
    await put('notes_archive', notes.slice(2, 3).map(archived))
    await run()
    const counted = [{ notes: 13, total: 56 }]
    expect(await stored('note_months')).toMatchObject(counted)
    await connection.collection('botschema_retention').deleteMany({})
    await put('botschema_retention', [asStored ?? {}])
    vi.setSystemTime(Date.now() + 61_000)
    expect(await run()).toMatchObject({ failures: [{ entity: 'note' }] })
    expect(await stored('note_months')).toMatchObject(counted)
  })

  proved('notes a thousand documents at a time, as a note is one document', [], async ({ connection }) => {
    const { put, callOn, in: stored } = given()
    await put(
      'notes',
      Array.from({ length: 1001 }, (_, index) => note(index + 1, '01-01T00:00')),
    )
    const sizes: number[] = []
    const noted = watched(alone(connection), (collection, _, [, change]) => {
      const batch = (change as { $set?: { batch?: { ids: readonly unknown[] } } } | undefined)?.$set?.batch
      if (collection === 'botschema_retention' && batch != null) sizes.push(batch.ids.length)
    })
    const report = await callOn(noted, 'runRetention', { ...options, at: at('01-15T00:00'), batch: 100_000 })
    expect(report).toMatchObject({ retired: [{ rows: 1001 }], failures: [] })
    expect(await stored('notes')).toEqual([])
    expect(sizes).toEqual([1000, 1])
  })

  proved('keeps its turn while it is at work', [], async ({ connection }) => {
    const { put, callOn } = given()
    await put('notes', notes)
    const until = async () => Number((await given().in('botschema_retention'))[0]?.['until'])
    const longerThanTurn = async (): Promise<void> => {
      await vi.advanceTimersByTimeAsync(70_000)
      await expect.poll(until, { timeout: 20_000 }).toBeGreaterThan(Date.now() + 30_000)
    }
    const slow = watched(alone(connection), (collection, method) =>
      collection === 'notes_archive' && method === 'bulkWrite' ? longerThanTurn() : null,
    )
    vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] })
    expect(await callOn(slow, 'runRetention', options)).toMatchObject({ failures: [] })
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('a batch that another description began', () => {
  const begun = (batch: Stored): Stored => ({ _id: 'notes', worker: 'gone', until: new Date(0), batch })
  const batch = { act: 0, at: at('02-24T00:00'), ids: ['1'], plan: [] }

  proved('is finished by the act that writes to the same collections', [], async ({ connection }) => {
    const { put, callOn, in: stored } = given()
    await put('notes', notes.slice(0, 1))
    await put('botschema_retention', [begun({ ...batch, act: 1, from: 'notes', into: 'notes_archive' })])
    await callOn(alone(connection), 'runRetention', { ...options, at: at('01-01T00:00') })
    expect(await stored('notes_archive')).toMatchObject([{ _id: '1' }])
  })

  proved('stays noted where no act does so any longer', [], async ({ connection }) => {
    const { put, callOn, in: stored } = given()
    await put('notes', notes.slice(0, 1))
    await put('botschema_retention', [begun({ ...batch, from: 'notes', into: 'old_notes' })])
    const { failures } = (await callOn(alone(connection), 'runRetention', options)) as { failures: unknown[] }
    expect(failures).toMatchObject([{ entity: 'note', error: { message: expect.stringContaining('old_notes') } }])
    expect(await stored('notes')).toHaveLength(1)
    expect(await stored('botschema_retention')).toMatchObject([{ batch: { into: 'old_notes' } }])
  })
})
