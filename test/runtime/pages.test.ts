import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ZodError } from 'zod'
import type { Condition } from '../../runtime/src/conditions/condition.js'
import { readCondition } from '../../runtime/src/conditions/read.js'
import { CursorError } from '../../runtime/src/errors.js'
import type { Cursor } from '../../runtime/src/pages/cursor.js'
import { readOrder, type Sort } from '../../runtime/src/pages/order.js'
import { openServer } from '../support/mongo-server.js'
import { comparers, fields } from './notes-set.js'
import { type FilledStore, inEveryStore, runs } from './notes-stores.js'
import { byText, holds, type MemoryRow } from './rows-in-memory.js'

const server = await openServer()

/** How far a row is before another in an order in which null is the smallest. */
const compareRows = (sorts: readonly Sort[], left: MemoryRow, right: MemoryRow): number => {
  for (const { field, direction } of sorts) {
    const [one, other] = [left[field] ?? null, right[field] ?? null]
    const difference =
      one === null || other === null
        ? Number(one !== null) - Number(other !== null)
        : (comparers[field] ?? byText)(one, other)
    if (difference !== 0) return direction === 'asc' ? difference : -difference
  }
  return 0
}

const walk = async (
  store: FilledStore,
  condition: Condition,
  sorts: readonly Sort[],
  limit: number,
): Promise<readonly number[]> => {
  const ids: number[] = []
  for (let after: Cursor | null = null; ; ) {
    const page: Awaited<ReturnType<FilledStore['page']>> = await store.page({ condition, sorts, limit, after })
    ids.push(...page.ids)
    if (page.next === null) return ids
    expect(page.ids).toHaveLength(limit)
    after = page.next
  }
}

const everything: Condition = { kind: 'all', of: [] }

describe('pages give every row once, in order', () =>
  inEveryStore('pages', server, async (store, rows, { where, order }) => {
    const property = fc.asyncProperty(where, order, fc.integer({ min: 7, max: 60 }), async (given, by, limit) => {
      const condition = readCondition(fields, given)
      const sorts = readOrder(fields, ['id'], by)
      const meant = rows
        .filter((row) => holds(condition, row, comparers))
        .toSorted((left, right) => compareRows(sorts, left, right))
      expect(await walk(store, condition, sorts, limit)).toEqual(meant.map((row) => row['id']))
    })
    await fc.assert(property, { ...runs, numRuns: Math.ceil(runs.numRuns / 4) })
    await refuseCursors(store)
  }))

/** What is no cursor of a page is refused before, or instead of, an error of the driver. */
const refuseCursors = async (store: FilledStore): Promise<void> => {
  const sorts = readOrder(fields, ['id'], { seen: 'desc' })
  const { next } = await store.page({ condition: everything, sorts, limit: 5, after: null })
  const refusedAt = async (after: Cursor | null, by = sorts, condition: Condition = everything): Promise<unknown> =>
    store.page({ condition, sorts: by, limit: 5, after }).then(
      () => 'taken',
      (failure: unknown) => CursorError.is(failure),
    )
  const active: Condition = { kind: 'equal', field: 'active', value: true }
  const forge = (values: unknown): Cursor => {
    const [digest] = JSON.parse(Buffer.from(String(next), 'base64url').toString())
    return Buffer.from(JSON.stringify([digest, values])).toString('base64url') as Cursor
  }
  expect(await refusedAt(next, readOrder(fields, ['id'], { seen: 'asc' })), 'of another order').toBe(true)
  expect(await refusedAt(next, sorts, active), 'of another condition').toBe(true)
  expect(await refusedAt('' as Cursor), 'of no text').toBe(true)
  expect(await refusedAt('nonsense' as Cursor), 'of another text').toBe(true)
  expect(await refusedAt(forge([{ $gt: 1 }, 1])), 'with an operator').toBe(true)
  expect(await refusedAt(forge(['x'])), 'with too few values').toBe(true)
}

describe('what is no order is refused', () => {
  it.each([
    [{ nmae: 'asc' }, 'order.nmae: no field that rows are ordered by'],
    [{ state: 'asc' }, 'order.state: no field that rows are ordered by'],
    [{ name: 1 }, "order.name: neither 'asc' nor 'desc'"],
    [{ name: undefined }, "order.name: neither 'asc' nor 'desc'"],
    ['name', 'order: not an object of fields'],
    [['name'], 'order: not an object of fields'],
  ])('%j', (order, message) => {
    try {
      readOrder(fields, ['id'], order)
      expect.fail('taken')
    } catch (failure) {
      if (!(failure instanceof ZodError)) throw failure
      expect(failure.issues.map(({ path, message: text }) => `${path.join('.')}: ${text}`).join('; ')).toBe(message)
    }
  })

  it('ends in the key, the way of its last field', () => {
    expect(readOrder(fields, ['id'], { level: 'asc', seen: 'desc' })).toEqual([
      { field: 'level', direction: 'asc' },
      { field: 'seen', direction: 'desc' },
      { field: 'id', direction: 'desc' },
    ])
    expect(readOrder(fields, ['id'])).toEqual([{ field: 'id', direction: 'asc' }])
    expect(readOrder(fields, ['id'], { id: 'desc' })).toEqual([{ field: 'id', direction: 'desc' }])
  })
})
