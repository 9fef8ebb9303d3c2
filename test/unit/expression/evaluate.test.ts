import { expect, test } from 'vitest'
import { evaluatePredicate } from '../../../generators/language/expression/index.js'
import type { JsonValue } from '../../../generators/model/origin.js'
import { parsed, scope } from './model.js'

const row: { readonly [name: string]: JsonValue } = {
  name: 'Ärger aB',
  count: 3,
  big: '9007199254740993',
  price: '10.50',
  active: true,
  created_at: '2024-01-01T00:00:00Z',
  expires_at: null,
  day: '2024-02-29',
  guild_id: '123',
  status: 'open',
  tier: 1,
  config: { enabled: false },
}

test.each<[string, boolean | null | undefined]>([
  ['count = 3 and active', true],
  ['count > 3 or not active', false],
  ['expires_at > created_at', null],
  ['not expires_at > created_at', null],
  ['expires_at is null or expires_at > created_at', true],
  ['active and expires_at > created_at', null],
  ['count = 4 and expires_at > created_at', false],
  ['count in (1, 2)', false],
  ['count not in (1, 2)', true],
  ['count between 3 and 4', true],
  ['count not between 3 and 4', false],
  ['big = 9007199254740993', true],
  ['big = 9007199254740992', false],
  ['price = 10.5 and price * 2 - 1 = 20.0', true],
  ['-count = -3', true],
  ["created_at = '2024-01-01T01:00:00+01:00'", true],
  ["created_at < '2024-01-02T00:00:00Z'", true],
  ["day >= '2024-02-28'", true],
  ["lower(name) = 'Ärger ab'", true],
  ["upper(name) = 'äRGER AB'", false],
  ['length(name) = 8', true],
  ['coalesce(expires_at, created_at) = created_at', true],
  ['tier = 1', true],
  ['config.enabled', false],
  ['config.level is null', true],
  ['limit > 1', undefined],
  ['limit is null', undefined],
  ['limit > 1 and count = 4', false],
  ['limit > 1 or count = 3', true],
  ['created_at < now()', undefined],
  ['coalesce(limit, 1) = 1', undefined],
])('%s is %s', (source, truth) => {
  expect(evaluatePredicate(parsed(source), scope, (name) => row[name])).toBe(truth)
})
