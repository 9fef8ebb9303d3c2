import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSubjects, type Subject } from './databases.js'

const texts = {
  'botschema.yaml': `
name: refusals
output: out
stores: [postgres]
targets: { markdown: false, json-schema: false }
`,
  'set.yaml': `
entity: author
fields:
  id: snowflake
  pen_name: { type: string(40), code: penName, unique: { deferrable: true } }
  mentor_id: { ref: author?, on_delete: no action }
  best_id: { ref: book?, on_delete: restrict, code: bestBook }
---
entity: book
fields:
  id: snowflake
  shelf: { type: string(10), unique: true }
  price: { type: "decimal(8, 2) = 1.00", postgres: { check: "price <> 13" } }
  sold: integer = 0
  printed: integer = 0
checks:
  no_more_sold_than_printed: sold <= printed
postgres:
  checks: { shelf_is_trimmed: "shelf = btrim(shelf)" }
---
entity: chapter
fields:
  book_id: { type: ref(book), key: true, on_delete: cascade }
  number: { type: integer, key: true }
  shelf: { ref: book.shelf, on_update: no action }
---
entity: note
fields:
  id: uuid
  book_id: snowflake(book)
  chapter: integer
references:
  - { fields: [book_id, chapter], to: chapter, on_delete: restrict }
---
entity: reading
key: [id, at]
fields:
  id: uuid
  at: timestamp
  reader: string(10)
  pages: integer
unique:
  - [reader, at]
checks:
  pages_read: pages > 0
postgres:
  partition: { by: month, on: at, ahead: 1 }
`,
}

let subjects: readonly Subject[] = []
let close: () => Promise<void>

beforeAll(async () => {
  ;({ subjects, close } = await openSubjects(texts))
  for (const { call } of subjects) {
    await call('book.insertMany', [
      { id: '1', shelf: 'a', printed: 5 },
      { id: '2', shelf: 'b' },
    ])
    await call('author.insertMany', [
      { id: '1', penName: 'one' },
      { id: '2', penName: 'two', mentor_id: '1', bestBook: '2' },
    ])
    await call('chapter.insert', { book_id: '1', number: 1, shelf: 'a' })
    await call('note.insert', { book_id: '1', chapter: 1 })
  }
})

afterAll(() => close())

const failureOf = async (attempt: Promise<unknown>): Promise<unknown> => {
  try {
    return { accepted: await attempt }
  } catch (failure) {
    const { name, problem, entity, constraint, fields, rule, cause, message } = failure as Error &
      Record<string, unknown>
    return { name, problem, entity, constraint, fields, rule, message, hasCause: cause instanceof Error }
  }
}

const refusal = (problem: string, entity: string, constraint: string, fields: readonly string[], rule: string) => ({
  name: 'ConstraintError',
  problem,
  entity,
  constraint,
  fields,
  rule,
  message: `${entity}: ${rule} (${constraint})`,
  hasCause: true,
})

describe('what Postgres refuses', () => {
  it('is told by entity, constraint, fields and rule', async () => {
    for (const { call } of subjects) {
      const id = '9'
      const cases = [
        [
          () => call('book.insert', { id: '1', shelf: 'z' }),
          refusal('unique', 'book', 'books_pkey', ['id'], 'another book has this id'),
        ],
        [
          () => call('book.insert', { id, shelf: 'a' }),
          refusal('unique', 'book', 'books_shelf_key', ['shelf'], 'another book has this shelf'),
        ],
        [
          () => call('author.insert', { id, penName: 'one' }),
          refusal('unique', 'author', 'authors_pen_name_key', ['penName'], 'another author has this penName'),
        ],
        [
          () => call('author.insert', { id, penName: 'x', bestBook: '77' }),
          refusal('reference', 'author', 'authors_best_id_fkey', ['bestBook'], 'the book of bestBook is not there'),
        ],
        [
          () => call('author.update', '1', { mentor_id: '77' }),
          refusal(
            'reference',
            'author',
            'authors_mentor_id_fkey',
            ['mentor_id'],
            'the author of mentor_id is not there',
          ),
        ],
        [
          () => call('note.insert', { book_id: '1', chapter: 7 }),
          refusal(
            'reference',
            'note',
            'notes_book_id_chapter_fkey',
            ['book_id', 'chapter'],
            'the chapter of book_id, chapter is not there',
          ),
        ],
        [
          () => call('book.delete', '2'),
          refusal('referenced', 'author', 'authors_best_id_fkey', ['bestBook'], 'rows of author point at it'),
        ],
        [
          () => call('author.delete', '1'),
          refusal('referenced', 'author', 'authors_mentor_id_fkey', ['mentor_id'], 'rows of author point at it'),
        ],
        [
          () => call('book.delete', '1'),
          refusal(
            'referenced',
            'note',
            'notes_book_id_chapter_fkey',
            ['book_id', 'chapter'],
            'rows of note point at it',
          ),
        ],
        [
          () => call('book.update', '1', { shelf: 'moved' }),
          refusal('referenced', 'chapter', 'chapters_shelf_fkey', ['shelf'], 'rows of chapter point at it'),
        ],
        [
          () => call('book.update', '2', { sold: 1 }),
          refusal('check', 'book', 'books_no_more_sold_than_printed', ['sold', 'printed'], 'sold <= printed'),
        ],
        [
          () => call('book.update', '2', { price: '13.00' }),
          refusal('check', 'book', 'books_price_check1', ['price'], 'price <> 13'),
        ],
        [
          () => call('book.update', '2', { shelf: ' b' }),
          refusal('check', 'book', 'books_shelf_is_trimmed', [], 'shelf = btrim(shelf)'),
        ],
      ] as const
      for (const [attempt, expected] of cases) expect(await failureOf(attempt())).toEqual(expected)
    }
  })

  it('in a partition is told as of its table', async () => {
    for (const { call } of subjects) {
      const row = { id: '0b8f7c9e-5a0e-4d0c-8a6e-3f1d2c4b5a69', at: new Date(0), reader: 'a', pages: 1 }
      await call('reading.insert', row)
      expect(await failureOf(call('reading.insert', row))).toMatchObject({
        entity: 'reading',
        constraint: 'readings_pkey',
        fields: ['id', 'at'],
      })
      const { id: _, ...another } = row
      expect(await failureOf(call('reading.insert', another))).toMatchObject({
        problem: 'unique',
        fields: ['reader', 'at'],
      })
    }
  })

  it('passes as it came where it is no constraint of the set', async () => {
    for (const { call, database } of subjects) {
      await database.exec('ALTER TABLE books ADD CONSTRAINT from_elsewhere CHECK (sold < 3)')
      expect(await failureOf(call('book.update', '1', { sold: 4 }))).toMatchObject({
        name: expect.not.stringMatching('ConstraintError'),
      })
      await database.exec('ALTER TABLE books DROP CONSTRAINT from_elsewhere')
      await database.exec('ALTER TABLE books RENAME TO hidden')
      const failure = (await call('book.get', '1').catch((error: unknown) => error)) as { readonly code: string }
      expect(failure.code).toBe('42P01')
      await database.exec('ALTER TABLE hidden RENAME TO books')
    }
  })

  it('aborts the transaction of a caller and no more: after a savepoint it goes on', async () => {
    for (const { call, database } of subjects) {
      await database.exec('BEGIN')
      await call('book.insert', { id: '5', shelf: 'five' })
      await database.exec('SAVEPOINT before')
      expect(await failureOf(call('book.insert', { id: '5', shelf: 'six' }))).toMatchObject({ problem: 'unique' })
      const aborted = (await call('book.get', '5').catch((error: unknown) => error)) as { readonly code: string }
      expect(aborted.code).toBe('25P02')
      await database.exec('ROLLBACK TO before')
      expect(await call('book.get', '5')).toMatchObject({ shelf: 'five' })
      await database.exec('ROLLBACK')
      expect(await call('book.get', '5')).toBeNull()
    }
  })

  it('of many rows leaves none of them', async () => {
    for (const { call } of subjects) {
      const rows = [
        { id: '10', shelf: 'ten' },
        { id: '11', shelf: 'a' },
      ]
      expect(await failureOf(call('book.insertMany', rows))).toMatchObject({ constraint: 'books_shelf_key' })
      expect(await call('book.get', '10')).toBeNull()
    }
  })
})
