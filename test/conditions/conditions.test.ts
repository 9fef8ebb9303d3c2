import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { wholeOf } from '../../generators/kernel/source.js'
import { checkExpression, parseExpression } from '../../generators/language/expression/index.js'
import type { Entity } from '../../generators/model/entity.js'
import type { Expression } from '../../generators/model/expression.js'
import type { SchemaSet } from '../../generators/model/schema-set.js'
import { askConditions, type ConditionFinding } from '../../generators/pipeline/conformance/conditions/asking.js'
import type { ConditionReader } from '../../generators/pipeline/conformance/conditions/reader.js'
import { readersOf } from '../../generators/pipeline/conformance/conditions/readers.js'
import { toldCondition } from '../../generators/pipeline/conformance/conditions/words.js'
import type { Evidence } from '../../generators/pipeline/verify/proof.js'
import { emitFolder } from '../conformance/emitted-set.js'
import { openTestDatabase, type TestDatabase } from '../support/postgres.js'
import { conditionsOver } from './grammar.js'
import { openConditionServers } from './servers.js'
import { madeOf, vocabulary } from './vocabulary.js'

/** Conditions over each entity; the long run is `CONDITION_RUNS=5000 npx vitest run test/conditions`. */
const runs = Number(process.env['CONDITION_RUNS'] ?? 100)
const seed = Number(process.env['CONDITION_SEED'] ?? 20_260_101)

/** So often everything that a condition can be made of has to be drawn. */
const leastOfEach = 3

const extent = { seed, rows: 60, values: 4 }

let database: TestDatabase
let evidence: Evidence
let readers: readonly ConditionReader[]
let servers: Awaited<ReturnType<typeof openConditionServers>>

beforeAll(async () => {
  database = await openTestDatabase()
  evidence = await emitFolder('test/conditions/fixture')
  await database.reset()
  await database.exec(evidence.files.find(({ path }) => path === 'postgres/schema.sql')?.text ?? '')
  servers = await openConditionServers(evidence.set)
  readers = [...readersOf(evidence.set, database), ...servers.readers]
})

afterAll(async () => {
  await database?.close()
  await servers?.close()
})

const parsed = (set: SchemaSet, entity: Entity, text: string): Expression => {
  const source = { path: 'condition', text }
  const { value, diagnostics } = parseExpression(text, () => wholeOf(source))
  const found =
    value === null
      ? diagnostics
      : checkExpression(value, { set, owner: entity, isBroken: () => false }, { kind: 'condition' })
  if (value === null || found.length > 0) throw new Error(`${text}: ${found.map(({ message }) => message).join('; ')}`)
  return value
}

const asked = async (entity: Entity, texts: readonly string[]): Promise<readonly ConditionFinding[]> => {
  const { set } = evidence
  const conditions = texts.flatMap((text) =>
    (['holds', 'passes'] as const).map((reading) => ({
      entity,
      name: text,
      expression: parsed(set, entity, text),
      reading,
    })),
  )
  return (await askConditions(set, readers, conditions, extent)).findings
}

/** The smallest condition that readers disagree about, from one that was drawn. */
const smallest = async (entity: Entity, place: number, found: ConditionFinding): Promise<ConditionFinding> => {
  let last = found
  const agrees = fc.asyncProperty(conditionsOver(evidence.set, entity), async (text) => {
    const [finding] = await asked(entity, [text])
    if (finding !== undefined) last = finding
    return finding === undefined
  })
  await fc.check(agrees, { seed, path: String(place), numRuns: 1, interruptAfterTimeLimit: 20_000 })
  return last
}

const counts = new Map<string, number>()

describe(`conditions at random mean one thing to all who read them (seed ${seed})`, () => {
  test.each(['state', 'number', 'word', 'ident', 'moment', 'bag'])(
    'over %s',
    async (name) => {
      const entity = evidence.set.entities.find((one) => one.name === name) as Entity
      const texts = fc.sample(conditionsOver(evidence.set, entity), { seed, numRuns: runs })
      for (const text of texts) {
        for (const word of madeOf(evidence.set, entity, parsed(evidence.set, entity, text)))
          counts.set(word, (counts.get(word) ?? 0) + 1)
      }
      const [first] = await asked(entity, texts)
      const found = first && (await smallest(entity, texts.indexOf(first.condition.name), first))
      expect(found && toldCondition(found)).toBeUndefined()
    },
    600_000,
  )

  test('and everything that the language has was drawn', () => {
    expect(vocabulary.filter((word) => (counts.get(word) ?? 0) < leastOfEach)).toEqual([])
    expect([...counts.keys()].filter((word) => !vocabulary.includes(word))).toEqual([])
  })
})
