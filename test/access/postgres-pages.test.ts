import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSubjects, type Subject } from './databases.js'

const texts = {
  'botschema.yaml': `
name: pages
output: out
stores: [postgres]
targets: { markdown: false, json-schema: false, postgres: { precision: 6 } }
`,
  'entry.yaml': `
entity: entry
table: entries
fields:
  id: identity
  guild_id: snowflake(guild)
  score: integer?
  at: timestamp
  naive_at: { type: timestamp?, zone: false }
  label: text?
  kind: enum(b, a, c)?
  ratio: float?
  small: real?
  price: decimal(10, 3)?
  length: { type: duration(seconds)?, as: interval }
  day: date?
  clock: time?
  flag: boolean?
  mark: uuid?
  big: bigint?
indexes:
  - [guild_id, at]
  - [guild_id, score desc, at]
  - [score, naive_at desc]
  - [at desc, label]
  - [kind, ratio desc, price]
  - [small desc, length, day desc, clock]
  - [flag, mark, big desc]
  - { fields: [guild_id, label], where: flag = true or score > 1 }
---
entity: pair
fields:
  left: { type: snowflake(user), key: true }
  right: { type: string(20), key: true }
`,
}

/** Every list of the entity: its name, what Postgres orders by, and the rows it is of. */
const lists: readonly (readonly [name: string, order: string, where: string])[] = [
  ['listEntries', 'id', 'true'],
  ['listEntriesByGuildIdAndAt', 'guild_id, at, id', 'true'],
  ['listEntriesByGuildIdAndScoreAndAt', 'guild_id, score DESC, at, id', 'true'],
  ['listEntriesByScoreAndNaiveAt', 'score, naive_at DESC, id DESC', 'true'],
  ['listEntriesByAtAndLabel', 'at DESC, label, id', 'true'],
  ['listEntriesByKindAndRatioAndPrice', 'kind, ratio DESC, price, id', 'true'],
  ['listEntriesBySmallAndLengthAndDayAndClock', 'small DESC, length, day DESC, clock, id', 'true'],
  ['listEntriesByFlagAndMarkAndBig', 'flag, mark, big DESC, id DESC', 'true'],
  ['listEntriesByGuildIdAndLabelWhereFlagAndScore', 'guild_id, label, id', 'flag OR score > 1'],
]

/** Few values of each column, so that rows tie; microseconds and neighbours that a Date or a double could confuse. */
const columns: Readonly<Record<string, readonly (string | null)[]>> = {
  guild_id: ['1', '9223372036854775806', '9223372036854775807'],
  score: [null, '-1', '0', '2147483647'],
  at: [
    '2024-03-31 01:30:00.000001+00',
    '2024-03-31 01:30:00.000002+00',
    '0001-01-01 00:00:00+00',
    '9999-12-31 23:59:59+00',
  ],
  naive_at: [null, '2024-03-31 02:30:00.123456', '2024-03-31 02:30:00.123457', '2024-03-31 03:30:00.123456'],
  label: [null, '', 'é', "'; DROP TABLE entries; --", '\\"$1'],
  kind: [null, 'a', 'b', 'c'],
  ratio: [null, '0.1', '0.30000000000000004', '0.3', '5e-324'],
  small: [null, '0.1', '16777216', '3.4028235e38'],
  price: [null, '0.100', '0.101', '9999999.999'],
  length: [null, '-00:00:01', '3 days', '72:00:00', '00:00:01'],
  day: [null, '2024-02-29', '0001-01-01'],
  clock: [null, '00:00:00', '23:59:59.999999'],
  flag: [null, 'true', 'false'],
  mark: [null, '0b8f7c9e-5a0e-4d0c-8a6e-3f1d2c4b5a69', 'ffffffff-ffff-4fff-bfff-ffffffffffff'],
  big: [null, '9007199254740992', '9007199254740993', '-9223372036854775808'],
}

interface Page {
  readonly rows: readonly { readonly id: string }[]
  readonly next: string | null
}

let subjects: readonly Subject[] = []
let close: () => Promise<void>

beforeAll(async () => {
  ;({ subjects, close } = await openSubjects(texts))
})

afterAll(() => close())

const insert = async (
  { database }: Subject,
  rows: readonly Readonly<Record<string, string | null>>[],
): Promise<void> => {
  await database.exec('TRUNCATE entries RESTART IDENTITY')
  const names = Object.keys(columns)
  await database.query(
    `INSERT INTO entries (${names.join(', ')}) SELECT ${names.map((name) => `new.${name}`).join(', ')}
     FROM json_array_elements($1::json) AS item, json_populate_record(NULL::entries, item) AS new`,
    [JSON.stringify(rows)],
  )
}

const walk = async ({ call }: Subject, name: string, limit: number, where = {}): Promise<readonly string[]> => {
  const ids: string[] = []
  for (let after: string | null = null; ; ) {
    const { rows, next } = (await call(name, { limit, after, where })) as Page
    if (rows.length > limit || (next !== null && rows.length < limit)) throw new Error(`a page of ${rows.length} rows`)
    ids.push(...rows.map(({ id }) => id))
    if (next === null) return ids
    after = next
  }
}

const inOrder = async ({ database }: Subject, order: string, where: string): Promise<readonly string[]> =>
  (await database.query<{ id: unknown }>(`SELECT id FROM entries WHERE ${where} ORDER BY ${order}`)).map(({ id }) =>
    String(id),
  )

const row = fc.record(
  Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, fc.constantFrom(...values)])),
)

describe('pages on Postgres', () => {
  it('hold all rows once and in the order of their index, however many ties and nulls there are', async () => {
    for (const subject of subjects) {
      await fc.assert(
        fc.asyncProperty(fc.array(row, { maxLength: 24 }), fc.integer({ min: 1, max: 5 }), async (rows, limit) => {
          await insert(subject, rows)
          for (const [name, order, where] of lists) {
            expect(await walk(subject, name, limit), name).toEqual(await inOrder(subject, order, where))
          }
        }),
        { numRuns: 12 },
      )
    }
  })

  it('are narrowed to a value, or to null, of the first fields', async () => {
    for (const subject of subjects) {
      const rows = fc.sample(row, { numRuns: 60, seed: 7 })
      await insert(subject, rows)
      const narrowed = [
        ['listEntriesByGuildIdAndScoreAndAt', { guild_id: '1' }, 'guild_id = 1', 'score DESC, at, id'],
        [
          'listEntriesByGuildIdAndScoreAndAt',
          { guild_id: '1', score: null },
          'guild_id = 1 AND score IS NULL',
          'at, id',
        ],
        ['listEntriesByFlagAndMarkAndBig', { flag: true, mark: null }, 'flag AND mark IS NULL', 'big DESC, id DESC'],
      ] as const
      for (const [name, by, where, order] of narrowed) {
        expect(await walk(subject, name, 2, by)).toEqual(await inOrder(subject, order, where))
      }
    }
  })

  it('go on where they ended, whatever was inserted or deleted around them', async () => {
    for (const subject of subjects) {
      const base = { ...Object.fromEntries(Object.keys(columns).map((name) => [name, null])), guild_id: '1' }
      const at = (second: number) => ({ ...base, at: `2024-01-01 00:00:0${second}.5+00` })
      await insert(subject, [at(1), at(2), at(3), at(4)])
      const first = (await subject.call('listEntriesByGuildIdAndAt', { limit: 2 })) as Page
      await subject.database.exec('DELETE FROM entries WHERE id IN (1, 2)')
      await subject.database.exec(`INSERT INTO entries (guild_id, at) VALUES (1, '2024-01-01 00:00:00+00')`)
      const second = (await subject.call('listEntriesByGuildIdAndAt', { limit: 9, after: first.next })) as Page
      expect(second.rows.map(({ id }) => id)).toEqual(['3', '4'])
      expect(second.next).toBeNull()
    }
  })

  it('refuse a cursor that is not their own', async () => {
    for (const subject of subjects) {
      await insert(subject, fc.sample(row, { numRuns: 9, seed: 1 }))
      const { next } = (await subject.call('listEntries', { limit: 1 })) as Page
      const narrowed = (await subject.call('listEntriesByGuildIdAndAt', { limit: 1 })) as Page
      const encoded = (content: unknown) => Buffer.from(JSON.stringify(content)).toString('base64url')
      const refused = [
        ['listEntriesByGuildIdAndAt', next],
        ['listEntriesByGuildIdAndAt', narrowed.next, { guild_id: '1' }],
        ['listEntries', 'rubbish'],
        ['listEntries', ''],
        ['listEntries', encoded(['listEntries', [], ['no number']])],
        ['listEntries', encoded(['listEntries', [], [1]])],
        ['listEntries', encoded(['listEntries', [], ['99999999999999999999']])],
        ['listEntries', encoded(null)],
      ] as const
      for (const [name, after, where = {}] of refused) {
        await expect(subject.call(name, { limit: 1, after, where }), String(after)).rejects.toThrow('not a cursor')
      }
    }
  })

  it('refuse a limit that is no whole number from 1, and fields that are not the first', async () => {
    for (const { call } of subjects) {
      for (const limit of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
        await expect(call('listEntries', { limit })).rejects.toMatchObject({ name: 'ZodError' })
      }
      await expect(call('listEntriesByGuildIdAndAt', { limit: 1, where: { at: new Date() } })).rejects.toMatchObject({
        name: 'ZodError',
      })
      await expect(call('listEntries', { limit: 1, where: { score: 1 } })).rejects.toMatchObject({ name: 'ZodError' })
      await expect(call('listEntriesByGuildIdAndAt', { limit: 1, where: { guild_id: '1 OR 1=1' } })).rejects.toThrow()
    }
  })

  it('are read along their index, at the start and deep inside', async () => {
    for (const subject of subjects) {
      const { database, call, client } = subject
      await database.exec('TRUNCATE entries RESTART IDENTITY')
      await database.exec(`
        INSERT INTO entries (guild_id, score, at, naive_at, label)
        SELECT n % 5 + 1, nullif(n % 40, 0), '2024-01-01'::timestamptz + n * interval '1 second',
          '2024-01-01'::timestamp + n * interval '1 second', n::text
        FROM generate_series(1, 20000) AS n;
        ANALYZE entries;`)
      const asked = [
        ['listEntriesByGuildIdAndAt', { guild_id: '1' }, 'entries_guild_id_at_idx'],
        ['listEntriesByGuildIdAndAt', {}, 'entries_guild_id_at_idx'],
        ['listEntriesByGuildIdAndScoreAndAt', { guild_id: '2' }, 'entries_guild_id_score_at_idx'],
        ['listEntriesByScoreAndNaiveAt', {}, 'entries_score_naive_at_idx'],
        ['listEntries', {}, 'entries_pkey'],
      ] as const
      for (const [name, where, index] of asked) {
        const { next } = (await call(name, { limit: 1000, where })) as Page
        await call(name, { limit: 10, where, after: next })
        for (const { text, values } of client.statements.slice(-2)) {
          const plan = await database.query<Record<string, string>>(
            `EXPLAIN (ANALYZE, COSTS off, TIMING off) ${text}`,
            values,
          )
          const lines = plan.map((line) => line['QUERY PLAN'] ?? '')
          expect(lines.join('\n')).toContain(index)
          expect(lines.join('\n')).not.toMatch(/Seq Scan|Rows Removed by Filter: \d{4}/)
        }
      }
    }
  })

  it('of a composite key are narrowed by its beginning', async () => {
    for (const { call } of subjects) {
      await call(
        'insertPairs',
        ['a', 'b', 'c'].map((right) => ({ left: '5', right })),
      )
      const page = (await call('listPairs', { limit: 2, where: { left: '5' } })) as { rows: unknown; next: string }
      expect(page.rows).toEqual([
        { left: '5', right: 'a' },
        { left: '5', right: 'b' },
      ])
      expect(await call('listPairs', { limit: 2, where: { left: '5' }, after: page.next })).toEqual({
        rows: [{ left: '5', right: 'c' }],
        next: null,
      })
    }
  })
})
