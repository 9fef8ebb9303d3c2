import { Types } from 'mongoose'
import { afterAll, describe, expect } from 'vitest'
import { emittedFiles, fileOf, loadModule } from '../storage/emitted.js'
import { openServer, testOn } from '../support/mongo-server.js'

const server = await openServer()
afterAll(() => server?.close())
const test = testOn(server, 'collections are created')

/** More than a number holds: the next one, which a number would be rounded to, is no more within the limit. */
const limit = 2n ** 53n + 1n

const head = 'name: setup\noutput: out\nstores: [mongo]\ntargets: { markdown: false, json-schema: false }\n'
const note = (length: number): string => `
entity: note
fields:
  id: objectid
  text: string(${length})
  page: integer
  size: { type: bigint, default: 0, max: ${limit}, min: -${limit} }
unique:
  - [page]
`

/** Creates the collections that a set describes, by its own function. */
const create = async (length: number): Promise<void> => {
  const files = await emittedFiles({ 'botschema.yaml': head, 'note.yaml': note(length) })
  const { createCollections } = (await loadModule(files, 'mongoose/access/index.ts')) as {
    readonly createCollections: (connection: unknown, validators: string) => Promise<void>
  }
  await createCollections(server?.connection, fileOf(files, 'mongoose/validators.json'))
}

const insert = (text: string, page: number, size = 0n) =>
  server?.connection.collection('notes').insertOne({ _id: new Types.ObjectId(), text, page, size })

describe('createCollections', () => {
  test('makes the uniques of collections', [], async ({ connection }) => {
    await connection.dropDatabase()
    await create(4)
    await insert('one', 1)
    await expect(insert('two', 1)).rejects.toMatchObject({ code: 11_000 })
  })

  test('holds documents to their validators', ['validator'], async ({ connection }) => {
    await connection.dropDatabase()
    await create(4)
    await expect(insert('too long', 1)).rejects.toMatchObject({ code: 121 })
  })

  test('holds whole numbers of 64 bits to limits that no number has', ['validator'], async ({ connection }) => {
    await connection.dropDatabase()
    await create(4)
    await insert('most', 1, limit)
    await insert('low', 2, -limit)
    await expect(insert('over', 3, limit + 1n)).rejects.toMatchObject({ code: 121 })
    await expect(insert('less', 4, -limit - 1n)).rejects.toMatchObject({ code: 121 })
  })

  test('gives the validators of now to what is there, and keeps the documents', ['collMod'], async ({ connection }) => {
    await connection.dropDatabase()
    await create(4)
    await insert('one', 1)
    await create(4)
    await create(8)
    await insert('just fit', 2)
    expect(await connection.collection('notes').countDocuments()).toBe(2)
  })
})
