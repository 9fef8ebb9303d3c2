import { mongo } from 'mongoose'
import { afterAll, describe, expect } from 'vitest'
import { openServer, testOn } from '../support/mongo-server.js'
import { type MongoSubject, subjectOn } from './mongo-subject.js'

const texts = {
  'botschema.yaml': 'name: reading\noutput: out\nstores: [mongo]\ntargets: { markdown: false, json-schema: false }\n',
  'entry.yaml': `
entity: entry
collection: reading_entries
mongo: { validation_level: moderate }
fields:
  id: snowflake
  kind: enum(a, b) = a
  points: { type: integer = 5, max: 100 }
  email: { type: email?, personal: true }
  note: text?
  at: timestamp = now
  seen: timestamp?
  tags: { type: list<string(5)>, default: [] }
  settings: { default: {}, fields: { enabled: boolean = true, name: text? } }
  required: integer
indexes: [[points]]
`,
  'strict.yaml': 'entity: strict_entry\ncollection: strict_entries\nfields: { id: snowflake, points: integer = 5 }\n',
}

const server = await openServer()
const proved = testOn(server, 'reading what Mongo stores')
const at = new Date('2024-05-01T00:00:00.000Z')

afterAll(() => server?.close())

let subject: MongoSubject | null = null

const opened = async (): Promise<MongoSubject> => {
  if (server === null) throw new Error('no server')
  subject ??= await subjectOn(server, texts)
  await subject.collection('reading_entries').deleteMany({})
  await subject.collection('strict_entries').deleteMany({})
  return subject
}

const whole = { kind: 'a', points: 1, email: null, note: null, at, seen: null, tags: [], required: 1 }

/** Stores documents past the models, as an older bot did. */
const stored = async (documents: readonly object[]): Promise<MongoSubject> => {
  const on = await opened()
  await on.collection('reading_entries').insertMany([...documents] as mongo.Document[], {
    bypassDocumentValidation: true,
  })
  return on
}

describe('what a document holds', () => {
  proved('beside its fields is not returned, and no write removes it', ['moderate'], async () => {
    const { call, collection } = await stored([
      { _id: '1', ...whole, __v: 3, legacy: { a: 1 }, settings: { enabled: true, name: null } },
    ])
    const row = { id: '1', ...whole, settings: { enabled: true, name: null } }
    expect(await call('getEntry', '1')).toEqual(row)
    expect(await call('updateEntry', '1', { points: 2 })).toEqual({ ...row, points: 2 })
    expect(await call('upsertEntry', { id: '1', required: 3 })).toEqual({ ...row, points: 2, required: 3 })
    expect(await call('listEntries')).toEqual({ rows: [{ ...row, points: 2, required: 3 }], next: null })
    expect(await collection('reading_entries').findOne({})).toMatchObject({ __v: 3, legacy: { a: 1 }, points: 2 })
  })

  proved('beside its fields bars changes where the validator is strict', ['validator'], async () => {
    const { call, collection } = await opened()
    const older: object = { _id: '1', points: 1, __v: 3 }
    await collection('strict_entries').insertMany([older], { bypassDocumentValidation: true })
    expect(await call('getStrictEntry', '1')).toEqual({ id: '1', points: 1 })
    await expect(call('updateStrictEntry', '1', { points: 2 })).rejects.toMatchObject({
      name: 'ConstraintError',
      constraint: 'validator',
    })
    expect(await collection('strict_entries').findOne({})).toEqual(older)
  })

  proved('lacks as an older one reads as its constant default, else as null', [], async () => {
    const { call } = await stored([{ _id: '1', at, required: 1 }])
    expect(await call('getEntry', '1')).toEqual({
      id: '1',
      ...whole,
      points: 5,
      settings: { enabled: true, name: null },
    })
  })

  proved('and lacks what is not to be made up cannot be read, and the others can', [], async () => {
    const { call } = await stored([
      { _id: '1', ...whole, settings: {} },
      { _id: '2', required: 1 },
      { _id: '3', ...whole },
    ])
    const failure = await call('listEntries', { limit: 3 }).catch((error: unknown) => error)
    expect(failure).toMatchObject({ name: 'StoredValueError', entity: 'entry', key: { id: '2' }, field: 'at' })
    expect(failure).toMatchObject({ rows: [{ id: '1' }, { id: '3' }], next: null, written: false })
    const { next } = (await call('listEntries', { limit: 1 })) as { readonly next: string }
    const second = (await call('listEntries', { limit: 1, after: next }).catch((error: unknown) => error)) as {
      readonly next: string
    }
    expect(await call('listEntries', { limit: 1, after: second.next })).toMatchObject({ rows: [{ id: '3' }] })
  })

  proved('is not judged again, and comes in the class of its type', [], async () => {
    const { Long, Double } = mongo
    const { call } = await stored([
      {
        _id: '1',
        ...whole,
        kind: 'gone',
        points: Long.fromNumber(1000),
        email: 'no address',
        at: '2024-05-01T00:00:00Z',
      },
      { _id: '2', ...whole, points: '7', at: Double.fromString(String(at.getTime())), tags: ['longer than five'] },
    ])
    expect(await call('getEntry', '1')).toMatchObject({ kind: 'gone', points: 1000, email: 'no address', at })
    expect(await call('getEntry', '2')).toMatchObject({ points: 7, at, tags: ['longer than five'] })
  })

  proved('and cannot be read is told without personal data, and whether it was written', ['moderate'], async () => {
    const { call, collection } = await stored([{ _id: '1', ...whole, email: { secret: 'a@b.c' }, note: 'x' }])
    const failure = await call('updateEntry', '1', { note: 'y' }).catch((error: unknown) => error)
    expect(failure).toMatchObject({ name: 'StoredValueError', field: 'email', written: true, stored: undefined })
    expect(String(failure)).not.toContain('secret')
    expect(await collection('reading_entries').findOne({})).toMatchObject({ note: 'y' })
    await expect(call('deleteEntry', '1')).rejects.toMatchObject({ name: 'StoredValueError', written: true })
    expect(await collection('reading_entries').countDocuments()).toBe(0)
  })

  proved('walks pages by what is stored, also where that is no value of its field any more', [], async () => {
    const on = await stored(['9', '7', '8'].map((_id, index) => ({ _id, ...whole, points: 1000 + index })))
    const ids: unknown[] = []
    for (let after: unknown = null; ; ) {
      const page = (await on.call('listEntriesByPoints', { limit: 1, after })) as {
        readonly rows: readonly { readonly id: string }[]
        readonly next: string | null
      }
      ids.push(...page.rows.map(({ id }) => id))
      if (page.next === null) break
      after = page.next
    }
    expect(ids).toEqual(['9', '7', '8'])
  })
})
