import type { Entity, Reference } from '../../model/entity.js'
import { type Event, events } from '../../model/event.js'
import { referencesTo } from '../../model/lookup.js'
import type { Origin } from '../../model/origin.js'
import type { EventRule } from '../../model/retention.js'
import type { SchemaSet } from '../../model/schema-set.js'

/** A reference with the entity that it stands in and the one that it leads to. */
export interface Link {
  readonly from: Entity
  readonly reference: Reference
  readonly to: Entity
}

/** The entities whose rows go with rows of `root`: itself, and what points at one of them with `on_delete: cascade`. */
export const goingWith = (set: SchemaSet, root: Entity): ReadonlySet<Entity> => {
  const going = new Set([root])
  for (const entity of going) {
    for (const { from, reference } of referencesTo(set, entity.name)) {
      if (reference.enforced && reference.onDelete === 'cascade') going.add(from)
    }
  }
  return going
}

/** The enforced references to entities whose rows go. */
export const linksTo = (set: SchemaSet, going: Iterable<Entity>): readonly Link[] =>
  [...going].flatMap((to) =>
    referencesTo(set, to.name).flatMap(({ from, reference }) => (reference.enforced ? [{ from, reference, to }] : [])),
  )

export const isHolding = ({ onDelete }: Reference): boolean => onDelete === 'restrict' || onDelete === 'no action'

/** What an entity's rows meet with at an event. `field`: whose rule it is, where each field has its own. */
export interface EventFate {
  readonly event: Event
  readonly field: string | null
  readonly rule: { readonly kind: 'delete' | 'null' | 'keep' } | (EventRule & { readonly kind: 'set' })
  readonly origin: Origin
}

const fateOf = (event: Event, rule: EventRule | null): readonly EventFate[] =>
  rule === null ? [] : [{ event, field: null, rule, origin: rule.origin }]

/** What an entity says of an event. */
export const fatesOf = ({ retention }: Entity, event: Event): readonly EventFate[] => {
  if (retention === null) return []
  switch (event) {
    case 'guild-leave':
      return fateOf(event, retention.guildLeave)
    case 'member-leave':
      return fateOf(event, retention.memberLeave)
    case 'erase':
      return retention.erase.map(({ field, rule, origin }) => ({ event, field, rule, origin }))
  }
}

/** What of an entity deletes its rows at an event, the first of each event. */
export const deletionsOf = (entity: Entity): readonly EventFate[] =>
  events.flatMap((event) =>
    fatesOf(entity, event)
      .filter(({ rule }) => rule.kind === 'delete')
      .slice(0, 1),
  )
