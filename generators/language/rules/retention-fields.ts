import { report } from '../../kernel/diagnostic.js'
import type { Entity } from '../../model/entity.js'
import { findField } from '../../model/lookup.js'
import type { Origin } from '../../model/origin.js'
import type { Due, Lifecycle } from '../../model/retention.js'
import { secondsIn } from './age.js'
import { entityRule, keyIn, placeAfter, placeOf, type RuleContext } from './rule.js'
import { isStructured, isTemporal } from './types.js'
import { soundFields, unknownFields } from './unknown-field.js'

type Steps = Lifecycle & { readonly kind: 'steps' }

/** Far above what any row lives to see, and far below what moves a moment out of the calendar. */
const longest = secondsIn({ count: 1000, unit: 'years' })

/** A field that time is read from, by its name. */
function* clockFindings(entity: Entity, name: string, isMoment: boolean, at: Origin, context: RuleContext) {
  yield* unknownFields(entity, [name], at)
  for (const { type } of soundFields(entity, [name], context)) {
    if (isTemporal(type)) continue
    yield report('retention-clock', placeOf(at, name), { problem: isMoment ? 'at-type' : 'type' })
  }
}

const clockOf = (due: Due): string => (due.kind === 'at' ? due.field : due.of)

function* newestFindings(entity: Entity, { per, origin }: NonNullable<Steps['keepNewest']>, context: RuleContext) {
  yield* unknownFields(entity, per, origin)
  for (const { name, type, encrypted } of soundFields(entity, per, context)) {
    if (isStructured(type) || encrypted !== null)
      yield report('retention-schedule', placeOf(origin, name), { problem: 'group' })
  }
}

function* stepFindings(entity: Entity, { clock, steps, keepNewest, origin }: Steps, context: RuleContext) {
  if (clock !== null) yield* clockFindings(entity, clock, false, placeAfter(origin, clock), context)
  for (const { due } of steps) {
    if (clockOf(due) !== clock) yield* clockFindings(entity, clockOf(due), due.kind === 'at', due.origin, context)
    if (due.kind === 'after' && secondsIn(due.age) > longest)
      yield report('retention-clock', due.origin, { problem: 'age' })
  }
  if (keepNewest !== null) yield* newestFindings(entity, keepNewest, context)
}

/** Retention names fields that exist, and reads time from timestamps and dates. */
export const retentionFields = entityRule('retention-fields', function* (entity, context) {
  const { retention } = entity
  if (retention === null) return
  const { lifecycle } = retention
  if (lifecycle?.kind === 'steps') {
    yield* stepFindings(entity, lifecycle, context)
    if (lifecycle.every !== null && secondsIn(lifecycle.every) > longest)
      yield report('retention-clock', keyIn(retention.origin, 'every'), { problem: 'age' })
  }
  for (const { field, origin } of retention.erase) {
    if (findField(entity, field) === undefined) yield* unknownFields(entity, [field], origin)
  }
})
