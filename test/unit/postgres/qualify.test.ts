import { describe, expect, it } from 'vitest'
import { setNames } from '../../../generators/postgres/queries/names.js'
import { isParsed, parseStatement } from '../../../generators/postgres/queries/parse.js'
import { qualify } from '../../../generators/postgres/queries/qualify.js'
import { setOf, viewOf, withDefaults } from '../../support/schema-sql.js'

const set = setOf(`
entity: note
fields:
  id: identity
  text: string(40)
  count: integer = 0
  meaning: vector(3)
  path: enum(a, b) = a
  kind: enum(glad, sad) = glad
  at: timestamp = now
indexes:
  - { fields: [text gin_trgm_ops], using: gin }
---
entity: event
key: [id, at]
fields: { id: snowflake, at: timestamp }
postgres: { partition: { by: month, on: at } }
---
entity: vault
fields: { id: snowflake, token: { type: text, encrypted: { with: pgcrypto, key: VAULT_SECRET } } }
`)

const options = withDefaults({ schema: 'Club', extension_schema: 'addons' })
const names = setNames(viewOf(set, options).schema, options)

const qualified = async (text: string): Promise<string> => {
  const parsed = await parseStatement(text)
  if (!isParsed(parsed)) throw new Error(`${parsed.message} at ${parsed.offset}`)
  return (await qualify(names, parsed)).statement.text
}

/** A statement, in which « stands before each name that gets the set's schema, and ‹ before those of extensions. */
const cases: readonly (readonly [about: string, statement: string])[] = [
  [
    'tables in FROM, joins and subqueries',
    'SELECT * FROM «notes AS n, ONLY «events JOIN «vaults ON true WHERE EXISTS (TABLE «notes)',
  ],
  [
    'tables that are written',
    'INSERT INTO «notes (text) SELECT text FROM «notes ON CONFLICT (id) DO UPDATE SET text = notes.text RETURNING notes.id',
  ],
  [
    'and those of UPDATE, DELETE and MERGE',
    'MERGE INTO «notes USING «events AS e ON notes.id = e.id WHEN MATCHED THEN DELETE',
  ],
  [
    'names that have a schema already',
    'SELECT other.notes.id, count(*) FROM other.notes, pg_catalog.pg_class, information_schema.tables GROUP BY 1',
  ],
  ['tables of the catalogue, and unknown ones', 'SELECT 1 FROM pg_class, elsewhere'],
  ['partitions', 'SELECT * FROM «events_y2024m01, «events_default'],
  [
    'queries of a WITH clause',
    'WITH notes AS (SELECT * FROM «notes), later AS (SELECT * FROM notes) SELECT * FROM notes, later',
  ],
  [
    'queries of a recursive one',
    'WITH RECURSIVE notes AS (SELECT 1 AS n UNION SELECT n + 1 FROM notes) SELECT * FROM notes',
  ],
  [
    'a WITH clause inside, which ends',
    'SELECT (WITH notes AS (SELECT 1) SELECT count(*) FROM notes), (SELECT count(*) FROM «notes)',
  ],
  [
    'what is written is no query of a WITH clause',
    'WITH notes AS (SELECT 1 AS id) DELETE FROM «notes USING notes AS n WHERE notes.id = n.id',
  ],
  [
    'a WITH clause of a part',
    'SELECT 1 FROM «events UNION (WITH events AS (SELECT 1) SELECT * FROM events) UNION SELECT 1 FROM «events',
  ],
  ['locked tables', 'SELECT * FROM «notes, «events AS e FOR UPDATE OF notes SKIP LOCKED'],
  ['types of casts', "SELECT 'glad'::«note_kind, CAST('{}' AS «note_kind[]), «note_kind 'sad', NULL::«notes"],
  ['types of Postgres that a set uses the name of', "SELECT '(1,2)'::point, 'x'::text, 1::int, 'a'::«note_path"],
  ['quoted names', 'SELECT * FROM «"notes" WHERE kind = $1::«"note_kind"'],
  [
    'names in texts',
    "SELECT '«notes'::regclass, nextval('«notes_id_seq'), pg_get_serial_sequence('«notes', 'id'), 'elsewhere'::regclass, '«note_kind'::regtype",
  ],
  [
    'texts that are texts',
    "SELECT 'notes', $$notes$$, E'notes', \"text\" FROM «notes -- notes\n/* notes */ WHERE text = 'notes'",
  ],
  [
    'functions of an extension',
    "SELECT ‹similarity(text, 'x'), ‹digest('a', 'md5'), lower(text), gen_random_uuid() FROM «notes",
  ],
  ['types of an extension', "SELECT '[1,2,3]'::‹vector(3), ‹vector '[1,2,3]', ‹vector_dims(meaning) FROM «notes"],
  [
    'functions that Postgres has for other types',
    'SELECT ‹avg(meaning), avg(count), ‹sum(n.meaning), sum(n.count) FROM «notes AS n',
  ],
  [
    'text beyond ASCII before names',
    "SELECT 'Größe 日本語 \u{1f600}', ‹similarity(text, '\u{1f600}') FROM «notes WHERE 'é' <> '' AND kind = 'glad'::«note_kind",
  ],
]

const operators: readonly (readonly [about: string, statement: string, expected: string])[] = [
  [
    'of an extension alone',
    'SELECT $1::text <% text FROM "Club".notes',
    'SELECT $1::text OPERATOR(addons.<%) text FROM "Club".notes',
  ],
  [
    'of vectors',
    'SELECT 1 FROM "Club".notes ORDER BY meaning <-> $1::addons.vector',
    'SELECT 1 FROM "Club".notes ORDER BY meaning OPERATOR(addons.<->) $1::addons.vector',
  ],
  [
    'of what nothing tells the type of',
    'SELECT a.v <-> b.v FROM x AS a, x AS b',
    'SELECT a.v OPERATOR(addons.<->) b.v FROM x AS a, x AS b',
  ],
  [
    'of Postgres',
    "SELECT '(1,2)'::point <-> point(1, 2), count % 2, count + 1, text || 'x' FROM \"Club\".notes",
    "SELECT '(1,2)'::point <-> point(1, 2), count % 2, count + 1, text || 'x' FROM \"Club\".notes",
  ],
  [
    'of texts where Postgres has one of numbers',
    'SELECT 1 FROM "Club".notes WHERE text % $1::varchar AND count % 2 = 1',
    'SELECT 1 FROM "Club".notes WHERE text OPERATOR(addons.%) $1::varchar AND count % 2 = 1',
  ],
  [
    'that are in full already',
    'SELECT text OPERATOR(addons.%) text FROM "Club".notes',
    'SELECT text OPERATOR(addons.%) text FROM "Club".notes',
  ],
  [
    'whose long form would part the operands otherwise',
    'SELECT \'x\' || text % text FROM "Club".notes',
    'SELECT \'x\' || text % text FROM "Club".notes',
  ],
  [
    'of vectors that are added',
    'SELECT meaning + meaning FROM "Club".notes',
    'SELECT meaning OPERATOR(addons.+) meaning FROM "Club".notes',
  ],
]

describe('a statement in which each name is in its schema', () => {
  it.each(cases)('%s', async (_, marked) => {
    const statement = marked.replaceAll(/[«‹]/g, '')
    const expected = marked.replaceAll('«', '"Club".').replaceAll('‹', 'addons.')
    expect(await qualified(statement)).toBe(expected)
    expect(await qualified(expected)).toBe(expected)
  })

  it.each(operators)('operators %s', async (_, statement, expected) => {
    expect(await qualified(statement)).toBe(expected)
    expect(await qualified(expected)).toBe(expected)
  })

  it('may be thousands of expressions deep', async () => {
    const sum = Array.from({ length: 3000 }, () => 'count').join(' + ')
    expect(await qualified(`SELECT ${sum} FROM notes`)).toBe(`SELECT ${sum} FROM "Club".notes`)
  })
})

describe('what the parser refuses', () => {
  it('has an end where expressions are nested without one, and statements after it parse', async () => {
    const sum = Array.from({ length: 20_000 }, () => '1').join('+')
    expect(await parseStatement(`SELECT ${sum}`)).toEqual({ message: 'it is nested too deeply', offset: 0 })
    expect(isParsed(await parseStatement('SELECT 1'))).toBe(true)
  })

  it.each([
    ['SELECT é FROM', 'syntax error at end of input', 13],
    ['SELECT \u{1f600} FROM notes WHERE', 'syntax error at end of input', 26],
    ['SELECT 1 FORM notes x', 'syntax error at or near "notes"', 14],
    ["SELECT 'é'; SELECT 2", 'cannot insert multiple commands into a prepared statement', 12],
    ['DROP TABLE notes', 'syntax error at or near "DROP"', 0],
    ['', 'syntax error at end of input', 0],
  ])('%s', async (text, message, offset) => {
    expect(await parseStatement(text)).toEqual({ message, offset })
  })
})
