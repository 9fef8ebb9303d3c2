import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { unapplied } from './applied.js'
import { type ToldAct, told } from './clocks/acts.js'
import { type Database, handleOf } from './database.js'
import type { GivenHooks } from './hooks.js'
import type { RetainedSet } from './prepare.js'
import type { DueAct, HookFailure, ReportedAct, RunOptions, RunReport } from './report.js'
import { runFindings } from './run-findings.js'

/** What a run did to one set, as `--json` has it. */
export interface SetRun {
  readonly folder: string
  readonly name: string
  readonly at: Date
  readonly retired: readonly (ReportedAct & ToldAct)[]
  readonly withoutHook: readonly DueAct[]
  readonly hookFailures: readonly (Omit<HookFailure, 'error'> & { readonly reason: string })[]
  readonly finished: boolean
}

export interface RanSet {
  readonly diagnostics: readonly Diagnostic[]
  /** Null where the database could not be used. */
  readonly run: SetRun | null
}

/** JSON has no bigint. */
const printable = (key: HookFailure['key']): HookFailure['key'] =>
  Object.fromEntries(
    Object.entries(key).map(([property, value]) => [property, typeof value === 'bigint' ? String(value) : value]),
  )

const setRun = (
  retained: RetainedSet,
  { reasonOf }: Database,
  { at, finished, hookFailures, retired, withoutHook }: RunReport,
): SetRun => ({
  folder: retained.folder,
  name: retained.set.name,
  at,
  retired: told(retained, retired),
  withoutHook,
  hookFailures: hookFailures.map(({ error, key, ...failure }) => ({
    ...failure,
    key: printable(key),
    reason: reasonOf(error),
  })),
  finished,
})

/**
 * Does what is due in one set. What the database refuses and what hooks throw are findings; nothing is thrown for them.
 *
 * @param options but for the hooks, which are of `given`
 */
export const runSet = async (
  retained: RetainedSet,
  database: Database,
  given: GivenHooks,
  options: Omit<RunOptions, 'hooks'>,
): Promise<RanSet> => {
  try {
    const lacking = await unapplied(retained, database)
    if (lacking.length > 0) return { diagnostics: lacking, run: null }
    const all = { ...options, hooks: given.functions }
    const done = await retained.retention.runRetention(handleOf(database), all)
    const diagnostics = runFindings(retained, database, given, options.only, done)
    return { diagnostics, run: setRun(retained, database, done) }
  } catch (failure) {
    const { store } = retained
    return { diagnostics: [report('database-refused', null, { store, reason: database.reasonOf(failure) })], run: null }
  }
}
