import { describe, expect, test } from 'vitest'
import { toJson } from '../../generators/kernel/diagnostic.js'
import { type Asked, type AskedTargets, askTargets } from '../../generators/pipeline/conformance/index.js'
import type { Evidence } from '../../generators/pipeline/verify/proof.js'
import { unwatched } from '../../generators/pipeline/verify/watch.js'
import { compileTexts, printed } from '../support/compile.js'
import { emitSet } from './emitted-set.js'

const evidenceOf = (texts: Readonly<Record<string, string>>): Promise<Evidence> => {
  const { value, diagnostics } = compileTexts(texts)
  if (value === null || diagnostics.length > 0) throw new Error(printed(diagnostics).join('\n'))
  return emitSet(value.set)
}

/** An entity with a snowflake for a key and some fields, kept in Mongo only: opening a Postgres takes a second. */
const inMongo = (fields: string, rest = ''): Promise<Evidence> =>
  evidenceOf({
    'botschema.yaml': 'name: sample\nstores: [mongo]\n',
    'thing.yaml': `entity: thing\nsummary: A thing.\nfields:\n  id: snowflake\n${fields}${rest}`,
  })

const quiet = { progress: () => undefined, breathe: async () => undefined, watch: unwatched }

const ask = (evidence: Evidence, asked: Asked = { runs: 40, seed: 1 }): Promise<AskedTargets> =>
  askTargets(evidence, asked, quiet)

const withText = (evidence: Evidence, path: string, from: string, to: string): Evidence => {
  const file = evidence.files.find((one) => one.path === path)
  if (!file?.text.includes(from)) throw new Error(`${path} does not hold ${from}`)
  const text = file.text.replace(from, to)
  return { ...evidence, files: evidence.files.map((one) => (one === file ? { path, text } : one)) }
}

describe('the targets of a set are asked about rows', () => {
  const fields = '  name: string(5)\n  level: { type: smallint, min: 1 }\n'
  const both = evidenceOf({ 'thing.yaml': `entity: thing\nsummary: A thing.\nfields:\n  id: snowflake\n${fields}` })

  test('all of them agree: counted by type and judge', async () => {
    const { conformance, diagnostics, unproved } = await ask(await both, { runs: 80, seed: 1 })
    expect(diagnostics).toEqual([])
    expect(conformance).toMatchObject({ runs: 80, seed: 1, entities: 1, rows: 80, disagreements: [] })
    expect(unproved).toEqual([expect.stringContaining('stand-ins for a server')])
    const text = conformance?.types.find(({ type }) => type === 'text')
    expect(text?.judges.map(({ judge }) => judge)).toContain('Postgres update')
    for (const { accepted, refused } of text?.judges ?? []) {
      expect(accepted).toBeGreaterThan(0)
      expect(refused).toBeGreaterThan(0)
    }
  })

  test('the same seed asks about the same rows, another one about others', async () => {
    const evidence = await inMongo(fields)
    const first = await ask(evidence)
    expect(await ask(evidence)).toEqual(first)
    expect((await ask(evidence, { runs: 40, seed: 2 })).conformance?.types).not.toEqual(first.conformance?.types)
  })

  test.each([
    ['zod/thing.ts', 'textUpTo(5)', 'textUpTo(6)', 5, { name: 'aaaaaa' }],
    ['mongoose/thing.ts', 'atLeast: 1', 'atLeast: 0', 6, { level: 0 }],
  ])(
    'a constraint that is taken out of %s is told at its field, with the smallest row',
    async (path, from, to, line, row) => {
      const faulty = withText(await inMongo(fields), path, from, to)
      const { conformance, diagnostics } = await ask(faulty, { runs: 150, seed: 1 })
      expect(diagnostics.map(toJson)).toEqual([
        expect.objectContaining({
          code: 'targets-disagree',
          severity: 'error',
          file: 'thing.yaml',
          line,
          message: expect.stringMatching(/^targets disagree about a row of thing: /),
          help: expect.stringContaining('report it, with the row and the seed'),
        }),
      ])
      const [disagreement] = conformance?.disagreements ?? []
      expect(disagreement).toMatchObject({ entity: 'thing', field: Object.keys(row)[0] })
      expect(JSON.parse(disagreement?.row ?? '')).toEqual(row)
      const said = new Set(disagreement?.verdicts.map(({ verdict }) => verdict))
      expect(said).toEqual(new Set(['accepted', 'refused']))
    },
  )

  test('a row at random is made as small as it may be', async () => {
    const odd = 'level: smallint.min(1).refine((level) => level < 1000 || level > 32000)'
    const faulty = withText(await inMongo(fields), 'zod/thing.ts', 'level: smallint.min(1)', odd)
    const { conformance } = await ask(faulty, { runs: 100, seed: 1 })
    expect(conformance?.disagreements).toMatchObject([{ field: null, row: '{"id":"1","name":"","level":1000}' }])
  })
})

describe('what nobody can be asked about is named', () => {
  test('rows that chance does not find', async () => {
    const { conformance, unproved } = await ask(
      await inMongo('  level: integer\n  name: text\n', 'checks:\n  only_one: level = 1234567\n'),
    )
    expect(conformance).toMatchObject({ entities: 0, rows: 0, disagreements: [] })
    expect(unproved[0]).toBe(
      'no target was asked about rows of thing: no row that meets all checks was found among 10000 at random',
    )
  })

  test('a pattern that no text is drawn for', async () => {
    const { unproved } = await ask(await inMongo("  name: { type: text, pattern: '^[a-z]{4}$', min_length: 2000 }\n"))
    expect(unproved[0]).toMatch(/^no target was asked about rows of thing: no text of the right length for the pattern/)
  })

  test('a set without Zod, whose codecs read what stores return', async () => {
    const { conformance, unproved } = await ask(
      await evidenceOf({
        'botschema.yaml':
          'name: sample\nstores: [mongo]\ntargets: { zod: false, typescript: false, mongoose: false }\n',
        'thing.yaml': 'entity: thing\nsummary: A thing.\nfields:\n  id: snowflake\n',
      }),
    )
    expect({ conformance, unproved }).toEqual({
      conformance: null,
      unproved: [expect.stringContaining('the set emits no Zod')],
    })
  })

  test('outputs that are not there', async () => {
    const evidence = await inMongo('  name: text\n')
    const files = evidence.files.filter(({ path }) => path !== 'json-schema/thing.json')
    expect((await ask({ ...evidence, files })).unproved).toEqual([
      'no target was asked about any row: there is no json-schema/thing.json; run `botschema check`',
    ])
  })
})

test('computed fields hold what the row makes of them', async () => {
  const { conformance, unproved } = await ask(
    await inMongo(
      '  name: text\n  level: integer\n  low: { type: text, generated: lower(name) }\n  size: { type: integer, generated: length(name) }\n  high: { type: boolean, generated: level > 3 }\n  wallet: bigint\n  bank: bigint?\n  total: { type: bigint, generated: "wallet + coalesce(bank, 0)" }\n',
    ),
  )
  expect(conformance).toMatchObject({ rows: 40, disagreements: [] })
  expect(unproved).toHaveLength(1)
})
