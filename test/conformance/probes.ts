import fc, { type Arbitrary } from 'fast-check'
import type { Entity } from '../../generators/model/entity.js'
import type { SchemaSet } from '../../generators/model/schema-set.js'
import { type Corner, cornersOf, unknownKey } from './corners.js'
import type { Probe } from './judge.js'
import { sampleRow, validRows, withComputed } from './rows.js'
import type { Members } from './sample.js'

const probeOf = (entity: Entity, row: Members, corner: Corner | null): Probe => {
  const sample = corner?.sample ?? row
  return { entity, row: sample.kind === 'members' ? withComputed(entity, sample) : row, corner }
}

const allCorners = (set: SchemaSet, entity: Entity, row: Members): readonly Corner[] => {
  const [first] = entity.fields
  return [...cornersOf(set, entity.fields, row), ...(first === undefined ? [] : [unknownKey(set, first.type, row)])]
}

/** A prime: strides of it visit every place of a list whose length it does not divide. */
const stride = 7919

/** At most so many of a list, spread over it, the same in each run. */
const spread = <T>(all: readonly T[], most: number): readonly T[] =>
  all.length <= most ? all : all.filter((_, index) => (index * stride) % all.length < most)

/** One row with each change of one thing, or a share of the changes. */
export const cornerProbes = (set: SchemaSet, entity: Entity, seed: number, most: number): readonly Probe[] => {
  const row = sampleRow(set, entity, seed)
  return [null, ...spread(allCorners(set, entity, row), most)].map((corner) => probeOf(entity, row, corner))
}

/** Valid rows, most of them with one thing changed. */
export const randomProbes = (set: SchemaSet, entity: Entity): Arbitrary<Probe> =>
  fc.tuple(validRows(set, entity), fc.option(fc.nat(), { freq: 4 })).map(([row, choice]) => {
    const corners = choice === null ? [] : allCorners(set, entity, row)
    return probeOf(entity, row, corners[(choice ?? 0) % Math.max(corners.length, 1)] ?? null)
  })
