import { describe, expect, test } from 'vitest'
import { codes, entity } from './found.js'

const fields = [
  'id: identity',
  'guild_id: snowflake(guild)',
  'kind: enum(a, b)',
  'words: text',
  'amount: integer',
  'price: decimal(8, 2)',
  'open: boolean',
  'extra: json',
  'marks: list<text>',
  'token: { type: text?, encrypted: { with: pgcrypto, key: KEY } }',
  'day: date',
  'at: { type: timestamp = now, index: true }',
]

const retained = (...lines: readonly string[]) =>
  codes(entity('sheet', fields, ['retention:', ...lines.map((line) => `  ${line}`)]))

const summed = (summary: string) =>
  retained('clock: at', 'steps:', `  - { after: 1 year, delete: true, summarise: { into: sums, ${summary} } }`)

describe('a summary', () => {
  test.each(['guild_id', 'kind', 'words', 'amount', 'open', 'day', 'month(at)', 'week(day)', 'hour(at)'])(
    'counts by %s',
    (by) => {
      expect(summed(`by: [${by}], count: rows`)).toEqual([])
    },
  )

  test.each(['extra', 'marks', 'token', 'hour(day)', 'month(amount)', 'months(at)'])('does not count by %s', (by) => {
    expect(summed(`by: [${by}], count: rows`)).toEqual(['summary-misuse'])
  })

  test.each(['sum: { x: amount }', 'sum: { x: price }', 'min: { x: at }', 'max: { x: day }', 'max: { x: price }'])(
    'keeps a %s',
    (aggregate) => {
      expect(summed(`by: [kind], ${aggregate}`)).toEqual([])
    },
  )

  test.each(['count: _id', 'count: "$rows"', 'count: a.b', 'count: __proto__', 'count: " a"', 'sum: { a.b: amount }'])(
    'has no column that no field may be called: %s',
    (column) => {
      expect(summed(`by: [kind], ${column}`)).toEqual(['invalid-name'])
    },
  )

  test.each(['sum: { x: at }', 'min: { x: words }', 'max: { x: kind }', 'min: { x: open }', 'max: { x: guild_id }'])(
    'keeps no %s',
    (aggregate) => {
      expect(summed(`by: [day], ${aggregate}`)).toEqual(['summary-misuse'])
    },
  )

  test.each(['sheets', 'sheet'])('does not go into the table of an entity: %s', (into) => {
    const step = `{ after: 1 year, delete: true, summarise: { into: ${into}, by: [kind], count: rows } }`
    expect(retained('clock: at', 'steps:', `  - ${step}`)).toEqual(['summary-misuse'])
    const note = entity(
      'note',
      ['id: identity', 'kind: text', 'at: { type: timestamp = now, index: true }'],
      ['retention:', '  clock: at', `  steps: [${step}]`],
    )
    expect(codes(note, entity('sheet', fields))).toEqual(['summary-misuse'])
  })

  test('has fields that are there', () => {
    expect(summed('by: [kinds], count: rows')).toEqual(['unknown-field'])
    expect(summed('by: [kind], sum: { x: amounts }')).toEqual(['unknown-field'])
  })
})

test('the newest are of groups that every store tells apart', () => {
  const indexes = ['indexes:', '  - [kind, at]', '  - [extra, at]']
  const newest = (per: string) =>
    codes(
      entity('sheet', fields, [...indexes, 'retention:', '  clock: at', `  keep_newest: { count: 3, per: [${per}] }`]),
    )
  expect(newest('kind')).not.toContain('retention-schedule')
  expect(newest('extra')).toContain('retention-schedule')
})

describe('rows age', () => {
  test('within what a calendar has', () => {
    expect(retained('clock: at', 'steps:', '  - { after: 1000 years, delete: true }')).toEqual([])
    expect(retained('clock: at', 'steps:', '  - { after: 1001 years, delete: true }')).toEqual(['retention-clock'])
    expect(retained('every: 1001 years', 'steps:', '  - { at: at, delete: true }')).toEqual(['retention-clock'])
  })

  test('alike in every store', () => {
    const only = (field: string, step: string, stores: string) =>
      codes(
        entity(
          'sheet',
          ['id: identity', field, 'seen_at: { type: timestamp, index: true }'],
          [`stores: ${stores}`, 'retention:', '  clock: seen_at', `  steps: [{ after: 1 day, ${step} }]`],
        ),
      )
    const open = 'open: { type: boolean, stores: [mongo] }'
    const misplaced = ['store-contradiction']
    expect(only(open, 'where: open, delete: true', '[postgres, mongo]')).toEqual(misplaced)
    expect(only(open, 'set: { open: false }', '[postgres, mongo]')).toEqual(misplaced)
    expect(only(open, 'delete: true, summarise: { into: sums, by: [open], count: rows }', '[postgres, mongo]')).toEqual(
      misplaced,
    )
    expect(only(open, 'where: open, delete: true', '[mongo]')).toEqual([])
  })
})

test('what retention adds in Mongo has names of its own', () => {
  const step = (then: string, field: string, stores: string) =>
    codes(
      entity(
        'sheet',
        ['id: identity', field, 'at: { type: timestamp, index: true }'],
        [`stores: ${stores}`, 'retention:', '  clock: at', `  steps: [{ after: 1 day, ${then} }]`],
      ),
    )
  const summed = 'delete: true, summarise: { into: sums, by: [kind, month(at)], count: '
  expect(step(`${summed}kind }`, 'kind: text', '[mongo]')).toEqual(['duplicate-name'])
  expect(step(`${summed}at_month }`, 'kind: text', '[mongo]')).toEqual(['duplicate-name'])
  expect(step(`${summed}rows }`, 'kind: text', '[mongo]')).toEqual([])
  expect(step('archive: old_sheets', 'archived_at: timestamp?', '[mongo]')).toEqual(['duplicate-name'])
  expect(step('archive: old_sheets', 'moved_at: timestamp?', '[mongo]')).toEqual([])
})
