import type { Entity } from '../../generators/model/entity.js'
import type { ShapeField } from '../../generators/script/shapes.js'
import type { Probe } from './judge.js'
import { type Members, members } from './sample.js'

/** The members of a row that are in a shape, and those that no field is called by. */
export const within = (entity: Entity, row: Members, shape: readonly ShapeField[]): Members => {
  const taken = new Set(shape.map(({ field }) => field.name))
  const known = new Set(entity.fields.map(({ name }) => name))
  return members(row.members.filter(({ name }) => taken.has(name) || !known.has(name)))
}

/** The field of the row that was changed, or null for none and for an unknown key. */
export const changedField = ({ entity, corner }: Probe): Entity['fields'][number] | null =>
  entity.fields.find(({ name }) => corner?.path.split(/[.[{]/)[0] === name) ?? null

/** What an update of only the changed field would set; null where there is no such update. */
export const patchOf = (probe: Probe, shape: readonly ShapeField[]): Members | null => {
  const field = changedField(probe)
  if (field === null || !shape.some((one) => one.field === field) || probe.corner?.missing === 'field') return null
  return members(probe.row.members.filter(({ name }) => name === field.name))
}
