import { describe, expect, it } from 'vitest'
import { postgres } from '../../../generators/postgres/index.js'
import { setOf, viewOf, withDefaults } from '../../support/schema-sql.js'

const yaml = (summary: string, limit: number) => `
object: quote
fields: { words: { type: text, max_length: ${limit} } }
---
entity: user
fields: { id: snowflake }
---
entity: note
summary: ${summary}
fields: { id: identity, user_id: ref(user), best: quote? }
---
entity: vote
fields: { id: identity, note_id: ref(note) }
`

const hashes = (text: string): ReadonlyMap<string, string> =>
  new Map(postgres.units(setOf(text), withDefaults()).value.map(({ id, hash }) => [id, hash]))

const changed = (before: string, after: string): readonly string[] => {
  const [old, now] = [hashes(before), hashes(after)]
  return [...now.keys()].filter((id) => old.get(id) !== now.get(id))
}

describe('units', () => {
  it('change only for what was edited', () => {
    expect(changed(yaml('A note.', 9), yaml('A note.', 9))).toEqual([])
    expect(changed(yaml('A note.', 9), yaml('Another note.', 9))).toEqual([
      'postgres table notes',
      'postgres access note',
    ])
    expect(changed(yaml('A note.', 9), yaml('A note.', 10))).toEqual(['postgres object quote'])
  })

  it('stand in the order of their references', () => {
    const { schema } = viewOf(setOf(yaml('A note.', 9)))
    expect(schema.tables.map(({ name, depth }) => [name, depth])).toEqual([
      ['users', 0],
      ['notes', 1],
      ['votes', 2],
    ])
  })
})

const ageing = (limit: string, clock: string) => `
entity: user
fields: { id: snowflake, seen_at: timestamp }
indexes: [[seen_at]]
retention: { clock: seen_at, steps: [{ after: 1 year, delete: true }], erase: { id: delete } }
---
entity: note
fields: { id: identity, user_id: snowflake(user), made_at: timestamp, text: { type: text, max_length: ${limit} } }
indexes: [[made_at]]
retention: { clock: made_at, steps: [{ after: ${clock}, delete: true }], erase: { user_id: delete } }
`

describe('units of retention', () => {
  it('change only for what was edited', () => {
    const before = ageing('9', '1 day')
    const ofRetention = (after: string) => changed(before, after).filter((id) => id.startsWith('postgres retention'))
    expect(ofRetention(before)).toEqual([])
    const ofNote = ['postgres retention note', 'postgres retention module note']
    expect(ofRetention(ageing('10', '1 day'))).toEqual(ofNote)
    expect(ofRetention(ageing('9', '2 days'))).toEqual(ofNote)
  })
})

describe('names', () => {
  it('that are too long or taken are found', () => {
    const long = 'x'.repeat(64)
    const set = setOf(`
entity: thing
fields:
  id: snowflake
  ${long}: integer
  mood: enum(${long}, b)
  xmin: text?
indexes:
  - { fields: [id], name: things }
`)
    expect([...viewOf(set).codes].sort()).toEqual(['name-clash', 'name-too-long', 'name-too-long', 'system-column'])
  })
})
