import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { refusal } from '../support/postgres.js'
import { describeSystem } from './held-to.js'

const schema = readFileSync(new URL('../../output/companion/postgres/schema.sql', import.meta.url), 'utf8')

describeSystem('companion', 'the companion', (held) => {
  const attempt = (statement: string): Promise<string> => refusal(held().database.exec(statement))
  const count = async (table: string): Promise<number> => {
    const [row] = await held().database.query<{ count: string }>(`SELECT count(*)::text AS count FROM ${table}`)
    return Number(row?.count)
  }

  it('may be loaded again', async () => {
    expect(await attempt(schema)).toBe('accepted')
  })

  it('has one state that is global, and one of each server', async () => {
    expect(await attempt('INSERT INTO bot_states DEFAULT VALUES')).toBe('accepted')
    expect(await attempt('INSERT INTO bot_states DEFAULT VALUES')).toBe('bot_states_guild_id_key')
    expect(await attempt('INSERT INTO bot_states (guild_id) VALUES (1), (2)')).toBe('accepted')
  })

  it('has one global opinion on a topic, and one in each server', async () => {
    const opinion = (guild: string, topic: string) =>
      attempt(`INSERT INTO bot_opinions (guild_id, topic) VALUES (${guild}, '${topic}')`)
    expect(await opinion('NULL', 'climbing')).toBe('accepted')
    expect(await opinion('NULL', 'climbing')).toBe('bot_opinions_guild_id_topic_key')
    expect(await opinion('1', 'climbing')).toBe('accepted')
    expect(await opinion('NULL', 'Climbing')).toBe('bot_opinions_topic_is_lower_case')
  })

  it('has one global relationship with a person, and takes all that is theirs when they are deleted', async () => {
    await held().database.exec(`INSERT INTO users (id, discord_id, discord_username) VALUES (100, 100, 'john_doe')`)
    const relationship = (guild: string) =>
      attempt(`INSERT INTO user_relationships (user_id, guild_id) VALUES (100, ${guild})`)
    expect(await relationship('NULL')).toBe('accepted')
    expect(await relationship('NULL')).toBe('user_relationships_user_id_guild_id_key')
    expect(await relationship('1')).toBe('accepted')
    await held().database.exec(`
      INSERT INTO mood_history (valence, arousal, trigger_type, trigger_user_id) VALUES (0, 0, 'conversation', 100);
      DELETE FROM users WHERE id = 100`)
    expect(await count('user_relationships')).toBe(0)
    expect(await count('mood_history WHERE trigger_user_id IS NULL')).toBe(1)
  })
})
