import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openTestDatabase, refusal, type TestDatabase } from '../../support/postgres.js'
import { loadRetention, type RetentionDatabase } from '../../support/retention.js'
import { emitted, setOf, viewOf } from '../../support/schema-sql.js'

let database: TestDatabase

beforeAll(async () => {
  database = await openTestDatabase()
}, 60_000)

afterAll(() => database?.close())

beforeEach(() => database.reset())

const yaml = `
entity: channel
key: [guild_id, id]
fields: { guild_id: snowflake(guild), id: snowflake(channel), closed_at: timestamp? }
indexes: [[closed_at]]
retention:
  clock: closed_at
  steps: [{ after: 1 day, delete: true }]
  guild_leave: delete
---
entity: setting
key: [guild_id, name]
fields: { guild_id: snowflake(guild), name: string(80), channel_id: snowflake(channel)? }
references:
  - { fields: [guild_id, channel_id], to: channel, on_delete: { set_null: [channel_id] } }
`

describe('a reference of which one field becomes null', () => {
  let loaded: RetentionDatabase

  const stored = (): Promise<readonly string[]> => loaded.rows('settings')

  beforeEach(async () => {
    loaded = await loadRetention(database, yaml)
    const channel = (guild_id: string, id: string) => ({ guild_id, id, closed_at: '2020-01-01T00:00:00.000Z' })
    const setting = (guild_id: string, channel_id: string) => ({ guild_id, name: 'log', channel_id })
    await loaded.insert('channel', channel('1', '10'), channel('2', '10'))
    await loaded.insert('setting', setting('1', '10'), setting('2', '10'))
  })

  it('keeps the others, which belong to the key, when the row it points at is deleted', async () => {
    await database.exec("DELETE FROM channels WHERE guild_id = '1'")
    expect(await stored()).toEqual(['(1,log,)', '(2,log,10)'])
  })

  it('keeps them when retention deletes the row', async () => {
    expect(await loaded.run('channels', '2020-02-01T00:00:00Z')).toEqual({ 0: 2 })
    expect(await stored()).toEqual(['(1,log,)', '(2,log,)'])
  })

  it('keeps them when the guild leaves', async () => {
    await loaded.texts("SELECT place AS text FROM guild_leave('1')")
    expect(await stored()).toEqual(['(1,log,)', '(2,log,10)'])
  })
})

describe('idempotent SQL with such a reference', () => {
  const load = async (): Promise<string> => refusal(database.exec(await emitted(setOf(yaml), { idempotent: true })))

  it('changes nothing where it is as described', async () => {
    for (let run = 0; run < 2; run += 1) expect(await load()).toBe('accepted')
  })

  it('refuses one that makes other fields null', async () => {
    await load()
    await database.exec(
      `ALTER TABLE settings DROP CONSTRAINT settings_guild_id_channel_id_fkey,
       ADD FOREIGN KEY (guild_id, channel_id) REFERENCES channels ON DELETE SET NULL`,
    )
    expect(await load()).toMatch(/ON DELETE SET NULL, not .*ON DELETE SET NULL \(channel_id\)/)
  })
})

describe('servers before 15', () => {
  it('cannot have one', () => {
    expect(viewOf(setOf(yaml), { version: 14 }).codes).toEqual(['postgres-too-old'])
    expect(viewOf(setOf(yaml), { version: 15 }).codes).toEqual([])
  })

  it('can where all fields become null', () => {
    const all = yaml
      .replace('key: [guild_id, name]', 'key: name')
      .replace('{ guild_id: snowflake(guild), name', '{ guild_id: snowflake(guild)?, name')
      .replace('[channel_id] }', '[guild_id, channel_id] }')
    expect(viewOf(setOf(all), { version: 14 }).codes).toEqual([])
  })
})
