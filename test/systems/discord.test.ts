import { expect, it } from 'vitest'
import { describeSystem } from './held-to.js'

describeSystem('discord', 'the Discord guide', (held) => {
  it('keeps messages by month, under a key that holds the month', async () => {
    const [parent] = await held().database.query<{ key: string }>(
      `SELECT pg_get_partkeydef('discord_messages'::regclass) AS key`,
    )
    expect(parent?.key).toBe('RANGE (created_at)')
    expect(held().found.tables['discord_messages']?.key).toEqual(['id', 'created_at'])
  })
})
