import { describe, expect, test } from 'vitest'
import { planTexts } from './planned.js'

const user = `entity: user
fields:
  id: snowflake(user)
  name: string(40)
  note: string(20)?
  level: integer = 1
  mood: enum(calm, glad) = calm
  created_at: timestamp = now
`

const guild = `entity: guild
fields:
  id: snowflake(guild)
`

const member = `entity: member
timestamps: true
fields:
  guild_id: ref(guild)
  user_id: ref(user)
  prefs: { type: prefs, default: {} }
  points: integer = 0
key: [guild_id, user_id]
`

const prefs = `object: prefs
fields:
  loud: boolean = false
  label: string(20)?
`

const all = [user, guild, member, prefs].join('---\n')

const edited = (from: string, to: string, text = all): string => {
  if (!text.includes(from)) throw new Error(`there is no ${from}`)
  return text.replace(from, to)
}

/** What a plan does in short, and that its proof is whole. */
const proved = async (before: string, after: string, isQuick = false) => {
  const { planned, proved: proof } = await planTexts(before, after, isQuick)
  expect(planned.refused).toEqual([])
  expect(proof.failures).toEqual([])
  return proof
}

const shortly = async (before: string, after: string): Promise<readonly string[]> =>
  (await proved(before, after)).steps.map(({ hazards, id, phase }) => [phase, id, ...hazards].join(' | '))

const fieldAdded = (field: string): string => edited('  level: integer = 1\n', `  level: integer = 1\n${field}\n`)

/** An edit, and the steps of its plan: phase, what it does, hazards. */
const edits: Readonly<Record<string, { readonly to: string; readonly steps: readonly string[] }>> = {
  'a field with a default': {
    to: fieldAdded('  xp: integer = 0'),
    steps: ['expand | add column users.xp'],
  },
  'a field with a rule': {
    to: fieldAdded('  xp: { type: integer = 0, min: 0 }'),
    steps: [
      'expand | add column users.xp',
      'expand | add constraint users.users_xp_check',
      'expand | validate constraint users.users_xp_check',
    ],
  },
  'a reference in a new field': {
    to: fieldAdded('  guild_id: ref(guild)?'),
    steps: [
      'expand | add column users.guild_id',
      'expand | add constraint users.users_guild_id_fkey',
      'expand | validate constraint users.users_guild_id_fkey',
    ],
  },
  'a field that is gone': {
    to: `${edited('  note: string(20)?\n', '', user)}gone: [note]\n---\n${[guild, member, prefs].join('---\n')}`,
    steps: ['contract | drop column users.note | data-loss'],
  },
  'a required field that is gone': {
    to: `${edited('  name: string(40)\n', '', user)}gone: [name]\n---\n${[guild, member, prefs].join('---\n')}`,
    steps: ['expand | allow null in users.name', 'contract | drop column users.name | data-loss'],
  },
  'a field renamed': {
    to: edited('  points: integer = 0', '  score: { type: integer = 0, was: points }'),
    steps: ['expand | rename | old-code-breaks'],
  },
  'an entity renamed': {
    to: edited('entity: member\n', 'entity: companion\nwas: member\n'),
    steps: ['expand | rename | old-code-breaks'],
  },
  'an entity that is gone': {
    to: [user, guild].join('---\n'),
    steps: [
      'contract | drop table members | data-loss',
      'contract | drop function set_updated_at()',
      'contract | drop function refuse_change()',
      'contract | drop function is_prefs(jsonb)',
    ],
  },
  'a new entity': {
    to: `${all}---\nentity: pet\nfields:\n  id: identity\n  user_id: ref(user)\n  kind: enum(cat, dog)\nindexes:\n  - [user_id]\n`,
    steps: ['expand | create table pets'],
  },
  'a longer text': { to: edited('string(40)', 'string(80)'), steps: ['expand | change type of users.name'] },
  'a text without a limit': { to: edited('string(40)', 'text'), steps: ['expand | change type of users.name'] },
  'a shorter text': {
    to: edited('string(40)', 'string(10)'),
    steps: ['contract | change type of users.name | rewrite'],
  },
  'a wider number': {
    to: edited('points: integer', 'points: bigint'),
    steps: ['expand | change type of members.points | old-code-breaks | rewrite'],
  },
  'a value that becomes required, with a default': {
    to: edited('note: string(20)?', 'note: string(20) = none'),
    steps: [
      'expand | set default of users.note',
      'backfill | fill users.note',
      'contract | refuse null in users.note',
      'contract | fill users.note again',
      'contract | validate that users.note has values',
      'contract | require users.note',
    ],
  },
  'a value that becomes required, without one': {
    to: edited('note: string(20)?', 'note: string(20)'),
    steps: [
      'contract | refuse null in users.note',
      'contract | validate that users.note has values',
      'contract | require users.note',
    ],
  },
  'a value that may be missing': {
    to: edited('name: string(40)', 'name: string(40)?'),
    steps: ['expand | allow null in users.name'],
  },
  'another default': {
    to: edited('level: integer = 1', 'level: integer = 2'),
    steps: ['expand | set default of users.level'],
  },
  'another value of an enum': {
    to: edited('enum(calm, glad)', 'enum(calm, glad, sad)'),
    steps: ['expand | add value 1 to user_mood | old-code-breaks'],
  },
  'a rule for rows that are there': {
    to: edited('  created_at: timestamp = now\n', '  created_at: timestamp = now\nchecks:\n  low: level < 1000\n'),
    steps: ['contract | add constraint users.users_low', 'contract | validate constraint users.users_low'],
  },
  'a unique': {
    to: edited('  created_at: timestamp = now\n', '  created_at: timestamp = now\nunique:\n  - [name]\n'),
    steps: ['contract | create index users_name_key_new', 'contract | add constraint users.users_name_key'],
  },
  'an index': {
    to: edited('  created_at: timestamp = now\n', '  created_at: timestamp = now\nindexes:\n  - [created_at desc]\n'),
    steps: ['expand | create index users_created_at_idx'],
  },
  'a tighter object': {
    to: edited('label: string(20)?', 'label: string(10)?'),
    steps: [
      'expand | drop constraint members.members_prefs_check',
      'expand | replace function is_prefs(jsonb)',
      'contract | add constraint members.members_prefs_check',
      'contract | validate constraint members.members_prefs_check',
    ],
  },
  'a summary': {
    to: edited('entity: user\n', 'entity: user\nsummary: Somebody.\n'),
    steps: ['expand | comment on table users'],
  },
}

describe.each(Object.entries(edits))('%s', (_, { steps, to }) => {
  test('has the safe steps, and its proof is whole', async () => {
    expect(await shortly(all, to)).toEqual(steps)
  })
})

describe('a plan', () => {
  test('is one transaction with --quick, and nobody has to accept what only hurts a bot that runs', async () => {
    const { steps } = await proved(
      all,
      `${edited('string(40)', 'string(10)', user)}  xp: { type: integer = 0, min: 0 }\nindexes:\n  - [xp]\n---\n${[guild, member, prefs].join('---\n')}`,
      true,
    )
    expect(steps.map(({ hazards, id, transaction }) => ({ hazards, id, transaction }))).toEqual([
      { hazards: [], id: 'all at once', transaction: 'own' },
    ])
    expect(steps[0]?.statements.join('\n')).not.toMatch(/CONCURRENTLY|NOT VALID/)
  })

  test('says which locks it was seen to take, and what it reads through', async () => {
    const { steps } = await proved(all, fieldAdded('  xp: { type: integer = 0, min: 0 }'))
    expect(steps.map(({ observed }) => observed)).toEqual([
      { locks: ['users AccessExclusiveLock'], rewrites: [], scans: [] },
      { locks: ['users AccessExclusiveLock'], rewrites: [], scans: [] },
      { locks: ['users ShareUpdateExclusiveLock'], rewrites: [], scans: ['users'] },
    ])
  })

  test('is proved over rows of each entity', async () => {
    const { tables } = await proved(all, fieldAdded('  xp: integer = 0'))
    expect(tables.map(({ table }) => table).sort()).toEqual(['guilds', 'members', 'users'])
    for (const { rows } of tables) expect(rows).toBeGreaterThan(20)
  })

  test('says how many rows were in its way', async () => {
    const { unproved } = await proved(all, edited('note: string(20)?', 'note: string(20)'))
    expect(unproved).toEqual([
      expect.stringMatching(
        /^validate that users.note has values: \d+ of \d+ rows with no value in note were taken out/,
      ),
    ])
  })
})

describe('no plan is made', () => {
  test('for a required field that rows have no value for', async () => {
    const { planned } = await planTexts(all, fieldAdded('  nick: string(20)'))
    expect(planned.refused).toEqual([
      { object: 'column users.nick', reason: 'rows that are there have no value for it, and it has no default' },
    ])
  })

  test('for a value of an enum that is gone', async () => {
    const { planned } = await planTexts(all, edited('enum(calm, glad)', 'enum(calm)'))
    expect(planned.refused.map(({ object }) => object)).toEqual(['type user_mood'])
  })

  test('that refuses every row of before', async () => {
    const { proved: proof } = await planTexts(
      all,
      edited('  loud: boolean = false\n', '  loud: boolean = false\n  hue: integer?\n'),
    )
    expect(proof.failures.map(({ problem }) => problem)).toEqual([
      expect.stringMatching(/^no row of before can stay: /),
    ])
  })
})
