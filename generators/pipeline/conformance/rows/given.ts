import type { Entity } from '../../../model/entity.js'
import type { ShapeField } from '../../../script/shapes.js'
import type { Probe } from '../judges/judge.js'
import { type Members, members } from './sample.js'

/** The members of a row that are in a shape, and those that no field is called by. */
export const within = (entity: Entity, row: Members, shape: readonly ShapeField[]): Members => {
  const taken = new Set(shape.map(({ field }) => field.name))
  const known = new Set(entity.fields.map(({ name }) => name))
  return members(row.members.filter(({ name }) => taken.has(name) || !known.has(name)))
}

/** The name of the field that a path begins at. */
export const nameAt = (path: string): string | undefined => path.split(/[.[{]/)[0]

/** The field of the row that was changed, or null for none and for an unknown key. */
export const changedField = ({ entity, corner }: Probe): Entity['fields'][number] | null =>
  entity.fields.find(({ name }) => corner !== null && nameAt(corner.path) === name) ?? null

/** What an update would set; null where there is no such update. Unknown keys stand among the known. */
export const patchOf = ({ entity, patch, question }: Probe, shape: readonly ShapeField[]): Members | null => {
  if (question === 'forbidden') return patch
  const known = entity.fields.map(({ name }) => name)
  const isTaken = (name: string): boolean => !known.includes(name) || shape.some(({ field }) => field.name === name)
  return patch?.members.every(({ name }) => isTaken(name)) === true ? patch : null
}
