import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type Ask,
  type Difference,
  differencesOf,
  type Facts,
  likenessOn,
  mendOf,
  type ObjectFacts,
  readFacts,
} from '../../generators/evolution/index.js'
import { openTestDatabases, type TestDatabase } from '../support/postgres.js'
import { type Mutation, mutations } from './mutations.js'
import { askOf, factsAfter, openServers, setNamed, shortly, sqlFor } from './sets.js'

let engine: TestDatabase
let others: readonly (readonly [driver: string, database: TestDatabase])[] = []

beforeAll(async () => {
  others = [...(await openTestDatabases()), ...(await openServers())]
  const [[, own] = []] = await openTestDatabases()
  engine = own as TestDatabase
})

afterAll(async () => {
  for (const [, database] of others) await database.close()
  await engine.close()
})

/** Reading within a transaction that is taken back. */
const within =
  (database: TestDatabase): Ask =>
  (text, values) => {
    if (text.startsWith('BEGIN')) return database.query('SAVEPOINT reading', [])
    return database.query(text === 'ROLLBACK' ? 'ROLLBACK TO SAVEPOINT reading' : text, values)
  }

const withoutTransaction = (sql: string): string => sql.replace(/^BEGIN;\n/, '').replace(/\nCOMMIT;$/, '')

/** What has another mixture of properties than those before it. */
const shapeOf = ({ kind, properties, states }: ObjectFacts): string =>
  JSON.stringify([
    kind,
    Object.entries(properties).map(([name, value]) => [name, typeof value, value === null, value === true]),
    states,
    properties['made'],
    properties['kind'],
  ])

/** Objects of each kind: so many of each shape. */
const sample = ({ objects }: Facts, each: number): readonly ObjectFacts[] => {
  const counts = new Map<string, number>()
  return [...objects.values()].filter((object) => {
    const shape = shapeOf(object)
    const count = (counts.get(shape) ?? 0) + 1
    counts.set(shape, count)
    return count <= each
  })
}

const toldOf = (difference: Difference): string =>
  difference.kind === 'missing' ? `missing ${difference.object.id}` : shortly(difference)

interface Outcome {
  /** Null where Postgres refuses the change itself. */
  readonly told: readonly string[] | null
  /** What is told once the statements were run; null where there are none for it. */
  readonly mended: readonly string[] | null
}

/** A statement may have to wait for another: it is told again then. */
const attempt = async (database: TestDatabase, mend: string): Promise<void> => {
  await database.exec('SAVEPOINT mending')
  try {
    await database.exec(withoutTransaction(mend))
  } catch {
    await database.exec('ROLLBACK TO SAVEPOINT mending')
  }
}

/** What one statement brings back, another may take along with what it stands on: so twice. */
const rounds = 2

const tried = async (database: TestDatabase, wanted: Facts, { sql }: Mutation): Promise<Outcome> => {
  const compare = async () => {
    const found = await readFacts(within(database), wanted.schema)
    const { differences } = await differencesOf(wanted, found, likenessOn(askOf(engine), found))
    return { differences, mends: differences.map((difference) => mendOf(wanted, found, difference)) }
  }
  await database.exec('BEGIN')
  try {
    const isRefused = await database.exec(sql).then(
      () => false,
      () => true,
    )
    if (isRefused) return { told: null, mended: null }
    let { differences, mends } = await compare()
    const told = differences.map(toldOf)
    for (let round = 0; round < rounds && mends.length > 0; round++) {
      if (mends.includes(null)) return { told, mended: null }
      for (const mend of mends) await attempt(database, mend ?? '')
      ;({ differences, mends } = await compare())
    }
    return { told, mended: differences.map(shortly) }
  } finally {
    await database.exec('ROLLBACK')
  }
}

/** What somebody did to one object that another needs may be told of both. */
const isToldAs = (told: readonly string[], { told: expected }: Mutation): boolean => {
  const [kind = '', ...properties] = expected.split(': ')
  const wanted = new Set(properties.join(': ').split(','))
  return (
    told.length > 0 &&
    told.every((one) => one === expected || (one.startsWith(`${kind}: `) && wanted.has(one.slice(kind.length + 2))))
  )
}

const names = [
  'test/fixtures/everything',
  'test/fixtures/everything-else',
  'schemas/amina',
  'schemas/community',
] as const

const tally = new Map<string, number>()

const failed = (failure: Error): Outcome => ({ told: [`failed: ${failure.message}`], mended: null })

describe('a change to one object is told as what it is, and what mends it mends it', { timeout: 900_000 }, () => {
  test.each(names)('%s', async (name) => {
    const set = setNamed(name)
    const schema = set.targets.postgres?.schema ?? 'public'
    for (const [driver, database] of others) {
      if (database.version < (set.targets.postgres?.version ?? 0)) continue
      const sql = await sqlFor(set, database.version)
      const wanted = await factsAfter(engine, sql, schema)
      await factsAfter(database, sql, schema)
      for (const object of sample(wanted, 1)) {
        for (const mutate of mutations[object.kind]) {
          const mutation = mutate(object, schema, wanted)
          if (mutation === null) continue
          const { mended, told } = await tried(database, wanted, mutation).catch(failed)
          if (told === null) continue
          const what = `${object.kind} ${mutation.title}`
          tally.set(what, (tally.get(what) ?? 0) + 1)
          const about = `${driver}: ${object.id} ${mutation.title}`
          expect.soft([about, isToldAs(told, mutation) ? mutation.told : told]).toEqual([about, mutation.told])
          expect.soft([about, mended]).toEqual([about, mutation.mends ? [] : null])
        }
      }
    }
  })

  test('every change was made to some object', () => {
    expect([...tally.keys()].sort()).toMatchInlineSnapshot(`
      [
        "column commented",
        "column computed otherwise",
        "column dropped",
        "column made otherwise",
        "column not made",
        "column of another default",
        "column of another step",
        "column of another type",
        "column of the other nullability",
        "constraint deferrable",
        "constraint dropped",
        "constraint not validated",
        "constraint with another action",
        "constraint with another condition",
        "extension dropped",
        "function commented",
        "function dropped",
        "function for everybody",
        "function of another cost of secrets",
        "function with a setting",
        "function with another body",
        "index commented",
        "index dropped",
        "index invalid",
        "index with another condition",
        "schema dropped",
        "table commented",
        "table dropped",
        "table unlogged",
        "table with a column more",
        "table with a constraint more",
        "table with a trigger more",
        "table with an index more",
        "trigger commented",
        "trigger disabled",
        "trigger dropped",
        "trigger with another condition",
        "type commented",
        "type dropped",
        "type with another value",
        "type with one more value",
        "view commented",
        "view dropped",
        "view of another query",
      ]
    `)
  })
})
