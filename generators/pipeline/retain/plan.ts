import { unreachable } from '../../kernel/bug.js'
import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { unapplied } from './applied.js'
import { isAbout, type PlacedAct, placedActs, type ToldAct, told } from './clocks/acts.js'
import { unservedClock } from './clocks/finding.js'
import { isServedInMongo } from './clocks/mongo.js'
import { isServedInPostgres } from './clocks/postgres.js'
import { type Database, inReadOnly } from './database.js'
import { isOfOtherTables } from './differs.js'
import type { RetainedSet } from './prepare.js'
import type { DueAct } from './report.js'

/** What a run would do an act to. `indexed`: whether an index serves its clock; null where the server does not say. */
export interface PlannedAct extends DueAct, ToldAct {
  readonly indexed: boolean | null
}

/** What is due in one set, as `--json` has it. */
export interface SetPlan {
  readonly folder: string
  readonly name: string
  readonly at: Date
  readonly due: readonly PlannedAct[]
}

export interface PlannedSet {
  readonly diagnostics: readonly Diagnostic[]
  /** Null where the database could not say. */
  readonly plan: SetPlan | null
}

type IsServed = (act: PlacedAct) => Promise<boolean | null>

interface Counted {
  readonly due: readonly DueAct[]
  readonly served: ReadonlyMap<PlacedAct, boolean | null>
}

const servedOf = async (retained: RetainedSet, isServed: IsServed): Promise<Counted['served']> => {
  const served = new Map<PlacedAct, boolean | null>()
  for (const act of placedActs(retained)) served.set(act, await isServed(act))
  return served
}

/** Rows are counted first: what makes the plans of small tables tell the truth makes counting slow. */
const count = async (retained: RetainedSet, database: Database, at: Date): Promise<Counted> => {
  const { retention, set } = retained
  switch (database.store) {
    case 'postgres':
      return inReadOnly(database, async (client) => {
        const due = await retention.planRetention(client, at)
        return { due, served: await servedOf(retained, (act) => isServedInPostgres(set, client, act)) }
      })
    case 'mongo': {
      const due = await retention.planRetention(database.connection, at)
      return { due, served: await servedOf(retained, (act) => isServedInMongo(set, database, act, at)) }
    }
    default:
      return unreachable(database)
  }
}

const planOf = (retained: RetainedSet, at: Date, { due, served }: Counted): PlannedSet => {
  const { folder, set, store } = retained
  const isServed = (reported: DueAct): boolean | null =>
    [...served].find(([act]) => isAbout(reported, act, store))?.[1] ?? null
  return {
    diagnostics: [...served].flatMap(([act, is]) => (is === false ? [unservedClock(act, store)] : [])),
    plan: { folder, name: set.name, at, due: told(retained, due).map((one) => ({ ...one, indexed: isServed(one) })) },
  }
}

/** Says what is due in one set, and whether indexes serve its clocks. Changes nothing in the database. */
export const planSet = async (retained: RetainedSet, database: Database, at: Date): Promise<PlannedSet> => {
  try {
    const lacking = await unapplied(retained, database)
    if (lacking.length > 0) return { diagnostics: lacking, plan: null }
    return planOf(retained, at, await count(retained, database, at))
  } catch (failure) {
    const code = isOfOtherTables(failure) ? 'database-differs' : 'database-refused'
    const reason = database.reasonOf(failure)
    return { diagnostics: [report(code, null, { store: retained.store, reason })], plan: null }
  }
}
