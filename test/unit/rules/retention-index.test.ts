import { describe, expect, test } from 'vitest'
import { codes, entity } from './found.js'

const rows = (retention: readonly string[], rest: readonly string[] = []): readonly string[] =>
  codes(
    entity(
      'sheet',
      ['id: snowflake', 'guild_id: snowflake(guild)', 'open: boolean = true', 'at: timestamp', 'ends_at: timestamp?'],
      [...rest, 'retention:', ...retention.map((line) => `  ${line}`)],
    ),
  )

const due = (where = '') => ['clock: at', 'steps:', `  - { after: 90 days, ${where}delete: true }`]
const missing = ['retention-index']

describe('an index finds what is due', () => {
  test.each([
    ['indexes: [[at]]', []],
    ['indexes: [[at desc, guild_id]]', []],
    ['indexes: [[guild_id, at]]', missing],
    ['indexes: [{ fields: [at], using: hash }]', missing],
    ['indexes: [{ fields: [at], using: brin }]', []],
    ['indexes: [{ fields: [at], where: open = true }]', missing],
    ['unique: [[at, guild_id]]', []],
    ['key: [at, id]', []],
    ['singleton: false', missing],
  ])('%s', (line, expected) => {
    expect(rows(due(), [line])).toEqual(expected)
  })

  test('also a partial one that has all rows of the step', () => {
    const open = 'indexes: [{ fields: [at], where: open = true }]'
    expect(rows(due('where: open = true, '), [open])).toEqual([])
    expect(rows(due('where: guild_id is not null and open = true, '), [open])).toEqual([])
    expect(rows(due('where: guild_id is not null or open = true, '), [open])).toEqual(missing)
  })

  test('and one of all rows with a clock, in Postgres', () => {
    const ends = ['indexes: [{ fields: [ends_at], where: ends_at is not null }]']
    const step = ['steps:', '  - { at: ends_at, delete: true }']
    expect(rows(step, ends)).toEqual(missing)
    expect(rows(step, [...ends, 'stores: [postgres]'])).toEqual([])
  })

  test('unless a table is partitioned by the clock', () => {
    const partitioned = ['key: [id, at]', 'postgres: { partition: { by: month, on: at, ahead: 1 } }']
    expect(rows(due(), [...partitioned, 'stores: [postgres]'])).toEqual([])
    expect(rows(due(), partitioned)).toEqual(missing)
  })

  test('and is asked for once of a clock, in the table only', () => {
    const steps = ['clock: at', 'steps:', '  - { after: 90 days, archive: old }', '  - { after: 1 year, delete: true }']
    expect(rows(steps)).toEqual(missing)
    expect(rows(steps, ['indexes: [[at]]'])).toEqual([])
  })
})

test('an index has the newest rows of each group', () => {
  const newest = ['clock: at', 'keep_newest: { count: 3, per: [guild_id, open] }']
  expect(rows(newest)).toEqual(missing)
  expect(rows(newest, ['indexes: [[at]]'])).toEqual(missing)
  expect(rows(newest, ['indexes: [[open, guild_id, at]]'])).toEqual([])
  expect(rows(['clock: at', 'keep_newest: 3'], ['indexes: [[at]]'])).toEqual([])
  expect(rows([...due(), 'keep_newest: { count: 3, per: [guild_id] }'], ['indexes: [[at]]'])).toEqual(missing)
})
