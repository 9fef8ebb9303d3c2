import { type Diagnostic, type Related, report } from '../../kernel/diagnostic.js'
import type { Entity, Reference } from '../../model/entity.js'
import { actsOf } from '../../model/lifecycle.js'
import type { Origin } from '../../model/origin.js'
import type { Step } from '../../model/retention.js'
import type { SchemaSet } from '../../model/schema-set.js'
import { timingOf } from './age.js'
import { deletionsOf, type EventFate, fatesOf, goingWith, isHolding, type Link, linksTo } from './going.js'
import { entityRule } from './rule.js'

const stepsOf = ({ retention }: Entity): readonly Step[] =>
  retention?.lifecycle?.kind === 'steps' ? retention.lifecycle.steps : []

/** Whether all rows of an entity are gone when rows it refers to reach the age of a step. */
export const isGoneBy = (entity: Entity, step: Step): boolean =>
  stepsOf(entity).some(
    (own) => own.action.kind !== 'set' && own.where === null && timingOf(own).seconds <= timingOf(step).seconds,
  )

const blocked = ({ from, reference, to }: Link, at: Origin, others: readonly Related[] = []): Diagnostic => {
  const words = { entity: from.name, field: reference.fields.join(', '), to: to.name, action: reference.onDelete }
  return report('retention-blocked', at, words, [{ message: 'the reference is here', at: reference.origin }, ...others])
}

/** What holds the rows that the first step to take rows out of the table takes, deleting or archiving them. */
function* ofLifecycle(entity: Entity, set: SchemaSet): Generator<Diagnostic> {
  const act = actsOf(entity).find(({ place, action }) => place.kind === 'rows' && action.kind !== 'set')
  if (act === undefined) return
  const step = stepsOf(entity)[act.step - 1]
  const going = goingWith(set, entity)
  for (const link of linksTo(set, going)) {
    const isFree = link.from === entity ? link.to !== entity : going.has(link.from)
    const goesBefore = step !== undefined && link.from !== entity && isGoneBy(link.from, step)
    if (isHolding(link.reference) && !isFree && !goesBefore) yield blocked(link, act.origin)
  }
}

const setsToNull = (field: string, { rule }: EventFate): boolean =>
  rule.kind === 'set' && rule.values.some((value) => value.field === field && value.value === null)

/** Whether the same event deletes the rows that hold others, or parts them from those. */
const isReleasedBy = ({ fields }: Reference, fate: EventFate): boolean => {
  if (fate.event !== 'erase') return fate.rule.kind === 'delete' || fields.some((field) => setsToNull(field, fate))
  const isAbout = fate.field !== null && fields.includes(fate.field)
  return isAbout && (fate.rule.kind === 'delete' || fate.rule.kind === 'null')
}

/** Rows of one entity that point at each other go together: those of a guild, or of a person. */
function* ofEvents(entity: Entity, set: SchemaSet): Generator<Diagnostic> {
  for (const { event, origin } of deletionsOf(entity)) {
    const going = goingWith(set, entity)
    for (const link of linksTo(set, going)) {
      if (!isHolding(link.reference) || going.has(link.from)) continue
      const fates = fatesOf(link.from, event)
      if (fates.some((fate) => isReleasedBy(link.reference, fate))) continue
      const kept = fates.filter(({ rule }) => rule.kind === 'keep')
      const related = kept.map((fate) => ({ message: 'the rows that refer are kept here', at: fate.origin }))
      yield blocked(link, origin, related)
    }
  }
}

/** Rows that retention takes away, and those that go with them, are not held by rows that refer to them. */
export const retentionBlocked = entityRule('retention-blocked', function* (entity, { set }) {
  yield* ofLifecycle(entity, set)
  yield* ofEvents(entity, set)
})
