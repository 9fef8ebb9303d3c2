import { describe, expect, test } from 'vitest'
import { codes, entity } from './found.js'

const aged = (...lines: readonly string[]) =>
  entity(
    'ticket',
    [
      'id: snowflake',
      'guild_id: snowflake(guild)',
      'user_id: snowflake(user)?',
      'created_at: timestamp = now',
      'expires_at: timestamp?',
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
    ['archived twice', ['{ after: 30 days, archive: old }', '{ after: 60 days, archive: older }']],
    ['set in the archive', ['{ after: 30 days, archive: old }', '{ after: 60 days, set: { active: false } }']],
  ])('%s are not', (_, lines) => {
    expect(steps(...lines)).toEqual(['retention-order'])
  })

  test('may read the clock in `where`', () => {
    expect(steps('{ after: 30 days, where: expires_at < now(), delete: true }')).toEqual([])
  })
})

test('a delete is not blocked by rows that go before', () => {
  const note = (retention: readonly string[]) =>
    entity(
      'note',
      ['id: snowflake', 'made_at: timestamp = now', 'ticket: { ref: ticket, on_delete: restrict }'],
      retention,
    )
  const ticket = aged('clock: created_at', 'steps:', '  - { after: 90 days, delete: true }')
  expect(codes(ticket, note([]))).toEqual(['retention-blocked'])
  const gone = ['retention:', '  clock: made_at', '  steps:', '    - { after: 30 days, delete: true }']
  expect(codes(ticket, note(gone))).toEqual([])
})

test.each([
  ['erase: { user_id: null, guild_id: delete }', ['erase-misuse']],
  ['erase: { user_id: null }', []],
  ['erase: { active: delete }', ['erase-misuse']],
  ['guild_leave: delete', []],
  ['guild_leave: { set: { active: false, expires_at: now } }', []],
  ['guild_leave: { set: { active: null } }', ['bad-literal']],
  ['member_leave: delete', []],
])('%s', (line, expected) => {
  expect(codes(aged(line))).toEqual(expected)
})
