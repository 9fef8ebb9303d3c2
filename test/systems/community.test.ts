import { expect, it } from 'vitest'
import { refusal } from '../support/postgres.js'
import { describeSystem } from './held-to.js'

describeSystem('community', 'the community bot', (held) => {
  const attempt = (statement: string): Promise<string> => refusal(held().database.exec(statement))
  const columnsOf = (table: string) =>
    Object.entries(held().found.tables[table]?.columns ?? {}).map(([name, { type }]) => `${name} ${type}`)

  it.each(['warnings', 'transactions', 'command_stats'])('has an archive with the columns of %s', (table) => {
    const added = ['archived_at timestamp without time zone', 'archived_because text']
    expect(columnsOf(`${table}_archive`)).toEqual([...columnsOf(table), ...added])
    expect(held().found.tables[`${table}_archive`]).toMatchObject({ key: [], uniques: [], references: [] })
  })

  it('has an archive of members that takes what the table of members had', () => {
    const added = ['archived_at timestamp without time zone']
    expect(columnsOf('guild_members_archive')).toEqual([...columnsOf('guild_members'), ...added])
  })

  it('never changes nor deletes what moderators did', async () => {
    await held().database.exec(`
      INSERT INTO mod_actions (guild_id, moderator_id, target_id, action_type) VALUES (1, 2, 3, 'kick')`)
    expect(await attempt(`UPDATE mod_actions SET reason = 'none'`)).toContain('append')
    expect(await attempt('DELETE FROM mod_actions')).toContain('append')
    expect(await attempt('TRUNCATE mod_actions')).toContain('append')
  })

  it('takes the documented kinds of actions, punishments and transactions alone', async () => {
    const action = (kind: string) =>
      attempt(`INSERT INTO mod_actions (guild_id, moderator_id, target_id, action_type) VALUES (1, 2, 3, '${kind}')`)
    expect(await action('unban')).toBe('accepted')
    expect(await action('promote')).toBe('mod_actions_action_type_check')
    const punishment = (kind: string) =>
      attempt(
        `INSERT INTO temp_punishments (user_id, guild_id, punishment_type, expires_at) VALUES (1, 2, '${kind}', now())`,
      )
    expect(await punishment('ban')).toBe('accepted')
    expect(await punishment('ban')).toBe('temp_punishments_user_id_guild_id_punishment_type_key')
    expect(await punishment('kick')).toBe('temp_punishments_punishment_type_check')
  })

  it('takes the memberships of a person who is deleted, and nothing else of them', async () => {
    await held().database.exec(`
      INSERT INTO users (user_id, username) VALUES (10, 'alice');
      INSERT INTO guild_members (user_id, guild_id) VALUES (10, 20);
      INSERT INTO transactions (user_id, guild_id, amount, transaction_type) VALUES (10, 20, 5, 'daily');
      DELETE FROM users WHERE user_id = 10`)
    const left = (table: string) => held().database.query(`SELECT FROM ${table} WHERE user_id = 10`)
    expect(await left('guild_members')).toHaveLength(0)
    expect(await left('transactions')).toHaveLength(1)
  })
})
