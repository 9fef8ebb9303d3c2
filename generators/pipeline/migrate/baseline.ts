import { readFacts } from '../../evolution/index.js'
import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import type { Host } from '../host.js'
import type { PostgresDatabase } from '../retain/database.js'
import { ledgered } from './apply.js'
import type { ChainedPlan } from './chain.js'
import { openExpected } from './expected.js'
import { createLedger, readPosition, recordAdopted } from './ledger.js'
import { exclusively, type Patience } from './lock.js'
import { planSet } from './plan.js'
import { type MigratedSet, prepareMigration, stateOf } from './prepare.js'

/** What became of a database that is adopted. */
export interface Adopted {
  readonly diagnostics: readonly Diagnostic[]
  /** The plan at whose end it is; null: it was not adopted. */
  readonly plan: string | null
}

const refused = (...diagnostics: readonly Diagnostic[]): Adopted => ({ diagnostics, plan: null })

/** Where no plan is there yet, the first one makes all that the set describes: for databases to come. */
const withFirstPlan = async (host: Host, set: MigratedSet): Promise<MigratedSet | readonly Diagnostic[]> => {
  if (set.chain.plans.length > 0) return set
  const { diagnostics } = await planSet(host, set, { name: 'baseline', isQuick: false })
  if (diagnostics.length > 0) return diagnostics
  const again = prepareMigration(host, set.folder)
  return again.outcome ?? again.diagnostics
}

const adopt = async (set: MigratedSet, head: ChainedPlan, database: PostgresDatabase, patience: Patience) => {
  const state = stateOf(head.end)
  const expected = await openExpected(state, set.state.options.schema)
  try {
    return await database.session((client) =>
      exclusively(client, ledgered(set), patience, async (): Promise<Adopted> => {
        const position = await readPosition(client, ledgered(set))
        if (position.model === head.plan.to) return { diagnostics: [], plan: head.folder }
        const found = await readFacts(
          async (text, values) => (await client.query(text, values)).rows,
          set.state.options.schema,
        )
        const differences = await expected.differences(found)
        if (differences.length > 0) {
          const told = differences.slice(0, 5)
          const more = differences.length - told.length
          return refused(report('database-drifted', set.at, { differences: told, more }))
        }
        await createLedger(client)
        await recordAdopted(client, ledgered(set), head.plan.to, head.plan.name)
        return { diagnostics: [], plan: head.folder }
      }),
    )
  } finally {
    await expected.close()
  }
}

/** Records that a database is at the end of the plans, if it is; writes the first plan where there is none. */
export const adoptDatabase = async (
  host: Host,
  given: MigratedSet,
  database: PostgresDatabase,
  patience: Patience,
): Promise<Adopted> => {
  const set = await withFirstPlan(host, given)
  if (!('chain' in set)) return refused(...set)
  const head = set.chain.plans.at(-1)
  if (head === undefined) return refused(report('plan-behind', set.at, { plan: null }))
  try {
    const adopted = await adopt(set, head, database, patience)
    return 'code' in adopted ? refused(adopted) : adopted
  } catch (failure) {
    return refused(report('database-refused', null, { store: 'postgres', reason: database.reasonOf(failure) }))
  }
}
