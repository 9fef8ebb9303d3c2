import { describe, expect, test } from 'vitest'
import { transcript } from '../support/case.js'
import { botschema, inTemporaryFolder, writeFiles } from '../support/cli.js'

/** Two targets that need no engine: what the others say is proved in test/conformance. */
const set = {
  'botschema.yaml': 'name: sample\nstores: [postgres]\ntargets: { postgres: false, markdown: false }\n',
  'guild.yaml': 'entity: guild\nsummary: A server.\nfields:\n  id: snowflake\n  prefix: string(5)\n',
}

const asks = ['verify', '--conformance', '--runs', '30', '--seed', '7']

describe('verify --conformance', { timeout: 120_000 }, () => {
  test.each([
    [['--runs', '5'], "option '--runs' says how '--conformance' asks, which is not given"],
    [['--seed', '5'], "option '--seed' says how '--conformance' asks, which is not given"],
    [['--conformance', '--runs', '0'], 'It is a whole number from 1 to 1000000'],
    [['--conformance', '--runs', '1.5'], 'It is a whole number from 1 to 1000000'],
    [['--conformance', '--runs', 'many'], 'It is a whole number from 1 to 1000000'],
    [['--conformance', '--seed', '-1'], 'It is a whole number from 0 to 2147483647'],
    [['--conformance', '--seed', '2147483648'], 'It is a whole number from 0 to 2147483647'],
  ])('wrong usage: %j', (options, problem) =>
    inTemporaryFolder(async (folder) => {
      const text = await transcript(folder, ['verify', ...options])
      expect(text).toContain(`--- standard error\nerror wrong-usage: `)
      expect(text).toContain(problem)
      expect(text).toContain('--- exit 2')
    }),
  )

  test('tells what was asked and what was said, the same for the same seed, and ends when it is interrupted', () =>
    inTemporaryFolder(async (folder) => {
      writeFiles(folder, set)
      expect(await transcript(folder, ['generate'])).toContain('--- exit 0')
      const told = await transcript(folder, asks)
      expect(told).toContain('✓ rows mean one thing to all targets (30 rows of 1 entity)')
      expect(told).toMatch(
        /rows 30, pairs of values \d+, rows stored before \d+, seed 7 \(the same again: --runs 30 --seed 7\)\n {4}accepted\/refused {2}Zod/,
      )
      expect(told).toMatch(/\n {4}text +\d+\/\d+ +\d+\/\d+\n/)
      expect(told).toContain('--- exit 0')
      expect(await transcript(folder, asks)).toBe(told)

      const [, document = ''] =
        /^\$[^\n]*\n(.*)--- exit 0\n$/s.exec(await transcript(folder, [...asks, '--json'])) ?? []
      const { ok, sets } = JSON.parse(document)
      expect(ok).toBe(true)
      expect(sets[0]).toMatchObject({ folder: '.', name: 'sample', output: 'output/sample' })
      expect(sets[0].proofs.at(-1)).toMatchObject({ id: 'conformance', held: '30 rows of 1 entity', findings: 0 })
      const { types, ...others } = sets[0].conformance
      expect(others).toEqual({
        runs: 30,
        seed: 7,
        entities: 1,
        rows: 30,
        conditions: 0,
        // A set of validators alone has no store to ask.
        pairs: 0,
        earlier: 0,
        excused: expect.any(Array),
        disagreements: [],
      })
      expect(types[0]).toEqual({
        type: 'snowflake',
        judges: expect.arrayContaining([
          { judge: 'Zod row', accepted: expect.any(Number), refused: expect.any(Number) },
        ]),
      })

      const endless = ['verify', '--conformance', '--runs', '1000000']
      const interrupted = await botschema(folder, endless, {
        started: (kill) => void setTimeout(() => kill('SIGINT'), 2000),
      })
      expect(interrupted).toMatchObject({ exitCode: 130, stdout: '', stderr: '' })
    }))
})
