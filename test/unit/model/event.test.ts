import { describe, expect, test } from 'vitest'
import { type Effect, type Event, effectsInStore, effectsOfEvent, type Match } from '../../../generators/model/event.js'
import { entity, setOf } from './sets.js'

const matched = (match: Match): string => {
  switch (match.kind) {
    case 'named':
      return match.all.map(({ subject, naming }) => `${naming.field.name} is ${subject}`).join(' and ')
    case 'any':
      return match.of.map(({ naming }) => `${naming.field.name} is user`).join(' or ')
    case 'pointing':
      return `${match.by.fields.join(', ')} at ${match.to.name} whose ${matched(match.rows)}`
  }
}

/** `delete note.old where user_id is user`. */
const told = ({ entity: of, place, action, match }: Effect): string => {
  const where = place.kind === 'rows' ? of.name : `${of.name}.${place.into}`
  const set = action.kind === 'set' ? ` ${action.values.map(({ field }) => field).join(', ')}` : ''
  return `${action.kind} ${where}${set} where ${matched(match)}`
}

const effects = (event: Event, ...texts: readonly string[]): readonly string[] =>
  effectsOfEvent(setOf(...texts), event).map(told)

const rules = (...lines: readonly string[]): readonly string[] => ['retention:', ...lines.map((line) => `  ${line}`)]
const aging = ['clock: at', 'steps:', '  - { after: 1 year, archive: old }']

describe('a person who is forgotten', () => {
  const note = (erase: string, ...more: readonly string[]) =>
    entity(
      'note',
      [
        'id: uuid',
        'user_id: snowflake(user)?',
        'by: snowflake(user)?',
        'words: { type: text?, personal: true }',
        'at: timestamp',
      ],
      rules(`erase: ${erase}`, ...more),
    )
  const kept = '{ keep: It is needed. }'

  test('goes from the table and its archives', () => {
    expect(effects('erase', note(`{ user_id: delete, by: ${kept} }`, ...aging))).toEqual([
      'delete note.old where user_id is user',
      'delete note where user_id is user',
      'keep note.old where by is user',
      'keep note where by is user',
    ])
  })

  test('goes from summaries that count by the person, and from no others', () => {
    const summed = (by: string) =>
      note(
        '{ user_id: delete, by: delete }',
        'clock: at',
        'steps:',
        `  - { after: 1 year, delete: true, summarise: { into: sums, by: [${by}], count: rows } }`,
      )
    expect(effects('erase', summed('user_id, month(at)'))).toEqual([
      'delete note.sums where user_id is user',
      'delete note where user_id is user',
      'delete note where by is user',
    ])
    expect(effects('erase', summed('month(at)'))).toHaveLength(2)
  })

  test('is found by the name before the name goes, and what goes is not counted as kept', () => {
    expect(effects('erase', note(`{ user_id: null, by: null, words: null }`))).toEqual([
      'set note words where user_id is user or by is user',
      'set note user_id where user_id is user',
      'set note by where by is user',
    ])
    expect(effects('erase', note(`{ by: ${kept}, words: ${kept}, user_id: delete }`))).toEqual([
      'delete note where user_id is user',
      'keep note where user_id is user or by is user',
      'keep note where by is user',
    ])
  })

  test('is anonymised in archives as well', () => {
    expect(effects('erase', note('{ user_id: null, by: null, words: null }', ...aging)).slice(0, 2)).toEqual([
      'set note.old words where user_id is user or by is user',
      'set note words where user_id is user or by is user',
    ])
  })

  test('is not looked for where nobody can be found', () => {
    const marks = entity(
      'marks',
      ['id: uuid', 'given: map<snowflake(user)>', 'user_id: snowflake(user)'],
      rules(`erase: { given: ${kept}, user_id: delete }`),
    )
    const lone = entity('lone', ['id: uuid', 'name: { type: text, personal: true }'], rules(`erase: { name: ${kept} }`))
    expect(effects('erase', marks, lone)).toEqual(['delete marks where user_id is user'])
  })
})

describe('what points at rows that go', () => {
  const ticket = entity('ticket', ['id: snowflake', 'guild_id: snowflake(guild)'], rules('guild_leave: delete'))
  const note = (action: string, ...rest: readonly string[]) =>
    entity('note', ['id: uuid', 'at: timestamp', `ticket_id: { ref: ticket?, ${action} }`], rest)

  test('goes first, and what points at that before it', () => {
    const answer = entity('answer', ['id: uuid', 'note_id: { ref: note, on_delete: cascade }'])
    expect(
      effects(
        'guild-leave',
        ticket,
        note('on_delete: cascade', ...rules(...aging)).replace('archive: old', 'delete: true'),
        answer,
      ),
    ).toEqual([
      'delete answer where note_id at note whose ticket_id at ticket whose guild_id is guild',
      'delete note where ticket_id at ticket whose guild_id is guild',
      'delete ticket where guild_id is guild',
    ])
  })

  test('goes from its archives too', () => {
    expect(effects('guild-leave', ticket, note('on_delete: cascade', ...rules(...aging)))).toEqual([
      'delete note.old where ticket_id at ticket whose guild_id is guild',
      'delete note where ticket_id at ticket whose guild_id is guild',
      'delete ticket where guild_id is guild',
    ])
  })

  test('is parted from them by `set null`, and by nothing else', () => {
    expect(effects('guild-leave', ticket, note('on_delete: set null'))).toEqual([
      'set note ticket_id where ticket_id at ticket whose guild_id is guild',
      'delete ticket where guild_id is guild',
    ])
    expect(effects('guild-leave', ticket, note('on_delete: cascade, enforced: false'))).toEqual([
      'delete ticket where guild_id is guild',
    ])
  })

  test('is not followed in circles, nor to the rows of its own entity', () => {
    const a = entity(
      'a',
      [
        'id: snowflake',
        'guild_id: snowflake(guild)',
        'b: { ref: b?, on_delete: cascade }',
        'a: { ref: a?, on_delete: cascade }',
      ],
      rules('guild_leave: delete'),
    )
    const b = entity('b', ['id: snowflake', 'a: { ref: a?, on_delete: cascade }'])
    expect(effects('guild-leave', a, b)).toEqual([
      'delete b where a at a whose guild_id is guild',
      'delete a where guild_id is guild',
    ])
  })
})

describe('the order of entities', () => {
  const erased = (name: string, fields: readonly string[]) =>
    entity(name, fields, rules(`erase: { ${fields.find((line) => /user/.test(line))?.split(':')[0]}: delete }`))

  test('has children before what they point at', () => {
    const parent = erased('a_parent', ['id: uuid', 'user_id: snowflake(user)'])
    const child = erased('z_child', [
      'id: uuid',
      'user_id: snowflake(user)',
      'of: { ref: a_parent, on_delete: cascade }',
    ])
    expect(effects('erase', parent, child)).toEqual([
      'delete z_child where user_id is user',
      'delete z_child where of at a_parent whose user_id is user',
      'delete a_parent where user_id is user',
    ])
  })

  test('has a person after all who name the person by key, with or without a constraint', () => {
    const person = entity(
      'account',
      ['id: identity', 'discord_id: { type: snowflake(user), unique: true }'],
      rules('erase: { discord_id: delete }'),
    )
    const log = erased('visit', ['id: uuid', 'user: { ref: account, enforced: false }'])
    expect(effects('erase', person, log)).toEqual([
      'delete visit where user is user',
      'delete account where discord_id is user',
    ])
  })

  test('keeps children first where a person is a child of who names them', () => {
    const account = entity(
      'account',
      [
        'id: identity',
        'discord_id: { type: snowflake(user), unique: true }',
        'club: { ref: club?, on_delete: cascade }',
      ],
      rules('erase: { discord_id: delete }'),
    )
    const club = erased('club', ['id: uuid', 'user: { ref: account, enforced: false }'])
    expect(effects('erase', account, club)).toEqual([
      'delete account where discord_id is user',
      'delete account where club at club whose user is user',
      'delete club where user is user',
    ])
  })
})

describe('a member who leaves', () => {
  test('is found by both ids', () => {
    const fields = ['id: uuid', 'guild_id: snowflake(guild)', 'user_id: snowflake(user)', 'left_at: timestamp?']
    expect(effects('member-leave', entity('sheet', fields, rules('member_leave: { set: { left_at: now } }')))).toEqual([
      'set sheet left_at where guild_id is guild and user_id is user',
    ])
  })
})

test('an effect is of the stores that keep its entity and fields', () => {
  const set = setOf(
    entity(
      'sheet',
      [
        'id: uuid',
        'guild_id: snowflake(guild)',
        'a: { type: text?, stores: [mongo] }',
        'b: { type: text?, stores: [postgres] }',
      ],
      rules('guild_leave: { set: { a: null, b: null } }'),
    ),
    `${entity('page', ['id: uuid', 'guild_id: snowflake(guild)'], rules('guild_leave: delete'))}stores: [mongo]\n`,
  )
  const inStore = (store: 'postgres' | 'mongo') => effectsInStore(set, 'guild-leave', store).map(told)
  expect(inStore('postgres')).toEqual(['set sheet b where guild_id is guild'])
  expect(inStore('mongo')).toEqual(['delete page where guild_id is guild', 'set sheet a where guild_id is guild'])
})
