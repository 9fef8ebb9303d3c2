import type { Entity } from '../model/entity.js'
import { findField, referencesTo } from '../model/lookup.js'
import type { Age, Step } from '../model/retention.js'
import type { SchemaSet } from '../model/schema-set.js'
import { storedName } from './naming.js'

/** When Mongo itself removes documents: `seconds` after the instant in `field`. */
export interface Expiry {
  readonly field: string
  readonly seconds: number
}

/** The units of one fixed length; a month has none. */
const secondsIn: Readonly<Record<Age['unit'], number | null>> = {
  seconds: 1,
  minutes: 60,
  hours: 3600,
  days: 86_400,
  weeks: 604_800,
  months: null,
  years: null,
}

/** `expireAfterSeconds` is a 32-bit integer (MongoDB manual, "TTL Indexes"). */
const longest = 2 ** 31 - 1

const dueOf = ({ due }: Step): Expiry | null => {
  if (due.kind === 'at') return { field: due.field, seconds: 0 }
  const unit = secondsIn[due.age.unit]
  if (unit === null || due.age.count * unit > longest) return null
  return { field: due.of, seconds: due.age.count * unit }
}

/** Whether other documents would be left pointing at what the server deletes by itself. */
const isPointedAt = (set: SchemaSet, { name }: Entity): boolean =>
  referencesTo(set, name).some(({ from, reference }) => reference.enforced && from.stores.includes('mongo'))

/**
 * What a TTL index, which knows Dates alone, can do of an entity's retention: all of it, when it is one deletion by age and nothing is to be
 * looked at, kept, summed up or told first, and nothing follows it; otherwise nothing.
 */
export const expiryOf = (set: SchemaSet, entity: Entity): Expiry | null => {
  const lifecycle = entity.retention?.lifecycle
  if (lifecycle?.kind !== 'steps' || lifecycle.keepNewest !== null || lifecycle.steps.length !== 1) return null
  const [step] = lifecycle.steps
  if (step === undefined || step.action.kind !== 'delete') return null
  if (step.where !== null || step.before !== null || step.summarise !== null || isPointedAt(set, entity)) return null
  const due = dueOf(step)
  // The index of `_id` lets nothing expire.
  if (due === null || storedName(entity, due.field) === '_id') return null
  const clock = findField(entity, due.field)?.type
  return clock?.kind === 'timestamp' && clock.form === 'instant' ? due : null
}
