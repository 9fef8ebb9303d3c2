import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Extent, findingsAbout } from '../../generators/pipeline/conformance/asking.js'
import type { Court } from '../../generators/pipeline/conformance/court.js'
import { askEarlier } from '../../generators/pipeline/conformance/earlier/index.js'
import { pairsOf } from '../../generators/pipeline/conformance/pairs/index.js'
import { Tally } from '../../generators/pipeline/conformance/tally.js'
import { told } from '../../generators/pipeline/conformance/words.js'
import { openTestDatabase, type TestDatabase } from '../support/postgres.js'
import { courtOn } from './court-on.js'
import { emitFolder } from './emitted-set.js'

/** Rows for each entity; the long run is `CONFORMANCE_RUNS=10000 npx vitest run test/conformance`. */
const asked = process.env['CONFORMANCE_RUNS']
export const isLong = asked !== undefined
export const seed = Number(process.env['CONFORMANCE_SEED'] ?? 20_260_101)

const patience = isLong ? 6 * 3_600_000 : 400_000

/** A folder with a set, and what a short run asks about each of its entities. */
export interface ConformingSet {
  readonly folder: string
  readonly corners: number
  readonly withCertain: boolean
  readonly random: number
}

const extentOf = ({ corners, withCertain, random }: ConformingSet): Extent =>
  asked === undefined
    ? { seed, corners: { most: corners, withCertain }, rows: 0, leastAtRandom: random }
    : {
        seed,
        corners: { most: Number.POSITIVE_INFINITY, withCertain },
        rows: Number(asked),
        leastAtRandom: Math.ceil(Number(asked) / 4),
      }

/** Tests that all judges agree on rows of some sets. What they said is counted, and printed in the end. */
export const testConformance = (sets: readonly ConformingSet[]): Tally => {
  const tally = new Tally()
  let database: TestDatabase

  beforeAll(async () => {
    database = await openTestDatabase()
  }, 60_000)

  afterAll(() => database?.close())

  describe.each(sets)(`$folder means one thing (seed ${seed})`, (conforming) => {
    let court: Court

    beforeAll(async () => {
      court = await courtOn(await emitFolder(conforming.folder), database)
    }, 60_000)

    test(
      'to all judges',
      async () => {
        for (const entity of court.set.entities) {
          const from = performance.now()
          const before = tally.rows
          const findings = await findingsAbout(court, entity, extentOf(conforming), tally)
          expect(findings.map(told), entity.name).toEqual([])
          const pairs = await pairsOf(court.pairing, entity, seed)
          expect(
            pairs.findings.map(({ diagnostic }) => diagnostic.message),
            entity.name,
          ).toEqual([])
          const { findings: earlier } = await askEarlier(court.earlier, entity, seed, Number.POSITIVE_INFINITY)
          expect(
            earlier.map(({ diagnostic }) => diagnostic.message),
            entity.name,
          ).toEqual([])
          const seconds = ((performance.now() - from) / 1000).toFixed(1)
          if (isLong) process.stdout.write(`${entity.name}: ${tally.rows - before} rows in ${seconds} s\n`)
        }
      },
      patience,
    )
  })

  afterAll(() => {
    process.stdout.write(`seed ${seed}: ${tally.table()}\n`)
  })
  return tally
}
