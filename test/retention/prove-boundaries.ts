import { expect } from 'vitest'
import type { Entity } from '../../generators/model/entity.js'
import { actsOf } from '../../generators/model/lifecycle.js'
import { referencesTo } from '../../generators/model/lookup.js'
import { due, run, type StepRows } from './acting.js'
import { boundaryRows, moments } from './boundary-rows.js'
import type { Snapshot } from './plain-values.js'
import { population } from './population.js'
import { afterRun } from './reference-run.js'
import { snapshot, type World } from './worlds.js'

const person = '987654321098765432'
const whose = { user: person, other: person, guild: '123456789012345678' }
const strangers = 800_000_000_000_000_000n

const isRetained = (entity: Entity): boolean => actsOf(entity).length > 0

/** What hangs on rows that go is there too. Where a person can have one such row only, the next is of another. */
const populate = async (world: World): Promise<void> => {
  const { add, rowOf } = population(world)
  let count = 0n
  for (const entity of world.set.entities.filter(isRetained)) {
    for (const { from } of referencesTo(world.set, entity.name)) await rowOf(from.name, whose)
    for (const row of boundaryRows(entity)) {
      if ((await add(entity.name, whose, row)) !== null) continue
      await add(entity.name, { ...whose, user: String(strangers + ++count) }, row)
    }
  }
}

/** What was due at each moment, and what the run then made of the rows. */
interface Outcomes {
  readonly plans: readonly (readonly StepRows[])[]
  readonly snapshots: readonly Snapshot[]
}

const outcomes = async (world: World): Promise<Outcomes> => {
  await populate(world)
  const plans: (readonly StepRows[])[] = []
  const snapshots = [await snapshot(world)]
  for (const at of moments) {
    plans.push(await due(world, at))
    await run(world, at)
    snapshots.push(await snapshot(world))
  }
  return { plans, snapshots }
}

const expected = ({ set }: World, [first = {}]: readonly Snapshot[]): readonly Snapshot[] => {
  const all = [first]
  for (const at of moments) all.push(afterRun(set, all.at(-1) ?? {}, at))
  return all
}

/** Rows on both sides of every boundary are treated as the reference says, in every store alike. */
export const proveBoundaries = async (worlds: readonly World[]): Promise<void> => {
  let first: Outcomes | null = null
  for (const world of worlds) {
    await world.empty()
    const found = await outcomes(world)
    expect(found.snapshots, world.title).toEqual(expected(world, found.snapshots))
    expect(await due(world, moments[2]), world.title).toEqual([])
    first ??= found
    expect(found, world.title).toEqual(first)
  }
}
