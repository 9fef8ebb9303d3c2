import { mongo } from 'mongoose'
import { afterAll, beforeEach, describe, expect } from 'vitest'
import { openServer, testOn } from '../../support/mongo-server.js'
import { ageingFiles } from './retention-sets.js'
import { ageingOn, type Stored } from './retention-subject.js'

const server = await openServer()
const proved = testOn(server, 'what ages on Mongo')
const subject = server === null ? null : await ageingOn(server, ageingFiles)

const given = () => {
  if (subject === null) throw new Error('there is no server')
  return subject
}

beforeEach(() => subject?.empty())

afterAll(() => server?.close())

const at = (text: string): Date => new Date(`2090-${text}Z`)
const { Long, ObjectId } = mongo.BSON
const decimal = mongo.Decimal128.fromString

interface Report {
  readonly retired: readonly { readonly entity: string; readonly step: number; readonly rows: number }[]
  readonly failures: readonly { readonly entity: string; readonly error: unknown }[]
}

const ran = async (moment: Date, options: Stored = {}) => {
  const { retired, failures } = (await given().call('runRetention', { at: moment, ...options })) as Report
  return { retired: retired.map(({ entity, step, rows }) => `${entity} ${step}: ${rows}`), failures }
}

const planned = async (moment: Date) =>
  ((await given().call('planRetention', moment)) as readonly Stored[]).map(({ entity, step, from, rows, oldest }) => ({
    entity,
    step,
    from,
    rows,
    oldest,
  }))

describe('documents that are counted', () => {
  const sale = (day: string, more: Stored = {}): Stored => ({
    _id: new ObjectId(),
    day: `2090-${day}`,
    flags: Long.fromNumber(1),
    ...more,
  })

  const extremes = (...[cheapest, dearest, first_day, last_day]: readonly unknown[]) => ({
    cheapest,
    dearest,
    first_day,
    last_day,
  })

  const totals = (documents: readonly Stored[]) => documents.map(({ _id, ...values }) => values)

  proved('are added up by group and week, exactly, and null is a group', [], async () => {
    const { put, in: stored } = given()
    const [guild_id, large] = ['123456789012345678', Long.fromString('9007199254740993')]
    await put('sales', [
      sale('03-05', { guild_id, price: '0.10', flags: large, size: 3 }),
      sale('03-06', { guild_id, price: '9.2', size: null }),
      sale('03-12', { guild_id, price: '-10' }),
      sale('03-13', { guild_id, price: null, size: 4 }),
      sale('03-13', { guild_id: null, price: '5' }),
    ])
    expect(await ran(at('03-22T23:59:59.999'))).toEqual({ retired: ['sale 1: 3'], failures: [] })
    const first = { guild_id, day_week: '2090-02-27', sales: 1, turnover: decimal('0.10'), all_flags: large, sizes: 3 }
    const second = { guild_id, day_week: '2090-03-06', sales: 2, turnover: decimal('-0.80'), all_flags: 2, sizes: 0 }
    expect(totals(await stored('sale_weeks'))).toEqual([
      {
        ...first,
        ...extremes(decimal('0.10'), decimal('0.10'), '2090-03-05', '2090-03-05'),
      },
      {
        ...second,
        ...extremes(decimal('-10.00'), decimal('9.20'), '2090-03-06', '2090-03-12'),
      },
    ])
    expect(await ran(at('03-23T00:00'))).toEqual({ retired: ['sale 1: 2'], failures: [] })
    expect(totals(await stored('sale_weeks')).slice(2)).toEqual([
      {
        ...first,
        day_week: '2090-03-13',
        turnover: decimal('0.00'),
        all_flags: 1,
        sizes: 4,
        ...extremes(null, null, '2090-03-13', '2090-03-13'),
      },
      {
        ...first,
        guild_id: null,
        day_week: '2090-03-13',
        turnover: decimal('5.00'),
        all_flags: 1,
        sizes: 0,
        ...extremes(decimal('5.00'), decimal('5.00'), '2090-03-13', '2090-03-13'),
      },
    ])
    expect(await stored('sales')).toEqual([])
    expect(await given().refused('sale_weeks')).toEqual([])
  })

  proved('are added to what was counted before', [], async () => {
    const { put, in: stored } = given()
    for (const day of ['03-06', '03-07', '03-08', '03-09']) await put('sales', [sale(day, { price: '0.1' })])
    for (const day of ['16', '17', '18', '19']) await ran(at(`03-${day}T00:00`), { only: ['sale'], batch: 1 })
    expect(totals(await stored('sale_weeks'))).toMatchObject([{ sales: 4, turnover: decimal('0.40'), all_flags: 4 }])
  })

  proved('stop the run where a sum leaves its type, and stay', [], async () => {
    const { put, in: stored } = given()
    const most = Long.MAX_VALUE
    await put('sales', [sale('03-06', { flags: most }), sale('03-07')])
    const { retired, failures } = await ran(at('05-01T00:00'))
    expect([retired, failures]).toMatchObject([[], [{ entity: 'sale', error: { name: 'RangeError' } }]])
    expect(await stored('sales')).toHaveLength(2)
  })

  proved('do not keep a run from telling what it did before they failed', [], async () => {
    const large = (id: string): Stored => ({ _id: id, written_at: at('01-01T00:00'), number: Long.MAX_VALUE })
    await given().put('notes', ['1', '2', '3', '4'].map(large))
    const { retired, failures } = await ran(at('01-22T00:00'), { batch: 10 })
    expect([retired, failures]).toMatchObject([['note 1: 4'], [{ entity: 'note', error: { name: 'RangeError' } }]])
  })
})

describe('documents that are archived', () => {
  const note = (id: string, written: string, number: mongo.Long | number = Long.fromNumber(5)): Stored => ({
    _id: id,
    written_at: at(written),
    number,
  })

  proved('stay what they are, though nobody else may take them away', [], async () => {
    const { put, in: stored, connection } = given()
    await put('notes', [note('1', '01-01T00:00'), note('2', '01-01T00:00:00.001')])
    expect((await ran(at('01-11T00:00'))).retired).toEqual(['note 1: 1'])
    expect(await stored('notes')).toMatchObject([{ _id: '2' }])
    const archived = { archived_at: at('01-11T00:00'), archived_because: 'after 10 days of written_at' }
    expect(await stored('notes_archive')).toEqual([{ ...note('1', '01-01T00:00', 5), ...archived }])
    const isLong = { number: { $type: 'long' } }
    expect(await connection.collection('notes_archive').countDocuments(isLong)).toBe(1)
  })

  proved('go from the archive as they age, in one run where that is late', [], async () => {
    const { put, in: stored } = given()
    await put(
      'notes',
      ['1', '2', '3', '4', '5'].map((id) => note(id, `01-0${id}T00:00`)),
    )
    expect((await ran(at('01-24T00:00'))).retired).toEqual(['note 1: 5', 'note 2: 4'])
    expect(await stored('notes')).toEqual([])
    expect(await stored('notes_archive')).toMatchObject([{ _id: '5' }])
    expect(await stored('note_months')).toMatchObject([{ notes: 4, total: 20 }])
  })

  proved('are planned for, and nothing is changed', [], async () => {
    const { put, in: stored } = given()
    await put('notes', [note('2', '01-02T00:00'), note('1', '01-01T00:00')])
    expect((await planned(at('02-24T00:00'))).filter(({ entity }) => entity === 'note')).toEqual([
      { entity: 'note', step: 1, from: 'notes', rows: 2, oldest: at('01-01T00:00') },
      { entity: 'note', step: 2, from: 'notes_archive', rows: 0, oldest: null },
    ])
    expect(await stored('notes')).toHaveLength(2)
    expect(await stored('botschema_retention')).toEqual([])
  })
})

describe('documents that are changed', () => {
  const span = (id: string, low: number, high: number): Stored => ({
    _id: id,
    low,
    high,
    at: at('01-01T00:00'),
    width: Long.fromNumber(high - low),
  })

  proved('hold to their checks, and have their computed fields', [], async () => {
    const { put, in: stored } = given()
    await put('spans', [span('1', 4, 5), span('2', 1, 10)])
    expect(await ran(at('01-02T00:00'))).toEqual({ retired: ['span 1: 1'], failures: [] })
    expect(await stored('spans')).toMatchObject([{ _id: '1', high: 10, width: 6 }, { _id: '2' }])
    await put('spans', [span('3', 20, 30)])
    expect(await ran(at('01-02T00:00'))).toMatchObject({ retired: [], failures: [{ entity: 'span' }] })
    expect((await stored('spans'))[2]).toMatchObject({ low: 20, high: 30 })
  })

  const visit = (id: string, price: number | null, more: Stored = {}): Stored => ({
    _id: id,
    at: at('01-01T00:00'),
    ended_at: null,
    state: 'open',
    price,
    made_at: at('01-01T00:00'),
    changed_at: new Date(0),
    ...more,
  })

  proved('meet the condition, are not changed twice, and say when they were', [], async () => {
    const { put, in: stored } = given()
    await put('visits', [
      visit('1', 2),
      visit('2', 1),
      visit('3', null),
      visit('4', 10, { state: 'closed' }),
      visit('5', 10, { state: 'closed', ended_at: at('01-01T00:00') }),
    ])
    expect(await ran(at('01-01T01:00'))).toEqual({ retired: ['visit 1: 2'], failures: [] })
    expect(await stored('visits')).toMatchObject([
      { _id: '1', state: 'closed', ended_at: at('01-01T01:00') },
      { _id: '2', state: 'open' },
      { _id: '3', state: 'open' },
      { _id: '4', ended_at: at('01-01T01:00') },
      { _id: '5', ended_at: at('01-01T00:00'), changed_at: new Date(0) },
    ])
    expect((await stored('visits'))[0]?.['changed_at']).not.toEqual(new Date(0))
    expect((await ran(at('01-01T02:00'))).retired).toEqual([])
  })
})
