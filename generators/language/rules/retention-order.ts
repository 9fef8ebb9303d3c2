import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import type { Lifecycle, Step } from '../../model/retention.js'
import { secondsIn, timingOf } from './age.js'
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

function* orderFindings(steps: readonly Step[]): Generator<Diagnostic> {
  for (const [position, step] of steps.entries()) {
    const earlier = steps.slice(0, position)
    const before = earlier.at(-1)
    const contradiction = earlier.map((other) => problemAfter(other, step)).find((problem) => problem !== null)
    const problem = (before && ageProblem(before, step)) ?? contradiction
    if (problem == null) continue
    const related = before === undefined ? [] : [{ message: 'the step above is here', at: before.origin }]
    yield report('retention-order', step.origin, { problem }, related)
  }
}

function* scheduleFindings({ steps, every, keepNewest, origin }: Lifecycle & { kind: 'steps' }): Generator<Diagnostic> {
  const ages = steps.flatMap(({ due }) => (due.kind === 'after' ? [secondsIn(due.age)] : []))
  if (every !== null && ages.length > 0 && secondsIn(every) > Math.min(...ages)) {
    yield report('retention-schedule', origin, { problem: 'slower' })
  }
  if (keepNewest !== null && steps.length > 0 && steps.every(({ action }) => action.kind === 'set')) {
    yield report('retention-schedule', keepNewest.origin, { problem: 'keep-newest-only' })
  }
}

/** The steps of a lifecycle are one story, and the run comes often enough to tell it. */
export const retentionOrder = entityRule('retention-order', function* ({ retention }) {
  if (retention?.lifecycle?.kind !== 'steps') return
  yield* orderFindings(retention.lifecycle.steps)
  yield* scheduleFindings(retention.lifecycle)
})
