import { afterAll, beforeAll, describe, expect } from 'vitest'
import { openServer, testOn } from '../support/mongo-server.js'
import { type MongoSubject, subjectOn } from './mongo-subject.js'

const texts = {
  'botschema.yaml': 'name: queries\noutput: out\nstores: [mongo]\ntargets: { markdown: false, json-schema: false }\n',
  'book.yaml': `
entity: book
fields:
  id: identity
  title: string(40)
  shelf: { type: string(10), code: shelfName }
  price: bigint = 0
  tags: { type: list<text>, default: [] }
  added_at: timestamp
  lent_at: timestamp?
  lender: { type: text?, personal: true }
queries:
  titled:
    params: { title: title }
    columns: [id, shelf, lender]
    mongo: { find: { title: ":title" }, projection: { shelf: 1, lender: 1 } }
  on_shelf:
    params: { shelf: shelf, most: { type: integer } }
    returns: many
    columns: [id, title, shelf, lent_at]
    mongo: { find: { shelf: ":shelf" }, sort: { added_at: -1 }, limit: ":most", projection: { title: 1, shelf: 1, lent_at: 1 } }
  whole:
    params: { id: id }
    returns: one
    columns: all
    mongo: { findOne: { _id: ":id" } }
  since:
    params: { at: added_at, prices: { type: list<bigint> } }
    returns: many
    columns: all
    mongo: { find: { added_at: { $gte: ":at" }, price: { $in: ":prices" } }, sort: { added_at: 1 } }
  by_shelf:
    returns: many
    columns: { shelf: shelf, books: { type: integer } }
    mongo:
      aggregate:
        - $group: { _id: "$shelf", books: { $sum: 1 } }
        - $project: { _id: 0, shelf: "$_id", books: 1 }
        - $sort: { shelf: 1 }
  on_loan:
    returns: one
    columns: { count: { type: integer } }
    mongo: { countDocuments: { lent_at: { $ne: null } } }
  shelves:
    returns: many
    columns: [shelf]
    mongo: { distinct: shelf, filter: { title: { $ne: "" } } }
  untyped:
    params: { id: id }
    returns: one
    mongo: { findOne: { _id: ":id" }, projection: { _id: 0, title: 1 } }
  buy:
    params: { title: title, at: added_at }
    returns: none
    mongo: { insertOne: { title: ":title", shelf: new, added_at: ":at" } }
  lend:
    params: { id: id, at: added_at }
    returns: one
    columns: all
    mongo: { findOneAndUpdate: { _id: ":id" }, update: { $set: { lent_at: ":at" }, $push: { tags: lent } }, returnDocument: after }
  discount:
    params: { shelf: shelf, by: { type: bigint } }
    returns: none
    mongo: { updateMany: { shelf: ":shelf" }, update: { $inc: { price: ":by" } } }
  rename:
    params: { id: id, title: title }
    returns: none
    mongo: { updateOne: { _id: ":id" }, update: { $set: { title: ":title" } } }
  clear:
    params: { shelf: shelf }
    returns: none
    mongo: { deleteMany: { shelf: ":shelf" } }
  take:
    params: { id: id }
    returns: one
    columns: { title: title }
    mongo: { findOneAndDelete: { _id: ":id" }, projection: { _id: 0, title: 1 } }
`,
}

const server = await openServer()
const proved = testOn(server, 'named queries on Mongo')
const subject = server === null ? null : await subjectOn(server, texts)
const ids: string[] = []
const at = (day: number): Date => new Date(Date.UTC(2024, 0, day))

const given = (): MongoSubject => {
  if (subject === null) throw new Error('there is no server')
  return subject
}

beforeAll(async () => {
  if (subject === null) return
  const rows = [
    { title: 'A', shelfName: 'left', price: 1n, added_at: at(1) },
    { title: 'B', shelfName: 'left', price: 9007199254740993n, added_at: at(2), lent_at: at(3) },
    { title: 'C', shelfName: 'right', price: 3n, added_at: at(3) },
  ]
  const stored = (await subject.call('insertBooks', rows)) as readonly { id: string }[]
  ids.push(...stored.map(({ id }) => id))
})

afterAll(() => server?.close())

describe('named queries on Mongo', () => {
  proved('read rows through the codecs of their columns', [], async () => {
    const { call } = given()
    expect(await call('booksOnShelf', { shelf: 'left', most: 1 })).toEqual([
      { id: ids[1], title: 'B', shelfName: 'left', lent_at: at(3) },
    ])
    expect(await call('booksWhole', { id: ids[0] })).toEqual(await call('getBook', ids[0]))
    expect(await call('booksWhole', { id: '0'.repeat(24) })).toBeNull()
    expect(await call('booksSince', { at: at(2), prices: [3n, 9007199254740993n] })).toMatchObject([
      { title: 'B', price: 9007199254740993n },
      { title: 'C', price: 3n, lent_at: null },
    ])
    expect(await call('booksByShelf')).toEqual([
      { shelf: 'left', books: 2 },
      { shelf: 'right', books: 1 },
    ])
    expect(await call('booksOnLoan')).toEqual({ count: 1 })
    expect(await call('booksShelves')).toEqual([{ shelfName: 'left' }, { shelfName: 'right' }])
    expect(await call('booksUntyped', { id: ids[0] })).toEqual({ title: 'A' })
  })

  proved('take no parameter of another type, nor an operator in its place', [], async () => {
    const { call } = given()
    for (const parameters of [{}, { shelf: { $ne: '' }, most: 1 }, { shelf: 'left', most: '1' }])
      await expect(call('booksOnShelf', parameters)).rejects.toMatchObject({ issues: expect.anything() })
  })

  proved('write, held to what the models hold', [], async () => {
    const { call } = given()
    await call('booksBuy', { title: 'D', at: at(4) })
    const [bought] = (await call('booksOnShelf', { shelf: 'new', most: 5 })) as readonly { id: string }[]
    expect(await call('getBook', bought?.id)).toMatchObject({ title: 'D', price: 0n, tags: [], lent_at: null })
    expect(await call('booksLend', { id: ids[0], at: at(9) })).toMatchObject({ lent_at: at(9), tags: ['lent'] })
    await call('booksDiscount', { shelf: 'right', by: -1n })
    await call('booksRename', { id: ids[2], title: 'E' })
    expect(await call('getBook', ids[2])).toMatchObject({ title: 'E', price: 2n })
    await expect(call('booksBuy', { title: 'x'.repeat(41), at: at(1) })).rejects.toMatchObject({ issues: [{}] })
    expect(await call('booksTake', { id: ids[2] })).toEqual({ title: 'E' })
    expect(await call('booksClear', { shelf: 'left' })).toBeUndefined()
    expect(await call('booksByShelf')).toEqual([{ shelf: 'new', books: 1 }])
  })

  proved('do not judge again what is stored, also where a column has another name in code', [], async () => {
    const { call, collection } = given()
    const title = 'x'.repeat(60)
    await collection('books').insertOne({ title, shelf: 'odd', added_at: at(1), lent_at: null } as never, {
      bypassDocumentValidation: true,
    })
    expect(await call('booksOnShelf', { shelf: 'odd', most: 1 })).toMatchObject([
      { title, shelfName: 'odd', lent_at: null },
    ])
  })

  proved('and cannot be brought into form is told by key and property, without what is personal', [], async () => {
    const { call, collection } = given()
    const books = collection('books')
    const { insertedId } = await books.insertOne(
      { title: 'F', shelf: { secret: 1 }, added_at: at(1), lent_at: null, lender: { secret: 2 } } as never,
      { bypassDocumentValidation: true },
    )
    const id = String(insertedId)
    const known = { name: 'StoredValueError', entity: 'book', written: false }
    await expect(call('booksTitled', { title: 'F' })).rejects.toMatchObject({
      ...known,
      key: { id },
      field: 'shelfName',
      stored: { secret: 1 },
    })
    await books.updateOne({ _id: insertedId }, { $set: { shelf: 'left' } }, { bypassDocumentValidation: true } as never)
    const failure = await call('booksTitled', { title: 'F' }).catch((error: unknown) => error)
    expect(failure).toMatchObject({ ...known, key: { id }, field: 'lender', stored: undefined })
    expect(String(failure)).not.toContain('secret')
    await expect(call('booksWhole', { id })).rejects.toMatchObject({
      ...known,
      key: { id },
      field: 'lender',
      stored: undefined,
    })
    await books.deleteOne({ _id: insertedId })
  })
})
