import { Types } from 'mongoose'
import { afterAll, afterEach, describe, expect } from 'vitest'
import { storedName } from '../../../generators/document/index.js'
import type { JsonValue, SchemaSet } from '../../../generators/model/index.js'
import { fieldsIn } from '../../../generators/model/lookup.js'
import { examplesOf, type GivenRow } from '../../../generators/pipeline/verify/example-rows.js'
import { codeForm, rowOfJson, type ValueForm } from '../../../generators/script/json-form.js'
import { newFields, rowFields } from '../../../generators/script/shapes.js'
import { openServer, testOn } from '../../support/mongo-server.js'
import { setIn } from './emitted.js'
import { type Document, emptied, type StoredEntity, storedOn } from './stored.js'

const server = await openServer()
const test = testOn(server, 'examples of the systems, stored and read back')

afterEach(() => emptied(server))

afterAll(() => server?.close())

/** A key that Postgres numbers, as Mongo would have it. */
const hexOf = (json: JsonValue): string => {
  const id = String(json)
  return /^\d{1,19}$/.test(id) ? BigInt(id).toString(16).padStart(24, '0') : id
}

const documentForm: ValueForm = { nameOf: ({ name }) => name, idOf: (json) => new Types.ObjectId(hexOf(json)) }
const rowForm: ValueForm = { ...codeForm, idOf: hexOf }

/** What an insert may be given of an example, in Mongo. */
const givenOf = ({ entity, values }: GivenRow): GivenRow['values'] => {
  const kept = fieldsIn(entity, 'mongo')
  const taken = newFields(entity).filter(({ field }) => kept.includes(field))
  return Object.fromEntries(Object.entries(values).filter(([name]) => taken.some(({ field }) => field.name === name)))
}

const documentOf = (set: SchemaSet, example: GivenRow): Document => {
  const members = Object.entries(rowOfJson(set, example.entity, givenOf(example), documentForm))
  return Object.fromEntries(members.map(([name, value]) => [storedName(example.entity, name), value]))
}

/** The row that the entity's own schema of inserts makes of an example, but for what only a store makes. */
const expectedRow = (set: SchemaSet, { newSchema }: StoredEntity, example: GivenRow): Document => {
  const row = newSchema.parse(rowOfJson(set, example.entity, givenOf(example), rowForm))
  const stored = fieldsIn(example.entity, 'mongo')
  const shown = rowFields(example.entity).filter(({ field }) => stored.includes(field))
  const kept = new Set(shown.map(({ field }) => field.property))
  return Object.fromEntries(Object.entries(row).filter(([name, value]) => value !== undefined && kept.has(name)))
}

const minute = 60_000

/** Instants of this minute were made when it was stored. */
const withoutNow = (value: unknown): unknown => {
  if (value instanceof Date) return Math.abs(value.getTime() - Date.now()) < minute ? 'now' : value
  if (Array.isArray(value)) return value.map(withoutNow)
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withoutNow(inner)]))
}

describe.each([
  { folder: 'schemas/discord' },
  { folder: 'schemas/amina' },
  { folder: 'test/fixtures/everything' },
  { folder: 'test/fixtures/vectors' },
])('$folder', ({ folder }) => {
  const set = setIn(folder)
  const examples = examplesOf(set).filter(({ entity }) => entity.stores.includes('mongo'))

  test(`${folder}: every example is stored by its model, and read as the row it says`, [], async (on) => {
    const entityNamed = await storedOn(on, set)
    for (const example of examples) {
      const stored = entityNamed(example.entity.name)
      const { _id } = await new stored.model(documentOf(set, example)).save()
      const document = await stored.collection.findOne({ _id: _id as never })
      const wanted = expectedRow(set, stored, example)
      const row = stored.codec.decode(document)
      expect(withoutNow(row)).toMatchObject(withoutNow(wanted) as object)
      const loaded = await stored.model.findById(_id)
      expect(stored.codec.decode(loaded?.toObject())).toEqual(row)
      expect(stored.codec.decode(await stored.model.findById(_id).lean())).toEqual(row)
      expect(stored.codec.decode(stored.codec.encode(row))).toEqual(row)
    }
  })

  test(`${folder}: every example is stored by its codec, and loaded by its model`, [], async (on) => {
    const entityNamed = await storedOn(on, set)
    for (const example of examples) {
      const stored = entityNamed(example.entity.name)
      const draft = await new stored.model(documentOf(set, example)).save()
      const row = stored.codec.decode(await stored.collection.findOne({ _id: draft._id as never }))
      await stored.collection.deleteOne({ _id: draft._id as never })
      const { insertedId } = await stored.collection.insertOne(stored.codec.encode(row) as never)
      const loaded = await stored.model.findById(insertedId)
      await loaded?.validate()
      expect(stored.codec.decode(loaded?.toObject())).toEqual(row)
    }
  })

  test(`${folder}: models ask for the indexes that validators.json has`, ['indexes', 'partial', 'ttl'], async (on) => {
    const entityNamed = await storedOn(on, set)
    for (const { name, stores } of set.entities) {
      if (!stores.includes('mongo')) continue
      expect(await entityNamed(name).model.diffIndexes()).toEqual({ toDrop: [], toCreate: [] })
    }
  })

  test(`${folder}: models make their indexes`, [], async (on) => {
    const entityNamed = await storedOn(on, set)
    for (const { name, stores } of set.entities) {
      if (!stores.includes('mongo')) continue
      const { model } = entityNamed(name)
      await model.createIndexes()
      const made = (await model.listIndexes()).map((index: Document) => Object.keys(index['key'] as object).join())
      const wanted = model.schema.indexes().map(([key]) => Object.keys(key).join())
      expect(made).toEqual(expect.arrayContaining(wanted))
    }
  })
})
