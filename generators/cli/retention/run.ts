import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { nearest } from '../../kernel/nearest.js'
import { hasErrors } from '../../kernel/result.js'
import type { Database } from '../../pipeline/retain/database.js'
import { type GivenHooks, unknownHooks } from '../../pipeline/retain/hooks.js'
import type { ReportedAct } from '../../pipeline/retain/report.js'
import { runSet, type SetRun } from '../../pipeline/retain/run.js'
import { retainedIn } from '../../script/retention.js'
import type { Report } from '../report.js'
import type { Session } from '../session.js'
import { type Chosen, chooseDatabase } from './choose-database.js'
import { loadHooks } from './hooks.js'
import { inDatabase, type Worked } from './in-database.js'
import type { RunOptions } from './options.js'
import { nothingDone, reportOn } from './reports.js'
import { prepareSets, type Sets } from './sets.js'
import { runText } from './text.js'

/** Runs that are ready to begin: the sets are compiled and the hooks loaded, once for all runs. */
export interface Runner {
  /** Opens the database, does what is due, and closes it. */
  readonly run: () => Promise<Report>
  /** Comes when somebody asks the program to end. */
  readonly stop: AbortSignal
  readonly close: () => void
}

/** What all runs of a runner have. */
interface Ready {
  readonly session: Session
  readonly chosen: Chosen
  readonly sets: Sets
  readonly hooks: GivenHooks
  readonly options: RunOptions
  readonly stop: AbortSignal
}

/** `--only` names what some set has; what a set with errors has is not known. */
const unknownEntities = ({ diagnostics, retained }: Sets, { only = [] }: RunOptions): readonly Diagnostic[] => {
  if (hasErrors(diagnostics)) return []
  const known = new Set(retained.flatMap(({ set, store }) => retainedIn(set, store).map(({ name }) => name)))
  return only
    .filter((name) => !known.has(name))
    .map((name) => {
      const near = nearest(name, known)
      const meant = near === null ? '' : `; did you mean \`${near}\`?`
      return report('wrong-usage', null, { problem: `nothing ages in an entity \`${name}\` of these sets${meant}` })
    })
}

const withCount = ({ progress }: Session, folder: string): ((batch: ReportedAct) => void) => {
  const rows = new Map<string, number>()
  return (batch) => {
    const sum = batch.rows + (rows.get(batch.entity) ?? 0)
    rows.set(batch.entity, sum)
    progress.say(`${folder}: ${batch.entity}, ${sum} rows so far`)
  }
}

const runAll = async (
  { hooks, options, session, sets, stop }: Ready,
  database: Database,
  at: Date,
): Promise<Worked<SetRun>> => {
  const end = performance.now() + (options.maxTime ?? Infinity)
  const diagnostics: Diagnostic[] = []
  const done: SetRun[] = []
  for (const retained of sets.retained) {
    const ran = await runSet(retained, database, hooks, {
      at,
      batch: options.batch,
      maxTime: options.maxTime === undefined ? undefined : Math.max(0, end - performance.now()),
      only: options.only,
      signal: stop,
      onBatch: withCount(session, retained.folder),
    })
    diagnostics.push(...ran.diagnostics)
    if (ran.run !== null) done.push(ran.run)
  }
  return { diagnostics, done }
}

const runOnce = async (ready: Ready): Promise<Report> => {
  const { chosen, options, session, sets, stop } = ready
  const at = options.at ?? new Date()
  const worked = await inDatabase(session, chosen, sets, (database) => runAll(ready, database, at))
  return { ...reportOn(sets, chosen.store, worked, runText), isInterrupted: stop.aborted }
}

/** Makes all runs ready; a report where none can be. */
export const openRunner = async (
  session: Session,
  given: readonly string[],
  options: RunOptions,
): Promise<Runner | Report> => {
  const chosen = chooseDatabase(session, given, options)
  if ('code' in chosen) return nothingDone([chosen])
  const hooks = await loadHooks(session.terminal.workingFolder, options.hooks)
  if ('code' in hooks) return nothingDone([hooks])
  const sets = await prepareSets(session, chosen)
  const unknown = unknownEntities(sets, options)
  if (unknown.length > 0) return nothingDone(unknown)
  if (sets.retained.length === 0) return reportOn(sets, chosen.store, { ...sets, done: [] }, runText)
  const { ignore, signal: stop } = session.terminal.stopRequests()
  const ready: Ready = { session, chosen, sets, hooks, options, stop }
  let found = [...sets.diagnostics, ...unknownHooks(sets.retained, hooks)]
  return {
    run: async () => {
      const done = await runOnce(ready)
      const untold = found
      found = []
      return { ...done, diagnostics: [...untold, ...done.diagnostics] }
    },
    stop,
    close: ignore,
  }
}
