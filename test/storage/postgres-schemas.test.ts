import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { createBotRole } from '../support/bot-role.js'
import { openTestDatabases, type TestDatabase } from '../support/postgres.js'
import { openSubjects, storageCalls, vaultKeys } from './databases.js'
import { emittedFiles, fileOf } from './emitted.js'
import { scenario } from './scenario.js'
import { scenarioFiles } from './scenario-set.js'

const outcomes = new URL('scenario.outcomes.json', import.meta.url)

/** In a schema: tables, types and functions of the names that `public` has, which are of no use. */
const decoys = (schema: string): string => `
DO $decoys$
DECLARE
  one record;
BEGIN
  FOR one IN SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'S') LOOP
    EXECUTE format('CREATE TABLE ${schema}.%I (decoy text)', one.relname);
  END LOOP;
  FOR one IN SELECT typname FROM pg_type WHERE typnamespace = 'public'::regnamespace AND typtype = 'e' LOOP
    EXECUTE format('CREATE DOMAIN ${schema}.%I AS integer', one.typname);
  END LOOP;
  FOR one IN
    SELECT proname, prokind, pg_get_function_identity_arguments(oid) AS given, pg_get_function_result(oid) AS result
    FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prokind IN ('f', 'p')
  LOOP
    CONTINUE WHEN concat(one.given, one.result) ~ 'internal|cstring|anyelement|anyarray';
    EXECUTE format('CREATE %s ${schema}.%I(%s) %s LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION ''a decoy''; END $$',
      CASE one.prokind WHEN 'p' THEN 'PROCEDURE' ELSE 'FUNCTION' END, one.proname, one.given,
      CASE one.prokind WHEN 'p' THEN '' ELSE 'RETURNS ' || one.result END);
  END LOOP;
END
$decoys$;
GRANT ALL ON ALL TABLES IN SCHEMA ${schema} TO ${schema}`

const open: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

describe('whatever schemas a connection looks into', () => {
  it('every function finds the tables, types and functions of its set, and not those of the role', async () => {
    const { files, subjects, close } = await openSubjects(scenarioFiles)
    open.push(close)
    for (const { driver, database, call } of subjects) {
      const bot = await createBotRole(database, fileOf(files, 'postgres/grants.sql'))
      if (driver !== 'PGlite') {
        open.push(async () => {
          await bot.leave()
          await database.exec(`DROP SCHEMA ${bot.name} CASCADE`)
          await bot.drop()
        })
      }
      await database.exec(`CREATE SCHEMA ${bot.name} AUTHORIZATION ${bot.name}`)
      await database.exec(decoys(bot.name))
      await bot.enter()
      await database.exec('SET search_path TO "$user", public')
      const given = JSON.parse(JSON.stringify(await scenario(call)))
      expect(given, driver).toEqual(JSON.parse(readFileSync(outcomes, 'utf8')))
      expect(await database.query(`SELECT count(*)::integer AS rows FROM ${bot.name}.members`)).toEqual([{ rows: 0 }])
    }
  })

  it('files are loaded, again where they are idempotent, and find nothing by a search path', async () => {
    for (const idempotent of [false, true]) {
      const files = await emittedFiles(withOptions(scenarioFiles, idempotent))
      for (const [driver, database] of await openTestDatabases()) {
        open.push(database.close)
        await database.exec(`SET search_path TO ''`)
        const bot = await createBotRole(database, '')
        if (driver !== 'PGlite') open.push(bot.drop)
        for (let time = idempotent ? 2 : 1; time > 0; time -= 1) {
          for (const file of ['schema', 'retention', 'grants', 'seed']) {
            const sql = fileOf(files, `postgres/${file}.sql`)
            await database.exec(sql.replaceAll(/\b(TO|FROM) bot\b/g, `$1 ${bot.name}`))
          }
        }
        expect(await database.query('SELECT name FROM house.guilds'), driver).toEqual([{ name: 'home' }])
      }
    }
  })

  it('two sets of the same tables keep apart, named queries included', async () => {
    const [first, second] = [await emittedFiles(noted('one')), await emittedFiles(noted('two'))]
    for (const [driver, database] of await openTestDatabases()) {
      open.push(database.close)
      for (const files of [first, second]) await database.exec(fileOf(files, 'postgres/schema.sql'))
      const [one, two] = await Promise.all([first, second].map((files) => storageCalls(files, clientOf(database))))
      if (one === undefined || two === undefined) throw new Error('two storages')
      for (const path of ['two, one', 'one, two', `''`, 'pg_temp, two']) {
        await database.exec(`SET search_path TO ${path}`)
        await database.exec('TRUNCATE one.notes, two.notes')
        expect(await one('note.queries.add', { text: 'first', kind: 'glad' }), driver).toEqual({ text: 'first' })
        expect(await two('note.queries.add', { text: 'second', kind: 'sad' }), driver).toEqual({ text: 'second' })
        expect(await one('note.queries.ofKind', { kind: 'glad' }), path).toEqual([{ text: 'first', is_table: true }])
        expect(await one('note.queries.ofKind', { kind: 'sad' }), path).toEqual([])
        expect(await two('note.queries.ofKind', { kind: 'sad' }), path).toEqual([{ text: 'second', is_table: true }])
        expect(await one('note.queries.forget'), path).toBe(undefined)
        expect(await database.query('SELECT count(*)::integer AS left FROM two.notes')).toEqual([{ left: 1 }])
      }
    }
  })

  it('what belongs to extensions is found in the schema that the set names for them', async () => {
    const files = await emittedFiles(extended)
    for (const [driver, database] of await openTestDatabases()) {
      open.push(database.close)
      const schema = fileOf(files, 'postgres/schema.sql')
      await database.exec(schema.replace(/CREATE EXTENSION[^;]* vector [^;]*;/, () => vector))
      const bot = await createBotRole(database, fileOf(files, 'postgres/grants.sql'))
      if (driver !== 'PGlite') open.push(bot.drop)
      await bot.enter()
      await database.exec(`SET search_path TO ''`)
      const call = await storageCalls(files, clientOf(database))
      const memory = { id: '1', body: 'a red apple', meaning: [1, 0, 0.5] }
      expect(await call('memory.insert', memory), driver).toEqual(memory)
      expect(await call('memory.update', '1', { meaning: [1, 2, 3] })).toEqual({ ...memory, meaning: [1, 2, 3] })
      await call('memory.insert', { id: '2', body: 'a green pear', meaning: [9, 9, 9] })
      expect(await call('memory.queries.nearest', { to: [1, 2, 2] })).toEqual([
        { id: '1', apart: 1 },
        { id: '2', apart: Math.hypot(8, 7, 7) },
      ])
      expect(await call('memory.queries.like', { word: 'appl' })).toEqual([{ body: 'a red apple', meaning: [1, 2, 3] }])
      await call('vault.insert', { id: '1', token: 'hunter2' })
      expect(await call('vault.decrypt', '1', 'token')).toBe('hunter2')
      expect(await call('vault.queries.opened', { id: '1', key: vaultKeys.VAULT_SECRET })).toEqual({ token: 'hunter2' })
    }
  })
})

/** The set in a schema of its own, with a row to start with. */
const withOptions = (texts: typeof scenarioFiles, idempotent: boolean) => ({
  ...texts,
  'botschema.yaml': `${texts['botschema.yaml']}`.replace(
    'targets: {',
    `targets: { postgres: { schema: house, extension_schema: addons, idempotent: ${idempotent} },`,
  ),
  'guild.yaml': `${texts['guild.yaml']}seed:\n  - { id: "100000000000000009", name: home }\n`,
})

const clientOf = (database: TestDatabase) => ({
  query: async (text: string, values: unknown[]) => ({ rows: await database.query(text, values) }),
})

const noted = (schema: string): Readonly<Record<string, string>> => ({
  'botschema.yaml': `name: ${schema}
output: out
stores: [postgres]
targets: { postgres: { schema: ${schema} }, markdown: false, json-schema: false }
`,
  'note.yaml': `
entity: note
fields:
  id: identity
  text: string(40)
  kind: enum(glad, sad) = glad
queries:
  add:
    params: { text: text, kind: kind }
    returns: one
    columns: [text]
    postgres: INSERT INTO notes (text, kind) VALUES (:text, :kind) RETURNING text
  of_kind:
    params: { kind: kind }
    columns: { text: text, is_table: { type: boolean } }
    postgres: |
      WITH found AS (SELECT * FROM notes AS n WHERE kind = :kind AND kind <> ALL ('{}'::note_kind[]))
      SELECT found.text, 'notes'::regclass = notes.tableoid AS is_table -- of the table
      FROM found, notes WHERE notes.id = found.id
  forget:
    returns: none
    postgres: DELETE FROM notes USING notes AS other WHERE notes.id = other.id
`,
})

const extended = {
  'botschema.yaml': `name: extended
output: out
stores: [postgres]
targets: { postgres: { extension_schema: addons }, markdown: false, json-schema: false }
`,
  'memory.yaml': `
entity: memory
fields:
  id: snowflake
  body: text
  meaning: vector(3)
indexes:
  - { fields: [body gin_trgm_ops], using: gin }
queries:
  nearest:
    params: { to: meaning }
    columns: { id: id, apart: { type: float } }
    postgres: SELECT id, meaning <-> :to AS apart FROM memories ORDER BY meaning <-> :to
  like:
    params: { word: { type: string(20) } }
    columns: [body, meaning]
    postgres: SELECT body, meaning FROM memories WHERE word_similarity(:word, body) > 0.3 AND :word <% body
---
entity: vault
fields:
  id: snowflake
  token: { type: text, encrypted: { with: pgcrypto, key: VAULT_SECRET } }
queries:
  opened:
    params: { id: id, key: { type: text } }
    returns: one
    columns: { token: { type: text } }
    postgres: SELECT pgp_sym_decrypt(token, :key) AS token FROM vaults WHERE id = :id
`,
}

/** A type and an operator of pgvector's names, where no server has the extension itself. */
const vector = `
CREATE TYPE addons.vector;
CREATE FUNCTION addons.vector_in(cstring) RETURNS addons.vector LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION addons.vector_out(addons.vector) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE FUNCTION addons.vector_typmod_in(cstring[]) RETURNS integer LANGUAGE internal IMMUTABLE STRICT AS 'varchartypmodin';
CREATE TYPE addons.vector (INPUT = addons.vector_in, OUTPUT = addons.vector_out, TYPMOD_IN = addons.vector_typmod_in, LIKE = text);
CREATE FUNCTION addons.l2_distance(addons.vector, addons.vector) RETURNS double precision LANGUAGE sql IMMUTABLE AS $$
  SELECT sqrt(sum((a - b) ^ 2)) FROM unnest(
    translate($1::text, '[]', '{}')::double precision[], translate($2::text, '[]', '{}')::double precision[]) AS pair (a, b)
$$;
CREATE OPERATOR addons.<-> (LEFTARG = addons.vector, RIGHTARG = addons.vector, FUNCTION = addons.l2_distance);`
