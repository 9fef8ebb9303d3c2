import { unreachable } from '../kernel/bug.js'
import { memoised } from '../kernel/memoised.js'
import type { Entity } from '../model/entity.js'
import { type Effect, type EffectAction, type Event, effectsOfEvent, type Match, type Named } from '../model/event.js'
import type { SchemaSet } from '../model/schema-set.js'
import type { Subject } from '../model/subject.js'

/** A field that says whom an event is about. */
export interface NamingField {
  readonly subject: Subject
  readonly field: string
  /** The entity whose key it holds; null where it holds Discord's own id. */
  readonly keyOf: string | null
}

/** Which rows a step of an event is about. `pointing`: those whose fields lead to rows of `to` that go. */
export type StepRows =
  | { readonly kind: 'named'; readonly all: readonly NamingField[] }
  | { readonly kind: 'any'; readonly of: readonly NamingField[] }
  | { readonly kind: 'pointing'; readonly fields: readonly string[]; readonly to: string }

/** What an event does to rows of one place, with names instead of the entities behind it: a step of its order. */
export interface EventStep {
  readonly event: Event
  readonly entity: string
  readonly place: 'rows' | 'archive' | 'summary'
  /** The table, and the collection where it is called otherwise. */
  readonly names: readonly string[]
  readonly rows: StepRows
  readonly action: EffectAction
  readonly field: string
}

/** What the rows of an entity are kept in, store by store; once where the stores agree. */
export const placeNames = ({ stores, table, collection }: Entity): readonly string[] => [
  ...new Set(stores.map((store) => (store === 'postgres' ? table : collection))),
]

const namingField = ({ subject, naming }: Named): NamingField => ({
  subject,
  field: naming.field.name,
  keyOf: naming.by === 'key' ? naming.of.entity.name : null,
})

const rowsOf = (match: Match): StepRows => {
  switch (match.kind) {
    case 'named':
      return { kind: 'named', all: match.all.map(namingField) }
    case 'any':
      return { kind: 'any', of: match.of.map(namingField) }
    case 'pointing':
      return { kind: 'pointing', fields: match.by.fields, to: match.to.name }
    default:
      return unreachable(match)
  }
}

const stepOf = (event: Event, { entity, place, match, action, field }: Effect): EventStep => ({
  event,
  entity: entity.name,
  place: place.kind,
  names: place.kind === 'rows' ? placeNames(entity) : [place.into],
  rows: rowsOf(match),
  action,
  field,
})

type Steps = Readonly<Record<Event, readonly EventStep[]>>

const plans = memoised((set: SchemaSet): Steps => {
  const of = (event: Event) => effectsOfEvent(set, event).map((effect) => stepOf(event, effect))
  return { 'guild-leave': of('guild-leave'), 'member-leave': of('member-leave'), erase: of('erase') }
})

/** What each event does, in the order in which it is done. */
export const eventSteps = (set: SchemaSet): Steps => plans(set)
