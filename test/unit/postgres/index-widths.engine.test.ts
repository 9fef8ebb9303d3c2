import { randomBytes, randomInt } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest'
import { relationalSchema } from '../../../generators/relational/index.js'
import { loadInto, type RowJson } from '../../support/loaded.js'
import { openTestDatabase, type TestDatabase } from '../../support/postgres.js'
import { setOf, withDefaults } from '../../support/schema-sql.js'

let database: TestDatabase

beforeAll(async () => {
  database = await openTestDatabase()
}, 60_000)

afterAll(() => database?.close())

beforeEach(() => database.reset())

/** A character of four bytes, of all there are: Postgres saves nothing worth it by compressing a text of them. */
const character = (): string => String.fromCodePoint(randomInt(0x10000, 0x10ffff))

const wide = (length: number): string => Array.from({ length }, character).join('')

/** A text of one byte a character that does not compress either. */
const narrow = (length: number): string =>
  randomBytes(length).toString('base64url').slice(0, length).replaceAll('-', 'x').replaceAll('_', 'y')

const findingsOf = (yaml: string) =>
  relationalSchema(setOf(yaml), withDefaults()).diagnostics.filter(({ code }) => code === 'index-too-wide')

/** The length that the only finding about a set names. */
const lengthTold = (yaml: string): number => {
  const found = findingsOf(yaml)
  expect(found).toHaveLength(1)
  return Number(/max_length: (\d+)/.exec(found[0]?.help ?? '')?.[1])
}

const entity = (fields: string, rest: string): string =>
  `entity: thing\nfields:\n  id: snowflake\n${fields
    .split('; ')
    .map((field) => `  ${field}\n`)
    .join('')}${rest}\n`

interface Case {
  /** `MAX` stands where the mend goes. */
  readonly fields: string
  readonly rest: string
  readonly row: (length: number) => RowJson
  /** How many characters more Postgres certainly refuses: values begin at whole words. */
  readonly refused: number
}

const name = 'name: { type: text MAX}'
const named = (length: number): RowJson => ({ name: wide(length) })

const cases: Readonly<Record<string, Case>> = {
  'a unique': { fields: name, rest: 'unique: [[name]]', row: named, refused: 1 },
  'an index': { fields: name, rest: 'indexes: [[name]]', row: named, refused: 1 },
  'a descending index': { fields: name, rest: 'indexes: [[name desc]]', row: named, refused: 1 },
  'a unique where nulls are alike': {
    fields: 'name: { type: text? MAX}',
    rest: 'unique: [{ fields: [name], nulls: not distinct }]',
    row: named,
    refused: 1,
  },
  'a partial index': {
    fields: name,
    rest: 'indexes: [{ fields: [name], where: id is not null }]',
    row: named,
    refused: 1,
  },
  'an expression': { fields: name, rest: 'indexes: [["lower(name)"]]', row: named, refused: 1 },
  'an index of two': { fields: name, rest: 'indexes: [[id, name]]', row: named, refused: 2 },
  'a unique of two, of which one may be null': {
    fields: `guild_id: snowflake(guild)?; ${name}`,
    rest: 'unique: [[guild_id, name]]',
    row: (length) => ({ guild_id: '1', name: wide(length) }),
    // The bits that say what is null are there only where something is.
    refused: 3,
  },
  'a unique of two texts': {
    fields: `other: { type: text MAX}; ${name}`,
    rest: 'unique: [[name, other]]',
    row: (length) => ({ name: wide(length), other: wide(length) }),
    refused: 2,
  },
  'what an index includes': {
    fields: name,
    rest: 'indexes: [{ fields: [id], include: [name] }]',
    row: named,
    refused: 2,
  },
  'a url': {
    fields: 'name: { type: url MAX}',
    rest: 'unique: [[name]]',
    row: (length) => ({ name: `https://${wide(length - 8)}` }),
    refused: 7,
  },
  bytes: {
    fields: 'name: { type: bytes MAX}',
    rest: 'unique: [[name]]',
    row: (length) => ({ name: randomBytes(length).toString('base64') }),
    refused: 1,
  },
  'bytes in an object': {
    fields: 'config: { type: object, fields: { name: { type: bytes MAX} } }',
    rest: 'indexes: [[config.name]]',
    row: (length) => ({ config: { name: randomBytes(length).toString('base64') } }),
    refused: 3,
  },
  'a text in an object': {
    fields: 'config: { type: object, fields: { name: { type: text MAX} } }',
    rest: 'indexes: [[config.name]]',
    row: (length) => ({ config: { name: wide(length) } }),
    refused: 1,
  },
  'a text by its pattern': {
    fields: 'name: { type: text, pattern: "^[a-z0-9A-Z]+$" MAX}',
    rest: 'unique: [[name]]',
    row: (length) => ({ name: narrow(length) }),
    refused: 1,
  },
  'items of a list': {
    fields: 'tags: { type: list<text> MAX}',
    rest: 'indexes: [{ fields: [tags], using: gin }]',
    row: (length) => ({ tags: ['short', wide(length)] }),
    refused: 1,
  },
  'a list as a whole': {
    fields: 'tags: { type: list<text>, max_items: 2 MAX}',
    rest: 'indexes: [["tags array_ops"]]',
    row: (length) => ({ tags: [wide(length), wide(length)] }),
    refused: 1,
  },
  'the least and the greatest of a block': {
    fields: name,
    rest: 'indexes: [{ fields: [name], using: brin }]',
    row: named,
    refused: 1,
  },
  'counters per text': {
    fields: 'name: { type: text MAX}; number: integer = next(name)',
    rest: '',
    row: named,
    refused: 1,
  },
}

describe.each(Object.entries(cases))('%s', (_, { fields, rest, row, refused }) => {
  const yaml = (mend: string): string => entity(fields.replaceAll(' MAX', mend), rest)
  const limitedTo = (length: number): string => yaml(`, max_length: ${length}`)

  it('takes the longest values of the length that the help names, and is refused beyond it', async () => {
    const length = lengthTold(yaml(''))
    expect(findingsOf(limitedTo(length))).toEqual([])
    expect(findingsOf(limitedTo(length + 1))).toHaveLength(1)
    const insert = await loadInto(database, yaml(''))
    expect(await insert('thing', { id: '1', ...row(length) })).toBe('accepted')
    expect(await insert('thing', { id: '2', ...row(length + refused) })).toMatch(/things_\w+_(?:idx|key|pkey)/)
  })
})

test.each([
  ['texts', 'name', 505, wide],
  ['trigrams', 'name gist_trgm_ops', 2711, narrow],
])('gist takes many %s of the length that the help names', async (_, part, longest, textOf) => {
  const yaml = entity('name: text', `indexes: [{ fields: [${part}], using: gist }]`)
  expect(lengthTold(yaml)).toBe(longest)
  const insert = await loadInto(database, yaml)
  for (let id = 1; id <= 12; id++)
    expect(await insert('thing', { id: `${id}`, name: textOf(longest) })).toBe('accepted')
})

test('a key that others refer to: its own field is to be limited, and an index over the reference alone takes all it can have', async () => {
  const yaml = (mend: string): string => `
entity: guild
fields: { name: { type: text${mend}, key: true } }
---
entity: member
fields: { id: snowflake, guild: ref(guild) }
unique: [[guild, id]]
indexes: [[guild]]
`
  const helps = findingsOf(yaml('')).map(({ help }) => help)
  expect(helps).toEqual(['limit `name` with `max_length: 673`', 'limit `guild.name` with `max_length: 671`'])
  expect(findingsOf(yaml(', max_length: 671'))).toEqual([])
  const insert = await loadInto(database, yaml(''))
  const longest = wide(671)
  expect(await insert('guild', { name: longest })).toBe('accepted')
  expect(await insert('member', { id: '1', guild: longest })).toBe('accepted')
})

test.each([
  ['texts of a length', 'name: string(600)', 'unique: [[name]]'],
  [
    'a pattern of so many characters',
    'name: { type: text, pattern: "^[A-Z]{3}-[0-9]{1,200}(?:/[a-z]{100}){5}$" }',
    'unique: [[name]]',
  ],
  ['narrow characters', 'name: { type: string(2600), pattern: "^[a-z-]*$" }', 'unique: [[name]]'],
  ['an enum', 'name: enum(a, b)', 'unique: [[name, id]]'],
  ['a colour, an objectid and a decimal', 'c: color; o: objectid; d: decimal(1000, 4)', 'indexes: [[c, o, d]]'],
  ['numbers in an object', 'c: { type: object, fields: { f: float, i: long } }', 'indexes: [[c.f, c.i]]'],
  ['a length and a comparison', 'name: text', 'indexes: [["length(name)", id]]'],
  ['a hash', 'name: text', 'indexes: [{ fields: [name], using: hash }]'],
  ['levels of parts of texts', 'name: text', 'indexes: [{ fields: [name], using: spgist }]'],
  ['trigrams', 'name: text', 'indexes: [{ fields: [name gin_trgm_ops], using: gin }]'],
  ['inside JSON', 'data: json', 'indexes: [{ fields: [data], using: gin }]'],
  ['a note', 'name: text', 'unique: [{ fields: [name], note: Names are short. }]'],
  ['a note on an index', 'name: text', 'indexes: [{ fields: [name], note: Names are short. }]'],
  ['a store without the field', 'name: { type: text, stores: [mongo] }', 'indexes: [[name]]'],
])('nothing is said of %s', (_, fields, rest) => {
  const yaml = entity(fields, rest)
  const set = fields.includes('mongo') ? setOf(yaml, 'name: sample\n') : setOf(yaml)
  const { diagnostics } = relationalSchema(set, withDefaults())
  expect(diagnostics.filter(({ code }) => code === 'index-too-wide')).toEqual([])
})

test('JSON that an index includes is to be left out of it', () => {
  const yaml = entity('data: json', 'indexes: [{ fields: [id], include: [data] }]')
  expect(findingsOf(yaml).map(({ help }) => help)).toEqual(['leave `data` out, or say with `note:` why it is as it is'])
})

test('a summary by a text has a unique that the compiler adds', () => {
  const yaml = `
entity: event
fields: { id: snowflake, kind: text, at: timestamp = now }
indexes: [[at]]
retention:
  clock: at
  steps: [{ after: 90 days, delete: true, summarise: { into: event_counts, by: [kind], count: events } }]
`
  expect(findingsOf(yaml).map(({ message }) => message)).toEqual([
    'the unique of `event_counts` over `kind` can hold longer values than Postgres puts into a btree index: it refuses such a row',
  ])
})
