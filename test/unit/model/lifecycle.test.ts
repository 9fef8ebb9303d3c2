import { describe, expect, test } from 'vitest'
import { type Act, actsOf, dueWords, hooksOf } from '../../../generators/model/lifecycle.js'
import { entity, entityIn, setOf } from './sets.js'

const acts = (...lines: readonly string[]): readonly Act[] => {
  const fields = ['id: identity', 'guild_id: snowflake(guild)', 'at: timestamp', 'ends_at: timestamp?', 'open: boolean']
  const rest = ['retention:', ...lines.map((line) => `  ${line}`)]
  return actsOf(entityIn(setOf(entity('sheet', fields, rest)), 'sheet'))
}

const stepped = (...steps: readonly string[]): readonly Act[] =>
  acts('clock: at', 'steps:', ...steps.map((step) => `  - { ${step} }`))

/** `2 delete old`: the step, what it does, and where. */
const told = ({ step, action, place }: Act): string =>
  [step, action.kind, ...(place.kind === 'archive' ? [place.into] : [])].join(' ')

describe('acts of steps', () => {
  test('are one each where nothing is archived', () => {
    expect(stepped('after: 1 day, set: { open: false }', 'after: 2 days, delete: true').map(told)).toEqual([
      '1 set',
      '2 delete',
    ])
  })

  test('are on the archive alone once it has all rows', () => {
    expect(stepped('after: 1 day, archive: old', 'after: 2 days, delete: true').map(told)).toEqual([
      '1 archive',
      '2 delete old',
    ])
  })

  test('are on the archive and the table where some rows were left out', () => {
    expect(stepped('after: 1 day, where: open, archive: old', 'after: 2 days, delete: true').map(told)).toEqual([
      '1 archive',
      '2 delete old',
      '2 delete',
    ])
  })

  test('are on both where the archive goes by another clock', () => {
    expect(stepped('at: ends_at, archive: old', 'after: 2 days, delete: true').map(told)).toEqual([
      '1 archive',
      '2 delete old',
      '2 delete',
    ])
  })

  test('are on every archive before', () => {
    const found = stepped(
      'after: 1 day, where: open, archive: open_ones',
      'after: 2 days, archive: others',
      'after: 3 days, delete: true',
    )
    expect(found.map(told)).toEqual(['1 archive', '2 archive', '3 delete open_ones', '3 delete others'])
  })

  test('set and archive in the table only', () => {
    const found = stepped('after: 1 day, where: open, archive: old', 'after: 2 days, set: { open: true }')
    expect(found.map(told)).toEqual(['1 archive', '2 set'])
  })

  test('leave what waits for an earlier hook on the same place', () => {
    const found = stepped(
      'after: 1 day, before: tell, set: { open: false }',
      'after: 2 days, where: open, archive: old',
      'after: 3 days, where: open, before: ask, delete: true',
      'after: 4 days, delete: true',
    )
    expect(found.map((act) => [told(act), act.after.map(told)])).toEqual([
      ['1 set', []],
      ['2 archive', ['1 set']],
      ['3 delete old', []],
      ['3 delete', ['1 set']],
      ['4 delete old', ['3 delete old']],
      ['4 delete', ['1 set', '3 delete']],
    ])
  })
})

describe('keep_newest', () => {
  test('protects rows of the table from all but being set', () => {
    const found = acts(
      'clock: at',
      'keep_newest: { count: 5, per: [guild_id] }',
      'steps:',
      '  - { after: 1 day, set: { open: false } }',
      '  - { after: 2 days, archive: old }',
      '  - { after: 3 days, delete: true }',
    )
    expect(found.map((act) => [told(act), act.keptNewest?.count ?? null])).toEqual([
      ['1 set', null],
      ['2 archive', 5],
      ['3 delete old', null],
      ['3 delete', 5],
    ])
    expect(found[1]?.keptNewest).toEqual({ count: 5, per: ['guild_id'], clock: 'at' })
  })

  test('goes by the clock of the first step where none is named', () => {
    const [act] = acts('keep_newest: 2', 'steps:', '  - { at: ends_at, delete: true }')
    expect(act?.keptNewest).toEqual({ count: 2, per: [], clock: 'ends_at' })
  })

  test('alone deletes all others', () => {
    const found = acts('clock: at', 'keep_newest: { count: 5, per: [guild_id] }')
    expect(found.map((act) => [told(act), act.due.kind, dueWords(act)])).toEqual([
      ['1 delete', 'surplus', 'not among the newest 5 of each guild_id'],
    ])
  })
})

test('rows that are kept for ever, or of which nothing is said, have no acts', () => {
  expect(acts('keep: forever', 'because: It is needed.')).toEqual([])
  expect(acts('guild_leave: delete')).toEqual([])
})

test('words say when an act is due', () => {
  const found = stepped('after: 1 month, set: { open: false }', 'after: 5 minutes of ends_at, delete: true')
  expect(found.map(dueWords)).toEqual(['after 1 month of at', 'after 5 minutes of ends_at'])
  expect(stepped('at: ends_at, delete: true').map(dueWords)).toEqual(['at ends_at'])
})

test('hooks are told once, in the order of the steps', () => {
  const lines = [
    'retention:',
    '  clock: at',
    '  steps:',
    '    - { after: 1 day, before: tell, archive: old, where: open }',
    '    - { after: 2 days, before: lift, set: { open: true } }',
    '    - { after: 3 days, before: tell, delete: true }',
  ]
  const set = setOf(entity('sheet', ['id: identity', 'at: timestamp', 'open: boolean'], lines))
  expect(hooksOf(entityIn(set, 'sheet'))).toEqual(['tell', 'lift'])
})
