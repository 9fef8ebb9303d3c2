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
import { type FailingSet, foundIn, type Prove, smallestFailing, toldSet } from './shrinking.js'

/** How many sets; the long run is `RANDOM_SCHEMAS=500 npx vitest run test/random-schemas`. */
const asked = process.env['RANDOM_SCHEMAS']
const count = Number(asked ?? 10)
const seed = Number(process.env['RANDOM_SCHEMAS_SEED'] ?? 20_260_101)
const rows = asked === undefined ? { corners: 25, random: 15 } : { corners: 60, random: 30 }
const patience = asked === undefined ? 120_000 : 6 * 3_600_000

/** Sets that are compiled in one program: types of packages are read once for all of them. */
const programSize = 20

const sets: readonly RandomSet[] = fc.sample(randomSets, { seed, numRuns: count })

/** Milliseconds for making the first set that fails smaller. */
const shrinking = asked === undefined ? 30_000 : 600_000

/** The sets that fail, for people: the first as small as it can be made. */
const failures = async (prove: Prove): Promise<readonly string[]> => {
  const failing: FailingSet[] = []
  for (const [index, texts] of sets.entries()) {
    const found = await foundIn(prove, texts, index)
    if (found.length > 0) failing.push({ index, texts, found })
  }
  const [first, ...others] = failing
  if (first === undefined) return []
  const smallest = await smallestFailing(first, prove, seed, shrinking)
  return [smallest, ...others].map((one) => toldSet(one, seed))
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
