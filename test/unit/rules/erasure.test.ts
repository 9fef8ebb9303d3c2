import { describe, expect, test } from 'vitest'
import { codes, entity, found } from './found.js'

const sheet = (fields: readonly string[], erase: string, rest: readonly string[] = []): string =>
  entity('sheet', ['id: snowflake', ...fields], [...rest, 'retention:', `  erase: ${erase}`])

const kept = '{ keep: It is needed. }'

describe('an erase rule', () => {
  test.each([
    ['user_id: snowflake(user)', '{ user_id: delete }', []],
    ['user_id: snowflake(user)?', '{ user_id: null }', []],
    ['user_id: snowflake(user)', '{ user_id: null }', ['erase-misuse']],
    ['user_id: snowflake(user)', `{ user_id: ${kept} }`, []],
    ['user_id: { type: snowflake(user)?, immutable: true }', '{ user_id: null }', ['erase-misuse']],
    ['winners: list<snowflake(user)>', '{ winners: delete }', []],
    ['marks: map<snowflake(user)>', `{ marks: ${kept} }`, []],
    ['marks: map<snowflake(user)>', '{ marks: delete }', ['erase-misuse']],
    ['mark: "union<snowflake(user), boolean>?"', '{ mark: null }', ['erase-misuse']],
    ['name: { type: text?, personal: true }', '{ name: null }', ['erase-misuse']],
    ['name: { type: text?, personal: true }', `{ name: ${kept} }`, []],
    ['name: text?', '{ name: null }', ['erase-misuse']],
    ['guild_id: snowflake(guild)?', '{ guild_id: null }', ['erase-misuse']],
  ])('%s with %s', (field, erase, expected) => {
    expect(codes(sheet([field], erase))).toEqual(expected)
  })

  test('deletes by the field that names the person', () => {
    const fields = ['user_id: snowflake(user)', 'name: { type: text?, personal: true }']
    expect(codes(sheet(fields, '{ user_id: delete, name: delete }'))).toEqual(['erase-misuse'])
    expect(codes(sheet(fields, '{ user_id: delete, name: null }'))).toEqual([])
  })

  test('leaves no row that a check or a unique refuses', () => {
    const fields = ['guild_id: snowflake(guild)', 'user_id: snowflake(user)?']
    const unique = (nulls: string) => ['unique:', `  - { fields: [guild_id, user_id], nulls: ${nulls} }`]
    expect(codes(sheet(fields, '{ user_id: null }', unique('not distinct')))).toEqual(['erase-misuse'])
    expect(codes(sheet(fields, '{ user_id: null }', unique('distinct')))).toEqual([])
    expect(codes(sheet(fields, '{ user_id: null }', ['checks:', '  someone: user_id is not null']))).toEqual([
      'erase-misuse',
    ])
  })

  test('leaves no row that a check refuses once several people were forgotten', () => {
    const fields = ['user_id: snowflake(user)?', 'helper_id: snowflake(user)?']
    const check = ['checks:', '  someone: user_id is not null or helper_id is not null']
    expect(codes(sheet(fields, '{ user_id: null, helper_id: null }', check))).toEqual(['erase-misuse'])
    expect(codes(sheet(fields, '{ user_id: null, helper_id: delete }', check))).toEqual([])
  })
})

describe('where a set lets people be forgotten', () => {
  const forgetting = sheet(['user_id: snowflake(user)'], '{ user_id: delete }')
  const other = (...fields: readonly string[]) => entity('other', ['id: snowflake', ...fields])

  test('every field that names a person has a rule', () => {
    expect(codes(other('user_id: snowflake(user)'))).toEqual([])
    expect(found(forgetting, other('user_id: snowflake(user)', 'by: list<snowflake(user)>'))).toEqual([
      'erase-missing 5:3',
      'erase-missing 6:3',
    ])
    expect(codes(forgetting, other('marks: map<snowflake(user)>'))).toEqual(['erase-missing'])
    expect(codes(forgetting, other('guild_id: snowflake(guild)', 'name: { type: text, personal: true }'))).toEqual([])
  })

  test('so have references to a person by a key of any kind', () => {
    const person = entity(
      'person',
      ['number: { type: integer, key: true }', 'discord_id: { type: snowflake(user), unique: true }'],
      ['retention:', '  erase: { discord_id: delete }'],
    )
    const reference = '{ ref: person, on_delete: cascade }'
    expect(codes(person, other(`person: ${reference}`))).toEqual(['erase-missing'])
  })

  test('what is personal in rows that stay without a name has a rule too', () => {
    const fields = ['user_id: snowflake(user)?', 'words: { type: text?, personal: true }']
    expect(codes(sheet(fields, '{ user_id: null }'))).toEqual(['erase-missing'])
    expect(codes(sheet(fields, '{ user_id: null, words: null }'))).toEqual([])
    expect(codes(sheet(fields, '{ user_id: delete }'))).toEqual([])
  })
})

describe('a summary', () => {
  const summed = (erase: string, summary: string) =>
    codes(
      sheet(
        [
          'user_id: snowflake(user)?',
          'name: { type: text?, personal: true }',
          'born: { type: date?, personal: true }',
          'at: { type: timestamp = now, index: true }',
        ],
        `${erase}\n  clock: at\n  steps:\n    - { after: 1 year, delete: true, summarise: { into: sums, ${summary} } }`,
      ),
    )

  test('by a person is deleted or kept, and never anonymised', () => {
    expect(summed('{ user_id: delete }', 'by: [user_id], count: rows')).toEqual([])
    expect(summed(`{ user_id: ${kept} }`, 'by: [user_id], count: rows')).toEqual([])
    expect(summed('{ user_id: null, name: null, born: null }', 'by: [user_id], count: rows')).toEqual(['erase-misuse'])
  })

  test('says nothing personal that nobody finds again', () => {
    expect(summed('{ user_id: delete }', 'by: [name], count: rows')).toEqual(['summary-misuse'])
    expect(summed('{ user_id: delete }', 'by: [month(at)], max: { last: born }')).toEqual(['summary-misuse'])
    expect(summed(`{ user_id: delete, name: ${kept} }`, 'by: [name], count: rows')).toEqual([])
    expect(summed('{ user_id: delete }', 'by: [month(at)], count: rows')).toEqual([])
  })
})
