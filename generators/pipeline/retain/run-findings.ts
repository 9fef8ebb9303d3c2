import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import type { Span } from '../../kernel/source.js'
import { actsOf } from '../../model/lifecycle.js'
import { findEntity } from '../../model/lookup.js'
import type { Database } from './database.js'
import { isOfOtherTables } from './differs.js'
import { type GivenHooks, missingHooks } from './hooks.js'
import type { RetainedSet } from './prepare.js'
import type { HookFailure, RunReport } from './report.js'

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

const hookFailures = (
  retained: RetainedSet,
  database: Database,
  failed: RunReport['hookFailures'],
): readonly Diagnostic[] =>
  byStep(failed).map((failures) => {
    const [{ attempts, entity, error, hook, key, step }] = failures
    const rows = failures.length
    const parameters = { hook, entity, rows, key: keyText(key), attempts, reason: database.reasonOf(error) }
    return report('hook-failed', placeOf(retained, entity, step), parameters)
  })

const storeFailures = (
  retained: RetainedSet,
  database: Database,
  failed: RunReport['failures'],
): readonly Diagnostic[] =>
  failed.map(({ entity, error }) => {
    const [place, reason] = [placeOf(retained, entity, null), database.reasonOf(error)]
    return isOfOtherTables(error)
      ? report('database-differs', place, { store: retained.store, reason })
      : report('retention-failed', place, { entity, reason })
  })

/** What a run could not do, at the steps that it is about. */
export const runFindings = (
  retained: RetainedSet,
  database: Database,
  { functions }: GivenHooks,
  only: readonly string[] | undefined,
  done: RunReport,
): readonly Diagnostic[] => [
  ...missingHooks(retained, functions, (entity) => only?.includes(entity) !== false, done),
  ...hookFailures(retained, database, done.hookFailures),
  ...storeFailures(retained, database, done.failures),
]
