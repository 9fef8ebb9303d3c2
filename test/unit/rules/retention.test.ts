import { describe, expect, test } from 'vitest'
import type { Span } from '../../../generators/kernel/source.js'
import { compileTexts } from '../../support/compile.js'
import { codes, entity } from './found.js'

const textAt = ({ source, start, end }: Span): string => source.text.slice(start, end)

const aged = (...lines: readonly string[]) =>
  entity(
    'ticket',
    [
      'id: snowflake',
      'guild_id: snowflake(guild)',
      'user_id: snowflake(user)?',
      'created_at: { type: timestamp = now, index: true }',
      'expires_at: { type: timestamp?, index: true }',
      'active: boolean = true',
    ],
    ['retention:', ...lines.map((line) => `  ${line}`)],
  )

const steps = (...lines: readonly string[]) =>
  codes(aged('clock: created_at', 'steps:', ...lines.map((line) => `  - ${line}`)))

describe('steps', () => {
  test('that follow each other are sound', () => {
    expect(
      steps(
        '{ after: 30 days, set: { active: false } }',
        '{ at: expires_at, set: { active: false } }',
        '{ after: 2 months, where: active = false, delete: true }',
        '{ after: 1 year, archive: tickets_archive }',
        '{ after: 2 years, delete: true }',
      ),
    ).toEqual([])
  })

  test.each([
    ['out of order', ['{ after: 2 months, set: { active: false } }', '{ after: 30 days, delete: true }']],
    ['at one age', ['{ after: 30 days, set: { active: false } }', '{ after: 30 days, delete: true }']],
    ['after a delete', ['{ after: 30 days, delete: true }', '{ after: 60 days, archive: old }']],
    ['deleted twice', ['{ after: 30 days, delete: true }', '{ after: 60 days, delete: true }']],
    [
      'younger than one of the same clock further up',
      [
        '{ after: 60 days, set: { active: false } }',
        '{ at: expires_at, set: { active: false } }',
        '{ after: 30 days, where: active = false, delete: true }',
      ],
    ],
    ['archived twice', ['{ after: 30 days, archive: old }', '{ after: 60 days, archive: older }']],
    ['set in the archive', ['{ after: 30 days, archive: old }', '{ after: 60 days, set: { active: false } }']],
    [
      'set back in every run',
      ['{ after: 30 days, set: { active: false } }', '{ after: 60 days, set: { active: true } }'],
    ],
    [
      'set back where a condition is of another field',
      [
        '{ after: 30 days, where: expires_at is null, set: { active: false } }',
        '{ after: 60 days, set: { active: true } }',
      ],
    ],
  ])('%s are not', (_, lines) => {
    expect(steps(...lines)).toEqual(['retention-order'])
  })

  test('may set a field again where the first is not about what it is by then', () => {
    const second = '{ after: 60 days, set: { active: true } }'
    expect(steps('{ after: 30 days, where: active = false, set: { active: false } }', second)).toEqual([])
    expect(steps('{ after: 30 days, where: active = true, set: { active: false } }', second)).toEqual([
      'retention-order',
    ])
  })

  test('may read the clock in `where`', () => {
    expect(steps('{ after: 30 days, where: expires_at < now(), delete: true }')).toEqual([])
  })
})

test('a delete is not blocked by rows that go before', () => {
  const note = (retention: readonly string[]) =>
    entity(
      'note',
      [
        'id: snowflake',
        'made_at: { type: timestamp = now, index: true }',
        'ticket: { ref: ticket, on_delete: restrict }',
      ],
      retention,
    )
  const ticket = aged('clock: created_at', 'steps:', '  - { after: 90 days, delete: true }')
  expect(codes(ticket, note([]))).toEqual(['retention-blocked'])
  const gone = ['retention:', '  clock: made_at', '  steps:', '    - { after: 30 days, delete: true }']
  expect(codes(ticket, note(gone))).toEqual([])
})

test('a finding about steps shows the step that it contradicts, not the one above', () => {
  const { diagnostics } = compileTexts({
    'ticket.yaml': aged(
      'clock: created_at',
      'steps:',
      '  - { after: 30 days, archive: old }',
      '  - { at: expires_at, delete: true }',
      '  - { after: 60 days, archive: older }',
    ),
  })
  expect(diagnostics.map(({ code, related }) => [code, related.map(({ at }) => textAt(at))])).toEqual([
    ['retention-order', ['{ after: 30 days, archive: old }']],
  ])
})

describe('a schedule', () => {
  const schedule = (...lines: readonly string[]) => codes(aged(...lines))

  test('has something to run', () => {
    expect(schedule('every: 1 day')).toEqual(['retention-schedule'])
    expect(schedule('batch: 10')).toEqual(['retention-schedule'])
    expect(schedule('clock: created_at')).toEqual(['retention-schedule'])
    expect(schedule('every: 1 day', 'clock: created_at', 'keep_newest: 3')).toEqual([])
  })

  test('of `keep_newest` alone has a clock', () => {
    expect(schedule('keep_newest: 3')).toEqual(['retention-schedule'])
    expect(schedule('keep_newest: 3', 'steps:', '  - { at: expires_at, delete: true }')).toEqual([])
  })

  test('of `keep_newest` has something to protect rows from', () => {
    expect(schedule('keep_newest: 3', 'steps:', '  - { at: expires_at, set: { active: false } }')).toEqual([
      'retention-schedule',
    ])
  })
})

describe('what is set', () => {
  const set = (field: string, values: string, rest: readonly string[] = []) =>
    codes(
      entity(
        'ticket',
        ['id: snowflake', 'guild_id: snowflake(guild)', field, 'active: boolean = true'],
        [...rest, 'retention:', `  guild_leave: { set: ${values} }`],
      ),
    )

  test.each([
    ['left_at: timestamp?', '{ left_at: now }', []],
    ['left_at: timestamp', '{ left_at: now }', ['retention-set']],
    ['left_at: timestamp', '{ left_at: now, active: false }', []],
    ['note: text?', '{ note: null }', []],
  ])('%s by %s shows that it is done', (field, values, expected) => {
    expect(set(field, values)).toEqual(expected)
  })

  test.each([
    ['place: integer = 0', '{ place: 1 }', '[place]', ['retention-set']],
    ['place: integer = 0', '{ place: 1 }', '[guild_id, place]', []],
    ['place: integer = 0', '{ place: 1, active: false }', '[active, place]', ['retention-set']],
    ['place: integer?', '{ place: null }', '[place]', []],
    ['place: integer?', '{ place: null }', '{ fields: [place], nulls: not distinct }', ['retention-set']],
    ['place: integer = 0', '{ place: 1 }', '{ fields: [place], where: active = true }', []],
  ])('%s by %s is not what tells rows apart by %s', (field, values, unique, expected) => {
    expect(set(field, values, ['unique:', `  - ${unique}`])).toEqual(expected)
  })

  test('meets the checks', () => {
    const checks = ['checks:', '  told_why: active or note is not null']
    expect(set('note: text?', '{ active: false, note: null }', checks)).toEqual(['retention-set'])
    expect(set('note: text?', '{ active: false }', checks)).toEqual([])
  })
})

test('rows without a key are handed to no hook', () => {
  const rows = (key: string) =>
    codes(
      entity(
        'mute',
        ['user_id: snowflake(user)', 'ends_at: { type: timestamp, index: true }'],
        [key, 'retention:', '  steps:', '    - { at: ends_at, before: lift_mute, delete: true }'],
      ),
    )
  expect(rows('key: none')).toEqual(['hook-without-key'])
  expect(rows('key: [user_id, ends_at]')).toEqual([])
})
