import { report } from '../../kernel/diagnostic.js'
import type { Entity } from '../../model/entity.js'
import { findField } from '../../model/lookup.js'
import type { Origin } from '../../model/origin.js'
import { entityRule, placeOf } from './rule.js'
import { isTemporal } from './types.js'
import { unknownField } from './unknown-field.js'

interface Distinguishing {
  readonly what: string
  readonly fields: readonly string[]
  readonly origin: Origin
}

/** What tells rows of an entity apart; an entity without a key has none. */
const distinguishing = ({ key, uniques, indexes }: Entity): readonly Distinguishing[] => [
  ...(key.kind === 'fields' ? [{ what: 'the key', fields: key.fields, origin: key.origin }] : []),
  ...uniques.map(({ fields, origin }) => ({ what: 'this unique', fields, origin })),
  ...indexes
    .filter(({ unique }) => unique)
    .map(({ parts, origin }) => ({
      what: 'this unique index',
      fields: parts.flatMap((part) => (part.kind === 'field' ? [part.path.join('.')] : [])),
      origin,
    })),
]

/** Rows are partitioned by a time that each has, and each key and unique holds it. */
export const partitions = entityRule('partitions', function* (entity, { isBroken }) {
  const { partition } = entity.postgres
  if (partition === null) return
  const at = placeOf(partition.origin, partition.on)
  if (entity.key.kind === 'singleton') yield report('partition-field', partition.origin, { problem: 'singleton' })
  const field = findField(entity, partition.on)
  if (field === undefined) {
    yield unknownField(entity, partition.on, partition.origin)
    return
  }
  if (isBroken(entity.name, field.name)) return
  if (!isTemporal(field.type)) yield report('partition-field', at, { problem: 'type' })
  if (field.nullable) yield report('partition-field', at, { problem: 'nullable' })
  for (const { what, fields, origin } of distinguishing(entity)) {
    if (!fields.includes(field.name)) yield report('partition-key', origin, { what, field: field.name })
  }
})
