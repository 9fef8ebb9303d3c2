import { memoised } from '../kernel/memoised.js'
import type { Entity, Index } from './entity.js'
import { type Field, undescribed } from './field.js'
import { actsOf, clockOf } from './lifecycle.js'
import type { Step } from './retention.js'
import type { Store } from './store.js'

/** What an archive says of each row beside the row itself: when it came, and which rule sent it. */
const addedField = (
  name: string,
  summary: string,
  step: Step,
  of: Pick<Field, 'type' | 'default' | 'enforce'>,
): Field => ({
  name,
  property: name,
  nullable: false,
  optional: false,
  ...undescribed,
  ...of,
  summary,
  stores: ['postgres', 'mongo'],
  origin: step.origin,
})

const addedFields = ({ enforce }: Entity, step: Step): readonly Field[] => [
  addedField('archived_at', 'When the row was moved here.', step, {
    type: { kind: 'timestamp', form: 'instant', zoned: null, precision: null },
    default: { kind: 'now', origin: step.origin },
    enforce,
  }),
  addedField('archived_because', 'The rule that moved it.', step, {
    type: { kind: 'text', form: 'text', minLength: null, maxLength: null, pattern: null, as: null },
    default: null,
    enforce,
  }),
]

/** A field as an archive has it: nothing is made, computed or filled in, since the row is complete when it comes. */
const archivedField = (field: Field): Field => ({
  ...field,
  default: null,
  generated: null,
  maintained: null,
  immutable: false,
  postgres: { ...field.postgres, default: null },
})

/** Later steps find by their clocks what is due in an archive. */
const clocksOn = (entity: Entity, into: string): readonly Index[] => {
  const acts = actsOf(entity).filter(({ place }) => place.kind === 'archive' && place.into === into)
  const clocks = new Map(acts.map((act) => [clockOf(act.due), act.origin]))
  return [...clocks].map(([clock, origin]) => ({
    parts: [
      { kind: 'field', path: [clock], direction: 'asc', nulls: null, collation: null, operatorClass: null, origin },
    ],
    name: null,
    unique: false,
    where: null,
    using: null,
    include: [],
    note: null,
    origin,
  }))
}

const archiveOf = (entity: Entity, into: string, step: Step): Entity => ({
  ...entity,
  summary: `What was moved out of ${entity.table}.`,
  table: into,
  collection: into,
  fields: [...entity.fields.map(archivedField), ...addedFields(entity, step)],
  uniques: [],
  references: [],
  indexes: clocksOn(entity, into),
  appendOnly: false,
  retention: null,
  access: [],
  queries: [],
  lists: [],
  examples: [],
  seed: [],
  postgres: { ...entity.postgres, partition: null, key: null, unlogged: false },
  origin: step.origin,
})

const stepsOf = ({ retention }: Entity): readonly Step[] =>
  retention?.lifecycle?.kind === 'steps' ? retention.lifecycle.steps : []

const archives = memoised((entity: Entity): readonly Entity[] =>
  stepsOf(entity).flatMap((step) =>
    step.action.kind === 'archive' ? [archiveOf(entity, step.action.into, step)] : [],
  ),
)

/** Postgres keeps an archive without a key; Mongo keeps `_id`, so that moving a row twice leaves one. */
const inStore = {
  postgres: memoised((archive: Entity): Entity => ({ ...archive, key: { kind: 'none', origin: archive.origin } })),
  mongo: (archive: Entity): Entity => archive,
} satisfies Record<Store, (archive: Entity) => Entity>

/**
 * The archives that an entity's retention moves rows to, as entities of the same name with tables of their own: the
 * same fields with no identity, default, unique or reference, plus when each row came and why; with an index on what
 * later steps look for.
 */
export const archivesOf = (entity: Entity, store: Store): readonly Entity[] => archives(entity).map(inStore[store])
