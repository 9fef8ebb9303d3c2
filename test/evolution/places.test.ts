import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Facts, placesOf } from '../../generators/evolution/index.js'
import { positionOf } from '../../generators/kernel/source.js'
import type { SchemaSet } from '../../generators/model/schema-set.js'
import { relationalSchema } from '../../generators/relational/index.js'
import { openTestDatabase, type TestDatabase } from '../support/postgres.js'
import { setOf, withDefaults } from '../support/schema-sql.js'
import { factsAfter, setNamed, setNames, sqlFor } from './sets.js'

let engine: TestDatabase

beforeAll(async () => {
  engine = await openTestDatabase()
})

afterAll(() => engine.close())

const factsOf = async (set: SchemaSet): Promise<Facts> =>
  factsAfter(engine, await sqlFor(set, engine.version), set.targets.postgres?.schema ?? 'public')

/** Archives, counters and summaries have the place of what makes them. */
const own: ReadonlySet<string> = new Set(['entity'])

test.each(setNames)('each column, constraint and index of %s has a line of its own', async (name) => {
  const set = setNamed(name)
  const options = withDefaults({ ...set.targets.postgres })
  const placeOf = placesOf(set, options)
  const { tables } = relationalSchema(set, options).value
  const described = new Set(
    tables.filter(({ role, singleton }) => own.has(role) && !singleton).map((table) => `table ${table.name}`),
  )
  const { objects } = await factsOf(set)
  const placed = [...objects.values()].filter(
    ({ kind, parent }) => ['column', 'constraint', 'index'].includes(kind) && described.has(parent ?? ''),
  )
  const atTable = placed.filter((object) => placeOf(object) === placeOf({ id: object.parent ?? '', parent: null }))
  expect(atTable.map(({ id }) => id)).toEqual([])
  expect(placed.length).toBeGreaterThan(0)
})

const yaml = `entity: mute
summary: A mute that ends.
fields:
  id: identity
  channel: { type: text, min_length: 2 }
  state: { type: text, values: [open, shut], as: type }
  ends_at: timestamp
  begins_at: timestamp
unique:
  - [channel, state]
indexes:
  - [ends_at]
checks:
  later: ends_at > begins_at
`

test('an object is told at the line that describes it', async () => {
  const set = setOf(yaml)
  const placeOf = placesOf(set, withDefaults())
  const { objects } = await factsOf(set)
  const lines = [...objects.values()].flatMap((object) => {
    const { source, start } = placeOf(object)
    return source.path === 'set.yaml' ? [`${positionOf(source, start).line} ${object.id}`] : []
  })
  expect(lines.sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))).toMatchInlineSnapshot(`
    [
      "1 table mutes",
      "3 constraint mutes.mutes_pkey",
      "4 column mutes.id",
      "5 column mutes.channel",
      "5 constraint mutes.mutes_channel_check",
      "6 type mute_state",
      "6 column mutes.state",
      "7 column mutes.ends_at",
      "7 constraint mutes.mutes_ends_at_check",
      "8 column mutes.begins_at",
      "8 constraint mutes.mutes_begins_at_check",
      "10 constraint mutes.mutes_channel_state_key",
      "12 index mutes.mutes_ends_at_idx",
      "14 constraint mutes.mutes_later",
    ]
  `)
})
