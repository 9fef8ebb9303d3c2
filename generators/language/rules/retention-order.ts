import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import type { Step } from '../../model/retention.js'
import { timingOf } from './age.js'
import { entityRule } from './rule.js'

type OrderProblem = 'younger' | 'same-age' | 'after-delete' | 'archived-twice' | 'set-after-archive'

/** Whether every row that reaches `later` has been through `earlier` before. */
const reachesAll = (earlier: Step, later: Step): boolean =>
  earlier.where === null && timingOf(earlier).clock === timingOf(later).clock

const problemAfter = (earlier: Step, later: Step): OrderProblem | null => {
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

const contradictionOf = (earlier: readonly Step[], step: Step): Contradiction | null => {
  const { clock } = timingOf(step)
  const before = earlier.findLast((other) => timingOf(other).clock === clock)
  const age = before && ageProblem(before, step)
  if (before !== undefined && age != null) return { problem: age, earlier: before }
  for (const other of earlier) {
    const problem = problemAfter(other, step)
    if (problem !== null) return { problem, earlier: other }
  }
  return null
}

/** The steps of a lifecycle are one story. */
export const retentionOrder = entityRule('retention-order', function* ({ retention }): Generator<Diagnostic> {
  const steps = retention?.lifecycle?.kind === 'steps' ? retention.lifecycle.steps : []
  for (const [position, step] of steps.entries()) {
    const found = contradictionOf(steps.slice(0, position), step)
    if (found === null) continue
    const related = [{ message: 'the earlier step is here', at: found.earlier.origin }]
    yield report('retention-order', step.origin, { problem: found.problem }, related)
  }
})
