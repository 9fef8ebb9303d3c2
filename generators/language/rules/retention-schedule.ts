import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import type { Lifecycle, Retention, Step } from '../../model/retention.js'
import { secondsIn } from './age.js'
import { entityRule, isKeyWritten, keyIn } from './rule.js'

type Steps = Lifecycle & { readonly kind: 'steps' }

const shortest = (steps: readonly Step[]): { readonly step: Step; readonly seconds: number } | null => {
  const aged = steps.flatMap((step) => (step.due.kind === 'after' ? [{ step, seconds: secondsIn(step.due.age) }] : []))
  return aged.reduce<(typeof aged)[number] | null>(
    (least, one) => (least === null || one.seconds < least.seconds ? one : least),
    null,
  )
}

function* slower({ steps, every }: Steps, { origin }: Retention): Generator<Diagnostic> {
  const least = shortest(steps)
  if (every === null || least === null || secondsIn(every) <= least.seconds) return
  const related = [{ message: 'the shortest step is here', at: least.step.origin }]
  yield report('retention-schedule', keyIn(origin, 'every'), { problem: 'slower' }, related)
}

function* keptNewest({ clock, steps, keepNewest }: Steps): Generator<Diagnostic> {
  if (keepNewest === null) return
  const [first] = steps
  if (first === undefined && clock === null)
    yield report('retention-schedule', keepNewest.origin, { problem: 'no-clock' })
  if (first !== undefined && steps.every(({ action }) => action.kind === 'set')) {
    const related = [{ message: 'the first step is here', at: first.origin }]
    yield report('retention-schedule', keepNewest.origin, { problem: 'keep-newest-only' }, related)
  }
}

/** The run comes often enough for what it does, and there is something for it to do. */
export const retentionSchedule = entityRule('retention-schedule', function* ({ retention }) {
  if (retention?.lifecycle?.kind !== 'steps') return
  const { lifecycle } = retention
  yield* slower(lifecycle, retention)
  yield* keptNewest(lifecycle)
  const isIdle = lifecycle.steps.length === 0 && lifecycle.keepNewest === null
  if (isIdle && !isKeyWritten(retention.origin, 'steps'))
    yield report('retention-schedule', lifecycle.origin, { problem: 'nothing-to-run' })
})
