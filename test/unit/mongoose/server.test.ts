import { type Connection, type Model, mongo } from 'mongoose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadEmitted } from '../../../generators/engines/script/load.js'
import { entityNames } from '../../../generators/script/names.js'
import { emitted, thing, thingSet } from './emitted.js'

const uri = process.env['MONGODB_URI']

const set = () =>
  thingSet(
    'id: snowflake\nlow: integer\nhigh: integer?\nnick: text?\nnumber: integer = next(low)',
    'unique:\n  - [nick]\nchecks:\n  in_order: high is null or low <= high\n',
  )

interface Commands {
  readonly validator: object
  readonly indexes: { readonly key: Record<string, 1>; readonly name: string }[]
}

const commandsOf = (text: string): Readonly<Record<string, Commands>> =>
  Object.fromEntries(
    Object.entries(mongo.BSON.EJSON.parse(text) as Record<string, Commands | string>).filter(
      (entry): entry is [string, Commands] => typeof entry[1] !== 'string',
    ),
  )

describe.runIf(uri !== undefined)('on the server at MONGODB_URI', () => {
  let connection: Connection
  let Thing: Model<Record<string, unknown>>

  beforeAll(async () => {
    const { default: mongoose } = await import('mongoose')
    connection = await mongoose.createConnection(uri ?? '', { dbName: `botschema_${process.pid}` }).asPromise()
    const files = await emitted(set())
    const modules = await loadEmitted(files.filter(({ path }) => path.endsWith('.ts')))
    const make = modules('mongoose/thing.ts')[entityNames(thing(set())).modelOf]
    Thing = (make as (connection: Connection) => typeof Thing)(connection)
    const validators = files.find(({ path }) => path === 'mongoose/validators.json')?.text ?? '{}'
    for (const [name, { validator, indexes }] of Object.entries(commandsOf(validators))) {
      const collection = await connection.createCollection(name, { validator })
      if (indexes.length > 0) await collection.createIndexes(indexes)
    }
  }, 60_000)

  afterAll(async () => {
    await connection?.dropDatabase()
    await connection?.close()
  })

  test('models write what the validator takes, numbered', async () => {
    expect((await new Thing({ _id: '1', low: 1 }).save()).get('number')).toBe(1)
    expect((await new Thing({ _id: '2', low: 1 }).save()).get('number')).toBe(2)
    expect(await Thing.findById('1').lean()).toMatchObject({ low: 1, high: null, nick: null })
  })

  test('an update that breaks a check across fields is refused by the collection', async () => {
    await expect(Thing.updateOne({ _id: '1' }, { high: 0 })).rejects.toMatchObject({ code: 121 })
    await Thing.updateOne({ _id: '1' }, { high: 5 })
  })

  test('a unique counts values, not nulls', async () => {
    await new Thing({ _id: '3', low: 2, nick: 'a' }).save()
    await expect(new Thing({ _id: '4', low: 2, nick: 'a' }).save()).rejects.toMatchObject({ code: 11000 })
  })
})

test.skipIf(uri === undefined)(
  'not proved here: validators and indexes on a real MongoDB, since MONGODB_URI is not set',
  () => {
    expect(uri).toBeDefined()
  },
)
