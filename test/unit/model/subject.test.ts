import { describe, expect, test } from 'vitest'
import {
  fieldsNaming,
  type Naming,
  namesOutOfReach,
  namingsOf,
  ownerField,
  type Subject,
  subjectsIn,
} from '../../../generators/model/subject.js'
import { entity, entityIn, setOf } from './sets.js'

const person = entity('person', [
  'number: { type: identity, key: true }',
  'discord_id: { type: snowflake(user), unique: true }',
])
const guild = entity('guild', ['id: snowflake'])

const told = (naming: Naming): string => {
  const paths = naming.paths.map((path) => path.map((part) => (part.in === 'list' ? '[]' : part.name)).join('.'))
  return naming.by === 'id' ? `id ${paths.join(' ')}` : `key of ${naming.of.entity.name} ${paths.join(' ')}`
}

const namings = (type: string, subject: Subject = 'user', ...others: readonly string[]): readonly string[] => {
  const set = setOf(entity('sheet', ['id: uuid', `it: ${type}`]), person, guild, ...others)
  const sheet = entityIn(set, 'sheet')
  return sheet.fields.flatMap((field) => namingsOf(set, sheet, field, subject)).map((one) => told(one).trim())
}

describe('a field names', () => {
  test.each([
    ['snowflake(user)', ['id']],
    ['snowflake(user)?', ['id']],
    ['snowflake(guild)', []],
    ['snowflake', []],
    ['list<snowflake(user)>', ['id []']],
    ['ref(person)', ['key of person']],
    ['ref(person.discord_id)', ['id']],
    ['{ type: ref(person), enforced: false }', ['key of person']],
    ['{ fields: { by: snowflake(user), at: timestamp } }', ['id by']],
    [
      '{ type: list<object>, fields: { of: { fields: { by: snowflake(user), to: list<snowflake(user)> } } } }',
      ['id [].of.by [].of.to.[]'],
    ],
    ['{ fields: { by: snowflake(user), of: { ref: person, enforced: false } } }', ['id by', 'key of person of']],
    ['map<snowflake(user)>', []],
    ['"union<snowflake(user), boolean>"', []],
  ])('a person: %s', (type, expected) => {
    expect(namings(type)).toEqual(expected)
  })

  test('a guild by its key, which is its id', () => {
    expect(namings('ref(guild)', 'guild')).toEqual(['id'])
    expect(namings('ref(person)', 'guild')).toEqual([])
  })

  test('a person by a key of a plain type, through the reference', () => {
    const other = entity('account', [
      'code: { type: string(8), key: true }',
      'owner: { type: snowflake(user), unique: true }',
    ])
    expect(namings('ref(account)', 'user', other)).toEqual(['key of account'])
  })
})

test.each([
  ['map<snowflake(user)>', true],
  ['"union<snowflake(user), boolean>"', true],
  ['{ fields: { marks: map<snowflake(user)> } }', true],
  ['list<snowflake(user)>', false],
  ['map<snowflake(guild)>', false],
])('%s names somebody out of reach: %s', (type, expected) => {
  const set = setOf(entity('sheet', ['id: uuid', `it: ${type}`]))
  const sheet = entityIn(set, 'sheet')
  expect(sheet.fields.some((field) => namesOutOfReach(set, field, 'user'))).toBe(expected)
})

describe('subjects', () => {
  const named = (...texts: readonly string[]) =>
    subjectsIn(setOf(...texts), 'user').map(({ entity: of, id, key }) => [of.name, id.name, key?.name ?? null])

  test('have one row for a person', () => {
    expect(named(person)).toEqual([['person', 'discord_id', 'number']])
    expect(named(entity('user', ['id: snowflake']))).toEqual([['user', 'id', 'id']])
    expect(named(entity('pair', ['user_id: snowflake(user)', 'n: integer'], ['key: [user_id, n]']))).toEqual([])
    const some = ['unique:', '  - { fields: [user_id], where: n > 0 }']
    expect(named(entity('some', ['id: uuid', 'user_id: snowflake(user)', 'n: integer'], some))).toEqual([])
  })

  test('with a key of several fields are found by their id alone', () => {
    const keyed = ['key: [a, b]']
    expect(
      named(entity('odd', ['a: integer', 'b: integer', 'of: { type: snowflake(user), unique: true }'], keyed)),
    ).toEqual([['odd', 'of', null]])
  })

  test('do not name themselves by their own key', () => {
    const set = setOf(person)
    expect(fieldsNaming(set, entityIn(set, 'person'), 'user').map(({ name }) => name)).toEqual(['discord_id'])
  })
})

describe('the field that says whose a row is', () => {
  const owner = (fields: readonly string[], rest: readonly string[] = [], ...others: readonly string[]) => {
    const set = setOf(entity('sheet', fields, rest), ...others)
    return ownerField(set, entityIn(set, 'sheet'), 'user')?.name ?? null
  }
  const two = ['by: snowflake(user)', 'to: snowflake(user)']

  test('is the only one', () => {
    expect(owner(['id: uuid', 'by: snowflake(user)'])).toBe('by')
    expect(owner(['id: uuid', 'guild_id: snowflake(guild)'])).toBe(null)
  })

  test('is left open where several may be', () => {
    expect(owner(['id: uuid', ...two])).toBe(null)
  })

  test('is the id of the row itself before all others', () => {
    expect(owner(['id: uuid', 'user_id: snowflake(user)', 'of: { type: snowflake(user), unique: true }'])).toBe('of')
  })

  test('is part of the key before what refers by several fields', () => {
    const member = entity(
      'member',
      ['guild_id: snowflake(guild)', 'user_id: snowflake(user)'],
      ['key: [guild_id, user_id]'],
    )
    const references = ['references:', '  - { fields: [place, by], to: member }']
    const fields = ['place: snowflake(guild)', ...two, 'n: integer']
    expect(owner(fields, ['key: [to, n]', ...references], member)).toBe('to')
    expect(owner(['id: uuid', ...fields], references, member)).toBe('by')
  })

  test.each(['user_id', 'userId', 'USER_ID'])('is what is called %s', (name) => {
    expect(owner(['id: uuid', ...two, `${name}: snowflake(user)`])).toBe(name)
  })
})
