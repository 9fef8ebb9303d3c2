import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { PostgresOptions } from '../../../generators/model/options.js'
import { openTestDatabase, refusal, type TestDatabase } from '../../support/postgres.js'
import { emitted, setOf, viewOf } from '../../support/schema-sql.js'

let database: TestDatabase

beforeAll(async () => {
  database = await openTestDatabase()
}, 60_000)

afterAll(() => database?.close())

beforeEach(() => database.reset())

const club = `
enum: mood
values: [glad, sad]
---
entity: guild
fields: { id: snowflake, name: text }
---
entity: case
fields:
  id: identity
  guild_id: ref(guild)
  number: integer = next(guild_id)
  mood: mood = glad
  reason: string(512)?
  note: string(512)?
  owner: ref(owner)?
  points: { type: integer, min: 0, default: 1 }
  config: { fields: { label: text }, default: { label: it's } }
  long: { type: integer?, generated: length(reason) }
  created_at: timestamp = now
  closed: boolean = false
unique: [[guild_id, number]]
indexes:
  - { fields: [created_at desc, lower(reason)], where: closed = false }
timestamps: { updated: updated_at }
---
entity: entry
key: [id, at]
append_only: true
fields: { id: snowflake, at: timestamp, back: "ref(owner)?" }
postgres: { partition: { by: month, on: at } }
---
entity: owner
fields: { id: identity, mate: "ref(owner)?", case_id: "ref(case)?" }
`

const load = async (yaml = club, options: Partial<PostgresOptions> = {}): Promise<string> =>
  refusal(database.exec(await emitted(setOf(yaml), { idempotent: true, ...options })))

describe('idempotent SQL on a database that has the tables', () => {
  it.each([
    { identity: 'identity', schema: 'public' },
    { identity: 'bigserial', schema: 'Club "x"' },
    { identity: 'serial', version: 13 },
  ] as const)('changes nothing where they are as described: %j', async (options) => {
    for (let run = 0; run < 2; run += 1) expect(await load(club, options)).toBe('accepted')
  })

  const changes: readonly (readonly [change: string, difference: RegExp])[] = [
    [
      'ALTER TABLE cases ALTER note TYPE varchar(100)',
      /column note is character varying\(100\), not character varying\(512\)/,
    ],
    [
      'ALTER TABLE cases ALTER points TYPE bigint',
      /column points is bigint NOT NULL DEFAULT 1, not integer NOT NULL DEFAULT 1/,
    ],
    [
      'ALTER TABLE cases ALTER points DROP NOT NULL',
      /column points is integer DEFAULT 1, not integer NOT NULL DEFAULT 1/,
    ],
    ['ALTER TABLE cases ALTER points SET DEFAULT 2', /column points is integer NOT NULL DEFAULT 2, not/],
    [
      'ALTER TABLE cases ALTER created_at DROP DEFAULT',
      /column created_at is timestamp\(3\) with time zone NOT NULL, not/,
    ],
    [
      'ALTER TABLE cases ALTER id DROP IDENTITY',
      /column id is bigint NOT NULL, not bigint NOT NULL GENERATED ALWAYS AS IDENTITY/,
    ],
    [
      'ALTER TABLE cases ALTER long DROP EXPRESSION',
      /column long is integer, not integer GENERATED ALWAYS AS \(.*\) STORED/,
    ],
    ['ALTER TABLE cases DROP long', /column long is missing \(integer GENERATED ALWAYS/],
    ['ALTER TABLE cases ADD extra text', /column extra is not described \(text\)/],
    [
      'ALTER TABLE cases ALTER note TYPE varchar(512) COLLATE "C"',
      /column note is character varying\(512\) COLLATE "C", not/,
    ],
    ['ALTER TABLE cases DROP CONSTRAINT cases_points_check', /constraint cases_points_check is missing \(CHECK/],
    ['ALTER TABLE cases ADD CHECK (points < 9)', /constraint cases_points_check1 is not described/],
    ['ALTER TABLE cases DROP CONSTRAINT cases_pkey CASCADE', /constraint cases_pkey is missing \(PRIMARY KEY \(id\)\)/],
    [
      'ALTER TABLE cases DROP CONSTRAINT cases_guild_id_number_key',
      /constraint cases_guild_id_number_key is missing \(UNIQUE/,
    ],
    [
      'ALTER TABLE cases DROP CONSTRAINT cases_guild_id_fkey',
      /constraint cases_guild_id_fkey is missing \(FOREIGN KEY/,
    ],
    [
      'ALTER TABLE cases DROP CONSTRAINT cases_guild_id_fkey, ADD FOREIGN KEY (guild_id) REFERENCES guilds ON DELETE CASCADE',
      /constraint cases_guild_id_fkey is .*ON DELETE CASCADE, not .*ON DELETE NO ACTION/,
    ],
    [
      'ALTER TABLE cases DROP CONSTRAINT cases_guild_id_fkey, ADD FOREIGN KEY (guild_id) REFERENCES guilds NOT VALID',
      /constraint cases_guild_id_fkey is .* NOT VALID, not/,
    ],
    ['CREATE UNIQUE INDEX ON cases (reason)', /index cases_reason_idx is not described \(UNIQUE btree \(reason\)\)/],
    [
      'DROP INDEX cases_created_at_lower_idx; CREATE INDEX cases_created_at_lower_idx ON cases (created_at)',
      /index cases_created_at_lower_idx is btree \(created_at\), not btree \(created_at DESC, lower/,
    ],
    ["ALTER TYPE mood ADD VALUE 'odd'", /public\.mood differs .* its values are \{glad,sad,odd\}, not \{glad,sad\}/],
    ["ALTER TYPE mood RENAME VALUE 'sad' TO 'bad'", /its values are \{glad,bad\}, not \{glad,sad\}/],
    ['DROP TABLE owners CASCADE; CREATE VIEW owners AS SELECT 1 AS id', /public\.owners/],
    [
      'CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$; CREATE TRIGGER t BEFORE INSERT ON cases FOR EACH ROW EXECUTE FUNCTION f()',
      /trigger t is not described/,
    ],
    [
      'DROP TABLE entries; CREATE TABLE entries (id bigint, at timestamptz(3), back bigint, PRIMARY KEY (id, at))',
      /it is a table, not a table partitioned by RANGE \(at\)/,
    ],
  ]

  it.each(changes)('refuses a table that differs, and says in what: %s', async (change, difference) => {
    expect(await load()).toBe('accepted')
    await database.exec(change)
    expect(await load()).toMatch(difference)
  })

  it('makes what is not in the way of any row', async () => {
    expect(await load()).toBe('accepted')
    await database.exec(`
      DROP INDEX cases_created_at_lower_idx;
      CREATE INDEX made_by_hand ON cases (mood);
      ALTER TABLE cases DROP CONSTRAINT IF EXISTS cases_owner_fkey;
      ALTER TABLE owners DROP CONSTRAINT IF EXISTS owners_case_id_fkey;
      DROP TRIGGER cases_next_number ON cases;
    `)
    // One of the two closes the circle, and is added where it is missing; the other is a difference.
    expect(await load()).toMatch(/constraint (cases_owner|owners_case_id)_fkey is missing/)
    await database.exec('ALTER TABLE owners ADD FOREIGN KEY (case_id) REFERENCES cases')
    await database.exec('ALTER TABLE cases ADD FOREIGN KEY (owner) REFERENCES owners')
    const { schema } = viewOf(setOf(club))
    const late = schema.tables.flatMap(({ name, constraints }) =>
      constraints.flatMap((key) => (key.kind === 'foreign-key' && key.late ? [[name, key.name] as const] : [])),
    )
    expect(late).toHaveLength(1)
    for (const [table, name] of late) await database.exec(`ALTER TABLE ${table} DROP CONSTRAINT ${name}`)
    expect(await load()).toBe('accepted')
    const found = await database.query(
      "SELECT to_regclass('cases_created_at_lower_idx') IS NOT NULL AS index, (SELECT count(*)::integer FROM pg_trigger WHERE tgname = 'cases_next_number') AS triggers, (SELECT count(*)::integer FROM pg_constraint WHERE conname = $1) AS keys",
      [late[0]?.[1] ?? ''],
    )
    expect(found).toEqual([{ index: true, triggers: 1, keys: 1 }])
  })

  it('puts counters and sequences after the rows that are there', async () => {
    expect(await load()).toBe('accepted')
    await database.exec(`
      INSERT INTO guilds VALUES (1, 'a'), (2, 'b');
      DROP TRIGGER cases_next_number ON cases;
      DROP TABLE cases_number_counters;
      INSERT INTO cases (id, guild_id, number) OVERRIDING SYSTEM VALUE VALUES (70, 1, 41), (71, 1, 3), (72, 2, 5);
    `)
    expect(await load()).toBe('accepted')
    expect(await database.query('SELECT guild_id::text, last_number FROM cases_number_counters ORDER BY 1')).toEqual([
      { guild_id: '1', last_number: 41 },
      { guild_id: '2', last_number: 5 },
    ])
    const made = 'INSERT INTO cases (guild_id) VALUES (1) RETURNING id::text, number'
    expect(await database.query(made)).toEqual([{ id: '73', number: 42 }])
    expect(await load()).toBe('accepted')
    expect(await database.query(made)).toEqual([{ id: '74', number: 43 }])
  })
})
