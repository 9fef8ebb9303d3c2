import { expect } from 'vitest'
import { hooksIn } from '../../generators/script/retention.js'
import type { World } from './worlds.js'

/** What a run did to rows of an entity, or what is due for it. */
export interface StepRows {
  readonly entity: string
  readonly step: number
  readonly rows: number
}

interface Report {
  readonly retired: readonly StepRows[]
  readonly hookFailures: readonly unknown[]
  readonly withoutHook: readonly StepRows[]
  readonly failures: readonly { readonly error: unknown }[]
  readonly finished: boolean
}

type Hook = (row: Readonly<Record<string, unknown>>) => unknown

/** Few enough that every test takes several batches. */
const batch = 2

const counted = (rows: readonly StepRows[]): readonly StepRows[] =>
  rows.map(({ entity, step, rows: count }) => ({ entity, step, rows: count }))

const succeed: Readonly<Record<string, Hook>> = new Proxy({}, { get: () => () => undefined })

/**
 * Runs the emitted retention to its end as of a moment.
 *
 * @param hooks the bot's functions; by default each succeeds
 */
export const run = async (world: World, at: string, hooks: Readonly<Record<string, Hook>> = succeed) => {
  // A run of a set without hooks takes none.
  const given = hooksIn(world.set, world.store).length === 0 ? {} : { hooks }
  const options = { at: new Date(at), batch, wait: 0, ...given }
  const report = (await world.call('runRetention', options)) as Report
  expect(
    report.failures.map(({ error }) => error),
    world.title,
  ).toEqual([])
  expect(report.finished, world.title).toBe(true)
  return report
}

/** What a run did, by entity and step. */
export const retired = async (
  world: World,
  at: string,
  hooks?: Readonly<Record<string, Hook>>,
): Promise<readonly StepRows[]> => counted((await run(world, at, hooks)).retired)

/** How many rows are due for what; nothing of what none is due for. */
export const due = async (world: World, at: string): Promise<readonly StepRows[]> =>
  counted(((await world.call('planRetention', new Date(at))) as readonly StepRows[]).filter(({ rows }) => rows > 0))
