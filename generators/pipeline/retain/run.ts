import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import type { Span } from '../../kernel/source.js'
import { actsOf } from '../../model/lifecycle.js'
import { findEntity } from '../../model/lookup.js'
import { unapplied } from './applied.js'
import { type Database, handleOf } from './database.js'
import { type GivenHooks, missingHooks } from './hooks.js'
import type { RetainedSet } from './prepare.js'
import type { DueAct, HookFailure, ReportedAct, RunOptions, RunReport } from './report.js'

/** What a run did to one set, as `--json` has it. */
export interface SetRun {
  readonly folder: string
  readonly name: string
  readonly at: Date
  readonly retired: readonly ReportedAct[]
  readonly withoutHook: readonly DueAct[]
  readonly hookFailures: readonly (Omit<HookFailure, 'error'> & { readonly reason: string })[]
  readonly finished: boolean
}

export interface RanSet {
  readonly diagnostics: readonly Diagnostic[]
  /** Null where the database could not be used. */
  readonly run: SetRun | null
}

const placeOf = ({ set }: RetainedSet, name: string, step: number | null): Span | null => {
  const entity = findEntity(set, name)
  if (entity === undefined) return null
  return actsOf(entity).find((act) => act.step === step)?.origin ?? entity.retention?.origin ?? entity.origin
}

/** Failures of one step are told as one, by the first of them. */
const byStep = (failures: readonly HookFailure[]): readonly (readonly [HookFailure, ...HookFailure[]])[] => {
  const steps = new Map<string, [HookFailure, ...HookFailure[]]>()
  for (const failure of failures) {
    const step = `${failure.entity} ${failure.step}`
    const before = steps.get(step)
    if (before === undefined) steps.set(step, [failure])
    else before.push(failure)
  }
  return [...steps.values()]
}

const keyText = (key: HookFailure['key']): string =>
  Object.entries(key)
    .map(([property, value]) => `${property} ${String(value)}`)
    .join(', ')

/** JSON has no bigint. */
const printable = (key: HookFailure['key']): HookFailure['key'] =>
  Object.fromEntries(
    Object.entries(key).map(([property, value]) => [property, typeof value === 'bigint' ? String(value) : value]),
  )

const hookDiagnostics = (retained: RetainedSet, database: Database, { hookFailures }: RunReport) =>
  byStep(hookFailures).map((failures) => {
    const [{ attempts, entity, error, hook, key, step }] = failures
    const reason = database.reasonOf(error)
    const rows = failures.length
    return report('hook-failed', placeOf(retained, entity, step), {
      hook,
      entity,
      rows,
      key: keyText(key),
      attempts,
      reason,
    })
  })

const failureDiagnostics = (retained: RetainedSet, database: Database, { failures }: RunReport) =>
  failures.map(({ entity, error }) =>
    report('retention-failed', placeOf(retained, entity, null), { entity, reason: database.reasonOf(error) }),
  )

const ranSet = (
  retained: RetainedSet,
  database: Database,
  { functions }: GivenHooks,
  only: readonly string[] | undefined,
  done: RunReport,
): RanSet => {
  const { at, finished, retired, withoutHook } = done
  const isWanted = (entity: string): boolean => only?.includes(entity) !== false
  return {
    diagnostics: [
      ...missingHooks(retained, functions, isWanted, done),
      ...hookDiagnostics(retained, database, done),
      ...failureDiagnostics(retained, database, done),
    ],
    run: {
      folder: retained.folder,
      name: retained.set.name,
      at,
      retired,
      withoutHook,
      hookFailures: done.hookFailures.map(({ error, ...failure }) => ({
        ...failure,
        key: printable(failure.key),
        reason: database.reasonOf(error),
      })),
      finished,
    },
  }
}

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
    return ranSet(retained, database, given, options.only, done)
  } catch (failure) {
    const { store } = retained
    return { diagnostics: [report('database-refused', null, { store, reason: database.reasonOf(failure) })], run: null }
  }
}
