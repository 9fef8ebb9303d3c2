import { archivesOf } from '../model/archive.js'
import type { Entity } from '../model/entity.js'
import type { EffectAction } from '../model/event.js'
import type { Field } from '../model/field.js'
import type { SchemaSet } from '../model/schema-set.js'
import { type Store, stores } from '../model/store.js'
import { isSubjectId, subjectsIn } from '../model/subject.js'
import { summariesOf } from '../model/summary.js'
import { typesWithin } from '../model/type.js'
import { type EventStep, eventSteps, placeNames } from './event-steps.js'
import { reachOf } from './reach.js'

/** What becomes of a field when its person asks to be forgotten: what its own rule does, or that its row goes; null: nothing. */
export type Fate =
  | { readonly kind: 'own'; readonly action: EffectAction }
  | { readonly kind: 'row'; readonly step: Pick<EventStep, 'rows'> }

/** A field that is about a person, at the top of a row or inside one of its objects. */
export interface PersonalField {
  /** `user_id`, `server.owner_id` */
  readonly path: string
  readonly summary: string | null
  /** The tables and collections that hold it: the entity's own, its archives, its summaries. */
  readonly heldIn: readonly string[]
  /** Where it is kept in some of the set's stores only. */
  readonly only: readonly Store[]
  /** The name of the key that seals it. */
  readonly sealedBy: string | null
  readonly fate: Fate | null
}

/** Whether a field is marked as personal, or holds the id of a person itself (in a list or a map, perhaps). */
const isAboutPerson = (set: SchemaSet, field: Field): boolean =>
  field.personal || typesWithin(field.type).some((type) => isSubjectId(set, type, 'user'))

/** The key that other rows know a person by says nothing by itself: it goes with the row. */
const isOwnKey = (set: SchemaSet, entity: Entity, field: Field): boolean =>
  !field.personal &&
  subjectsIn(set, 'user').some((one) => one.entity === entity && one.key === field && one.id !== field)

const fateOf = (steps: readonly EventStep[], field: string): Fate | null => {
  const inTable = steps.filter(({ place }) => place === 'rows')
  const own = inTable.find((step) => step.field === field && step.rows.kind !== 'pointing')
  if (own !== undefined) return { kind: 'own', action: own.action }
  const going = inTable.find(({ action }) => action.kind === 'delete')
  return going === undefined ? null : { kind: 'row', step: { rows: going.rows } }
}

/** The tables that hold a field of an entity's rows beside the entity's own. */
const copiesOf = (entity: Entity, field: string): readonly string[] => [
  ...archivesOf(entity, entity.stores[0] ?? 'postgres').map(({ table }) => table),
  ...summariesOf(entity)
    .filter(({ fields }) => fields.some(({ name }) => name === field))
    .map(({ table }) => table),
]

/** The fields of an entity that are about persons, in their order; those of objects where a reader first meets them. */
export const personalFieldsOf = (set: SchemaSet, entity: Entity): readonly PersonalField[] => {
  const erasing = eventSteps(set).erase.filter((step) => step.entity === entity.name)
  const personal = (top: string, prefix: string, field: Field): readonly PersonalField[] => {
    if (!isAboutPerson(set, field) || (prefix === '' && isOwnKey(set, entity, field))) return []
    const kept = stores.filter((store) => entity.stores.includes(store) && field.stores.includes(store))
    return [
      {
        path: `${prefix}${field.name}`,
        summary: field.summary,
        heldIn: [...placeNames({ ...entity, stores: kept }), ...copiesOf(entity, top)],
        only: kept.length < set.stores.length ? kept : [],
        sealedBy: field.encrypted?.key ?? null,
        fate: fateOf(erasing, top),
      },
    ]
  }
  return entity.fields.flatMap((top) => [
    ...personal(top.name, '', top),
    ...reachOf(set, { fields: [top] }).objects.flatMap(({ path, object }) =>
      object.fields.flatMap((field) => personal(top.name, `${path}.`, field)),
    ),
  ])
}
