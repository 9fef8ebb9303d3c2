import { type Connection, mongo } from 'mongoose'
import { afterAll, afterEach, describe, expect } from 'vitest'
import { collectionOf } from '../../../generators/document/index.js'
import { entitiesIn } from '../../../generators/model/index.js'
import { abilities } from '../../support/mongo-abilities.js'
import { type MongoServer, openServer, serverUri, testOn } from '../../support/mongo-server.js'
import { everything, setIn, thing, thingSet } from './emitted.js'
import { type Document, emptied, storedOn } from './stored.js'
import { fields, inner, table } from './values.js'

const server = await openServer()
const test = testOn(server, 'validators and indexes of collections')

afterEach(() => emptied(server))

afterAll(() => server?.close())

const { EJSON } = mongo.BSON

// A replica set is mongod: what it seemed not to do would be skipped in the one place where it is proved.
if (serverUri?.includes('replicaSet=')) {
  test('a replica set can do all that the tests ask for', [], async ({ can }) => {
    expect([...can].sort()).toEqual([...abilities].sort())
  })
}

/** The server's own refusal of a document, by MongoDB's list of error codes. */
const failedValidation = { code: 121 }

const refusedBy = async (attempt: Promise<unknown>): Promise<unknown> => {
  try {
    await attempt
    return null
  } catch (error) {
    return error instanceof mongo.MongoServerError ? error.code : error
  }
}

const isNotANumber = (value: unknown): boolean => [value].flat().some(Number.isNaN)

const isLateDate = (value: unknown): boolean => value instanceof Date && value.getTime() > Date.UTC(9999, 11, 31)

/** What a collection of every type says of values of a field, each in a document of its own. */
const verdictsOn = async (on: MongoServer) => {
  const { collection } = (await storedOn(on, thingSet(fields, inner)))('thing')
  let last = 0
  return (field: string, values: readonly unknown[]) =>
    Promise.all(
      values.map((value) => refusedBy(collection.insertOne({ _id: String(++last) as never, [field]: value }))),
    )
}

describe('a validator', () => {
  test('takes the values that models take, and refuses those that they refuse', ['validator'], async (on) => {
    const verdicts = await verdictsOn(on)
    for (const [field, { good, bad }] of Object.entries(table)) {
      const refused = bad.filter((value) => !isNotANumber(value) && !isLateDate(value) && value !== true)
      const found = [field, await verdicts(field, good), await verdicts(field, refused)]
      expect(found).toEqual([field, good.map(() => null), refused.map(() => failedValidation.code)])
    }
  })

  const refusedOf = (isOne: (value: unknown) => boolean) => async (on: MongoServer) => {
    const verdicts = await verdictsOn(on)
    for (const [field, { bad }] of Object.entries(table)) {
      const refused = bad.filter(isOne)
      expect([field, await verdicts(field, refused)]).toEqual([field, refused.map(() => failedValidation.code)])
    }
  }

  test('refuses NaN where models refuse it', ['validator', 'bounded NaN'], refusedOf(isNotANumber))

  test(
    'refuses true where models refuse it',
    ['validator', 'true beside 1'],
    refusedOf((value) => value === true),
  )

  test('refuses dates after the year 9999', ['validator', 'late dates'], refusedOf(isLateDate))

  test('an update that breaks a check across fields is refused by the collection', ['validator'], async (on) => {
    const check = 'checks:\n  in_order: high is null or low <= high\n'
    const { model } = (await storedOn(on, thingSet('id: snowflake\nlow: integer\nhigh: integer?', check)))('thing')
    await model.create({ _id: '1', low: 1 })
    await expect(model.updateOne({ _id: '1' }, { high: 0 })).rejects.toMatchObject(failedValidation)
    await model.updateOne({ _id: '1' }, { high: 5 })
  })

  test('can be put on a collection that is there', ['collMod'], async ({ connection }) => {
    for (const set of [everything(), setIn('schemas/discord'), setIn('schemas/amina')]) {
      for (const entity of entitiesIn(set, 'mongo')) {
        const { name, validator, validationLevel, validationAction } = collectionOf(set, entity)
        await connection.createCollection(name)
        const changed = {
          validator: EJSON.deserialize(validator, { useBigInt64: true }) as Document,
          validationLevel,
          validationAction,
        }
        await connection.db?.command({ collMod: name, ...changed })
      }
      await emptied(server)
    }
  })
})

/** An index as the server lists it. */
const listed = async ({ db }: Connection, collection: string, name: string): Promise<Document | undefined> =>
  (await db?.collection(collection).listIndexes().toArray())?.find((index) => index['name'] === name)

describe('an index', () => {
  test('that expires says after how long', ['ttl'], async (on) => {
    const retention = 'retention:\n  clock: at\n  steps:\n    - { after: 90 days, delete: true }\n'
    const set = thingSet('id: snowflake\nat: timestamp', retention)
    const { model } = (await storedOn(on, set))('thing')
    await model.createIndexes()
    const { name = '' } = collectionOf(set, thing(set)).indexes[0] ?? {}
    expect(await listed(on.connection, 'things', name)).toMatchObject({
      key: { at: 1 },
      expireAfterSeconds: 90 * 86_400,
    })
  })

  test('has its order and its name', ['indexes'], async (on) => {
    const more = 'indexes:\n  - { fields: [a, b desc], name: by_a }\n'
    const { model } = (await storedOn(on, thingSet('id: snowflake\na: integer\nb: integer', more)))('thing')
    await model.createIndexes()
    expect(await listed(on.connection, 'things', 'by_a')).toMatchObject({ key: { a: 1, b: -1 } })
  })
})

describe('a transaction', () => {
  test('that ends in nothing leaves no document and no gap in the numbers', ['transactions'], async (on) => {
    const set = thingSet('id: snowflake\nnumber: integer = next(kind)\nkind: integer')
    const { model, collection } = (await storedOn(on, set))('thing')
    await model.create({ _id: '1', kind: 1 })
    const failing = on.connection.transaction(async (session) => {
      await new model({ _id: '2', kind: 1 }).save({ session })
      throw new Error('for some reason')
    })
    await expect(failing).rejects.toThrow('for some reason')
    await model.create({ _id: '3', kind: 1 })
    expect(await collection.find({}, { sort: { _id: 1 } }).toArray()).toMatchObject([
      { _id: '1', number: 1 },
      { _id: '3', number: 2 },
    ])
  })
})
