import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { entitySchema } from '../../../generators/json-schema/entity-schema.js'
import { losses } from '../../../generators/json-schema/losses.js'
import { jsonText } from '../../../generators/json-schema/print.js'
import type { formatPatterns, Type } from '../../../generators/model/index.js'
import { sample, warning } from '../typescript/sample.js'
import * as m from '../zod/model.js'

const compiled = (set: Parameters<typeof entitySchema>[0], entity: Parameters<typeof entitySchema>[1]) => {
  const ajv = new Ajv2020({ strictTypes: false, unicodeRegExp: true, validateFormats: false })
  ajv.addSchema(JSON.parse(jsonText(entitySchema(set, entity))), 'schema')
  return (pointer: '' | '#/$defs/new' | '#/$defs/patch', value: unknown): boolean =>
    ajv.validate(`schema${pointer}`, value) as boolean
}

const takes = (type: Type, value: unknown, nullable = false): boolean => {
  const entity = m.entity('thing', [m.field('value', type, { nullable })], { key: { kind: 'none', origin: m.origin } })
  const set = m.schemaSet({
    entities: [entity],
    objects: [m.objectDefinition('point', [m.field('x', m.integer), m.field('label', m.text(), { optional: true })])],
    enums: [m.enumDefinition('level', [0, 1, 2])],
  })
  return compiled(set, entity)('', { value })
}

const patterned = m.text({
  pattern: {
    source: '^[a-z]+$',
    postgres: '^[a-z]+$',
    pcre: '^[a-z]+$',
    bytes: { longest: null, each: 1 },
    origin: m.origin,
  },
})
const format = (name: keyof typeof formatPatterns): Type => ({
  kind: 'format',
  format: name,
  minLength: null,
  maxLength: null,
})
const json: Type = { kind: 'json', as: 'jsonb' }

const tables: readonly (readonly [string, Type, readonly unknown[], readonly unknown[]])[] = [
  ['text', m.text(), ['', ' a ', '😀'], ['a\0', '\uD83D', 1, null, ['a']]],
  ['string(2)', m.text({ form: 'string', maxLength: 2 }), ['', 'ab', '😀😀', 'a '], ['abc', '😀😀😀']],
  ['char(2)', m.text({ form: 'char', maxLength: 2 }), ['ab', '😀😀', ' a'], ['a', 'abc', 'a ', '']],
  ['pattern', patterned, ['abc'], ['', 'a1', 'A']],
  [
    'smallint',
    { kind: 'integer', width: 'smallint', min: null, max: null },
    [-32768, 32767, 1.0, -0],
    [32768, 0.5, '1'],
  ],
  ['integer', { kind: 'integer', width: 'integer', min: 0, max: 9 }, [0, 9], [-1, 10]],
  ['long', m.long, [2 ** 53 - 1, -(2 ** 53 - 1)], [2 ** 53, Number.NaN, Infinity]],
  ['bigint', m.bigint, ['0', '-9223372036854775808', '9223372036854775807'], ['9223372036854775808', 1, '-0', '1.0']],
  ['bigint limits', { kind: 'bigint', form: 'bigint', min: 5n, max: 12n }, ['5', '12'], ['4', '13']],
  ['float', m.double, [0.1, 1e300], [Infinity, '1', null]],
  ['real', m.real, [0.5, -3.4028234663852886e38], [3.5e38]],
  ['decimal', m.decimal, ['1.5', '1.50', '99999999.99'], ['1.005', '100000000', 1.5, '-0']],
  ['boolean', m.boolean, [true, false], [0, 'true', null]],
  ['timestamp', m.timestamp, ['2024-02-29T23:59:59.999Z'], ['2023-02-29T00:00:00Z', 1700000000000, 'infinity']],
  ['date', { kind: 'date' }, ['2024-02-29'], ['2023-02-29', '2024-02-29T00:00:00Z']],
  ['time', { kind: 'time' }, ['23:59:59'], ['24:00:00']],
  ['duration', { kind: 'duration', unit: 'seconds', as: 'integer', min: 0, max: null }, [0, 60], [-1, 0.5, 2 ** 31]],
  ['milliseconds', { kind: 'duration', unit: 'ms', as: 'integer', min: null, max: null }, [2 ** 40], [2 ** 53]],
  ['url', format('url'), ['https://a.b/c?d'], ['ftp://a', 'https://a b', 'a']],
  ['email', format('email'), ['a@b.c'], ['a@b', 'a b@c.d']],
  ['color', format('color'), ['#fff', '#A0b1C2'], ['fff', '#ffff']],
  ['json', json, [0, '', [], {}, { a: [null] }], [null, { a: '\0' }, ['\uD83D'], { '\0': 1 }]],
  ['object', m.object('point'), [{ x: 1 }, { x: 1, label: 'a' }], [{}, { x: 1, y: 2 }, { x: 1, label: null }, []]],
  ['list', m.list(m.integer, { minItems: 1, maxItems: 2 }), [[1], [1, 2]], [[], [1, 2, 3], [null], '1']],
  ['map', m.map(m.integer), [{}, { a: 1 }], [{ 'a.b': 1 }, { $a: 1 }, JSON.parse('{"__proto__":1}'), { a: 'b' }]],
  ['enum', m.enumeration('level'), [0, 2], [3, '0', null]],
  ['bytes', { kind: 'bytes', minLength: 1, maxLength: 2 }, ['AA==', 'AAA='], ['', 'AAAA', 'AB==', '!']],
  ['vector', { kind: 'vector', dimensions: 2, as: 'vector' }, [[0, 1.5]], [[1], [1, 2, 3], ['1', 2], [1e39, 0]]],
  ['union', { kind: 'union', of: [m.integer, m.text()] }, [1, 'a'], [1.5, null, []]],
  [
    'uuid',
    { kind: 'uuid', brand: 'uuid', row: false },
    ['0191f2a0-0000-7000-8000-000000000000'],
    ['0191F2A0-0000-7000-8000-000000000000', ''],
  ],
  ['snowflake', m.snowflake('user'), ['1'], [1, '0', '-1', '9223372036854775808']],
]

describe.each(tables)('%s', (_, type, good, bad) => {
  test.each(good.map((value) => [JSON.stringify(value), value]))('takes %s', (_text, value) =>
    expect(takes(type, value)).toBe(true),
  )
  test.each(bad.map((value) => [JSON.stringify(value), value]))('refuses %s', (_text, value) =>
    expect(takes(type, value)).toBe(false),
  )
  test('takes null only where it may be null', () => {
    expect(takes(type, null)).toBe(false)
    expect(takes(type, null, true)).toBe(true)
    expect(takes(type, good[0], true)).toBe(true)
    expect(
      takes(
        type,
        bad.find((value) => value !== null),
        true,
      ),
    ).toBe(false)
  })
})

describe('rows, inserts and patches', () => {
  const verdict = compiled(sample, warning)
  const given = { user_id: '987654321098765432', moderator_id: '111111111111111111' }
  const row = {
    ...given,
    id: '1',
    reason: null,
    severity: 'low',
    created_at: '2024-01-01T00:00:00.000Z',
    expires_at: null,
    evidence: [],
  }

  test('a row is whole', () => {
    expect(verdict('', row)).toBe(true)
    for (const property of Object.keys(row)) {
      const { [property as keyof typeof row]: _left, ...rest } = row
      expect([property, verdict('', rest)]).toEqual([property, false])
    }
    expect(verdict('', { ...row, other: 1 })).toBe(false)
  })

  test('an insert may leave out defaults and nulls, and never gives what the store makes', () => {
    expect(verdict('#/$defs/new', given)).toBe(true)
    expect(verdict('#/$defs/new', { user_id: given.user_id })).toBe(false)
    expect(verdict('#/$defs/new', { ...given, id: '1' })).toBe(false)
    expect(verdict('#/$defs/new', { ...given, severity: 'fatal' })).toBe(false)
    expect(verdict('#/$defs/new', { ...given, severity: null })).toBe(false)
  })

  test('a patch may leave out everything, and never gives keys or what is immutable', () => {
    expect(verdict('#/$defs/patch', {})).toBe(true)
    expect(verdict('#/$defs/patch', { reason: null })).toBe(true)
    expect(verdict('#/$defs/patch', { id: '1' })).toBe(false)
    expect(verdict('#/$defs/patch', { created_at: row.created_at })).toBe(false)
    expect(verdict('#/$defs/patch', { evidence: ['no url'] })).toBe(false)
  })

  test('examples stand with inserts, and are taken', () => {
    const { $defs } = JSON.parse(jsonText(entitySchema(sample, warning)))
    expect($defs.new.examples).toEqual([given])
    for (const example of $defs.new.examples) expect(verdict('#/$defs/new', example)).toBe(true)
  })

  test('an object that an insert gives in part has a definition of its own', () => {
    const profile = sample.entities.find(({ name }) => name === 'profile')
    if (profile === undefined) throw new Error('the sample has no profile')
    const of = compiled(sample, profile)
    const rest = { balance: '1', flags: '0', 'odd name': 1, type: 'a', counts: [], day: '2024-01-01' }
    expect(of('#/$defs/new', { ...rest, history: [{ level: 1 }] })).toBe(true)
    expect(of('#/$defs/new', { ...rest, history: [{}] })).toBe(false)
    expect(of('#/$defs/patch', { history: [{ level: 1 }] })).toBe(false)
    expect(of('#/$defs/patch', { 'odd name': ['a'] })).toBe(true)
    expect(of('#/$defs/patch', { 'odd name': {} })).toBe(false)
  })
})

test('checks across fields and single precision are named losses', () => {
  const entity = m.entity('thing', [m.field('value', m.real)], { checks: warning.checks })
  expect(losses(m.schemaSet({ entities: [entity] })).map(({ feature, subject }) => [feature, subject])).toEqual([
    ['check', 'thing.expiry_after_creation'],
    ['limits', 'thing.value'],
  ])
})
