import { unreachable } from '../kernel/bug.js'
import { memoised } from '../kernel/memoised.js'
import { childrenFirst } from './children-first.js'
import type { Entity, Reference } from './entity.js'
import type { Field } from './field.js'
import { findField, referencesTo } from './lookup.js'
import type { Origin } from './origin.js'
import type { Erasure, EventRule, StepAction } from './retention.js'
import type { SchemaSet } from './schema-set.js'
import type { Store } from './store.js'
import { fieldsNaming, type Naming, namesOutOfReach, namingsOf, ownerField, type Subject } from './subject.js'
import { summariesOf } from './summary.js'

/** What bots react to: the bot leaves a guild, a member leaves one, a person asks to be forgotten. */
export const events = ['guild-leave', 'member-leave', 'erase'] as const

export type Event = (typeof events)[number]

/** Whom an event is about, in the order in which calls are given their ids. */
export const eventSubjects = {
  'guild-leave': ['guild'],
  'member-leave': ['guild', 'user'],
  erase: ['user'],
} as const satisfies Record<Event, readonly Subject[]>

/** Where the rows of an effect are: in the entity's table, in one of its archives, or among its summaries. */
export type EffectPlace =
  | { readonly kind: 'rows' }
  | { readonly kind: 'archive'; readonly into: string }
  | { readonly kind: 'summary'; readonly into: string }

/** One condition on a row: a field names the subject of the event. */
export interface Named {
  readonly subject: Subject
  readonly naming: Naming
}

/**
 * Which rows an effect is about. `named`: those that meet all conditions. `any`: those that meet one of them.
 * `pointing`: those whose reference leads to rows of `to` that are about to go.
 */
export type Match =
  | { readonly kind: 'named'; readonly all: readonly Named[] }
  | { readonly kind: 'any'; readonly of: readonly Named[] }
  | { readonly kind: 'pointing'; readonly by: Reference; readonly to: Entity; readonly rows: Match }

type SetValues = Extract<StepAction, { kind: 'set' }>['values']

export type EffectAction =
  | { readonly kind: 'delete' }
  | { readonly kind: 'set'; readonly values: SetValues }
  | { readonly kind: 'keep'; readonly because: string }

/** What an event does to rows of one place. */
export interface Effect {
  readonly entity: Entity
  readonly place: EffectPlace
  readonly match: Match
  readonly action: EffectAction
  /** The field whose rule it is; of a reference, its first. */
  readonly field: string
  readonly origin: Origin
}

const archivesOf = ({ retention }: Entity): readonly EffectPlace[] =>
  retention?.lifecycle?.kind === 'steps'
    ? retention.lifecycle.steps.flatMap(({ action }): readonly EffectPlace[] =>
        action.kind === 'archive' ? [{ kind: 'archive', into: action.into }] : [],
      )
    : []

const fieldsOf = (match: Match): readonly string[] => {
  switch (match.kind) {
    case 'named':
      return match.all.map(({ naming }) => naming.field.name)
    case 'any':
      return match.of.map(({ naming }) => naming.field.name)
    case 'pointing':
      return match.by.fields
  }
}

/** The summaries of an entity that count by all that rows are matched by. */
const summariesBy = (entity: Entity, match: Match): readonly EffectPlace[] =>
  match.kind === 'named'
    ? summariesOf(entity)
        .filter((summary) => fieldsOf(match).every((name) => findField(summary, name) !== undefined))
        .map(({ table }) => ({ kind: 'summary', into: table }))
    : []

type Rule = Omit<Effect, 'place'>

const inPlaces = (rule: Rule, places: readonly EffectPlace[]): readonly Effect[] =>
  places.map((place) => ({ ...rule, place }))

/** What the references to rows that go do: what points at them goes as well, or is parted from them. */
const ofReferences = (set: SchemaSet, rule: Rule, path: readonly Entity[]): readonly Effect[] =>
  referencesTo(set, rule.entity.name).flatMap(({ from, reference }): readonly Effect[] => {
    if (!reference.enforced || path.includes(from)) return []
    const match: Match = { kind: 'pointing', by: reference, to: rule.entity, rows: rule.match }
    const [field = ''] = reference.fields
    const of = { entity: from, match, field, origin: reference.origin }
    switch (reference.onDelete) {
      case 'cascade': {
        const child: Rule = { ...of, action: { kind: 'delete' } }
        return [
          ...ofReferences(set, child, [...path, from]),
          ...inPlaces(child, [...archivesOf(from), { kind: 'rows' }]),
        ]
      }
      case 'set null': {
        const values = reference.setNull.map((name) => ({ field: name, value: null }))
        return inPlaces({ ...of, action: { kind: 'set', values } }, [{ kind: 'rows' }])
      }
      case 'restrict':
      case 'no action':
        return []
      default:
        return unreachable(reference.onDelete)
    }
  })

/** A deletion takes everything of the entity with it: what points at its rows, its summaries, its archives, its rows. */
const deletions = (set: SchemaSet, rule: Rule): readonly Effect[] => [
  ...ofReferences(set, rule, [rule.entity]),
  ...inPlaces(rule, [...summariesBy(rule.entity, rule.match), ...archivesOf(rule.entity), { kind: 'rows' }]),
]

const effectsOfRule = (set: SchemaSet, rule: Rule, isPersonal: boolean): readonly Effect[] => {
  switch (rule.action.kind) {
    case 'delete':
      return deletions(set, rule)
    case 'set':
      return inPlaces(rule, isPersonal ? [...archivesOf(rule.entity), { kind: 'rows' }] : [{ kind: 'rows' }])
    case 'keep':
      return inPlaces(rule, [...summariesBy(rule.entity, rule.match), ...archivesOf(rule.entity), { kind: 'rows' }])
  }
}

const actionOf = (rule: EventRule): EffectAction => {
  switch (rule.kind) {
    case 'delete':
      return { kind: 'delete' }
    case 'keep':
      return { kind: 'keep', because: rule.because }
    case 'set':
      return { kind: 'set', values: rule.values }
  }
}

const namedBy = (set: SchemaSet, entity: Entity, field: Field, subject: Subject): readonly Named[] =>
  namingsOf(set, entity, field, subject).map((naming) => ({ subject, naming }))

/** A rule of `guild_leave` or `member_leave`, about the rows whose owners are those that the event names. */
const ofOwners = (
  set: SchemaSet,
  entity: Entity,
  rule: EventRule | null | undefined,
  subjects: readonly Subject[],
): readonly Effect[] => {
  if (rule == null) return []
  const all = subjects.flatMap((subject) => {
    const field = ownerField(set, entity, subject)
    return field === null ? [] : namedBy(set, entity, field, subject).slice(0, 1)
  })
  const [first] = all
  if (first === undefined || all.length < subjects.length) return []
  const match: Match = { kind: 'named', all }
  const of = { entity, match, action: actionOf(rule), field: first.naming.field.name, origin: rule.origin }
  return effectsOfRule(set, of, false)
}

/** Rows that go are gone before others are counted; what names nobody itself is found while the row still names somebody. */
const erasureOrder = (rule: Erasure['rule'], isNaming: boolean): number =>
  rule.kind === 'delete' ? 0 : !isNaming ? 1 : rule.kind === 'null' ? 2 : 3

const erasure = (set: SchemaSet, entity: Entity, { field: name, rule, origin }: Erasure) => {
  const field = findField(entity, name)
  if (field === undefined) return []
  const own = namedBy(set, entity, field, 'user')
  // What is personal and names nobody is of whom the row names.
  const others = namesOutOfReach(set, field, 'user')
    ? []
    : fieldsNaming(set, entity, 'user').flatMap((other) => namedBy(set, entity, other, 'user'))
  const action: EffectAction = rule.kind === 'null' ? { kind: 'set', values: [{ field: name, value: null }] } : rule
  const any: readonly Match[] = others.length === 0 ? [] : [{ kind: 'any', of: others }]
  const matches: readonly Match[] = own.length > 0 ? own.map((one) => ({ kind: 'named', all: [one] })) : any
  const order = erasureOrder(rule, own.length > 0)
  const effects = matches.flatMap((match) => effectsOfRule(set, { entity, match, action, field: name, origin }, true))
  return [{ order, effects }]
}

const erasures = (set: SchemaSet, entity: Entity): readonly Effect[] =>
  (entity.retention?.erase ?? [])
    .flatMap((rule) => erasure(set, entity, rule))
    .toSorted((a, b) => a.order - b.order)
    .flatMap(({ effects }) => effects)

const effectsOf = (set: SchemaSet, event: Event): readonly Effect[] =>
  childrenFirst(set).flatMap((entity): readonly Effect[] => {
    switch (event) {
      case 'guild-leave':
        return ofOwners(set, entity, entity.retention?.guildLeave, ['guild'])
      case 'member-leave':
        return ofOwners(set, entity, entity.retention?.memberLeave, ['guild', 'user'])
      case 'erase':
        return erasures(set, entity)
      default:
        return unreachable(event)
    }
  })

const plans = memoised(
  (set: SchemaSet): Readonly<Record<Event, readonly Effect[]>> => ({
    'guild-leave': effectsOf(set, 'guild-leave'),
    'member-leave': effectsOf(set, 'member-leave'),
    erase: effectsOf(set, 'erase'),
  }),
)

/**
 * What an event does, in the order in which both stores do it, as one unit: rows before the rows that they point at.
 * Nothing where no entity says anything of it.
 */
export const effectsOfEvent = (set: SchemaSet, event: Event): readonly Effect[] => plans(set)[event]

const isKept = ({ fields }: Entity, name: string, store: Store): boolean =>
  fields.find((field) => field.name === name)?.stores.includes(store) === true

const isIn = (effect: Pick<Effect, 'entity' | 'match'>, store: Store): boolean =>
  effect.entity.stores.includes(store) &&
  fieldsOf(effect.match).every((name) => isKept(effect.entity, name, store)) &&
  (effect.match.kind !== 'pointing' || isIn({ entity: effect.match.to, match: effect.match.rows }, store))

/** Fields of the other store only are not set. */
const ofStore = (effect: Effect, store: Store): readonly Effect[] => {
  if (!isIn(effect, store)) return []
  const { action, entity } = effect
  if (action.kind !== 'set') return [effect]
  const values = action.values.filter(({ field }) => isKept(entity, field, store))
  return values.length === 0 ? [] : [{ ...effect, action: { ...action, values } }]
}

/** What an event does in one store: all of it but what is about entities and fields of the other only. */
export const effectsInStore = (set: SchemaSet, event: Event, store: Store): readonly Effect[] =>
  effectsOfEvent(set, event).flatMap((effect) => ofStore(effect, store))
