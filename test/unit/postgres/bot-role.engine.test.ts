import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type BotRole, createBotRole } from '../../support/bot-role.js'
import { openTestDatabase, refusal, type TestDatabase } from '../../support/postgres.js'
import { emitted, setOf } from '../../support/schema-sql.js'

let database: TestDatabase
let bot: BotRole

beforeAll(async () => {
  database = await openTestDatabase()
}, 60_000)

afterAll(() => database?.close())

const set = setOf(`
entity: guild
fields: { id: snowflake, name: text }
---
entity: case
fields:
  id: identity
  guild_id: snowflake(guild)
  number: integer = next(guild_id)
  config: { fields: { label: text }, default: { label: a } }
  mood: enum(glad, sad) = glad
  at: timestamp = now
unique: [[guild_id, number]]
indexes: [[at]]
retention:
  clock: at
  steps:
    - { after: 30 days, archive: cases_archive }
    - { after: 60 days, delete: true }
  guild_leave: delete
---
entity: entry
append_only: true
fields: { id: identity, guild_id: "snowflake(guild)", note: text, at: timestamp = now }
indexes: [[at]]
retention:
  clock: at
  steps:
    - { after: 30 days, delete: true, summarise: { into: entry_counts, by: ["month(at)"], count: entries } }
  guild_leave: { keep: The log stays. }
---
entity: event
key: [id, at]
append_only: true
fields: { id: snowflake, at: timestamp, guild_id: snowflake(guild) }
postgres: { partition: { by: month, on: at } }
retention:
  clock: at
  steps: [{ after: 30 days, delete: true }]
  guild_leave: { keep: The log stays. }
`)

const old = "now() - interval '45 days'"
const due = "now() - interval '20 days'"

beforeEach(async () => {
  await database.reset()
  const options = { identity: 'bigserial' } as const
  for (const file of ['schema.sql', 'retention.sql'])
    await database.exec(await emitted(set, options, `postgres/${file}`))
  bot = await createBotRole(database, await emitted(set, options, 'postgres/grants.sql'))
  await bot.enter()
})

afterEach(() => bot.drop())

const countOf = async (table: string): Promise<number> => {
  const [row] = await database.query<{ count: number }>(`SELECT count(*)::integer AS count FROM public.${table}`)
  return row?.count ?? -1
}

describe("a bot's role", () => {
  it('writes and reads rows, which are numbered, checked and typed', async () => {
    await database.exec("INSERT INTO public.guilds VALUES (1, 'a')")
    await database.exec('INSERT INTO public.cases (guild_id) VALUES (1), (1)')
    await database.exec(
      "UPDATE public.cases SET mood = 'sad' WHERE number = 2; DELETE FROM public.cases WHERE number = 1",
    )
    expect(await database.query('SELECT number, mood::text FROM public.cases')).toEqual([{ number: 2, mood: 'sad' }])
    expect(await refusal(database.exec(`UPDATE public.cases SET config = '{"label": 1}'`))).toBe('cases_config_check')
    await database.exec("INSERT INTO public.entries (guild_id, note) VALUES (1, 'a')")
    expect(await countOf('entries')).toBe(1)
  })

  it('has retention done, and answers to events', async () => {
    await database.exec(`INSERT INTO public.cases (guild_id, at) VALUES (1, ${old}), (2, now())`)
    await database.exec(`INSERT INTO public.entries (guild_id, note, at) VALUES (1, 'a', ${old}), (1, 'b', now())`)
    await database.exec(`INSERT INTO public.events (id, at, guild_id) VALUES (1, ${old}, 1), (2, now(), 1)`)
    expect(await database.query('SELECT sum(due)::integer AS due FROM public.retention_due_now')).toEqual([{ due: 3 }])
    await database.query('CALL public.run_retention()')
    expect([
      await countOf('cases'),
      await countOf('cases_archive'),
      await countOf('entries'),
      await countOf('events'),
    ]).toEqual([1, 1, 1, 1])
    expect(await database.query('SELECT entries::integer FROM public.entry_counts')).toEqual([{ entries: 1 }])
    expect(await database.query('SELECT public.events_make_partitions(now(), 1) AS made')).toEqual([{ made: 2 }])
    await database.query('SELECT * FROM public.guild_leave(1)')
    await database.query('SELECT * FROM public.guild_leave(2)')
    expect([await countOf('cases'), await countOf('cases_archive'), await countOf('entries')]).toEqual([0, 0, 1])
  })

  it('cannot touch counters, archives and summaries itself, nor call what only the owner calls', async () => {
    for (const statement of [
      'SELECT FROM public.cases_number_counters',
      'DELETE FROM public.cases_archive',
      'UPDATE public.entry_counts SET entries = 0',
      'ALTER TABLE public.entries DISABLE TRIGGER ALL',
      'TRUNCATE public.cases',
      'DROP TABLE public.events_default',
      'CREATE TABLE public.mine ()',
      'SET session_replication_role = replica',
    ])
      expect(await refusal(database.exec(statement)), statement).toMatch(/permission denied|must be owner/)
  })

  it('says what nobody may call unless it is granted', async () => {
    await bot.leave()
    const open = await database.query(`
      SELECT p.proname FROM pg_proc AS p
      WHERE p.prosecdef AND p.pronamespace = 'public'::regnamespace
        AND (has_function_privilege('public', p.oid, 'EXECUTE') OR p.proconfig[1] <> 'search_path=pg_catalog, pg_temp')`)
    expect(open).toEqual([])
  })
})

describe('what is append-only', () => {
  beforeEach(async () => {
    await bot.leave()
    // All that somebody could grant who did not read what grants.sql says.
    await database.exec(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${bot.name}`)
    await database.exec(`SELECT public.events_make_partitions(${due}, 3)`)
    await bot.enter()
    await database.exec(`INSERT INTO public.entries (guild_id, note, at) VALUES (1, 'a', ${due})`)
    await database.exec(`INSERT INTO public.events VALUES (1, ${due}, 1), (2, '2001-01-01Z', 1)`)
  })

  const attempts = [
    "SET botschema.retention = 'on'; DELETE FROM public.entries",
    "SET botschema.retention = 'on'; UPDATE public.entries SET note = 'b'",
    "SET botschema.retention = 'on'; DELETE FROM public.events",
    "SET botschema.retention = 'on'; DELETE FROM public.events_default",
    "BEGIN; SET LOCAL botschema.retention = 'on'; DELETE FROM public.entries; COMMIT",
    "SELECT set_config('botschema.retention', 'on', false); SELECT public.retire_entries(); DELETE FROM public.entries",
    `CREATE FUNCTION pg_temp.current_setting(text, boolean) RETURNS text LANGUAGE sql AS $$ SELECT 'on' $$;
     CREATE FUNCTION pg_temp.pg_get_userbyid(oid) RETURNS name LANGUAGE sql AS $$ SELECT current_user $$;
     SET search_path = pg_temp, pg_catalog; DELETE FROM public.entries`,
  ]

  it.each(attempts)('is not changed by a role that may delete: %s', async (attempt) => {
    expect(await refusal(database.exec(attempt))).toMatch(/is append-only: (delete|update) is refused/)
    await database.exec('ROLLBACK')
    expect([await countOf('entries'), await countOf('events')]).toEqual([1, 2])
  })

  it('goes by its age and no earlier, whatever moment the role gives', async () => {
    await database.exec("SELECT public.retire_entries('2999-01-01Z'); SELECT public.retire_events('2999-01-01Z')")
    await database.query("CALL public.run_retention(NULL, '2999-01-01Z')")
    expect([await countOf('entries'), await countOf('events')]).toEqual([1, 1])
    await bot.leave()
    await database.exec("SELECT public.retire_entries('2999-01-01Z'); SELECT public.retire_events('2999-01-01Z')")
    expect([await countOf('entries'), await countOf('events')]).toEqual([0, 0])
    await bot.enter()
  })

  it('is not emptied by its owner unless the owner turns its trigger off', async () => {
    await bot.leave()
    const parts = await database.query<{ name: string }>(
      "SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'public.events'::regclass",
    )
    expect(parts.length).toBeGreaterThan(2)
    for (const name of ['entries', 'events', ...parts.map((part) => part.name)])
      expect(await refusal(database.exec(`TRUNCATE public.${name}`)), name).toMatch(/append-only: truncate is refused/)
    expect(await refusal(database.exec('DELETE FROM public.entries'))).toMatch(/append-only/)
    await bot.enter()
  })

  it('is not reached by an action of a reference that the role makes use of', async () => {
    await bot.leave()
    await database.exec(
      'ALTER TABLE public.entries ADD FOREIGN KEY (guild_id) REFERENCES public.guilds ON DELETE CASCADE NOT VALID',
    )
    await database.exec("INSERT INTO public.guilds VALUES (1, 'a')")
    await bot.enter()
    expect(await refusal(database.exec("SET botschema.retention = 'on'; DELETE FROM public.guilds"))).toMatch(
      /append-only/,
    )
  })
})
