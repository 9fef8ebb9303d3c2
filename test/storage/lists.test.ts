import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSubjects, type Subject } from './databases.js'

const texts = {
  'botschema.yaml': `
name: lists
output: out
stores: [postgres]
targets: { markdown: false, json-schema: false }
`,
  'set.yaml': `
entity: row
fields:
  id: identity
  guild_id: snowflake(guild)
  user_id: { type: snowflake(user), as: text }
  name: string(40)?
  "Kind of": { type: text, code: kind }
  points: integer = 0
  seen_at: timestamp?
  gone_at: timestamp?
retention: { erase: { user_id: { keep: The test counts them. } } }
unique:
  - [guild_id, "Kind of"]
lists:
  seen: { by: [guild_id], order: [seen_at desc] }
  mixed: { by: [guild_id, points], where: gone_at is null, order: [name, seen_at desc] }
  by_kind: { by: [guild_id], order: ['"Kind of"'] }
  named: { order: [name desc] }
  of_user: { by: [user_id] }
  plain: { by: [points], order: [gone_at], index: false }
`,
}

interface Plan {
  readonly 'Node Type': string
  readonly Plans?: readonly Plan[]
}

const nodesOf = (plan: Plan): readonly string[] => [plan['Node Type'], ...(plan.Plans ?? []).flatMap(nodesOf)]

/**
 * What is below each innermost limit: a page after a cursor is the first rows of a few ranges together, and those few are
 * sorted.
 */
const readsOf = (plan: Plan): readonly string[] => {
  const inner = (plan.Plans ?? []).flatMap(readsOf)
  return inner.length === 0 && plan['Node Type'] === 'Limit' ? (plan.Plans ?? []).flatMap(nodesOf) : inner
}

/** The nodes that read rows in the plan that a server makes of a statement for any values. */
const planOf = async ({ database }: Subject, text: string): Promise<readonly string[]> => {
  const count = new Set(text.match(/\$\d+/g)).size
  const nulls = Array.from({ length: count }, () => 'NULL').join(', ')
  await database.exec(`
    SET enable_seqscan TO off; SET enable_bitmapscan TO off; SET enable_sort TO off;
    SET plan_cache_mode TO force_generic_plan;
    PREPARE asked AS ${text}`)
  try {
    const rows = await database.query(`EXPLAIN (FORMAT JSON, COSTS OFF) EXECUTE asked(${nulls})`, [])
    const { 'QUERY PLAN': plans } = rows[0] as { readonly 'QUERY PLAN': readonly { readonly Plan: Plan }[] }
    return plans.flatMap(({ Plan: plan }) => readsOf(plan))
  } finally {
    await database.exec('DEALLOCATE asked; RESET ALL')
  }
}

const calls: readonly (readonly [list: string, given: object, isSorted: boolean])[] = [
  ['seen', { guild_id: '1' }, false],
  ['mixed', { guild_id: '1', points: 1 }, false],
  ['byKind', { guild_id: '1' }, false],
  ['named', {}, false],
  ['ofUser', { user_id: '1' }, false],
  ['plain', { points: 1 }, true],
]

describe('a list', () => {
  let opened: Awaited<ReturnType<typeof openSubjects>>
  beforeAll(async () => {
    opened = await openSubjects(texts)
    const rows = Array.from({ length: 6 }, (_, at) => ({
      guild_id: '1',
      user_id: '1',
      kind: `kind ${at}`,
      points: 1,
      name: at % 2 === 0 ? null : `name ${at}`,
      seen_at: at % 3 === 0 ? null : new Date(at * 1_000),
    }))
    for (const { call } of opened.subjects) await call('row.insertMany', rows)
  })
  afterAll(() => opened.close())

  it('has each of its pages read from an index, in the order that the index has', async () => {
    for (const subject of opened.subjects) {
      const { call, client } = subject
      for (const [list, given, isSorted] of calls) {
        let after: unknown = null
        let pages = 0
        do {
          const page = (await call(`row.lists.${list}`, { ...given, limit: 2, after })) as { readonly next: unknown }
          after = page.next
          pages += 1
          const nodes = await planOf(subject, client.statements.at(-1)?.text ?? '')
          expect({
            list,
            pages,
            isSorted: nodes.length === 0 || nodes.some((node) => node === 'Sort' || node === 'Seq Scan'),
          }).toEqual({
            list,
            pages,
            isSorted,
          })
        } while (after !== null)
        expect(pages).toBe(3)
      }
    }
  })

  it('refuses a cursor of another list, and of other values', async () => {
    for (const { call } of opened.subjects) {
      const { next } = (await call('row.lists.seen', { guild_id: '1', limit: 2 })) as { readonly next: string }
      await expect(call('row.lists.seen', { guild_id: '2', after: next })).rejects.toMatchObject({
        name: 'CursorError',
      })
      await expect(call('row.lists.byKind', { guild_id: '1', after: next })).rejects.toMatchObject({
        name: 'CursorError',
      })
      await expect(
        call('row.find', { where: { guild_id: '1' }, order: { seen_at: 'desc' }, after: next }),
      ).rejects.toMatchObject({ name: 'CursorError' })
    }
  })
})
