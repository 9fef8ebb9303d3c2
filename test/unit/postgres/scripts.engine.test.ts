import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../support/postgres.js'
import { emitted, setOf } from '../../support/schema-sql.js'

let database: TestDatabase

beforeAll(async () => {
  database = await openTestDatabase()
}, 60_000)

afterAll(() => database?.close())

beforeEach(() => database.reset())

describe('idempotence and seeds', () => {
  it('runs twice, in a schema of its own', async () => {
    const set = setOf(`
entity: level
fields: { id: identity, name: { type: text, unique: true }, mood: "enum(glad, sad) = glad", boss: "ref(level)?" }
seed:
  - { id: "3", name: it's }
  - { name: other, mood: sad }
`)
    const options = { idempotent: true, schema: 'Club' }
    const [schema, seed] = [await emitted(set, options), await emitted(set, options, 'postgres/seed.sql')]
    for (const script of [schema, seed, schema, seed]) await database.exec(script)
    await database.exec(`INSERT INTO "Club".levels (name) VALUES ('new')`)
    const rows = await database.query('SELECT id::text, name, mood FROM "Club".levels ORDER BY name')
    expect(rows.map(({ name }) => name)).toEqual(["it's", 'new', 'other'])
    expect(rows.find(({ name }) => name === "it's")?.['id']).toBe('3')
  })
})

describe('names', () => {
  it('are those that Postgres itself would give', async () => {
    const fields = '{ id: identity, guild_id: snowflake(guild), a_rather_long_column_name_for_a_bot: text, b: "text?" }'
    const set = setOf(`
entity: a_table_of_a_bot_with_quite_a_long_name
fields: ${fields}
unique:
  - [guild_id, a_rather_long_column_name_for_a_bot]
indexes:
  - [b, "guild_id desc"]
  - [lower(b)]
  - { fields: [lower(b), b], where: b is not null }
  - { fields: [guild_id], include: [b] }
`)
    await database.exec(await emitted(set))
    const names = 'SELECT indexname AS name FROM pg_indexes WHERE schemaname = current_schema() ORDER BY 1'
    const ours = await database.query(names)
    const unnamed = (await emitted(set))
      .replace(/CONSTRAINT \S+ (PRIMARY KEY|UNIQUE|CHECK)/g, '$1')
      .replace(/INDEX \S+ ON/g, 'INDEX ON')
    await database.reset()
    await database.exec(unnamed)
    expect(await database.query(names)).toEqual(ours)
    expect(ours).toHaveLength(6)
  })
})
