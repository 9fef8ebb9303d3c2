import { z } from 'zod'
import { change, plain } from '../../runtime/src/zod/index.js'

const snowflake = z.string().regex(/^[1-9]\d{0,18}$/)
const tag = z.string().min(1).max(5)
export const coins = z.int().min(0).max(1_000)

export const shape = {
  guild_id: snowflake,
  user_id: snowflake,
  number: z.bigint(),
  code: z.string().nullable(),
  coins,
  tags: z.array(tag),
  extra: z.json().nullable(),
  joined_at: z.date(),
}

export const check = (name: string, fields: readonly string[], rule: string) =>
  ({ problem: 'check', entity: 'member', name, fields, rule }) as const

export const unique = (name: string, fields: readonly string[]) =>
  ({ problem: 'unique', entity: 'member', name, fields, rule: `${fields.join(', ')} of one member` }) as const

export const newMember = plain({
  ...shape,
  number: shape.number.optional(),
  code: shape.code.default(null),
  coins: coins.default(0),
  tags: shape.tags.default([]),
  extra: shape.extra.default(null),
  joined_at: z.date().default(() => new Date('2026-01-01T00:00:00.000Z')),
})

export const patch = change({ code: shape.code, coins, tags: shape.tags, extra: shape.extra })
