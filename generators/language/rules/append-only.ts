import { type Diagnostic, type Related, report } from '../../kernel/diagnostic.js'
import type { Entity } from '../../model/entity.js'
import type { EventRule, Retention } from '../../model/retention.js'
import { entityRule, keyOf, placeOf } from './rule.js'

const touches = (rule: EventRule | null): rule is EventRule => rule !== null && rule.kind !== 'keep'

/** Where it is said that rows are never changed. */
const saidAt = (entity: Entity): readonly Related[] => [
  { message: '`append_only` is said here', at: keyOf(entity, 'append_only') },
]

function* ofRetention(entity: Entity, { lifecycle, guildLeave, memberLeave, erase }: Retention): Generator<Diagnostic> {
  const related = saidAt(entity)
  const refuse = (problem: 'guild-leave' | 'member-leave', { origin }: EventRule) =>
    report('append-only-contradiction', origin, { field: null, problem }, related)
  for (const { action, origin } of lifecycle?.kind === 'steps' ? lifecycle.steps : []) {
    for (const { field } of action.kind === 'set' ? action.values : []) {
      yield report('append-only-contradiction', placeOf(origin, field), { field, problem: 'retention-set' }, related)
    }
  }
  if (touches(guildLeave)) yield refuse('guild-leave', guildLeave)
  if (touches(memberLeave)) yield refuse('member-leave', memberLeave)
  for (const { field, rule, origin } of erase) {
    if (rule.kind !== 'keep') yield report('append-only-contradiction', origin, { field, problem: 'erase' }, related)
  }
}

function* ofReferences(entity: Entity): Generator<Diagnostic> {
  const { references } = entity
  for (const { fields, to, onDelete, onUpdate, origin } of references.filter(({ enforced }) => enforced)) {
    const actions = [
      ['on_delete', onDelete],
      ['on_update', onUpdate],
    ] as const
    for (const [option, action] of actions) {
      if (action === 'restrict' || action === 'no action') continue
      const words = { field: fields.join(', '), entity: to.entity, option, action }
      yield report('append-only-cascade', placeOf(origin, option), words, saidAt(entity))
    }
  }
}

/** Whether retention takes rows away, for which an actor needs the right. */
const isCleaned = ({ retention }: Entity): boolean =>
  retention?.lifecycle?.kind === 'steps' && retention.lifecycle.steps.some(({ action }) => action.kind !== 'set')

/** Nothing else in the set changes or deletes rows that are append-only. */
export const appendOnly = entityRule('append-only', function* (entity) {
  if (!entity.appendOnly) return
  const refuse = (field: string, problem: 'timestamps' | 'access', at: Entity['origin']) =>
    report('append-only-contradiction', at, { field, problem }, saidAt(entity))
  for (const { name, maintained, origin } of entity.fields) {
    if (maintained === 'updated') yield refuse(name, 'timestamps', origin)
  }
  for (const { actor, update, delete: deletes, origin } of entity.access) {
    if (update !== false || (deletes && !isCleaned(entity))) yield refuse(actor, 'access', placeOf(origin, actor))
  }
  yield* ofReferences(entity)
  if (entity.retention !== null) yield* ofRetention(entity, entity.retention)
})
