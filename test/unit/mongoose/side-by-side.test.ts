import { ConstraintError, CursorError } from '@botschema/runtime/v1'
import mongoose, { type Connection, type Model, Schema } from 'mongoose'
import { afterAll, beforeAll, describe, expect, test as plainTest } from 'vitest'
import { loadEmitted } from '../../../generators/engines/script/load.js'
import type { SchemaSet } from '../../../generators/model/index.js'
import { compileTexts, printed } from '../../support/compile.js'
import { openServer, testOn } from '../../support/mongo-server.js'
import { emittedWithCodecs } from './emitted.js'

const server = await openServer()
const test = testOn(server, 'two emitted sets in one process')

afterAll(() => server?.close())

const user = (more: string): string => `entity: user
fields:
  id: snowflake
  parent: { type: ref(user)?, code: parentId }
${more}`

const setOf = (name: string, options: string, entity: string): SchemaSet => {
  const { value, diagnostics } = compileTexts({
    'botschema.yaml': `name: ${name}\nstores: [mongo]\ntargets:\n  typescript: { ${options} }\n`,
    'user.yaml': entity,
  })
  if (value === null) throw new Error(printed(diagnostics).join('\n'))
  return value.set
}

type Load = Awaited<ReturnType<typeof loadEmitted>>
type AnyModel = Model<{ [path: string]: unknown }>

const modelOf = (load: Load, connection: Connection): AnyModel =>
  (load('mongoose/user.ts')['userModel'] as (connection: Connection) => AnyModel)(connection)

let left: Load
let right: Load
let again: Load

beforeAll(async () => {
  const one = setOf('left', 'module: esm', user('  amount: bigint?\ncollection: left_users\n'))
  const other = setOf(
    'right',
    'module: cjs, runtime: copied',
    user('  amount: { type: bigint?, min: 0 }\ncollection: right_users\n'),
  )
  left = await loadEmitted(await emittedWithCodecs(one))
  right = await loadEmitted(await emittedWithCodecs(other))
  again = await loadEmitted(await emittedWithCodecs(one))
})

describe('two sets that have a model of one name', () => {
  plainTest('have each their own on the default connection', () => {
    const [mine, theirs] = [left, right].map((load) => load('mongoose/user.ts')['UserModel'] as AnyModel)
    expect(mine?.collection.name).toBe('left_users')
    expect(theirs?.collection.name).toBe('right_users')
  })

  test('write and read each their own collection, and populate from it', [], async ({ connection }) => {
    for (const [name, load] of [
      ['left', left],
      ['right', right],
    ] as const) {
      const users = modelOf(load, connection)
      await users.create({ _id: '1', amount: 5n, parent: null })
      await users.create({ _id: '2', amount: 6n, parent: '1' })
      const child = await users.findById('2').populate('parent')
      expect(Reflect.get(Object(child?.get('parent')), 'constructor')).toBe(users)
      expect(await users.findById('2').populate('parent').lean()).toMatchObject({ parent: { _id: '1' } })
      expect(await connection.collection(`${name}_users`).countDocuments()).toBe(2)
    }
  })

  plainTest('hold values each to their own types', async () => {
    const connection = mongoose.createConnection()
    const fault = (load: Load) => new (modelOf(load, connection))({ _id: '1', amount: -1n }).validateSync()?.message
    expect(fault(left)).toBeUndefined()
    expect(fault(right)).toContain('is less than 0')
  })

  plainTest('know errors of each other, where one has a copy of the runtime', () => {
    const Copied = right('runtime/errors.ts')['ConstraintError'] as typeof ConstraintError
    const constraint = { problem: 'unique', entity: 'user', name: 'n', fields: [], rule: 'r' } as const
    expect(Copied).not.toBe(ConstraintError)
    expect(ConstraintError.is(new Copied(constraint, null))).toBe(true)
    expect(Copied.is(new ConstraintError(constraint, null))).toBe(true)
    expect(CursorError.is(new Copied(constraint, null))).toBe(false)
    expect(Copied.is(new Error('n'))).toBe(false)
  })
})

describe('a model', () => {
  plainTest('is the same for a connection, and another for another', () => {
    const [one, other] = [mongoose.createConnection(), mongoose.createConnection()]
    expect(modelOf(left, one)).toBe(modelOf(left, one))
    expect(modelOf(left, one)).not.toBe(modelOf(left, other))
    expect(one.models['User']).toBe(modelOf(left, one))
  })

  plainTest('of a module that is loaded again takes the place of the one before', () => {
    const connection = mongoose.createConnection()
    const before = modelOf(left, connection)
    const after = modelOf(again, connection)
    expect(after.collection.name).toBe('left_users')
    expect(connection.models['User']).toBe(after)
    expect(modelOf(left, connection)).toBe(before)
  })

  plainTest("is never the program's own of that name: the error names both collections", () => {
    const connection = mongoose.createConnection()
    const own = connection.model('User', new Schema({ _id: String, nick: String }, { collection: 'legacy_users' }))
    expect(() => modelOf(left, connection)).toThrow(/left_users.*legacy_users/)
    expect(connection.models['User']).toBe(own)
  })

  plainTest('is refused in the place of the program by Mongoose', () => {
    const connection = mongoose.createConnection()
    modelOf(left, connection)
    expect(() => connection.model('User', new Schema({ _id: String }))).toThrow('User')
  })
})

plainTest("a model of the program's own on the default connection does not keep a set from being loaded", async () => {
  const own = mongoose.model('Guest', new Schema({ _id: String }, { collection: 'legacy_guests' }))
  const set = setOf('guests', 'module: esm', 'entity: guest\nfields:\n  id: snowflake\n')
  const { GuestModel, guestModel } = (await loadEmitted(await emittedWithCodecs(set)))('mongoose/guest.ts')
  expect(() => (GuestModel as AnyModel).find()).toThrow('legacy_guests')
  expect(() => new (GuestModel as AnyModel)()).toThrow('legacy_guests')
  expect((guestModel as (connection: Connection) => AnyModel)(mongoose.createConnection()).collection.name).toBe(
    'guests',
  )
  expect(mongoose.model('Guest')).toBe(own)
})
