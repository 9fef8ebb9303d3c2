import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { wholeOf } from '../../generators/kernel/source.js'
import { parseExpression } from '../../generators/language/expression/index.js'
import { entityOf } from '../../generators/model/lookup.js'
import { disagreements, type Finding } from '../../generators/pipeline/conformance/agreement.js'
import { askConditions } from '../../generators/pipeline/conformance/conditions/asking.js'
import { readersOf } from '../../generators/pipeline/conformance/conditions/readers.js'
import { courtOf, type Judging } from '../../generators/pipeline/conformance/court.js'
import { askEarlier } from '../../generators/pipeline/conformance/earlier/index.js'
import { jsonSchemaJudges } from '../../generators/pipeline/conformance/judges/json-schema.js'
import type { Judge } from '../../generators/pipeline/conformance/judges/judge.js'
import { collectionJudges, modelJudges } from '../../generators/pipeline/conformance/judges/mongo.js'
import { postgresJudges } from '../../generators/pipeline/conformance/judges/postgres.js'
import { loadValidators, type ValidatorOf, zodJudges } from '../../generators/pipeline/conformance/judges/zod.js'
import { cornerProbes } from '../../generators/pipeline/conformance/rows/probes.js'
import { Tally } from '../../generators/pipeline/conformance/tally.js'
import { lossesOfSet, type TargetLoss } from '../../generators/pipeline/units.js'
import type { Evidence } from '../../generators/pipeline/verify/proof.js'
import { openTestDatabase, postgresKind, type TestDatabase } from '../support/postgres.js'
import { emitFolder } from './emitted-set.js'
import { conditionMutations } from './mutations/conditions.js'
import { earlierMutations } from './mutations/earlier.js'
import { emittedMutations } from './mutations/emitted.js'
import type { Mutation, Target } from './mutations/mutation.js'

const seed = 7

let database: TestDatabase
let emitted: Evidence
let conditioned: Evidence
let sound: ValidatorOf
let models: readonly Judge[]
let losses: readonly TargetLoss[]

beforeAll(async () => {
  database = await openTestDatabase()
  emitted = await emitFolder('test/conformance/fixture')
  conditioned = await emitFolder('test/conditions/fixture')
  sound = await loadValidators(emitted)
  models = await modelJudges(emitted, sound)
  losses = await lossesOfSet(emitted.set)
})

afterAll(() => database?.close())

/** Those who speak for a target with a mutation, and of the others those who say what it should. */
const judgesOf: Readonly<Record<Target, (mutated: Evidence) => Promise<readonly Judge[]>>> = {
  zod: async (mutated) => [...zodJudges(mutated, await loadValidators(mutated)), ...models],
  mongoose: async (mutated) => [...zodJudges(emitted, sound), ...(await modelJudges(mutated, sound))],
  mongo: async (mutated) => [...zodJudges(emitted, sound), ...collectionJudges(mutated)],
  postgres: async (mutated) => {
    await database.reset()
    return [...zodJudges(emitted, sound), ...(await postgresJudges(mutated, sound, database))]
  },
  'json-schema': async (mutated) => [...zodJudges(emitted, sound), ...(await jsonSchemaJudges(mutated))],
}

const changedIn = (evidence: Evidence, file: string, from: string, to: string): Evidence => {
  const before = evidence.files.find(({ path }) => path === file)
  if (before === undefined || !before.text.includes(from)) throw new Error(`${file} does not hold ${from}`)
  const after = { path: file, text: before.text.replace(from, () => to) }
  return { ...evidence, files: evidence.files.map((one) => (one === before ? after : one)) }
}

const mutatedBy = ({ file, from, to }: Mutation): Evidence => changedIn(emitted, file, from, to)

/** What is found about the corner, or the whole rows, of a mutation's place; of its entity alone. */
const foundAt = async ({ entity: name, at }: Mutation, judges: readonly Judge[]): Promise<readonly Finding[]> => {
  const entity = entityOf(emitted.set, name)
  const all = { most: Number.POSITIVE_INFINITY, withCertain: false }
  const probes = cornerProbes(emitted.set, entity, seed, all).filter(
    ({ corner }) => (corner === null ? null : corner.path) === at,
  )
  const court = {
    set: emitted.set,
    losses,
    judges,
    postgres: postgresKind,
    breathe: async () => undefined,
  } satisfies Judging
  return disagreements(court, probes, new Tally())
}

const named = (mutations: readonly Mutation[]) =>
  mutations.map((mutation) => [`${mutation.emitter}: ${mutation.rule}`, mutation] as const)

describe('an emitter that gets one rule wrong is noticed', () => {
  test.each(named(emittedMutations))('%s', async (_, mutation) => {
    const concerned = emitted.set.entities.filter(({ name }) => name === mutation.entity)
    const mutated = mutatedBy(mutation)
    const judges = await judgesOf[mutation.target]({ ...mutated, set: { ...mutated.set, entities: concerned } })
    const found = await foundAt(mutation, judges)
    // Either it differs from the others, or it speaks first and they differ from it.
    const isNoticed = found.some(({ verdicts, differences }) => {
      const own = verdicts.get(mutation.judge)
      if (own === undefined || own.kind === 'abstains') return false
      return differences.some(({ judge, verdict }) => judge === mutation.judge || verdict.kind !== own.kind)
    })
    expect(isNoticed, `${mutation.entity}.${mutation.at}`).toBe(true)
    expect(
      JSON.stringify(
        found.map(({ verdicts }) => [...verdicts.values()]),
        (__, value) => (typeof value === 'bigint' ? String(value) : value),
      ),
    ).not.toMatch(/TypeError|SyntaxError|is not a function/)
  })
})

describe('a printer of conditions that gets one rule wrong is noticed', () => {
  beforeAll(async () => {
    await database.reset()
    await database.exec(conditioned.files.find(({ path }) => path === 'postgres/schema.sql')?.text ?? '')
  })

  const cases = conditionMutations.map((one) => [`${one.emitter}: ${one.rule} (${one.condition})`, one] as const)

  test.each(cases)('%s', async (_, { entity: name, condition, reading, reader, from, to }) => {
    const { set } = conditioned
    const entity = entityOf(set, name)
    const { value: expression } = parseExpression(condition, () => wholeOf({ path: 'condition', text: condition }))
    if (expression === null) throw new Error(condition)
    const asked = [{ entity, name: condition, expression, reading }]
    const extent = { seed, rows: 100, values: 5 }
    let changes = 0
    const mutate = (text: string): string => {
      const changed = text.replace(from, to)
      if (changed !== text) changes += 1
      return changed
    }
    const mutated = readersOf(set, database, mutate).filter(({ id }) => id === reader)
    const others = readersOf(set, database).filter(({ id }) => id !== reader)
    const { findings } = await askConditions(set, [...others, ...mutated], asked, extent)
    expect(changes).toBeGreaterThan(0)
    const [finding] = findings
    const right = finding?.answers.get('language')
    const wrong = [...(finding?.answers ?? [])].filter(([, answer]) => answer !== right)
    expect(wrong.map(([id]) => id)).toEqual([reader])
  })
})

describe('a reader of what was stored before that gets one rule wrong is noticed', () => {
  const cases = earlierMutations.map((one) => [`${one.rule} (${one.change} of ${one.entity})`, one] as const)

  test.each(cases)('%s', async (_, { file, from, to, entity: name, change, reader }) => {
    await database.reset()
    const mutated = changedIn(emitted, file, from, to)
    const { earlier } = await courtOf(mutated, { kind: postgresKind, engine: database })
    const { findings } = await askEarlier(earlier, entityOf(emitted.set, name), seed, Number.POSITIVE_INFINITY, change)
    const wrong = findings.flatMap(({ disagreement }) => disagreement.verdicts.map(({ judge }) => judge))
    expect(wrong).toContain(reader)
  })
})

test('there is a mutation for each of at least thirty rules', () => {
  const rules = [
    ...[...emittedMutations, ...conditionMutations].map(({ emitter, rule }) => `${emitter}: ${rule}`),
    ...earlierMutations.map(({ rule }) => `stored before: ${rule}`),
  ]
  expect(new Set(rules).size).toBe(rules.length)
  expect(rules.length).toBeGreaterThanOrEqual(80)
})
