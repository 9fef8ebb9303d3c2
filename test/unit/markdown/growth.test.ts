import { describe, expect, it } from 'vitest'
import { approximate, leavingAct, parseRate, rowsAfter } from '../../../generators/markdown/growth.js'
import type { Entity } from '../../../generators/model/entity.js'
import { warning } from './community.js'

describe('a rate in words', () => {
  it.each([
    ['5-50 a day in an active guild', 5, 50],
    ['5 to 50 warnings per day', 5, 50],
    ['up to 1,200/day', 1200, 1200],
    ['10-20k per hour', 240_000, 480_000],
    ['about 7 a week', 1, 1],
    ['1 million a day', 1e6, 1e6],
  ])('%s', (words, low, high) => {
    const rate = parseRate(words)
    expect(rate?.low).toBeCloseTo(low)
    expect(rate?.high).toBeCloseTo(high)
  })

  it.each([
    '1 for each account and guild',
    'slowly',
    '5 a day, 500 when it starts',
    '50-5 a day',
    'one a day',
    '3 a member',
    'a day',
  ])('gives no numbers for %s', (words) => expect(parseRate(words)).toBeNull())
})

describe('estimates', () => {
  it.each([
    [0.4, '0'],
    [7, '7'],
    [48, '48'],
    [152.2, '150'],
    [18_262, '18,000'],
    [1_234_567, '1,200,000'],
  ])('%d is about %s', (rows, text) => expect(approximate(rows)).toBe(text))

  it('is one number where both ends come to the same', () =>
    expect(rowsAfter({ low: 100, high: 100.1 }, 30)).toBe('3,000'))
})

describe('the step that every row leaves by', () => {
  const { retention } = warning
  const lifecycle = retention?.lifecycle
  if (retention === null || lifecycle?.kind !== 'steps') throw new Error('the fixture has steps')
  const having = (parts: Partial<typeof lifecycle>): Entity => ({
    ...warning,
    retention: { ...retention, lifecycle: { ...lifecycle, ...parts } },
  })

  it('is the first that moves or deletes all', () => expect(leavingAct(warning)?.age.count).toBe(365))

  it('is none where some rows stay', () => {
    const { origin } = retention
    expect(leavingAct(having({ keepNewest: { count: 10, per: [], origin } }))).toBeNull()
    expect(leavingAct(having({ steps: lifecycle.steps.slice(0, 1) }))).toBeNull()
  })

  it('is none where ages count from what comes later than the row', () => {
    const steps = lifecycle.steps.map((step) => ({ ...step, due: { ...step.due, of: 'expires_at' } }))
    expect(leavingAct(having({ steps }))).toBeNull()
  })
})
