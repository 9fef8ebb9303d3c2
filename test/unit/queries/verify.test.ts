import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { positionOf } from '../../../generators/kernel/source.js'
import { transcript } from '../../support/case.js'
import { copyFolder, inTemporaryFolder, writeFiles } from '../../support/cli.js'

const discord = fileURLToPath(new URL('../../../schemas/discord', import.meta.url))

/** Targets that have no part in how a query is proved. */
const left = ['mongoose', 'zod', 'typescript', 'json-schema', 'markdown']

const onlyTables = (text: string): string =>
  text.replace(
    'targets:\n  postgres:\n',
    `targets:\n${left.map((target) => `  ${target}: false\n`).join('')}  postgres:\n    access: false\n`,
  )

/** The set with another name for a field of channels, whose queries still ask for the one before. */
const renamed = (text: string): string =>
  text
    .replace(/^( {2})topic:/m, '$1subject:')
    .replaceAll(/\btopic: (?=["'\w])/g, 'subject: ')
    .replace('columns: [id, name, topic]', 'columns: [id, name, subject]')

test('a field that a query uses under its old name fails verify at the line of the query', async () => {
  await inTemporaryFolder(async (folder) => {
    copyFolder(discord, join(folder, 'schemas/discord'))
    const text = renamed(readFileSync(join(discord, 'channel.yaml'), 'utf8'))
    const root = onlyTables(readFileSync(join(discord, 'botschema.yaml'), 'utf8'))
    expect(root).toContain('access: false')
    writeFiles(folder, {
      'package.json': '{}',
      'schemas/discord/channel.yaml': text,
      'schemas/discord/botschema.yaml': root,
    })
    expect(await transcript(folder, ['generate'])).toContain('--- exit 0')
    const { line, column } = positionOf(
      { path: '', text },
      text.indexOf('topic', text.indexOf('SELECT id, name, topic')),
    )
    const told = await transcript(folder, ['verify'])
    expect(told).toContain(
      `schemas/discord/channel.yaml:${line}:${column}: error query-refused: Postgres refuses the query \`text_channels\`: column "topic" does not exist`,
    )
    expect(told).toContain('--- exit 1')
  })
}, 120_000)

const set = `
name: club
targets: { postgres: { schema: club, access: false }, mongoose: false, zod: false, typescript: false, json-schema: false, markdown: false }
`

const verified = (entity: string, head = set): Promise<string> =>
  inTemporaryFolder(async (folder) => {
    writeFiles(folder, { 'botschema.yaml': head, 'member.yaml': entity })
    expect(await transcript(folder, ['generate'])).toContain('--- exit 0')
    return transcript(folder, ['verify', '--verbose'])
  })

const member = `
entity: member
fields:
  id: identity
  guild_id: snowflake(guild)
  name: { type: string(20), unique: true }
  since: timestamp = now
  tags: { type: list<string(10)>, default: [] }
  note: json?
  mood: enum(calm, wild) = calm
  level: { type: integer = 3, min: 3 }
append_only: true
examples:
  - { id: "1", guild_id: "1200000000000000001", name: Ada, since: "2024-01-01T00:00:00Z", tags: [a], note: { b: 1 } }
  - { id: "2", guild_id: "1200000000000000001", name: Bo, since: "2024-01-01T00:00:00Z", mood: wild }
queries:`

test('queries take values of every kind, in the schema of the set, and may add to what is stored', async () => {
  const told = await verified(`${member}
  alike:
    params: { mood: mood, tags: tags, note: note, since: since, level: level, most: { type: integer }, id: id }
    returns: one
    postgres: |
      SELECT tags[1:most], :note -> 'b' FROM members, (SELECT 1 AS most) AS x
      WHERE mood = :mood AND tags = :tags AND since = :since AND level >= :level AND id = :id LIMIT :most
  join:
    params: { guild: guild_id }
    returns: none
    postgres: INSERT INTO members (guild_id, name) VALUES (:guild, ' :new ') -- :somebody
  again:
    params: { guild: guild_id, name: name }
    returns: one
    postgres: INSERT INTO club.members (guild_id, name) VALUES (:guild, :name) RETURNING id
`)
  expect(told).toContain('schema.sql, 2 rows, 3 queries')
  expect(told).toContain('the query again of member was prepared, but not run to its end: duplicate key value')
  expect(told).not.toContain('the query join')
  expect(told).toContain('--- exit 0')
}, 120_000)

test('what a query says of its rows is held against what the statement gives', async () => {
  const told = await verified(`${member}
  whole: { columns: all, postgres: SELECT * FROM members }
  some: { columns: [id, name?], postgres: "SELECT name, id FROM members" }
  counted:
    columns: { guild: guild_id, named: member.name, members: { type: long }, moods: { type: list<string(9)> }, mean: { type: float } }
    postgres: |
      SELECT guild_id AS guild, min(name) AS named, count(*)::int AS members, array_agg(mood::text) AS moods,
        avg(level)::float8 AS mean
      FROM members GROUP BY guild_id
`)
  expect(told).toContain('schema.sql, 2 rows, 3 queries')
  expect(told).toContain('--- exit 0')
}, 120_000)

test('columns that a statement does not give, gives beside, gives twice or gives as another type are found', async () => {
  const told = await verified(`${member}
  whole: { columns: all, postgres: "SELECT id, name FROM members" }
  some: { columns: [id, name], postgres: "SELECT id, name AS nane, level FROM members" }
  pairs: { columns: [id], postgres: "SELECT one.id, other.id FROM members AS one, members AS other" }
  counted:
    columns: { mean: { type: float }, since: { type: date }, guild_id: { type: integer } }
    postgres: SELECT avg(level) AS mean, max(since) AS since, guild_id FROM members GROUP BY guild_id
`)
  expect(told).toContain('the query `whole` gives no column `guild_id`')
  expect(told).toContain('the query `some` gives no column `name`')
  expect(told).toContain('help: did you mean `nane`?')
  expect(told).toContain('the query `some` gives a column `level`, which `columns:` does not name')
  expect(told).toContain('the query `pairs` gives two columns `id`')
  expect(told).toContain('cast it in the query, as in `mean::double precision`')
  expect(told).toContain('the column `since` of the query `counted` is timestamp with time zone')
  expect(told).toContain('the column `guild_id` of the query `counted` is bigint')
}, 120_000)

test('a statement that rules of the table refuse is refused, and so is one that is several', async () => {
  const told = await verified(`${member}
  forget:
    params: { name: name }
    returns: none
    postgres: "DELETE FROM members WHERE name = :name"
  end_it:
    returns: none
    postgres: SELECT 1; COMMIT
  unfinished:
    postgres: >-
      SELECT name FROM members
      WHERE
`)
  expect(told).toMatch(
    /member\.yaml:\d+:16: error query-refused: Postgres refuses the query `forget`: members is append-only/,
  )
  expect(told).toContain('cannot insert multiple commands into a prepared statement')
  expect(told).toContain('syntax error at end of input')
}, 120_000)

const vault = (statement: string): string => `
entity: member
summary: Whose secret it is.
fields:
  id: identity
  name: { type: string(20), unique: true }
  token: { type: text, encrypted: { with: pgcrypto, key: VAULT_SECRET } }
queries:
  open:
    params: { name: name, secret: { type: text } }
    returns: one
    postgres: ${statement}
examples:
  - { id: "1", name: Ada, token: hunter2 }
`

test('a query that opens what examples sealed is run to its end with their key, and no other way', async () => {
  const told = (secret: string): Promise<string> =>
    verified(
      vault(`SELECT pgp_sym_decrypt(token, ${secret}) AS token FROM members WHERE name = :name`),
      'name: club\ntargets: { postgres: { schema: club }, mongoose: false, markdown: false, json-schema: false }\n',
    )
  const proved = await told(':secret')
  expect(proved).toContain('1 query')
  expect(proved).not.toContain('not run to its end')
  expect(await told("concat(:secret, '')")).toContain('not run to its end: Wrong key or corrupt data')
}, 120_000)

test('queries of a set that emits no tables are said to be unproved', async () => {
  await inTemporaryFolder(async (folder) => {
    const entity =
      'entity: note\nfields: { id: snowflake }\nqueries: { all: { postgres: SELECT id FROM notes } }\nsummary: A note.\n'
    writeFiles(folder, {
      'botschema.yaml': 'name: club\ntargets: { postgres: false, mongoose: false, zod: false, typescript: false }\n',
      'note.yaml': entity,
    })
    await transcript(folder, ['generate'])
    expect(await transcript(folder, ['verify'])).toContain('1 query for Postgres not run: the set emits no tables')
  })
}, 120_000)
