import { describe, expect, test } from 'vitest'
import { codes, entity, found } from './found.js'

const guild = entity('guild', ['id: snowflake', 'slug: { type: string(32), unique: true }'])
const member = entity('member', ['guild_id: ref(guild)', 'user_id: snowflake(user)'], ['key: [guild_id, user_id]'])
const note = (...rest: readonly string[]) =>
  entity('note', ['id: snowflake', 'guild_id: snowflake(guild)', 'user_id: snowflake(user)?'], rest)

describe('what a reference points at', () => {
  test('a key and a unique field can be referred to', () => {
    expect(codes(guild, entity('note', ['id: snowflake', 'a: ref(guild)', 'b: ref(guild.slug)']))).toEqual([])
  })

  test('a partial or deferrable unique cannot', () => {
    const target = (unique: string) =>
      entity('target', ['id: snowflake', 'a: text', 'ok: boolean'], ['unique:', unique])
    const source = entity('source', ['id: snowflake', 'a: ref(target.a)'])
    expect(codes(target('  - { fields: [a], where: ok }'), source)).toEqual(['reference-target'])
    expect(codes(target('  - { fields: [a], deferrable: true }'), source)).toEqual(['reference-target'])
    expect(codes(target('  - [a]'), source)).toEqual([])
  })

  test('a composite reference has the fields and types of the key', () => {
    const to = (fields: string, action = '') => note('references:', `  - { fields: ${fields}, to: member${action} }`)
    expect(codes(guild, member, to('[guild_id, user_id]'))).toEqual([])
    expect(codes(guild, member, to('[guild_id]'))).toEqual(['reference-count'])
    expect(codes(guild, member, to('[guild_id, usr_id]'))).toEqual(['unknown-field'])
    expect(codes(guild, member, to('[guild_id, user_id]', ', on_delete: set null'))).toEqual(['reference-set-null'])
  })

  test('some of its fields become null, which may be null, and are named once', () => {
    const nulling = (list: string) =>
      codes(
        guild,
        member,
        note(
          'references:',
          '  - fields: [guild_id, user_id]',
          '    to: member',
          `    on_delete: { set_null: ${list} }`,
        ),
      )
    expect(nulling('[user_id]')).toEqual([])
    expect(nulling('[guild_id]')).toEqual(['reference-set-null'])
    expect(nulling('[id]')).toEqual(['reference-set-null-field'])
    expect(nulling('[user_id, user_id]')).toEqual(['field-repeated'])
  })
})

describe('the first row of every entity', () => {
  const linked = (name: string, to: string) => entity(name, ['id: snowflake', `next_id: ${to}`])

  test('cannot be written when references bind in a circle', () => {
    expect(found(linked('a', 'ref(b)'), linked('b', 'ref(c)'), linked('c', 'ref(a)'))).toEqual(['reference-cycle 5:12'])
  })

  test('can be written when one of them is null or not enforced', () => {
    expect(codes(linked('a', 'ref(b)'), linked('b', 'ref(a)?'))).toEqual([])
    expect(codes(linked('a', 'ref(b)'), linked('b', '{ ref: a, enforced: false }'))).toEqual([])
  })

  test('can refer to itself when its key is given, not when the store makes it', () => {
    expect(codes(linked('a', 'ref(a)'))).toEqual([])
    expect(codes(entity('a', ['id: identity', 'parent: ref(a)']))).toEqual(['reference-cycle'])
    expect(codes(entity('a', ['id: identity', 'parent: ref(a)?']))).toEqual([])
  })

  test('is looked for once in each circle, however many lead into it', () => {
    const all = [
      linked('x', 'ref(a)'),
      linked('a', 'ref(b)'),
      linked('b', 'ref(a)'),
      linked('p', 'ref(q)'),
      linked('q', 'ref(p)'),
    ]
    expect(found(...all).filter((line) => line.startsWith('reference-cycle'))).toHaveLength(2)
  })
})
