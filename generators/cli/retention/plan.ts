import type { Database } from '../../pipeline/retain/database.js'
import type { SetPlan } from '../../pipeline/retain/plan.js'
import { planSet } from '../../pipeline/retain/plan.js'
import type { Report } from '../report.js'
import type { Session } from '../session.js'
import { chooseDatabase } from './choose-database.js'
import { inDatabase, type Worked } from './in-database.js'
import type { PlanOptions } from './options.js'
import { nothingDone, reportOn } from './reports.js'
import { prepareSets, type Sets } from './sets.js'
import { planText } from './text.js'

const planAll = async (
  { progress }: Session,
  { retained }: Sets,
  database: Database,
  at: Date,
): Promise<Worked<SetPlan>> => {
  const worked: { diagnostics: Worked<SetPlan>['diagnostics']; plan: SetPlan | null }[] = []
  for (const set of retained) {
    progress.say(`${set.folder}: counting what is due`)
    worked.push(await planSet(set, database, at))
  }
  return {
    diagnostics: worked.flatMap(({ diagnostics }) => diagnostics),
    done: worked.flatMap(({ plan }) => plan ?? []),
  }
}

/** `botschema retention plan` */
export const plan = async (session: Session, given: readonly string[], options: PlanOptions): Promise<Report> => {
  const chosen = chooseDatabase(session, given, options)
  if ('code' in chosen) return nothingDone([chosen])
  const sets = await prepareSets(session, chosen)
  const { at = new Date() } = options
  const worked = await inDatabase(session, chosen, sets, (database) => planAll(session, sets, database, at))
  const diagnostics = [...sets.diagnostics, ...worked.diagnostics]
  return reportOn(sets, chosen.store, { ...worked, diagnostics }, planText)
}
