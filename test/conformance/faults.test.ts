import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Entity } from '../../generators/model/entity.js'
import { disagreements } from '../../generators/pipeline/conformance/agreement.js'
import type { Judging } from '../../generators/pipeline/conformance/court.js'
import { jsonSchemaJudges } from '../../generators/pipeline/conformance/judges/json-schema.js'
import type { Judge, JudgeId, Probe } from '../../generators/pipeline/conformance/judges/judge.js'
import { collectionJudges, modelJudges } from '../../generators/pipeline/conformance/judges/mongo.js'
import { postgresJudges } from '../../generators/pipeline/conformance/judges/postgres.js'
import { loadValidators, type ValidatorOf, zodJudges } from '../../generators/pipeline/conformance/judges/zod.js'
import { cornerProbes } from '../../generators/pipeline/conformance/rows/probes.js'
import { Tally } from '../../generators/pipeline/conformance/tally.js'
import { lossesOfSet, type TargetLoss } from '../../generators/pipeline/units.js'
import type { Evidence } from '../../generators/pipeline/verify/proof.js'
import { openTestDatabase, postgresKind, type TestDatabase } from '../support/postgres.js'
import { emitFolder } from './emitted-set.js'
import { type Fault, roundsOf, withFaults } from './faults/fault.js'
import { inJsonSchemas, inJsonTypes } from './faults/json-schema.js'
import { inMongo } from './faults/mongo.js'
import { inMongoose } from './faults/mongoose.js'
import { inPostgres } from './faults/postgres.js'
import { inZod } from './faults/zod.js'

const seed = 7

let database: TestDatabase
let emitted: Evidence
let sound: ValidatorOf
let losses: readonly TargetLoss[]

beforeAll(async () => {
  database = await openTestDatabase()
  emitted = await emitFolder('test/conformance/fixture')
  sound = await loadValidators(emitted)
  losses = await lossesOfSet(emitted.set)
}, 60_000)

afterAll(() => database?.close())

const known = new Map<Entity, readonly Probe[]>()

const probesOf = (entity: Entity): readonly Probe[] => {
  const all = { most: Number.POSITIVE_INFINITY, withCertain: false }
  const probes = known.get(entity) ?? cornerProbes(emitted.set, entity, seed, all)
  known.set(entity, probes)
  return probes
}

/** A target with faults to plant in it, and the judges who speak for it. */
interface Faulty {
  readonly target: string
  /** Those of a list are planted together where they are about different corners. */
  readonly faults: () => readonly (readonly Fault[])[]
  readonly judges: (faulty: Evidence) => Promise<readonly Judge[]>
}

/** Zod's judges of sound outputs, of whom only those are asked who say what the others should. */
const soundZod = (...asked: readonly JudgeId[]): readonly Judge[] =>
  zodJudges(emitted, sound).filter(({ id }) => asked.includes(id))

const targets: readonly Faulty[] = [
  {
    target: 'Zod',
    faults: () => [inZod],
    judges: async (faulty) => [
      ...zodJudges(faulty, await loadValidators(faulty)),
      ...(await modelJudges(emitted, sound)),
    ],
  },
  {
    target: 'the JSON Schemas',
    faults: () => [inJsonSchemas(emitted), inJsonTypes(emitted)],
    judges: async (faulty) => [
      ...soundZod('Zod row', 'Zod new', 'Zod patch', 'Zod JSON codec'),
      ...(await jsonSchemaJudges(faulty)),
    ],
  },
  {
    target: 'the models',
    faults: () => [inMongoose],
    judges: async (faulty) => [...soundZod('Zod row', 'Zod new', 'Zod patch'), ...(await modelJudges(faulty, sound))],
  },
  {
    target: "Mongo's validators and indexes",
    faults: () => [inMongo(emitted)],
    judges: async (faulty) => [...soundZod('Zod row', 'Zod Mongo codec'), ...collectionJudges(faulty)],
  },
  {
    target: 'Postgres',
    faults: () => [inPostgres(emitted)],
    judges: async (faulty) => {
      await database.reset()
      return [
        ...soundZod('Zod row', 'Zod new', 'Zod patch', 'Zod JSON codec'),
        ...(await postgresJudges(faulty, sound, database)),
      ]
    },
  },
]

/** The corners of an entity that judges disagree about. */
const noticedIn = async (court: Judging, entity: Entity, faults: readonly Fault[]): Promise<ReadonlySet<string>> => {
  const places = new Set(faults.map(({ at }) => at))
  const probes = probesOf(entity).filter(({ corner }) => corner !== null && places.has(corner.path))
  const found = await disagreements(court, probes, new Tally())
  return new Set(found.map(({ probe }) => probe.corner?.path ?? ''))
}

/** The faults of a round that nobody noticed. */
const missedIn = async (round: readonly Fault[], judgesOf: Faulty['judges']): Promise<readonly Fault[]> => {
  const concerned = emitted.set.entities.filter(({ name }) => round.some(({ entity }) => entity === name))
  const planted = withFaults(emitted, round)
  const judges = await judgesOf({ ...planted, set: { ...planted.set, entities: concerned } })
  const court = {
    set: emitted.set,
    losses,
    judges,
    postgres: postgresKind,
    breathe: async () => undefined,
  } satisfies Judging
  const missed: Fault[] = []
  for (const entity of concerned) {
    const faults = round.filter((fault) => fault.entity === entity.name)
    const noticed = await noticedIn(court, entity, faults)
    missed.push(...faults.filter(({ at }) => !noticed.has(at)))
  }
  return missed
}

describe.each(targets)('any constraint taken out of $target is missed', ({ faults, judges }) => {
  test('by the judges of the others', async () => {
    const missed: string[] = []
    for (const round of faults().flatMap(roundsOf)) {
      const found = await missedIn(round, judges)
      missed.push(...found.map(({ entity, at, what }) => `${entity}.${at}: ${what}`))
    }
    expect(missed).toEqual([])
  }, 120_000)
})
