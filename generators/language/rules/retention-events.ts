import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import type { Entity } from '../../model/entity.js'
import type { EventRule } from '../../model/retention.js'
import { fieldsNaming, ownerField, type Subject } from '../../model/subject.js'
import { entityRule, type RuleContext } from './rule.js'

const problems = {
  guild: { none: 'no-guild', several: 'which-guild' },
  user: { none: 'no-member', several: 'which-member' },
} as const

/** What keeps an event from finding its rows: no field that names the subject, or several of which none is preferred. */
function* ofSubject(
  entity: Entity,
  subject: Subject,
  { origin }: EventRule,
  { set }: RuleContext,
): Generator<Diagnostic> {
  if (ownerField(set, entity, subject) !== null) return
  const candidates = fieldsNaming(set, entity, subject)
  const problem = problems[subject][candidates.length === 0 ? 'none' : 'several']
  const related = candidates.map(({ name, origin: at }) => ({ message: `\`${name}\` is here`, at }))
  yield report('retention-event', origin, { problem, candidates: candidates.map(({ name }) => name) }, related)
}

/** The rows that a guild or a member leaves behind are found by one field that names the guild, and one the member. */
export const retentionEvents = entityRule('retention-events', function* (entity, context) {
  const { guildLeave = null, memberLeave = null } = entity.retention ?? {}
  const isUnclear = entity.fields.some(({ name }) => context.isBroken(entity.name, name))
  if (isUnclear) return
  if (guildLeave !== null) yield* ofSubject(entity, 'guild', guildLeave, context)
  if (memberLeave === null) return
  yield* ofSubject(entity, 'user', memberLeave, context)
  if (guildLeave === null) yield* ofSubject(entity, 'guild', memberLeave, context)
})
