import { expect } from 'vitest'
import { known } from '../../generators/kernel/bug.js'
import type { Entity } from '../../generators/model/entity.js'
import { type Event, effectsOfEvent } from '../../generators/model/event.js'
import { actsOf, clockOf } from '../../generators/model/lifecycle.js'
import { fieldOf, keyFieldsOf } from '../../generators/model/lookup.js'
import type { JsonValue } from '../../generators/model/origin.js'
import type { SchemaSet } from '../../generators/model/schema-set.js'
import { fieldsNaming, namingsOf, subjectsIn } from '../../generators/model/subject.js'
import { eventFunctions } from '../../generators/script/retention.js'
import { run } from './acting.js'
import { before, shifted } from './calendar.js'
import { tablesOf } from './emitted-sets.js'
import type { PlainRow, Snapshot } from './plain-values.js'
import { type Population, population, type Whose } from './population.js'
import { afterEvent, type Subjects, type TouchedRows } from './reference-event.js'
import { snapshot, type World } from './worlds.js'

const [person, other] = ['987654321098765432', '887654321098765432']
const [guild, otherGuild] = ['123456789012345678', '223456789012345678']
const now = '2092-02-29T00:00:00.000Z'

const everybody: readonly Whose[] = [person, other].flatMap((user) =>
  [guild, otherGuild].map((one) => ({ user, guild: one, other: user === person ? other : person })),
)

/** Rows of every age, and of none, so that a run leaves some in each place. */
const aged = (entity: Entity): readonly PlainRow[] =>
  actsOf(entity).flatMap(({ due }) => {
    const clock = clockOf(due)
    const moments = [due.kind === 'after' ? before(now, due.age) : now, now]
    const isDate = fieldOf(entity, clock).type.kind === 'date'
    return moments.map((moment, at): PlainRow => {
      const value = shifted(moment, at === 0 ? -1 : 1)
      return { [clock]: isDate ? value.slice(0, 10) : value }
    })
  })

const hasSealed = ({ fields }: Entity): boolean => fields.some(({ encrypted }) => encrypted !== null)

const populate = async (set: SchemaSet, { rowOf, add }: Population): Promise<void> => {
  const entities = set.entities.filter((one) => !hasSealed(one))
  for (const entity of entities) for (const whose of everybody) await rowOf(entity.name, whose)
  for (const entity of entities) {
    for (const whose of everybody) {
      await add(entity.name, { ...whose, other: whose.user })
      for (const values of aged(entity)) await add(entity.name, whose, values)
    }
  }
}

/** By event: whom it is about, and what the emitted function takes. */
const happenings = {
  erase: { subjects: { user: person }, given: [person] },
  'guild-leave': { subjects: { guild }, given: [guild] },
  'member-leave': { subjects: { guild, user: person }, given: [guild, person] },
} as const satisfies Record<Event, { readonly subjects: Subjects; readonly given: readonly string[] }>

interface Outcome {
  readonly before: Snapshot
  readonly touched: readonly TouchedRows[]
  readonly after: Snapshot
}

const happens = async (world: World, event: Event): Promise<Outcome> => {
  const earlier = await snapshot(world)
  const touched = (await world.call(eventFunctions[event], ...happenings[event].given)) as readonly TouchedRows[]
  return { before: earlier, touched, after: await snapshot(world) }
}

const holdsKeyOf = (set: SchemaSet, entity: Entity): readonly string[] =>
  fieldsNaming(set, entity, 'user')
    .filter((field) => namingsOf(set, entity, field, 'user').some(({ by }) => by === 'key'))
    .map(({ name }) => name)

/** Where the database holds a person's id, or the key of their row in what refers to it. */
const placesOf = async (world: World, { before: earlier }: Outcome): Promise<ReadonlySet<string>> => {
  const { set, made } = world
  const keys = subjectsIn(set, 'user').flatMap(({ entity, id, key }) =>
    (earlier[entity.table] ?? [])
      .filter((row) => key !== null && key !== id && row[id.name] === person)
      .map((row) => made.idOf(String(row[key?.name ?? '']))),
  )
  const referring = new Set(set.entities.flatMap((entity) => holdsKeyOf(set, entity)))
  const found = (await world.texts()).filter(
    ({ field, text }) => text.includes(person) || (referring.has(field) && keys.includes(text)),
  )
  return new Set(found.map(({ table, field }) => `${table}.${field}`))
}

const keptPlaces = ({ touched }: Outcome): readonly string[] =>
  touched.filter(({ did, rows }) => did === 'kept' && rows > 0).map(({ from, field }) => `${from}.${field}`)

const keyIn = (set: SchemaSet, table: string): string | null => {
  const [key = '', second] = keyFieldsOf(
    known(
      tablesOf(set).find((one) => one.table === table),
      table,
    ),
  )
  return key === '' || second !== undefined ? null : key
}

const wordsIn = (value: JsonValue): readonly JsonValue[] =>
  typeof value === 'object' && value !== null ? Object.values(value).flatMap(wordsIn) : [value]

/** Rows that neither say who the person is nor lead to a row that does. */
const ofOthers = (set: SchemaSet, tables: Snapshot): readonly string[] => {
  const rows = Object.entries(tables).flatMap(([table, all]) => all.map((row) => [table, row] as const))
  const words = new Set<unknown>([person])
  const isOfPerson = (row: PlainRow): boolean => wordsIn(row).some((value) => words.has(value))
  for (let size = 0; size < words.size; ) {
    size = words.size
    for (const [table, row] of rows.filter(([, one]) => isOfPerson(one))) {
      const key = keyIn(set, table)
      if (key !== null) words.add(row[key])
    }
  }
  return rows.filter(([, row]) => !isOfPerson(row)).map((row) => JSON.stringify(row))
}

const proveErased = async (world: World, outcome: Outcome): Promise<void> => {
  const kept = keptPlaces(outcome)
  const found = await placesOf(world, outcome)
  expect(
    [...found].filter((place) => !kept.includes(place)),
    `${world.title}: the id is found`,
  ).toEqual([])
  const left = new Set(ofOthers(world.set, outcome.after))
  expect(
    ofOthers(world.set, outcome.before).filter((row) => !left.has(row)),
    `${world.title}: rows of others`,
  ).toEqual([])
}

/** Rows of all ages are there, in each place where runs put them; those that wait for the bot's functions go on waiting. */
const proveIn = async (world: World, event: Event): Promise<Outcome> => {
  const { set, title } = world
  const { subjects } = happenings[event]
  await world.empty()
  await populate(set, population(world))
  if (set.entities.some((entity) => actsOf(entity).length > 0)) await run(world, now, {})
  const first = await happens(world, event)
  const expected = afterEvent(set, event, first.before, subjects)
  const idle = effectsOfEvent(set, event).filter(
    ({ match }, at) => match.kind !== 'pointing' && expected.touched[at]?.rows === 0,
  )
  expect(idle, 'rules that no row is there for').toEqual([])
  expect(first.touched, title).toEqual(expected.touched)
  expect(first.after, title).toEqual(expected.after)
  if (event === 'erase') await proveErased(world, first)
  const again = await happens(world, event)
  expect(again.after, `${title}, again`).toEqual(first.after)
  expect(again.touched, `${title}, again`).toEqual(afterEvent(set, event, first.after, subjects).touched)
  return first
}

/** An event does what the reference says in every store alike, and no more when it comes again. */
export const proveEvent = async (worlds: readonly World[], event: Event): Promise<void> => {
  let first: Outcome | null = null
  for (const world of worlds) {
    if (effectsOfEvent(world.set, event).length === 0) continue
    const outcome = await proveIn(world, event)
    first ??= outcome
    expect(outcome, world.title).toEqual(first)
  }
}
