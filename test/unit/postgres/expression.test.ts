import { describe, expect, it } from 'vitest'
import { setOf, viewOf } from '../../support/schema-sql.js'

const conditionOf = (check: string): string => {
  const set = setOf(`
entity: thing
fields:
  id: snowflake
  a: integer?
  b: integer?
  big: bigint?
  ratio: real?
  name: text?
  on: boolean?
  order: boolean?
  at: timestamp?
  naive: { type: timestamp?, zone: false }
  epoch: timestamp(ms)?
  pause: { type: duration(minutes)?, as: interval }
  tags: list<text>?
  blob: bytes?
  who: { type: snowflake(user)?, as: text }
  mood: enum(glad, sad)?
  config:
    type: object?
    fields: { count: integer, label: text, on: boolean, at: timestamp, ids: list<text> }
checks:
  rule: ${JSON.stringify(check)}
`)
  const { schema } = viewOf(set)
  const found = schema.tables[0]?.constraints.find(({ name }) => name === 'things_rule')
  return found?.kind === 'check' ? found.conditions.join(' AND ') : 'none'
}

describe('predicates as SQL', () => {
  it.each([
    ['a > 1 or b < 2 and on', 'a > 1 OR b < 2 AND "on"'],
    ['(a > 1 or b < 2) and on', '(a > 1 OR b < 2) AND "on"'],
    ['not (on and order)', 'NOT ("on" AND "order")'],
    ['not on', 'NOT "on"'],
    ['(a = b) is not null', '(a = b) IS NOT NULL'],
    ['on = (a > b)', '"on" = (a > b)'],
    ['a not in (1, 2)', 'a NOT IN (1, 2)'],
    ['a between b and 10', 'a BETWEEN b AND 10'],
    ['a + b * 2 > 0', 'a::numeric + b::numeric * 2 > 0'],
    ['(a + b) * 2 > 0', '(a::numeric + b::numeric) * 2 > 0'],
    ['a - (b - 1) > 0', 'a::numeric - (b::numeric - 1) > 0'],
    ['a > -1', 'a > -1'],
    ['- a > 1', '- a::numeric > 1'],
    ['ratio * 2 < 1', 'ratio::double precision * 2 < 1'],
    ["lower(name) = 'it''s'", `lower(name COLLATE "C") = 'it''s'`],
    ['length(name) > 2', 'char_length(name) > 2'],
    ['coalesce(a, 0) > 0', 'coalesce(a, 0) > 0'],
    ["mood = 'glad'", "mood = 'glad'"],
    ["at > '2024-01-01T00:00:00Z'", "at > '2024-01-01 00:00:00+00'"],
    ["naive > '2024-01-01T00:00:00Z'", "naive > '2024-01-01 00:00:00'"],
    ["epoch > '2024-01-01T00:00:00Z'", 'epoch > 1704067200000'],
    ['at > naive', "at > (naive AT TIME ZONE 'UTC')"],
    ['at > epoch', 'at > to_timestamp(epoch / 1000.0)::timestamptz(3)'],
    ['pause > 5', "pause > interval '5 minutes'"],
    ['pause > a', 'extract(epoch FROM pause) * 1000 / 60000 > a'],
    ['pause between a and 10', 'extract(epoch FROM pause) * 1000 / 60000 BETWEEN a AND 10'],
    ['coalesce(pause, a) in (1, b)', 'coalesce(extract(epoch FROM pause) * 1000 / 60000, a) IN (1, b)'],
    [
      'at between naive and epoch',
      "at BETWEEN (naive AT TIME ZONE 'UTC') AND to_timestamp(epoch / 1000.0)::timestamptz(3)",
    ],
    [
      'coalesce(at, naive) > epoch',
      "coalesce(at, (naive AT TIME ZONE 'UTC')) > to_timestamp(epoch / 1000.0)::timestamptz(3)",
    ],
    ["who = '123'", "who = '123'"],
    ['id = who', 'id = who::bigint'],
    ['config.count > 1', "(config ->> 'count')::numeric > 1"],
    ['config.on', "(config ->> 'on')::boolean"],
    ["config.label = 'x'", "config ->> 'label' = 'x'"],
    ['config.label is null', "config ->> 'label' IS NULL"],
    ['length(config.label) = 2', "char_length(config ->> 'label') = 2"],
  ])('%s', (check, expected) => {
    expect(conditionOf(check)).toBe(expected)
  })
})
