import { expect, test } from 'vitest'
import { compileTexts } from '../../support/compile.js'
import { codes, entity } from './found.js'

const rows = (rule: string, ...fields: readonly string[]): string =>
  entity('sheet', ['id: identity', ...fields], ['retention:', `  ${rule}: { keep: It is needed. }`])

test.each([
  ['guild_leave', ['guild_id: snowflake(guild)'], []],
  ['guild_leave', ['home: snowflake(guild)'], []],
  ['guild_leave', ['places: list<snowflake(guild)>'], []],
  ['guild_leave', ['user_id: snowflake(user)'], ['retention-event']],
  ['guild_leave', ['from: snowflake(guild)', 'to: snowflake(guild)'], ['retention-event']],
  ['guild_leave', ['from: snowflake(guild)', 'guild_id: snowflake(guild)'], []],
  ['guild_leave', ['from: snowflake(guild)', 'guildId: snowflake(guild)'], []],
  ['guild_leave', ['places: map<snowflake(guild)>'], ['retention-event']],
  ['member_leave', ['guild_id: snowflake(guild)', 'user_id: snowflake(user)'], []],
  ['member_leave', ['guild_id: snowflake(guild)'], ['retention-event']],
  ['member_leave', ['guild_id: snowflake(guild)', 'by: snowflake(user)', 'to: snowflake(user)'], ['retention-event']],
  ['member_leave', ['guild_id: snowflake(guild)', 'by: snowflake(user)', 'user_id: snowflake(user)'], []],
])('%s with %j', (rule, fields, expected) => {
  expect(codes(rows(rule, ...fields))).toEqual(expected)
})

test('a finding about several fields names and shows them', () => {
  const { diagnostics } = compileTexts({
    'sheet.yaml': rows('guild_leave', 'from: snowflake(guild)', 'to: snowflake(guild)'),
  })
  const [found] = diagnostics
  expect(found?.message).toContain('`from`, `to` each name a guild')
  expect(found?.related.map(({ message }) => message)).toEqual(['`from` is here', '`to` is here'])
})
