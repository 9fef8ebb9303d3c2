import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { reservedKeys } from '../../generators/model/reserved-keys.js'
import { openSubjects } from '../access/databases.js'
import { type MongoSubject, subjectOn } from '../access/mongo-subject.js'
import { isSecondServer, openServer, testOn } from '../support/mongo-server.js'
import { refusal } from '../support/postgres.js'

/** What Mongoose, the drivers, Postgres or JavaScript call something of their own, and is taken as a name all the same. */
const taken = [
  ...[
    'toJSON',
    'then',
    'catch',
    'errors',
    'schema',
    'collection',
    'id',
    '__v',
    'length',
    'get',
    'populated',
    'inspect',
  ],
  ...['model', 'db', 'base', 'on', 'emit', 'listeners', '_events', 'parent', 'increment', 'remove', 'updateOne'],
  ...['_id_', 'toPostgres', 'modelName', 'discriminators', 'name', 'caller', 'arguments'],
  ...['oid', 'select', 'user', 'order', 'table', 'excluded', 'singleton', 'value', 'item', 'key', 'row', 'given'],
  ...['current_user', 'nextval', 'now', 'null', 'true', 'default', 'rows', 'rowCount', 'text', 'values', 'new', 'old'],
  'x'.repeat(63),
]

/** What only columns cannot be called. */
const inObjects = [...taken, '_id', 'ctid', 'xmin', 'tableoid', 'ä'.repeat(64)]

/** What only fields cannot be called. */
const inMaps = [...inObjects, 'save', 'toBSON', 'isNew', '_doc', 'toObject', 'set', 'init', 'validate', '']

/** What only keys of maps cannot be. `$ref` beside `$id` is reserved. */
const inJson = [
  ...inMaps,
  '$ref',
  '$id',
  '$db',
  '$where',
  '$set',
  'a.b',
  '.',
  '$',
  '$numberLong',
  '$oid',
  '$date',
  '$binary',
]

const textFields = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, 'text?']))

const texts = {
  'botschema.yaml': 'name: kept\noutput: out\ntargets: { markdown: false }\n',
  'thing.yaml': stringify({
    entity: 'thing',
    fields: {
      thing_id: { type: 'snowflake', key: true },
      ...textFields(taken),
      holder: { type: 'object?', fields: textFields(inObjects) },
      holders: { type: 'list<object>?', fields: textFields(inObjects) },
      counts: 'map<integer>?',
      data: 'json?',
    },
  }),
}

const named = (names: readonly string[], value: unknown) => Object.fromEntries(names.map((name) => [name, value]))

const rowOf = (value: string) => ({
  ...named(taken, value),
  holder: named(inObjects, value),
  holders: [named(inObjects, value), named(inObjects, value)],
  counts: named(inMaps, value.length),
  data: {
    ...named(
      inJson.filter((name) => name !== '$id'),
      value,
    ),
    in: [
      named(
        inJson.filter((name) => name !== '$ref'),
        1,
      ),
    ],
  },
})

const first = { thing_id: '1', ...rowOf('a') }
const second = { thing_id: '1', ...rowOf('bb') }

/** What comes back from MongoDB as something else, or not at all. */
const reserved = [
  ...reservedKeys.map((key) => JSON.parse(`{ "in": [{ ${JSON.stringify(key)}: [{ "a": 1 }] }] }`) as object),
  { a: { $ref: 'users', $id: '1' } },
  [[{ $id: null, $ref: 'a.b', $db: 'c' }]],
]

/** Those keys, and what is MongoDB's syntax, as keys of a map. */
const noMapKeys = [...reservedKeys, '$set', 'a.b']

type Call = (name: string, ...given: readonly unknown[]) => Promise<unknown>

const roundTrip = async (call: Call): Promise<void> => {
  expect(await call('insertThing', first)).toEqual(first)
  expect(await call('getThing', '1')).toEqual(first)
  expect(await call('updateThing', '1', rowOf('bb'))).toEqual(second)
  expect(await call('upsertThing', first)).toEqual(first)
  expect(await call('listThings')).toMatchObject({ rows: [first] })
  for (const key of inJson) {
    const change = { data: { [key]: [{ [key]: key }] } }
    expect(await call('updateThing', '1', change)).toEqual({ ...first, ...change })
  }
}

const refusesAll = async (call: Call): Promise<void> => {
  for (const data of reserved) await expect(call('insertThing', { thing_id: '2', data })).rejects.toThrow('data')
  for (const key of noMapKeys) {
    const counts = JSON.parse(`{ ${JSON.stringify(key)}: 1 }`) as object
    await expect(call('insertThing', { thing_id: '2', counts })).rejects.toThrow('counts')
  }
}

describe.skipIf(isSecondServer)('Postgres', () => {
  let opened: Awaited<ReturnType<typeof openSubjects>>

  beforeAll(async () => {
    opened = await openSubjects(texts)
  }, 60_000)

  afterAll(() => opened?.close())

  test('keeps names that others have for something of their own', async () => {
    for (const { call } of opened.subjects) await roundTrip(call)
  })

  test('refuses keys that MongoDB does not give back, whoever writes them', async () => {
    const [subject] = opened.subjects
    if (subject === undefined) throw new Error('no database')
    await refusesAll(subject.call)
    const insert = (column: string, json: string) =>
      refusal(subject.database.query(`INSERT INTO things (thing_id, "${column}") VALUES (3, $1)`, [json]))
    for (const data of reserved) expect(await insert('data', JSON.stringify(data))).toBe('things_data_check')
    for (const key of noMapKeys) {
      expect(await insert('counts', `{ ${JSON.stringify(key)}: 1 }`)).toBe('things_counts_check')
    }
    expect(await insert('data', '[{ "$ref": "a" }, { "$id": "b" }]')).toBe('accepted')
  })
})

test.skipIf(isSecondServer)('a set of Postgres alone takes any key in JSON', async () => {
  const { subjects, close } = await openSubjects({
    ...texts,
    'botschema.yaml': `${texts['botschema.yaml']}stores: [postgres]\n`,
  })
  const row = { thing_id: '1', data: reserved }
  for (const { call } of subjects) expect(await call('insertThing', row)).toMatchObject(row)
  await close()
})

const server = await openServer()
const onMongo = testOn(server, 'names that others have for something of their own')

describe('Mongo', () => {
  let subject: MongoSubject

  beforeAll(async () => {
    if (server !== null) subject = await subjectOn(server, texts)
  }, 60_000)

  afterAll(() => server?.close())

  onMongo('keeps names that others have for something of their own', [], () => roundTrip(subject.call))
  onMongo('refuses keys that it does not give back', [], () => refusesAll(subject.call))

  onMongo('is refused no more than it needs: the driver alone reads these as something else', [], async () => {
    const things = subject.collection('unmodelled')
    const inDriver = reservedKeys.filter((key) => !/^(?:__proto__|prototype|isMongooseBuffer|[$].*)$/.test(key))
    const changed: string[] = []
    for (const key of inDriver) {
      const given = { [key]: [{ a: 1 }] }
      await things.insertOne({ _id: key as never, given }).catch(() => undefined)
      const found = await things.findOne({ _id: key as never })
      if (JSON.stringify(found?.['given']) !== JSON.stringify(given)) changed.push(key)
    }
    expect(changed).toEqual(inDriver)
  })
})
