import { expect, test } from 'vitest'
import { nearest } from '../../../generators/kernel/nearest.js'

test.each([
  ['creatd_at', ['created_at', 'id'], 'created_at'],
  ['guild', ['id', 'guild_id', 'user_id'], 'guild_id'],
  ['member', ['guild', 'guild_member'], 'guild_member'],
  // One of two, and nobody knows which; a letter or two are in too many names.
  ['user', ['user_id', 'banned_user'], null],
  ['id', ['guild_id'], null],
  ['name', ['rename_count'], null],
])('%s of %j is %s', (name, candidates, meant) => {
  expect(nearest(name, candidates)).toBe(meant)
})
