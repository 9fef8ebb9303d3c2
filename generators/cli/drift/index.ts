import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { hasErrors } from '../../kernel/result.js'
import { judge } from '../../pipeline/drift/baseline.js'
import { type DriftedSet, driftOf, type Prepared, prepareSet, unmanagedByAll } from '../../pipeline/drift/index.js'
import { eachSet } from '../../pipeline/each-set.js'
import type { Report } from '../report.js'
import { chooseDatabase } from '../retention/choose-database.js'
import { nothingDone } from '../retention/reports.js'
import type { Session } from '../session.js'
import { readAccepted } from './accepted.js'
import { driftText, idleText, type ShownDrift } from './text.js'

/** What `drift` takes; a flag without a URL is true. */
export interface DriftOptions {
  readonly postgres?: string | true
  readonly all?: true
  readonly baseline?: string
}

/** A query of the catalogue that takes longer is not waited for. */
const patience = 90_000

type PreparedSet = { readonly folder: string; readonly result: Prepared }

const compareAll = async (
  { progress, terminal }: Session,
  url: string,
  sets: readonly PreparedSet[],
): Promise<readonly DriftedSet[]> => {
  const prepared = sets.flatMap(({ result }) => result.outcome ?? [])
  if (prepared.length === 0) return []
  progress.say('opening the database')
  const database = await terminal.databases.open('postgres', url, patience)
  const refused = (reason: string): Diagnostic => report('database-refused', null, { store: 'postgres', reason })
  if ('refused' in database) return [{ diagnostics: [refused(database.refused)], told: [], drift: null }]
  const compared: DriftedSet[] = []
  try {
    for (const set of prepared) {
      progress.say(`${set.folder}: comparing`)
      if (database.store === 'postgres') compared.push(await driftOf(set, database))
    }
  } finally {
    await database.close()
  }
  return compared
}

/** `botschema drift` */
export const drift = async (session: Session, given: readonly string[], options: DriftOptions): Promise<Report> => {
  const { host, paths } = session
  const chosen = chooseDatabase(session, given, options)
  if ('code' in chosen) return nothingDone([chosen])
  const baseline = readAccepted(session, options.baseline)
  if (baseline.diagnostics.length > 0) return nothingDone(baseline.diagnostics)
  const prepared = await eachSet(host, paths(chosen.given), (folder) => prepareSet(host, folder))
  const compared = await compareAll(session, chosen.url, prepared.sets)
  const isAll = options.all === true
  const told = compared.flatMap((one) => one.told)
  const judged = judge(told, baseline, new Date().toISOString().slice(0, 10))
  const compares = unmanagedByAll(compared.flatMap(({ drift: one }) => one ?? []))
  const drifts = compares.map((one): ShownDrift => {
    const own = new Set(compared.find(({ drift: other }) => other?.folder === one.folder)?.told)
    const findings = judged.told.filter((each) => own.has(each)).map(({ finding }) => finding)
    return { ...one, findings, accepted: own.size - findings.length }
  })
  // Of a set that was not compared nobody knows whether a finding is gone.
  const isWhole = prepared.sets.every(
    ({ folder, result }) =>
      compares.some((one) => one.folder === folder) || (result.outcome === null && !hasErrors(result.diagnostics)),
  )
  return {
    diagnostics: [
      ...prepared.diagnostics,
      ...compared.flatMap(({ diagnostics }) => diagnostics),
      ...judged.told.map(({ diagnostic }) => diagnostic),
      ...judged.diagnostics.filter(({ code }) => isWhole || code !== 'baseline-gone'),
    ],
    notices: [],
    sets: prepared.sets.map(({ folder }) => folder),
    data: { sets: isAll ? drifts : drifts.map(({ unmanaged: _, ...shown }) => shown) },
    text: (paint) =>
      prepared.sets
        .map(({ folder, result }) => {
          const own = drifts.find((one) => one.folder === folder)
          if (own !== undefined) return driftText(own, isAll, paint)
          return idleText(folder, result.outcome !== null || hasErrors(result.diagnostics), paint)
        })
        .join(''),
  }
}
