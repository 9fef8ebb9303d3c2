import { describe, expect, it } from 'vitest'
import { eventSteps } from '../../../generators/markdown/event-steps.js'
import { keepingText } from '../../../generators/markdown/keeping.js'
import { lifeLines } from '../../../generators/markdown/life.js'
import { lifePicture } from '../../../generators/markdown/life-picture.js'
import type { Entity } from '../../../generators/model/entity.js'
import { entityIn, setOf } from '../model/sets.js'

const fields = `fields:
  id: identity
  guild_id: snowflake(guild)
  made_at: timestamp = now
  done_at: timestamp?
  open: boolean = true
  note: text = none
indexes: [[guild_id, made_at], [made_at], [done_at]]
`

const setOfNotes = (retention: string) =>
  setOf(
    `entity: note\n${fields}retention:\n${retention
      .trim()
      .split('\n')
      .map((line) => `  ${line}`)
      .join('\n')}\n`,
  )

const notes = (retention: string): Entity => entityIn(setOfNotes(retention), 'note')

const steps = (retention: string): readonly string[] => lifeLines(notes(retention), []).steps

const picture = (retention: string): string => lifePicture(notes(retention), []) ?? ''

const archiving = `
clock: made_at
steps:
  - { after: 90 days, where: open = false, archive: notes_archive }
  - { after: 1 year, delete: true }
`

describe('a life', () => {
  it('goes on in both places after an archiving that leaves rows behind', () => {
    expect(picture(archiving)).toBe(
      [
        'stateDiagram-v2',
        '  direction LR',
        '  [*] --> kept',
        '  archived: in notes_archive',
        '  kept --> archived: 90 days, where open = false',
        '  archived --> [*]: 1 year',
        '  kept --> [*]: 1 year',
      ].join('\n'),
    )
    expect(steps(archiving)).toEqual([
      'After 90 days, where `open = false`: moved to `notes_archive`.',
      'After 1 year: deleted from `notes_archive`, and what is still in the table.',
    ])
  })

  it('hands rows to the bot first, and leaves those alone that wait for it', () => {
    const hooked = `
clock: made_at
steps:
  - { at: done_at, before: tell_owner, set: { open: false } }
  - { after: 1 year, delete: true }
`
    expect(steps(hooked)).toEqual([
      'At `done_at`: `tell_owner` first, then `open` becomes `false`.',
      'After 1 year: deleted, but not while `tell_owner` is still to come.',
    ])
    expect(picture(hooked)).toContain('  kept --> changed_1: at done_at, after tell_owner\n')
  })

  it('keeps the newest', () => {
    const newest = 'clock: made_at\nkeep_newest: { count: 10, per: [guild_id] }'
    expect(picture(newest)).toContain('  kept --> [*]: not among the newest 10 of each guild_id')
    expect(steps(newest)).toEqual(['As soon as newer ones by `made_at` take its place: deleted.'])
    const aged = `${newest}\nsteps:\n  - { after: 30 days, delete: true }`
    expect(picture(aged)).toContain('  kept --> [*]: 30 days, but for the newest 10 of each guild_id')
    expect(lifeLines(notes(aged), []).intro).toEqual([
      'Ages count from `made_at`. The newest 10 of each `guild_id` always stay.',
    ])
  })

  it('has one state for what is set alike', () => {
    const twice = `
clock: made_at
steps:
  - { at: done_at, set: { open: false } }
  - { after: 90 days, set: { open: false } }
  - { after: 100 days, set: { note: gone } }
`
    expect(picture(twice).match(/^ {2}changed_\d: .*$/gm)).toEqual([
      '  changed_1: open = false',
      '  changed_2: note = gone',
    ])
    expect(picture(twice)).not.toContain('changed_1 --> changed_1')
  })

  it('tells what events do to it', () => {
    const set = setOfNotes('clock: made_at\nsteps:\n  - { after: 1 year, delete: true }\nguild_leave: delete')
    const events = eventSteps(set)['guild-leave']
    expect(lifePicture(entityIn(set, 'note'), events)).toMatch(
      /\n {2}note right of kept : deleted when the guild leaves$/,
    )
    expect(lifeLines(entityIn(set, 'note'), events).events).toEqual([
      'When a guild leaves, rows with the guild in `guild_id`: deleted.',
    ])
  })
})

describe('how long rows are kept', () => {
  it.each([
    ['the longest way', archiving, 'at most 1 year after `made_at`'],
    [
      'an archive that nothing ends',
      'clock: made_at\nsteps:\n  - { after: 90 days, archive: notes_archive }',
      'in `notes_archive` for ever',
    ],
    [
      'conditions that some never meet',
      'clock: made_at\nsteps:\n  - { after: 90 days, where: open = false, delete: true }',
      'for ever, but for what goes 90 days after `made_at`, where `open = false`',
    ],
    ['only changes', 'clock: made_at\nsteps:\n  - { after: 90 days, set: { open: false } }', 'for ever'],
    [
      'a time that may be missing',
      'steps:\n  - { at: done_at, before: tell_owner, delete: true }',
      'until `done_at`, once `tell_owner` is done; rows without `done_at` for ever',
    ],
    [
      'a time that may be missing, and one that is not',
      'clock: made_at\nsteps:\n  - { at: done_at, delete: true }\n  - { after: 30 days, delete: true }',
      'at most 30 days after `made_at`',
    ],
    [
      'a hook on the way to the archive',
      'clock: made_at\nsteps:\n  - { after: 30 days, before: tell, archive: notes_archive }\n  - { after: 1 year, delete: true }',
      'at most 1 year after `made_at`, once `tell` is done',
    ],
    [
      'the newest',
      'clock: made_at\nkeep_newest: { count: 10, per: [guild_id] }\nsteps:\n  - { after: 30 days, delete: true }',
      'at most 30 days after `made_at`; the newest 10 of each `guild_id` for ever',
    ],
    ['for ever', 'keep: forever\nbecause: It is the law.', 'for ever. It is the law.'],
  ])('%s', (_, retention, words) => expect(keepingText(notes(retention))).toBe(words))

  it('is not said where no lifecycle is', () => expect(keepingText(notes('guild_leave: delete'))).toBeNull())
})
