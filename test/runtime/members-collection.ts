import { type Connection, Schema } from 'mongoose'
import { z } from 'zod'
import * as kinds from '../../runtime/src/mongo/kinds.js'
import type { EntityCollection } from '../../runtime/src/mongo/repository/collection.js'
import { documentsOf } from '../../runtime/src/mongo/repository/describe.js'
import * as path from '../../runtime/src/mongoose/index.js'
import { jsonMongo, numberMongo, plain, renamed } from '../../runtime/src/zod/index.js'
import { check, coins, newMember, patch, shape, unique } from './members-set.js'

interface Stored {
  readonly coins: number
  readonly code: string | null
}

const message = 'rich_have_code: the rich have a code'

const schemaOf = (): Schema => {
  const schema = new Schema(
    path.paths<Record<string, unknown>>({
      _id: path.objectId({ auto: true }),
      guild_id: path.snowflake({}),
      user_id: path.snowflake({}),
      number: path.long({}),
      code: path.text({ nullable: true }),
      coins: path.integer({ atLeast: 0, atMost: 1_000 }),
      tags: path.listOf(path.text({})),
      extra: path.json({ nullable: true }),
      joined_at: path.date(),
    } as never) as never,
    { ...path.strict, collection: 'members', autoIndex: false, autoCreate: false },
  ) as unknown as Schema
  path.guardUpdates(schema)
  path.numbered(schema, { path: 'number', per: [], name: 'member.number' })
  path.check(schema, {
    path: 'coins',
    message,
    passes: ({ coins: own, code }: Stored) => own < 900 || code !== null,
  })
  return schema
}

const schema = schemaOf()

/** The indexes that a set's `createCollections` makes. */
export const createIndexes = async (connection: Connection, isPartial: boolean): Promise<void> => {
  const members = connection.collection('members')
  await members.createIndex({ guild_id: 1, user_id: 1 }, { unique: true })
  if (!isPartial) return
  await members.createIndex({ code: 1 }, { unique: true, partialFilterExpression: { code: { $type: 'string' } } })
}

const values = {
  ...shape,
  number: z.codec(z.int(), shape.number, { decode: BigInt, encode: Number }),
  coins: numberMongo(coins),
  extra: jsonMongo(z.json()).nullable(),
}

const { id, long, text, integer, structure, date, listOf } = kinds

/** The same entity in Mongo. */
export const membersCollection: EntityCollection = documentsOf({
  entity: 'member',
  name: 'members',
  model: path.modelMaker({ set: 'test', name: 'Member' }, schema),
  row: renamed(
    plain({ ...values, _id: z.unknown().optional(), code: shape.code.default(null) }),
    plain(shape) as never,
    { decode: ({ _id: _, ...rest }: { readonly _id?: unknown }) => rest, encode: (rest: object) => rest as never },
  ),
  codecs: values,
  newRow: newMember,
  patch,
  constraints: [
    { ...unique('guild_id_1_user_id_1', ['guild_id', 'user_id']), paths: ['guild_id', 'user_id'] },
    { ...unique('code_1', ['code']), paths: ['code'] },
    { ...check('rich_have_code', ['coins', 'code'], 'coins < 900 or code is not null'), message },
  ],
  fields: {
    guild_id: { kind: id, is: 'fixed' },
    user_id: { kind: id, is: 'fixed' },
    number: { kind: long, is: 'fixed' },
    code: { kind: text, isNullable: true },
    coins: { kind: integer, sums: { min: '0', max: '1000' } },
    tags: { kind: listOf(text) },
    extra: { kind: structure, isNullable: true },
    joined_at: { kind: date, is: 'fixed' },
  },
  inner: { 'extra.level': { kind: integer, isNullable: true } },
  key: { fields: ['guild_id', 'user_id'] },
  uniques: [{ fields: ['code'] }],
  reads: ['code', 'coins'],
})
