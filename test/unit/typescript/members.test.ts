import { expect, test } from 'vitest'
import type { Schema } from '../../../generators/script/schema/schema.js'
import { memberTypes } from '../../../generators/typescript/members.js'

test('types are read by the place of their member, whatever its name, and without the limits', async () => {
  const limited = { type: 'array', items: { type: 'number' }, minItems: 2, maxItems: 3 }
  const types = await memberTypes(
    new Map<string, Schema>([
      ['__proto__', { type: ['string', 'null'] }],
      ['member1?: never', { anyOf: [{ tsType: 'GuildId' }, { type: 'string' }] }],
      ['limited', limited],
      ['by name', { type: 'object', additionalProperties: limited }],
      ['deep', { type: 'array', items: { anyOf: [{ type: 'object', additionalProperties: {} }, { type: 'null' }] } }],
    ]),
  )
  expect([...types]).toEqual([
    ['__proto__', 'string | null'],
    ['member1?: never', 'GuildId | string'],
    ['limited', 'number[]'],
    ['by name', 'Record<string, number[]>'],
    ['deep', '(Record<string, unknown> | null)[]'],
  ])
})
