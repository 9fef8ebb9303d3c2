import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Type } from '../../generators/model/type.js'
import { openTestDatabase, type TestDatabase } from '../support/postgres.js'
import { type Court, courtOf, disagreement, report } from './agreement.js'
import { emitFolder } from './emitted-set.js'
import type { JudgeId, Probe } from './judge.js'
import { knownDifferences } from './known-differences.js'
import { cornerProbes, randomProbes } from './probes.js'
import { Tally } from './tally.js'

/** Rows for each entity; the long run is `CONFORMANCE_RUNS=10000 npx vitest run test/conformance`. */
const asked = process.env['CONFORMANCE_RUNS']
const runs = asked === undefined ? 12 : Number(asked)
const seed = Number(process.env['CONFORMANCE_SEED'] ?? 20_260_101)
const isLong = asked !== undefined

const patience = isLong ? 24 * 3_600_000 : 120_000

const judgeIds: readonly JudgeId[] = [
  'Zod row',
  'Zod new',
  'Zod patch',
  'Zod JSON codec',
  'Zod Mongo codec',
  'JSON Schema row',
  'JSON Schema new',
  'JSON Schema patch',
  'Mongoose model',
  'Mongoose update',
  'Mongo validator',
  'Postgres',
]

const kinds: readonly Type['kind'][] = [
  'snowflake',
  'uuid',
  'objectid',
  'text',
  'integer',
  'bigint',
  'float',
  'decimal',
  'boolean',
  'timestamp',
  'date',
  'time',
  'duration',
  'format',
  'json',
  'object',
  'list',
  'map',
  'enum',
  'bytes',
  'vector',
  'union',
]

/** Folders of sets, and how many corners of each of their entities a short run asks about. */
const sets = [
  { folder: 'test/conformance/fixture', corners: 220 },
  { folder: 'test/fixtures/everything', corners: 40 },
  { folder: 'schemas/discord', corners: 20 },
  { folder: 'schemas/amina', corners: 20 },
]

let database: TestDatabase
const tally = new Tally()

beforeAll(async () => {
  database = await openTestDatabase()
}, 60_000)

afterAll(() => database?.close())

const complaints = async (court: Court, probes: readonly Probe[]): Promise<readonly string[]> => {
  const found: string[] = []
  for (const probe of probes) {
    const finding = await disagreement(court, probe, tally)
    if (finding !== null) found.push(report(finding))
  }
  return found
}

describe.each(sets)(`$folder means one thing (seed ${seed})`, ({ folder, corners }) => {
  let court: Court

  beforeAll(async () => {
    court = await courtOf(await emitFolder(folder), database)
  }, 60_000)

  afterAll(() => database.exec('ROLLBACK'))

  test(
    'at the corners of every type',
    async () => {
      for (const entity of court.set.entities) {
        const probes = cornerProbes(court.set, entity, seed, isLong ? Number.POSITIVE_INFINITY : corners)
        expect(await complaints(court, probes), entity.name).toEqual([])
      }
    },
    patience,
  )

  test(
    'for rows at random',
    async () => {
      for (const entity of court.set.entities) {
        const agreed = fc.asyncProperty(randomProbes(court.set, entity), async (probe) => {
          const finding = await disagreement(court, probe, tally)
          if (finding !== null) throw new Error(report(finding))
        })
        await fc.assert(agreed, { seed, numRuns: runs })
      }
    },
    patience,
  )
})

describe('the judges had something to say', () => {
  test.each(kinds)('all of them, of %s: accepted and refused', (kind) => {
    const silent = judgeIds.filter((judge) => {
      const { accepted, refused } = tally.of(kind, judge)
      return accepted === 0 || refused === 0
    })
    expect(silent).toEqual([])
  })

  test.each(knownDifferences)('$judge still differs on $kind: $reason', (known) => {
    expect(tally.hasMet(known)).toBe(true)
  })

  test('counts', () => {
    process.stdout.write(`${tally.table()}\n`)
    expect(tally.rows).toBeGreaterThan(1000)
  })
})
