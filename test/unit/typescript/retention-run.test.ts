import {
  cutoff,
  type DueRow,
  type RetainedEntity,
  type RetentionOptions,
  type RetentionStore,
  runActs,
} from '@botschema/runtime/v1'
import { describe, expect, test, vi } from 'vitest'

const act = (step: number, hook: string | null = null) => ({
  step,
  action: 'delete' as const,
  from: 'notes',
  into: null,
  due: 'at ends_at',
  hook,
})

const entity = (name: string, ...acts: RetainedEntity['acts']): RetainedEntity => ({
  entity: name,
  every: null,
  batch: 2,
  acts,
})

const at = new Date('2090-03-31T12:00:00Z')

/** A store of numbers of due rows by entity, in which rows with hooks have the keys 1, 2, 3, … */
const storeOf = (due: Record<string, number>): RetentionStore => {
  const left = new Map(Object.entries(due))
  const settled = new Set<unknown>()
  const take = (name: string, most: number): number => {
    const rows = Math.min(most, left.get(name) ?? 0)
    left.set(name, (left.get(name) ?? 0) - rows)
    return rows
  }
  const keysOf = (name: string): DueRow[] =>
    Array.from({ length: due[name] ?? 0 }, (_, index) => ({ key: { id: index + 1 }, row: { id: index + 1 } })).filter(
      ({ key }) => !settled.has(key.id),
    )
  return {
    retire: async (name, _, batch, tell) => {
      if (!name.startsWith('hooked')) tell(0, take(name, batch))
      if (name === 'broken') throw new Error('no such table')
    },
    dueRows: async (name, _, __, batch, after) => {
      const rows = keysOf(name).filter(({ key }) => Number(key['id']) > Number(after ?? 0))
      const page = rows.slice(0, batch)
      return { rows: page, next: rows.length > batch ? (page.at(-1)?.key['id'] ?? null) : null }
    },
    settle: async (_, __, ___, keys) => {
      for (const { id } of keys) settled.add(id)
      return keys.length
    },
    due: async (name) => [{ act: 0, rows: keysOf(name).length, oldest: at }],
  }
}

const run = (
  store: RetentionStore,
  entities: readonly RetainedEntity[],
  options: RetentionOptions = {},
  hooks: Parameters<typeof runActs>[3] = {},
) => runActs(store, entities, { at, wait: 0, ...options }, hooks)

describe('a run', () => {
  test('does batches until one is not full, and tells of each', async () => {
    const onBatch = vi.fn()
    const { retired, finished } = await run(storeOf({ note: 5 }), [entity('note', act(1))], { onBatch })
    expect(retired).toMatchObject([{ entity: 'note', step: 1, rows: 5 }])
    expect(onBatch.mock.calls.map(([{ rows }]) => rows)).toEqual([2, 2, 1])
    expect(finished).toBe(true)
  })

  test('goes on with other entities where one fails, and does only those that are asked for', async () => {
    const all = [entity('broken', act(1)), entity('note', act(1)), entity('tag', act(1))]
    const { retired, failures } = await run(storeOf({ note: 1, tag: 1 }), all, { only: ['broken', 'tag'] })
    expect(failures).toMatchObject([{ entity: 'broken', error: { message: 'no such table' } }])
    expect(retired.map(({ entity: name }) => name)).toEqual(['tag'])
  })

  test('tells what was done before it failed', async () => {
    const { retired, failures } = await run(storeOf({ broken: 2 }), [entity('broken', act(1))])
    expect([retired, failures]).toMatchObject([[{ rows: 2 }], [{ entity: 'broken' }]])
  })

  test('begins no batch after it was stopped, or its time was up', async () => {
    const stop = new AbortController()
    const onBatch = (): void => stop.abort()
    const stopped = await run(storeOf({ note: 5 }), [entity('note', act(1))], { signal: stop.signal, onBatch })
    expect(stopped).toMatchObject({ retired: [{ rows: 2 }], finished: false })
    const late = await run(storeOf({ note: 5 }), [entity('note', act(1))], { maxTime: 0 })
    expect(late).toMatchObject({ retired: [], finished: false })
  })

  test('tries a hook again, leaves the row that it fails for, and does the others', async () => {
    const tried: number[] = []
    const hook = (row: { readonly id: number }, { attempt }: { readonly attempt: number }): void => {
      tried.push(row.id)
      if (row.id === 2 || (row.id === 1 && attempt === 1)) throw new Error('Discord is away')
    }
    const hooked = entity('hooked', act(1, 'lift'))
    const report = await run(storeOf({ hooked: 5 }), [hooked], { attempts: 2 }, { lift: hook as never })
    expect(report).toMatchObject({ retired: [{ rows: 4 }], hookFailures: [{ key: { id: 2 }, attempts: 2 }] })
    expect(tried).toEqual([1, 1, 2, 2, 3, 4, 5])
  })

  test('tells what it leaves for lack of a hook', async () => {
    const { withoutHook } = await run(storeOf({ hooked: 3, hookedToo: 0 }), [
      entity('hooked', act(1, 'lift')),
      entity('hookedToo', act(1, 'lift')),
    ])
    expect(withoutHook).toMatchObject([{ entity: 'hooked', hook: 'lift', rows: 3 }])
  })
})

test.each([
  ['1 month before the last of March', '2090-03-31T12:00:00Z', 1, 'months', '2090-02-28T12:00:00Z'],
  ['1 month before the last of March of a leap year', '2092-03-31T12:00:00Z', 1, 'months', '2092-02-29T12:00:00Z'],
  ['a year before a leap day', '2092-02-29T00:00:00Z', 1, 'years', '2091-02-28T00:00:00Z'],
  ['13 months before January', '2090-01-15T00:00:00Z', 13, 'months', '2088-12-15T00:00:00Z'],
  ['90 days', '2090-03-31T12:00:00Z', 90, 'days', '2089-12-31T12:00:00Z'],
  ['2 weeks', '2090-01-15T00:00:00Z', 2, 'weeks', '2090-01-01T00:00:00Z'],
] as const)('the moment %s', (_, from, count, unit, expected) => {
  expect(cutoff(new Date(from), count, unit)).toEqual(new Date(expected))
})
