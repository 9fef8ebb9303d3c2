import { beforeAll, describe, expect, it } from 'vitest'
import { createMarkdownTarget } from '../../../generators/markdown/index.js'
import type { SchemaSet } from '../../../generators/model/schema-set.js'
import { compileTexts, printed } from '../../support/compile.js'
import { origin } from '../zod/model.js'
import { community } from './community.js'
import { emitted } from './emitted.js'

const user = `entity: user
summary: A person | of many.
docs: { why: To know them. }
fields:
  id: { type: identity }
  account: { type: snowflake(user), unique: true, summary: The account. }
  name: { type: text, personal: true }
retention: { keep: forever, because: They may come back., erase: { account: delete } }
`

const mute = `entity: mute
fields:
  id: identity
  user_id: { ref: user, on_delete: no action }
  guild_id: snowflake(guild)
  by: { type: snowflake(user), summary: Who did it. }
  reason: { type: text, encrypted: { with: pgcrypto, key: SECRET } }
  ends_at: timestamp
indexes: [[ends_at], [guild_id], [user_id]]
retention:
  every: 1 minute
  steps:
    - { at: ends_at, before: lift_mute, delete: true }
  guild_leave: delete
  erase: { user_id: delete, by: { keep: They answer for it. } }
access: { mute_command: [create] }
`

const visit = `entity: visit
fields:
  id: identity
  seen_at: timestamp = now
  user_id: { ref: user, on_delete: cascade }
  where: text
indexes: [[seen_at], [user_id]]
retention:
  clock: seen_at
  steps:
    - { after: 1 week, archive: visits_archive }
    - after: 30 days
      delete: true
      summarise: { into: visit_counts, by: [user_id, month(seen_at)], count: visits }
  erase: { user_id: delete }
`

const page = 'entity: page\nfields: { id: identity, text: text }\n'

const root = `name: sample
title: Sample
actors: { mute_command: The command that mutes }
`

const setOf = (root: string, ...texts: readonly string[]): SchemaSet => {
  const files = Object.fromEntries(texts.map((text, index) => [`file${index}.yaml`, text]))
  const { value, diagnostics } = compileTexts({ 'botschema.yaml': root, ...files })
  if (value === null) throw new Error(printed(diagnostics).join('\n'))
  return value.set
}

const sample = setOf(root, user, mute, visit, page)

const tableAfter = (text: string, heading: string): readonly string[] => {
  const [, after = ''] = text.split(`## ${heading}\n`)
  return (/(?:^\|.*\n)+/m.exec(after)?.[0] ?? '').trim().split('\n')
}

describe('the page on retention', () => {
  let text = ''
  beforeAll(async () => {
    text = (await emitted(sample)).get('markdown/retention.md') ?? ''
  })

  it('draws what happens when', () =>
    expect(text).toContain(
      [
        '```mermaid',
        'timeline',
        '  at its own time',
        '    : Mute, deleted, at ends_at, after lift_mute',
        '  1 week',
        '    : Visit, moved to visits_archive',
        '  30 days',
        '    : Visit, deleted from visits_archive, summarised in visit_counts',
        '  for ever',
        '    : User',
        '```\n',
      ].join('\n'),
    ))

  it('draws what any text is as text', async () => {
    const docs = { ...community.entities[2]?.docs, title: 'x : y; # z\n``` %% "<b>" --> {1} section' }
    const entities = community.entities.map((entity) => (entity.name === 'warning' ? { ...entity, docs } : entity))
    const hostile = (await emitted({ ...community, entities } as SchemaSet)).get('markdown/retention.md') ?? ''
    const [, picture = ''] = /```mermaid\ntimeline\n([\s\S]*?)\n```\n/.exec(hostile) ?? []
    expect(picture.split('\n')).toHaveLength(6)
    for (const line of picture.split('\n')) expect(line).toMatch(/^ {2}(?:\d+ days| {2}: (?:[^:;#"`<>{}]|#\d+;)+)$/)
  })

  it('has a row for each step', () =>
    expect(tableAfter(text, 'As rows age')).toEqual([
      '| entity | step | due | the bot first | what happens | looked after |',
      '| --- | --- | --- | --- | --- | --- |',
      '| [Mute](mute.md) | 1 | at `ends_at` | `lift_mute` | deleted | every minute |',
      '| [Visit](visit.md) | 1 | 1 week after `seen_at` | | moved to `visits_archive` | |',
      '| [Visit](visit.md) | 2 | 30 days after `seen_at` | | deleted from `visits_archive`, summarised in `visit_counts` by `user_id`, month of `seen_at`: `visits` (how many rows) | |',
    ]))

  it('says what leaving guilds take along, in its order', () =>
    expect(tableAfter(text, 'When a guild leaves')).toContain(
      '| 1 | [Mute](mute.md) | `mutes` | with the guild in `guild_id` | deleted |',
    ))

  it('says what runs it, and what it asks of the bot', () => {
    expect(text).toContain('`storage.$runRetention({ hooks: { liftMute } })`')
    expect(text).toContain('`CALL public.run_retention()`')
    expect(text).toContain('`lift_mute` is the bot')
  })

  it('says what stays, and of what nothing is said', () => {
    expect(tableAfter(text, 'Kept for ever')).toContain('| [User](user.md) | They may come back. |')
    expect(text).toContain('## No rule\n\nNothing says how long rows of these are kept')
    expect(text).toContain('\n- [Page](page.md)\n')
  })
})

describe('the page on data protection', () => {
  let text = ''
  beforeAll(async () => {
    text = (await emitted(sample)).get('markdown/data-protection.md') ?? ''
  })

  it('says what is kept where, and what becomes of it', () =>
    expect(tableAfter(text, 'What is kept of persons')).toEqual([
      '| entity | field | what it is | kept in | as | when the person asks |',
      '| --- | --- | --- | --- | --- | --- |',
      '| [Mute](mute.md) | `user_id` | | `mutes` | plain | its row is deleted |',
      '| [Mute](mute.md) | `by` | Who did it. | `mutes` | plain | is kept |',
      '| [User](user.md) | `account` | The account. | `users` | plain | its row is deleted |',
      '| [User](user.md) | `name` | | `users` | plain | goes with its row, by `account` |',
      '| [Visit](visit.md) | `user_id` | | `visits`, `visits_archive`, `visit_counts` | plain | its row is deleted |',
    ]))

  it('says for how long, why, and who touches it', () => {
    const rows = tableAfter(text, 'For how long, and why')
    expect(rows).toContain('| [User](user.md) | for ever. They may come back. | To know them. | *not said* |')
    expect(rows).toContain(
      '| [Mute](mute.md) | until `ends_at`, once `lift_mute` is done | *not said* | The command that mutes |',
    )
    expect(rows).toContain('| [Visit](visit.md) | at most 30 days after `seen_at` | *not said* | *not said* |')
  })

  it('says what erasure does, children first, through the keys that rows know a person by', () => {
    const rows = tableAfter(text, 'How a person is forgotten').slice(2)
    expect(rows.map((row) => row.split(' | ')[2])).toEqual([
      ...['`mutes`', '`mutes`', '`visit_counts`', '`visits_archive`', '`visits`'],
      ...['`visits_archive`', '`visits`', '`users`'],
    ])
    expect(rows[0]).toBe("| 1 | [Mute](mute.md) | `mutes` | with the key of the person's user in `user_id` | deleted |")
    expect(text).toContain('`storage.forgetUser(user)` or `SELECT * FROM public.forget_user(')
    expect(text).toContain('## What stays, and why\n\n- `by` in `mutes`: They answer for it.\n')
    expect(text).toContain(
      '[When a guild leaves](retention.md#when-a-guild-leaves), rows of [Mute](mute.md) are deleted.',
    )
  })

  it('tells of sealed fields that they are', async () => {
    const sealed = mute.replace('encrypted:', 'personal: true, encrypted:')
    const files = await emitted(setOf(root, user, sealed))
    expect(files.get('markdown/data-protection.md')).toContain('| `reason` | | `mutes` | encrypted, with `SECRET` |')
  })

  it('says plainly where nothing says how a person is forgotten', async () => {
    const retention = { ...community.entities[2]?.retention, erase: [] }
    const entities = community.entities.map((entity) => (entity.name === 'warning' ? { ...entity, retention } : entity))
    const files = await emitted({ ...community, entities } as SchemaSet)
    expect(files.get('markdown/data-protection.md')).toContain('**Nothing in the set says how a person is forgotten.**')
    expect(files.get('markdown/data-protection.md')).not.toContain('forgetUser')
  })

  it('is there only where persons are', async () => {
    const files = await emitted(setOf(root, page))
    expect(new Set(files.keys())).toEqual(new Set(['markdown/README.md', 'markdown/page.md']))
  })
})

describe('the pages about all entities', () => {
  it('stand in README.md, and on the pages of those that they tell of', async () => {
    const files = await emitted(sample)
    expect(files.get('markdown/README.md')).toMatch(/^- \[Retention\]\(retention\.md\): .*\n- \[Data protection\]/m)
    expect(files.get('markdown/mute.md')).toContain(
      '[Retention of all entities](retention.md) · [Data protection](data-protection.md)',
    )
    expect(files.get('markdown/page.md')).not.toContain('retention.md')
  })

  it('leave their names to entities, and not to pages', async () => {
    const named = setOf(root, user, page.replace('entity: page', 'entity: retention'))
    const files = await emitted(named)
    expect(files.get('markdown/retention.md')).toContain('## Fields')
    expect(files.get('markdown/retention-2.md')).toContain('What happens to the rows of')
    expect(files.get('markdown/README.md')).toContain('(retention-2.md)')
    const pages = ['Retention.md', 'data-protection.md'].map((path) => ({ path, text: '', origin }))
    const { diagnostics } = createMarkdownTarget([]).units({ ...sample, pages }, { front_matter: 'none' })
    expect(diagnostics.map(({ message }) => message)).toEqual([
      'the page would be Retention.md, which is already the page on retention',
      'the page would be data-protection.md, which is already the page on data protection',
    ])
  })

  it('come before the entities in a sidebar', async () => {
    const files = await emitted(sample, [], { front_matter: 'docusaurus' })
    const positions = [...files].map(([path, text]) => [path, /sidebar_position: (\d+)/.exec(text)?.[1]])
    expect(Object.fromEntries(positions)).toMatchObject({
      'markdown/README.md': '1',
      'markdown/retention.md': '2',
      'markdown/data-protection.md': '3',
      'markdown/user.md': '10',
    })
  })

  it('cost one entity where one changes', () => {
    const hashes = (set: SchemaSet): ReadonlyMap<string, string> =>
      new Map(
        createMarkdownTarget([])
          .units(set, { front_matter: 'none' })
          .value.map(({ id, hash }) => [id, hash]),
      )
    const before = hashes(sample)
    const changed = (...texts: Parameters<typeof setOf>): readonly string[] =>
      [...hashes(setOf(...texts))].filter(([id, hash]) => before.get(id) !== hash).map(([id]) => id)
    expect(changed(root, user, mute, visit.replace('1 week', '7 days'), page)).toEqual(['entity visit', 'retention'])
    expect(changed(root, user, mute.replace('Who did it.', 'The judge.'), visit, page)).toEqual(['entity mute'])
    expect(changed(root, user.replace('To know them.', 'To greet them.'), mute, visit, page)).toEqual(['entity user'])
  })
})
