import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import type { Entity } from '../../model/entity.js'
import { findField } from '../../model/lookup.js'
import type { Origin } from '../../model/origin.js'
import type { Due, Lifecycle, Summary } from '../../model/retention.js'
import { entityRule, placeAfter, placeOf, type RuleContext } from './rule.js'
import { isNumeric, isTemporal } from './types.js'
import { soundFields, unknownFields } from './unknown-field.js'

type Steps = Lifecycle & { readonly kind: 'steps' }

/** A field that time is read from, by its name. */
function* clockFindings(entity: Entity, name: string, isMoment: boolean, at: Origin, context: RuleContext) {
  yield* unknownFields(entity, [name], at)
  for (const { type } of soundFields(entity, [name], context)) {
    if (isTemporal(type)) continue
    yield report('retention-clock', placeOf(at, name), { problem: isMoment ? 'at-type' : 'type' })
  }
}

const clockOf = (due: Due): string => (due.kind === 'at' ? due.field : due.of)

function* summaryFindings(entity: Entity, summary: Summary, context: RuleContext): Generator<Diagnostic> {
  const refuse = (name: string, problem: 'period' | 'number' | 'itself') =>
    report('summary-misuse', placeOf(summary.origin, name), { name, problem })
  const names = [...summary.by.map(({ field }) => field), ...summary.aggregates.map(({ field }) => field)]
  yield* unknownFields(entity, names, summary.origin)
  if (summary.into === entity.table || summary.into === entity.name) yield refuse(summary.into, 'itself')
  for (const { field: name, period } of summary.by) {
    const [field] = soundFields(entity, [name], context)
    if (period !== null && field !== undefined && !isTemporal(field.type)) yield refuse(name, 'period')
  }
  for (const { function: name, field: of } of summary.aggregates) {
    const [field] = soundFields(entity, [of], context)
    if (name === 'sum' && field !== undefined && !isNumeric(field.type)) yield refuse(of, 'number')
  }
}

function* stepFindings(entity: Entity, { clock, steps, keepNewest, origin }: Steps, context: RuleContext) {
  if (clock !== null) yield* clockFindings(entity, clock, false, placeAfter(origin, clock), context)
  for (const { due, action, summarise } of steps) {
    if (clockOf(due) !== clock) yield* clockFindings(entity, clockOf(due), due.kind === 'at', due.origin, context)
    if (summarise === null) continue
    yield* summaryFindings(entity, summarise, context)
    if (action.kind !== 'delete') {
      yield report('summary-misuse', summarise.origin, { name: summarise.into, problem: 'not-deleted' })
    }
  }
  if (keepNewest !== null) yield* unknownFields(entity, keepNewest.per, keepNewest.origin)
}

/** Retention names fields that exist and reads time from timestamps and dates. */
export const retentionFields = entityRule('retention-fields', function* (entity, context) {
  const { retention } = entity
  if (retention === null) return
  if (retention.lifecycle?.kind === 'steps') yield* stepFindings(entity, retention.lifecycle, context)
  for (const { field, origin } of retention.erase) {
    if (findField(entity, field) === undefined) yield* unknownFields(entity, [field], origin)
  }
})
