import { expect, test } from 'vitest'
import { checkExpression, refuseNow } from '../../../generators/language/expression/index.js'
import type { Type } from '../../../generators/model/type.js'
import { parsed, scope } from './model.js'

const condition = (source: string) => checkExpression(parsed(source), scope, { kind: 'condition' })

test.each([
  'active',
  'not active and count > 1.5',
  "name = 'x' or `odd name` <> lower(name)",
  "status in ('open', 'closed')",
  'tier = 2',
  "guild_id = '123456789012345678'",
  'expires_at is null or expires_at > created_at',
  "created_at >= '2024-01-01T00:00:00Z'",
  "day between '2024-01-01' and '2024-12-31'",
  'config.enabled = true and config.level * 2 < count + big - price',
  "coalesce(name, 'none') <> 'none'",
  'length(name) <= 3',
  'tags is not null and data is null',
  '3 < count',
  "coalesce(null, name) = 'x'",
])('%s is sound', (source) => {
  expect(condition(source)).toEqual([])
})

test.each([
  ['nmae = 1', 'unknown-field'],
  ['config.enabld', 'unknown-field'],
  ['name = "open"', 'predicate-quotes'],
  ['data.x = 1', 'no-fields-inside'],
  ['count', 'predicate-not-boolean'],
  ['not name', 'predicate-not-boolean'],
  ['count = name', 'predicate-types'],
  ['status = name', 'predicate-types'],
  ['created_at > day', 'predicate-types'],
  ['tags = data', 'predicate-operand'],
  ["name < 'b'", 'predicate-order'],
  ["status > 'open'", 'predicate-order'],
  ["guild_id > '1'", 'predicate-order'],
  ['active > true', 'predicate-order'],
  ["status = 'opne'", 'unknown-enum-value'],
  ['tier = 7', 'unknown-enum-value'],
  ["count = '1'", 'predicate-literal'],
  ['name = 1', 'predicate-literal'],
  ['guild_id = 123456789012345678', 'predicate-literal'],
  ["guild_id in ('0123')", 'predicate-literal'],
  ["created_at > '2024-01-01'", 'predicate-literal'],
  ["day = '2023-02-29'", 'predicate-literal'],
  ["active = 'true'", 'predicate-literal'],
  ["tags = 'x'", 'predicate-literal'],
  ['name = null', 'predicate-null'],
  ['length(count) > 1', 'predicate-operand'],
  ['name + 1 > 2', 'predicate-operand'],
  ['-active = 1', 'predicate-operand'],
  ['coalesce(name, 1) = 2', 'predicate-literal'],
])('%s is refused with %s', (source, code) => {
  expect(condition(source).map((found) => found.code)).toContain(code)
})

test('the nearest enum value is named', () => {
  expect(condition("status = 'opne'")[0]?.help).toBe('did you mean `open`?')
})

test('a broken field is not spoken of again', () => {
  const broken = { ...scope, isBroken: (_: string, field: string) => field === 'name' }
  expect(checkExpression(parsed('name > 1 and name.x'), broken, { kind: 'condition' })).toEqual([])
})

test('a computed value is held to the type of its field', () => {
  const integer = { kind: 'integer', width: 'integer', min: null, max: null } as const
  const codes = (source: string) =>
    checkExpression(parsed(source), scope, { kind: 'value', type: integer }).map((found) => found.code)
  expect(codes('count * 2')).toEqual([])
  expect(codes('price * 2')).toEqual(['predicate-result'])
  expect(codes('1.5')).toEqual(['predicate-result'])
  expect(codes('name')).toEqual(['predicate-result'])
  expect(codes("'x'")).toEqual(['predicate-literal'])
})

test('a computed number loses no digit in its field', () => {
  const codes = (source: string, type: Type) =>
    checkExpression(parsed(source), scope, { kind: 'value', type }).map((found) => found.code)
  const decimal = (scale: number): Type => ({
    kind: 'decimal',
    precision: 9,
    scale,
    inMongo: 'decimal128',
    min: null,
    max: null,
  })
  const real: Type = { kind: 'float', width: 'real', min: null, max: null }
  expect(codes('count * 0.25', decimal(2))).toEqual([])
  expect(codes('count * 0.25', decimal(1))).toEqual(['predicate-result'])
  expect(codes('count * 0.25 * 0.1', decimal(2))).toEqual(['predicate-result'])
  expect(codes('coalesce(count, 0.5)', decimal(0))).toEqual(['predicate-result'])
  expect(codes('price', decimal(2))).toEqual([])
  expect(codes('price', decimal(1))).toEqual(['predicate-result'])
  expect(codes('price + 1', { ...real, width: 'double' })).toEqual([])
  expect(codes('price', real)).toEqual(['predicate-result'])
  expect(codes('count + 1', real)).toEqual(['predicate-result'])
})

test('now() is found wherever it hides', () => {
  const found = refuseNow(parsed('not (created_at between now() and coalesce(expires_at, now()))'), 'a check')
  expect(found.map(({ at }) => at?.start)).toEqual([24, 55])
})
