import { describe, expect, test } from 'vitest'
import { codes, entity } from './found.js'

const ticket = (...retention: readonly string[]): string =>
  entity(
    'ticket',
    [
      'id: snowflake',
      'guild_id: snowflake(guild)',
      'user_id: snowflake(user)',
      'made_at: { type: timestamp = now, index: true }',
    ],
    ['retention:', ...retention.map((line) => `  ${line}`)],
  )

const note = (reference: string, ...retention: readonly string[]): string =>
  entity(
    'note',
    [
      'id: snowflake',
      'guild_id: snowflake(guild)?',
      'user_id: snowflake(user)?',
      'made_at: { type: timestamp = now, index: true }',
      `ticket_id: { ref: ticket?, ${reference} }`,
    ],
    retention.length === 0 ? [] : ['retention:', ...retention.map((line) => `  ${line}`)],
  )

const holding = 'on_delete: restrict'
const cascading = 'on_delete: cascade'
const aged = (action: string) => ['clock: made_at', 'steps:', `  - { after: 90 days, ${action} }`]

describe('a step that takes rows away', () => {
  test.each(['delete: true', 'archive: tickets_archive'])('by `%s` is held by what refers to them', (action) => {
    expect(codes(ticket(...aged(action)), note(holding))).toEqual(['retention-blocked'])
    expect(codes(ticket(...aged(action)), note(`${holding}, enforced: false`))).toEqual([])
    expect(codes(ticket(...aged(action)), note('on_delete: set null'))).toEqual([])
  })

  test('is not held by rows that go before', () => {
    expect(codes(ticket(...aged('delete: true')), note(holding, ...aged('delete: true')))).toEqual([])
  })

  test('is held by what refers to rows that go along', () => {
    const answer = entity('answer', ['id: snowflake', 'note_id: { ref: note, on_delete: no action }'])
    expect(codes(ticket(...aged('delete: true')), note(cascading), answer)).toEqual(['retention-blocked'])
  })

  test('is held by younger rows of its own entity', () => {
    const post = (action: string) =>
      entity(
        'post',
        ['id: snowflake', 'made_at: { type: timestamp = now, index: true }', `of: { ref: post?, ${action} }`],
        ['retention:', ...aged('delete: true').map((line) => `  ${line}`)],
      )
    expect(codes(post('on_delete: no action'))).toEqual(['retention-blocked'])
    expect(codes(post('on_delete: set null'))).toEqual([])
  })

  test('alone by `keep_newest` is held as well', () => {
    expect(codes(ticket('clock: made_at', 'keep_newest: 5'), note(holding))).toEqual(['retention-blocked'])
  })
})

describe('an archiving', () => {
  test('takes nothing along that is not archived', () => {
    expect(codes(ticket(...aged('archive: old')), note(cascading))).toEqual(['archive-cascade'])
    expect(codes(ticket(...aged('archive: old')), note(cascading, ...aged('archive: old_notes')))).toEqual([])
    expect(codes(ticket(...aged('delete: true')), note(cascading))).toEqual([])
  })
})

describe('a guild that leaves', () => {
  test('is held by what refers to its rows and stays', () => {
    expect(codes(ticket('guild_leave: delete'), note(holding))).toEqual(['retention-blocked'])
    expect(codes(ticket('guild_leave: delete'), note(holding, 'guild_leave: { keep: They teach. }'))).toEqual([
      'retention-blocked',
    ])
    expect(codes(ticket('guild_leave: delete'), note(holding, 'guild_leave: delete'))).toEqual([])
    expect(codes(ticket('guild_leave: delete'), note(holding, 'guild_leave: { set: { ticket_id: null } }'))).toEqual([])
    expect(codes(ticket('guild_leave: { keep: They teach. }'), note(holding))).toEqual([])
  })

  test('takes along what cannot be kept', () => {
    expect(codes(ticket('guild_leave: delete'), note(cascading, 'guild_leave: { keep: They teach. }'))).toEqual([
      'keep-contradiction',
    ])
    expect(codes(ticket('guild_leave: delete'), note(cascading, 'member_leave: { keep: They teach. }'))).toEqual([])
    expect(codes(ticket('member_leave: delete'), note(cascading, 'member_leave: { keep: They teach. }'))).toEqual([
      'keep-contradiction',
    ])
  })
})

describe('a person who is forgotten', () => {
  const member = entity(
    'member',
    ['guild_id: snowflake(guild)', 'user_id: snowflake(user)'],
    ['key: [guild_id, user_id]', 'retention:', '  erase: { user_id: delete }'],
  )
  const sheet = (action: string, rule: string) =>
    entity(
      'sheet',
      ['id: snowflake', 'guild_id: snowflake(guild)', 'user_id: snowflake(user)?'],
      [
        'references:',
        `  - { fields: [guild_id, user_id], to: member, on_delete: ${action} }`,
        'retention:',
        `  erase: { user_id: ${rule} }`,
      ],
    )

  test('is held by what refers to the person and is kept', () => {
    expect(codes(member, sheet('restrict', '{ keep: They teach. }'))).toEqual(['retention-blocked'])
    expect(codes(member, sheet('restrict', 'delete'))).toEqual([])
    expect(codes(member, sheet('restrict', 'null'))).toEqual([])
  })

  test('takes along what cannot be kept', () => {
    expect(codes(member, sheet('cascade', '{ keep: They teach. }'))).toEqual(['keep-contradiction'])
    expect(codes(member, sheet('cascade', 'delete'))).toEqual([])
  })

  test('is held by rows that say by another field whose they are', () => {
    const ruled = 'erase: { user_id: delete }'
    expect(codes(ticket(ruled), note(holding, ruled))).toEqual(['retention-blocked'])
    expect(codes(ticket(ruled), note(cascading, ruled))).toEqual([])
  })
})

test('references that lead everywhere are not followed for ever', () => {
  const layer = (index: number) =>
    ['a', 'b'].map((side) =>
      entity(`e${index}_${side}`, [
        'id: snowflake',
        ...(index === 0 ? [] : ['a', 'b'].map((of) => `${of}: { ref: e${index - 1}_${of}, on_delete: cascade }`)),
      ]),
    )
  const root = entity('e0_a', ['id: snowflake', 'guild_id: snowflake(guild)'], ['retention:', '  guild_leave: delete'])
  const layers = (count: number) => [
    root,
    ...Array.from({ length: count }, (_, index) => layer(index))
      .flat()
      .slice(1),
  ]
  expect(codes(...layers(5))).toEqual([])
  expect(codes(...layers(20))).toEqual(['too-many-cascades'])
})
