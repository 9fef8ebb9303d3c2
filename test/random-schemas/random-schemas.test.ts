import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { compileEmitted } from '../../generators/engines/script/compile.js'
import type { EmittedFile } from '../../generators/engines/script/emitted.js'
import { Tally } from '../../generators/pipeline/conformance/tally.js'
import type { Evidence } from '../../generators/pipeline/verify/proof.js'
import { emitFolder, emitSet } from '../conformance/emitted-set.js'
import { openTestDatabase, type TestDatabase } from '../support/postgres.js'
import { below, equalityTest } from '../unit/zod/emit.js'
import { agrees, compiled, generatesAndChecks } from './proofs.js'
import { type RandomSet, randomSets } from './sets.js'

/** How many sets; the long run is `RANDOM_SCHEMAS=500 npx vitest run test/random-schemas`. */
const asked = process.env['RANDOM_SCHEMAS']
const count = Number(asked ?? 10)
const seed = Number(process.env['RANDOM_SCHEMAS_SEED'] ?? 20_260_101)
const rows = asked === undefined ? { corners: 25, random: 15 } : { corners: 60, random: 30 }
const patience = asked === undefined ? 120_000 : 6 * 3_600_000

/** Sets that are compiled in one program: types of packages are read once for all of them. */
const programSize = 20

const sets: readonly RandomSet[] = fc.sample(randomSets, { seed, numRuns: count })

/** A set that fails, with what is wrong, for people. */
const failure = (index: number, texts: RandomSet, found: readonly string[]): string =>
  [`set ${index} of seed ${seed}:`, ...found, ...Object.values(texts)].join('\n')

const failures = async (prove: (texts: RandomSet, index: number) => Promise<readonly string[]>) => {
  const all: string[] = []
  for (const [index, texts] of sets.entries()) {
    try {
      const found = await prove(texts, index)
      if (found.length > 0) all.push(failure(index, texts, found))
    } catch (error) {
      all.push(failure(index, texts, [error instanceof Error ? (error.stack ?? error.message) : String(error)]))
    }
  }
  return all
}

/** What a set emits, with the test that its types are those of its validators, in a folder of a program. */
const inFolder = (folder: string, { set, files }: Evidence): readonly EmittedFile[] =>
  below(folder, [...files, equalityTest(set)])

describe(`${count} sets at random (seed ${seed})`, () => {
  const tally = new Tally()
  let database: TestDatabase

  beforeAll(async () => {
    database = await openTestDatabase()
  })

  afterAll(async () => {
    await database?.close()
    process.stdout.write(`${count} sets, seed ${seed}: ${tally.table()}\n`)
  })

  test(
    'generate without a finding, and check twice',
    async () => expect(await failures(generatesAndChecks)).toEqual([]),
    patience,
  )

  test(
    'load in both stores, and mean one thing to all judges',
    async () =>
      expect(
        await failures((texts, index) => agrees(compiled(texts), database, { seed: seed + index, ...rows }, tally)),
      ).toEqual([]),
    patience,
  )

  test(
    'compile under the strictest flags, with types that are those of the validators',
    async () => {
      const fixture = inFolder('fixture', await emitFolder('test/conformance/fixture'))
      for (let from = 0; from < sets.length; from += programSize) {
        const some = sets
          .slice(from, from + programSize)
          .map(async (texts, index) => inFolder(`set${from + index}`, await emitSet(compiled(texts))))
        const drawn = (await Promise.all(some)).flat()
        expect(await compileEmitted(from === 0 ? [...fixture, ...drawn] : drawn, 'esm')).toEqual([])
      }
    },
    patience,
  )
})
