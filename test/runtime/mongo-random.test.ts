import fc from 'fast-check'
import { type mongo, Schema } from 'mongoose'
import { afterAll, expect } from 'vitest'
import { z } from 'zod'
import { readCondition } from '../../runtime/src/conditions/read.js'
import * as kinds from '../../runtime/src/mongo/kinds.js'
import { documentsOf } from '../../runtime/src/mongo/repository/describe.js'
import { keyedCalls } from '../../runtime/src/mongo/repository/index.js'
import { sessionOf } from '../../runtime/src/mongo/session.js'
import { modelMaker } from '../../runtime/src/mongoose/index.js'
import { change } from '../../runtime/src/zod/index.js'
import { openServer, testOn } from '../support/mongo-server.js'
import { comparers, drawnLow, fields } from './notes-set.js'
import { documentOf, rowsOf } from './notes-stores.js'
import { holds } from './rows-in-memory.js'

const server = await openServer()
afterAll(() => server?.close())

const nullable = (kind: kinds.PathKind) => ({ kind, isNullable: true })

const notes = documentsOf({
  entity: 'note',
  name: 'notes',
  model: modelMaker({ set: 'test', name: 'Note' }, new Schema({}, { collection: 'notes' })),
  constraints: [],
  row: z.looseObject({ _id: z.int() }),
  codecs: { level: z.int() },
  newRow: z.never(),
  patch: change({ level: z.int() }),
  fields: {
    id: { path: '_id', kind: kinds.integer, is: 'fixed' },
    name: nullable(kinds.text),
    state: nullable(kinds.word(z.enum(['open', 'done']))),
    active: nullable(kinds.boolean),
    owner: nullable(kinds.id),
    level: { kind: kinds.integer },
    price: nullable(kinds.decimal(2)),
    seen: nullable(kinds.date),
    tags: nullable(kinds.listOf(kinds.text)),
    extra: nullable(kinds.structure),
  },
  inner: {
    'settings.welcome.enabled': { kind: kinds.boolean, isNullable: true },
    'settings.prefix': { kind: kinds.text, isNullable: true },
  },
  key: { fields: ['id'] },
})

testOn(server, 'random conditions of calls on documents')(
  'find, count, change and delete the rows that a condition holds of',
  [],
  async ({ connection }) => {
    const rows = rowsOf(drawnLow)
    const calls = keyedCalls({ db: sessionOf(connection), collection: notes, all: [notes], keys: {} })
    const fill = async (): Promise<void> => {
      await connection.collection('notes').deleteMany({})
      await connection.collection('notes').insertMany(rows.map(documentOf) as mongo.Document[])
    }
    const all = { all: true }
    await fc.assert(
      fc.asyncProperty(drawnLow.where, async (where) => {
        await fill()
        const condition = readCondition(fields, where)
        const ids = rows.flatMap((row, id) => (holds(condition, row, comparers) ? [id] : []))
        const { rows: found } = await calls.find({ where, limit: 1_000 })
        expect(found.map((row) => Reflect.get(Object(row), '_id'))).toEqual(ids)
        expect([await calls.count(where), await calls.exists(where)]).toEqual([ids.length, ids.length > 0])
        expect(await calls.updateMany(where, { level: 77 }, all)).toBe(ids.length)
        expect(await calls.count({ level: 77 })).toBe(ids.length)
        await fill()
        expect(await calls.deleteMany(where, all)).toBe(ids.length)
        expect(await calls.count()).toBe(rows.length - ids.length)
      }),
      { numRuns: 40, seed: 20260101 },
    )
  },
)
