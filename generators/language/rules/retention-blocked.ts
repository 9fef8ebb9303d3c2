import { report } from '../../kernel/diagnostic.js'
import type { Entity } from '../../model/entity.js'
import { findEntity } from '../../model/lookup.js'
import type { Step } from '../../model/retention.js'
import { timingOf } from './age.js'
import type { Rule } from './rule.js'

const stepsOf = ({ retention }: Entity): readonly Step[] =>
  retention?.lifecycle?.kind === 'steps' ? retention.lifecycle.steps : []

/** A step that takes rows out of the table: a delete, or the move into an archive. */
const takesAway = ({ action }: Step): boolean => action.kind !== 'set'

/** Whether all rows of an entity are gone when rows it refers to reach `seconds`. */
const isGoneBy = (entity: Entity, seconds: number): boolean =>
  stepsOf(entity).some((step) => takesAway(step) && step.where === null && timingOf(step).seconds <= seconds)

/** Rows that retention takes away are not held by rows that refer to them. */
export const retentionBlocked: Rule = {
  name: 'retention-blocked',
  *check({ set }) {
    for (const from of set.entities) {
      for (const { to, enforced, onDelete: action, fields, origin } of from.references) {
        const target = to.entity === from.name ? undefined : findEntity(set, to.entity)
        const step = target && stepsOf(target).find(takesAway)
        const holds = enforced && (action === 'restrict' || action === 'no action')
        if (step === undefined || !holds || isGoneBy(from, timingOf(step).seconds)) continue
        const related = [{ message: 'the reference is here', at: origin }]
        yield report('retention-blocked', step.origin, { entity: from.name, field: fields.join(', '), action }, related)
      }
    }
  },
}
