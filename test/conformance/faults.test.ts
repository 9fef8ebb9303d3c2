import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { entityOf } from '../../generators/model/lookup.js'
import { disagreements } from '../../generators/pipeline/conformance/agreement.js'
import type { Court } from '../../generators/pipeline/conformance/court.js'
import { jsonSchemaJudges } from '../../generators/pipeline/conformance/judges/json-schema.js'
import type { Judge, Probe } from '../../generators/pipeline/conformance/judges/judge.js'
import { mongoJudges } from '../../generators/pipeline/conformance/judges/mongo.js'
import { postgresJudges } from '../../generators/pipeline/conformance/judges/postgres.js'
import { loadValidators, zodJudges } from '../../generators/pipeline/conformance/judges/zod.js'
import { changedField } from '../../generators/pipeline/conformance/rows/given.js'
import { cornerProbes } from '../../generators/pipeline/conformance/rows/probes.js'
import { Tally } from '../../generators/pipeline/conformance/tally.js'
import { lossesOfSet } from '../../generators/pipeline/units.js'
import type { Evidence } from '../../generators/pipeline/verify/proof.js'
import { openTestDatabase, postgresKind, type TestDatabase } from '../support/postgres.js'
import { emitFolder } from './emitted-set.js'
import { type Fault, type FaultyTarget, faults, withFaults } from './faults.js'

const seed = 7
const targets: readonly FaultyTarget[] = ['zod', 'json-schema', 'mongoose', 'mongo', 'postgres']

let database: TestDatabase
let emitted: Evidence

beforeAll(async () => {
  database = await openTestDatabase()
  emitted = await emitFolder('test/conformance/fixture')
}, 60_000)

afterAll(() => database?.close())

const probesOf = new Map<string, readonly Probe[]>()

/** The faulty target's judges, beside those of one that has no fault. */
const judgesOf = async (target: FaultyTarget, faulty: Evidence): Promise<readonly Judge[]> => {
  const sound = await loadValidators(emitted)
  switch (target) {
    case 'zod':
      return [...zodJudges(faulty, await loadValidators(faulty)), ...(await jsonSchemaJudges(emitted))]
    case 'json-schema':
      return [...zodJudges(emitted, sound), ...(await jsonSchemaJudges(faulty))]
    case 'mongoose':
    case 'mongo': {
      const isAsked = ({ id }: Judge): boolean => (id === 'Mongo validator') === (target === 'mongo')
      return [...zodJudges(emitted, sound), ...(await mongoJudges(faulty, sound)).filter(isAsked)]
    }
    case 'postgres':
      await database.reset()
      return [...zodJudges(emitted, sound), ...(await postgresJudges(faulty, sound, database))]
  }
}

/** Whether any change of the fault's field makes the judges disagree. */
const isNoticed = async (court: Court, { entity: name, field }: Fault): Promise<boolean> => {
  const all = { most: Number.POSITIVE_INFINITY, withCertain: false }
  const probes = probesOf.get(name) ?? cornerProbes(court.set, entityOf(court.set, name), seed, all)
  probesOf.set(name, probes)
  const ofField = probes.filter((one) => changedField(one)?.name === field)
  return (await disagreements(court, ofField, new Tally())).length > 0
}

describe.each(targets)('a constraint taken out of %s is missed', (target) => {
  const planted = faults.filter((fault) => fault.target === target)
  const ofField = ({ entity, field }: Fault): readonly Fault[] =>
    planted.filter((one) => one.entity === entity && one.field === field)
  /** Faults of different fields are planted together: each is looked for at its own field. */
  const rounds = Array.from({ length: Math.max(...planted.map((fault) => ofField(fault).length)) }, (_, round) =>
    planted.filter((fault) => ofField(fault).indexOf(fault) === round),
  )
  let courts: readonly Court[]

  beforeAll(async () => {
    const losses = await lossesOfSet(emitted.set)
    const made: Court[] = []
    for (const round of rounds) {
      const faulty = withFaults(emitted, round)
      const judges = await judgesOf(target, faulty)
      made.push({ set: emitted.set, losses, judges, postgres: postgresKind, breathe: async () => undefined })
    }
    courts = made
  }, 60_000)

  test.each(planted.map((fault) => ({ fault, what: `${fault.what} of ${fault.entity}.${fault.field}` })))(
    '$what',
    async ({ fault }) => {
      const court = courts[rounds.findIndex((round) => round.includes(fault))]
      expect(court !== undefined && (await isNoticed(court, fault))).toBe(true)
    },
    60_000,
  )
})
