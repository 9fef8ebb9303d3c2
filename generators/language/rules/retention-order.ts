import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { canonical } from '../../kernel/hash.js'
import type { Expression } from '../../model/expression.js'
import type { JsonValue } from '../../model/origin.js'
import type { Step, StepAction } from '../../model/retention.js'
import { evaluatePredicate, type Scope } from '../expression/index.js'
import { timingOf } from './age.js'
import { entityRule } from './rule.js'

type OrderProblem = 'younger' | 'same-age' | 'after-delete' | 'archived-twice' | 'set-after-archive' | 'set-back'

/** Whether every row that reaches `later` has been through `earlier` before. */
const reachesAll = (earlier: Step, later: Step): boolean =>
  earlier.where === null && timingOf(earlier).clock === timingOf(later).clock

type SetValue = Extract<StepAction, { kind: 'set' }>['values'][number]

const isNow = ({ value }: SetValue): boolean => typeof value === 'object' && value !== null && 'now' in value

/** What is set to now only once stays as it is, unless it becomes null again. */
const setsOtherwise = (earlier: SetValue, later: SetValue): boolean =>
  earlier.field === later.field &&
  (isNow(earlier) ? later.value === null : canonical(earlier.value) !== canonical(later.value))

/** Whether rows may meet a condition when a step has set its values. */
const mayHold = (scope: Scope, where: Expression, values: readonly SetValue[]): boolean => {
  const truth = evaluatePredicate(where, scope, (name) => {
    const set = values.find(({ field }) => field === name)
    return set === undefined || isNow(set) ? undefined : (set.value as JsonValue)
  })
  return truth === true || truth === undefined
}

/**
 * Whether each run would set a field to what the earlier step says, and then to what the later one does: what the later
 * one sets is due for the earlier. Steps that both have conditions are taken to be about different rows.
 */
const isSetBack = (scope: Scope, { action, where }: Step, later: Step): boolean => {
  if (action.kind !== 'set' || later.action.kind !== 'set' || (where !== null && later.where !== null)) return false
  const { values } = later.action
  const isOther = action.values.some((value) => values.some((other) => setsOtherwise(value, other)))
  return isOther && (where === null || mayHold(scope, where, values))
}

const problemAfter = (scope: Scope, earlier: Step, later: Step): OrderProblem | null => {
  if (isSetBack(scope, earlier, later)) return 'set-back'
  if (!reachesAll(earlier, later)) return null
  if (earlier.action.kind === 'delete') return 'after-delete'
  if (earlier.action.kind !== 'archive') return null
  if (later.action.kind === 'archive') return 'archived-twice'
  return later.action.kind === 'set' ? 'set-after-archive' : null
}

const ageProblem = (earlier: Step, later: Step): OrderProblem | null => {
  const [before, after] = [timingOf(earlier), timingOf(later)]
  if (before.clock !== after.clock) return null
  if (after.seconds < before.seconds) return 'younger'
  const areApart = earlier.where !== null && later.where !== null
  return after.seconds === before.seconds && !areApart ? 'same-age' : null
}

interface Contradiction {
  readonly problem: OrderProblem
  readonly earlier: Step
}

const contradictionOf = (scope: Scope, earlier: readonly Step[], step: Step): Contradiction | null => {
  const { clock } = timingOf(step)
  const before = earlier.findLast((other) => timingOf(other).clock === clock)
  const age = before && ageProblem(before, step)
  if (before !== undefined && age != null) return { problem: age, earlier: before }
  for (const other of earlier) {
    const problem = problemAfter(scope, other, step)
    if (problem !== null) return { problem, earlier: other }
  }
  return null
}

/** The steps of a lifecycle are one story. */
export const retentionOrder = entityRule(
  'retention-order',
  function* (entity, { set, isBroken }): Generator<Diagnostic> {
    const { retention } = entity
    const scope: Scope = { set, owner: entity, isBroken }
    const steps = retention?.lifecycle?.kind === 'steps' ? retention.lifecycle.steps : []
    for (const [position, step] of steps.entries()) {
      const found = contradictionOf(scope, steps.slice(0, position), step)
      if (found === null) continue
      const related = [{ message: 'the earlier step is here', at: found.earlier.origin }]
      yield report('retention-order', step.origin, { problem: found.problem }, related)
    }
  },
)
