import { mongo } from 'mongoose'
import { afterAll, beforeEach, describe, expect } from 'vitest'
import { openServer, testOn } from '../../support/mongo-server.js'
import { ageingOn, type Stored } from './retention-subject.js'

const files = {
  'botschema.yaml': 'name: older\noutput: out\nstores: [mongo]\ntargets: { markdown: false, json-schema: false }\n',
  'entities.yaml': `
entity: visit
fields:
  id: snowflake
  at: timestamp(ms)
  place: string(10)?
indexes:
  - [at]
  - [place, "at desc"]
retention:
  clock: at
  batch: 2
  steps:
    - { after: 1 day, delete: true }
---
entity: award
fields:
  id: snowflake
  player: string(10)
  at: timestamp(ms)?
indexes:
  - [at]
retention:
  clock: at
  keep_newest: { count: 2, per: [player] }
---
entity: ban
fields:
  id: snowflake
  ends_at: timestamp(ms)
  lifted: boolean = false
indexes:
  - [ends_at]
retention:
  batch: 2
  steps:
    - { at: ends_at, before: lift_ban, set: { lifted: true } }
---
entity: payment
fields:
  id: snowflake
  amount: decimal(10, 2)
indexes:
  - [amount]
  - ["amount desc", id]
`,
}

const server = await openServer()
const proved = testOn(server, 'documents of before, beside those of now, as they age and in pages')
const subject = server === null ? null : await ageingOn(server, files)

const given = () => {
  if (subject === null) throw new Error('there is no server')
  return subject
}

beforeEach(() => subject?.empty())

afterAll(() => server?.close())

const at = (text: string): Date => new Date(`2090-${text}Z`)

/** A moment as documents of before have it, or as those of now. */
const formed = (moment: Date, index: number): Date | number => (index % 2 === 0 ? moment : moment.getTime())

/** Documents one hour after the other, in both forms in turn. */
const hourly = (count: number, more: (index: number) => Stored, clock = 'at'): readonly Stored[] =>
  Array.from({ length: count }, (_, index) => ({
    _id: String(index + 1),
    [clock]: formed(at(`01-01T${String(index).padStart(2, '0')}:00`), index),
    ...more(index),
  }))

interface Report {
  readonly retired: readonly { readonly entity: string; readonly rows: number }[]
  readonly failures: readonly unknown[]
  readonly hookFailures: readonly unknown[]
}

const ran = async (moment: Date, options: Stored = {}) => {
  const { retired, failures, hookFailures } = (await given().call('runRetention', {
    at: moment,
    wait: 0,
    hooks: { liftBan: () => undefined },
    ...options,
  })) as Report
  return { rows: retired.map(({ rows }) => rows).reduce((sum, rows) => sum + rows, 0), failures, hookFailures }
}

const idsIn = async (collection: string) => (await given().in(collection)).map(({ _id }) => _id)

const fine = (rows: number) => ({ rows, failures: [], hookFailures: [] })

describe('a clock that is a Date in some documents and milliseconds in others', () => {
  proved('one run, in batches, deletes all that is due and nothing else', [], async () => {
    await given().put(
      'visits',
      hourly(11, () => ({ place: null })),
    )
    expect(await ran(at('01-02T08:00'), { only: ['visit'] })).toEqual(fine(9))
    expect(await idsIn('visits')).toEqual(['10', '11'])
  })

  proved('a plan counts them and says the oldest of all', [], async () => {
    for (const first of [0, 1]) {
      await given().empty()
      const visits = hourly(6, () => ({ place: null })).slice(first)
      await given().put('visits', visits)
      const plan = (await given().call('planRetention', at('01-05T00:00'))) as readonly Stored[]
      expect(plan.filter(({ entity }) => entity === 'visit')).toMatchObject([
        { rows: 6 - first, oldest: at(`01-01T0${first}:00`) },
      ])
    }
  })

  proved('the newest of a group stay, in whichever form they are', [], async () => {
    await given().put(
      'awards',
      hourly(12, (index) => ({ player: index < 6 ? 'a' : 'b' })),
    )
    await given().put('awards', [
      { _id: '20', player: 'c', at: at('01-01T00:00') },
      { _id: '21', player: 'c', at: at('01-01T00:00').getTime() },
      { _id: '22', player: 'c', at: at('01-01T00:00') },
      { _id: '23', player: 'c', at: null },
      { _id: '30', player: 'd', at: at('01-01T00:00').getTime() },
    ])
    expect(await ran(at('01-05T00:00'), { only: ['award'] })).toMatchObject({ failures: [] })
    expect(await idsIn('awards')).toEqual(['11', '12', '21', '22', '30', '5', '6'])
  })

  proved('a hook is told of each row once, and each is set', [], async () => {
    await given().put(
      'bans',
      hourly(9, () => ({ lifted: false }), 'ends_at'),
    )
    const told: unknown[] = []
    const hooks = { liftBan: (row: Stored) => void told.push(row['id']) }
    expect(await ran(at('01-02T00:00'), { only: ['ban'], hooks })).toEqual(fine(9))
    expect([...told].sort()).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9'])
    expect((await given().in('bans')).every(({ lifted }) => lifted === true)).toBe(true)
  })
})

interface Page {
  readonly rows: readonly Stored[]
  readonly next: unknown
}

/** The ids of all rows of a list, page by page. */
const walked = async (list: string, options: Stored = {}): Promise<readonly unknown[]> => {
  const ids: unknown[] = []
  for (let after: unknown = null; ids.length < 100; ) {
    const { rows, next } = (await given().call(list, { limit: 2, after, ...options })) as Page
    ids.push(...rows.map(({ id }) => id))
    if (next === null) return ids
    after = next
  }
  return ids
}

/** Each once. */
const sorted = (ids: readonly unknown[]): readonly unknown[] => [...ids].sort((a, b) => Number(a) - Number(b))

const upTo = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => String(index + 1))

describe('a list whose order is of both forms has each row once', () => {
  proved('Dates and milliseconds', [], async () => {
    await given().put(
      'visits',
      hourly(7, () => ({ place: 'x' })),
    )
    const ids = await walked('listVisitsByAt')
    expect(sorted(ids)).toEqual(upTo(7))
    expect(ids).toEqual(['2', '4', '6', '1', '3', '5', '7'])
    expect(await walked('listVisitsByPlaceAndAt', { where: { place: 'x' } })).toEqual([...ids].reverse())
    expect(await walked('listVisitsByPlaceAndAt')).toEqual([...ids].reverse())
  })

  proved('decimals as text and as numbers', [], async () => {
    const amounts = ['1.50', '2', '2', '10.00', '10', '9.5', '3.25']
    await given().putUnheld(
      'payments',
      amounts.map((amount, index) => ({
        _id: String(index + 1),
        amount: index % 2 === 0 ? amount : mongo.Decimal128.fromString(amount),
      })),
    )
    expect(sorted(await walked('listPaymentsByAmount'))).toEqual(upTo(7))
    expect(sorted(await walked('listPaymentsByAmountAndId'))).toEqual(upTo(7))
  })
})
