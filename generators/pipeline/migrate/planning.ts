import { openEmbedded } from '../../engines/postgres/embedded.js'
import {
  type Ask,
  asOneTransaction,
  type Differences,
  differencesOf,
  type Facts,
  followingRenames,
  type NamedChange,
  type NoRecipe,
  readFacts,
  renameStep,
  renamesOf,
  type Step,
  stepOf,
  stepsBetween,
} from '../../evolution/index.js'
import type { Sql } from '../../kernel/safe/sql.js'
import type { PostgresOptions } from '../../model/options.js'
import type { SchemaSet } from '../../model/schema-set.js'
import { emittedSql, type Wanted } from '../drift/wanted.js'

/** A set as Postgres holds it. */
export interface PostgresState {
  readonly set: SchemaSet
  readonly options: PostgresOptions
}

/** The steps from one state to another. `refused`: what no recipe does. */
export interface Planned {
  readonly steps: readonly Step[]
  readonly refused: readonly NoRecipe[]
  readonly renames: readonly NamedChange[]
}

/** Texts of two embedded engines are of one version: they are alike where they are equal. */
const isEqualText = async (a: { readonly sql: string }, b: { readonly sql: string }): Promise<boolean> =>
  a.sql === b.sql

const compare = (wanted: Facts, found: Facts): Promise<Differences> => differencesOf(wanted, found, isEqualText)

const reasonOf = (failure: unknown): string => (failure instanceof Error ? failure.message : String(failure))

/** From nothing: the emitted SQL as it is, which says more than facts do. */
const fromNothing = async ({ options, set }: PostgresState): Promise<Planned> => ({
  steps: [
    stepOf({ id: `create all of ${set.name}`, phase: 'expand', statements: [(await emittedSql(set, options)) as Sql] }),
  ],
  refused: [],
  renames: [],
})

interface Named {
  readonly found: Facts
  readonly first: readonly Step[]
}

/** Gives everything its new name in an engine that holds the old schema, since the rest is planned from there. */
const nameAnew = async (
  ask: Ask,
  run: (sql: string) => Promise<void>,
  wanted: Facts,
  renames: readonly NamedChange[],
  isQuick: boolean,
): Promise<Named> => {
  const { schema } = wanted
  for (const { forward } of renames) await run(forward)
  const named = await readFacts(ask, schema)
  const following = followingRenames(named, wanted)
  for (const { forward } of following) await run(forward)
  if (renames.length + following.length === 0) return { found: named, first: [] }
  const found = await readFacts(ask, schema)
  if (renames.length === 0) {
    const step = stepOf({
      id: 'rename',
      phase: 'expand',
      statements: following.map(({ forward }) => forward),
      reverse: following.map(({ back }) => back).toReversed(),
    })
    return { found, first: [step] }
  }
  const { differences } = await compare(wanted, found)
  const planning = { found, wanted, mode: { isQuick } }
  const step = renameStep([...renames, ...following], planning, differences)
  for (const statement of step.statements.slice(renames.length + following.length)) await run(statement)
  return { found: await readFacts(ask, schema), first: [step] }
}

/** Plans the way from one state to another. `wanted` holds the other. A text: the engine cannot hold the earlier one. */
export const planBetween = async (
  before: PostgresState | null,
  after: PostgresState,
  wanted: Wanted,
  isQuick: boolean,
): Promise<Planned | string> => {
  if (before === null) return fromNothing(after)
  const renames = renamesOf(before.set, after.set, after.options)
  const engine = await openEmbedded()
  try {
    await engine.exec(await emittedSql(before.set, before.options))
    const ask: Ask = (text, values) => engine.query(text, values)
    const { found, first } = await nameAnew(ask, engine.exec, wanted.facts, renames, isQuick)
    const { differences } = await compare(wanted.facts, found)
    const { refused, steps } = stepsBetween({ found, wanted: wanted.facts, mode: { isQuick } }, differences)
    const all = [...first, ...steps]
    return { steps: isQuick && all.length > 1 ? asOneTransaction(all) : all, refused, renames }
  } catch (failure) {
    return reasonOf(failure)
  } finally {
    await engine.close()
  }
}
