import fc, { type Arbitrary } from 'fast-check'
import type { Entity } from '../../../model/entity.js'
import type { SchemaSet } from '../../../model/schema-set.js'
import { patchFields } from '../../../script/shapes.js'
import { comparable } from '../comparable.js'
import type { Probe } from '../judges/judge.js'
import { besideProbes, danglingProbes } from './beside.js'
import { withComputed } from './computed.js'
import { type Corner, cornersOf, replacedBy, unknownKey } from './corners.js'
import { nameAt } from './given.js'
import { codeOf, type Members, memberOf, members, type Sample, withMember } from './sample.js'
import { sampleRow, sampleRows, validRows } from './valid-rows.js'

/** A valid row as it is, which nothing updates. */
const whole = (entity: Entity, row: Members): Probe => ({
  entity,
  row,
  base: row,
  patch: null,
  question: 'row',
  corner: null,
})

/** A row with a change of one thing, which an update of that one thing makes too. */
const changed = (set: SchemaSet, entity: Entity, base: Members, corner: Corner): Probe => {
  const made = corner.build()
  const row = made.kind === 'members' ? withComputed(set, entity, made) : base
  const patch = members(row.members.filter(({ name }) => name === nameAt(corner.path)))
  return { entity, row, base, patch: corner.missing === 'field' ? null : patch, question: 'row', corner }
}

/** A row with some fields of another put into it. Each of both is valid; together they may break a check. */
const merged = (set: SchemaSet, entity: Entity, base: Members, patch: Members): Probe => {
  if (patch.members.length === 0) return whole(entity, base)
  const row = withComputed(set, entity, patch.members.reduce(withMember, base))
  return { entity, row, base, patch, question: 'row', corner: null }
}

const isSame = (one: Sample, other: Sample | undefined): boolean =>
  other !== undefined && comparable(codeOf(one)) === comparable(codeOf(other))

/** A row with one thing of another put into it that no patch may set. */
const forbidden = (set: SchemaSet, entity: Entity, base: Members, other: Members): readonly Probe[] => {
  const taken = new Set(patchFields(entity).map(({ field }) => field.name))
  return entity.fields.flatMap((field): readonly Probe[] => {
    const { name, property, encrypted } = field
    const value = memberOf(other, name)
    if (value === undefined || taken.has(name) || encrypted !== null || isSame(value, memberOf(base, name))) return []
    const patch = members([{ name, property, value }])
    const row = withMember(base, { name, property, value })
    return [{ entity, row, base, patch, question: 'forbidden', corner: replacedBy(set, field, value) }]
  })
}

const allCorners = (set: SchemaSet, entity: Entity, row: Members): readonly Corner[] => {
  const [first] = entity.fields
  return [...cornersOf(set, entity.fields, row), ...(first === undefined ? [] : [unknownKey(set, first.type, row)])]
}

/** A prime: strides of it visit every place of a list whose length it does not divide. */
const stride = 7919

/** At most so many of a list, spread over it, the same for each seed. */
const spread = <T>(all: readonly T[], most: number, seed: number): readonly T[] =>
  all.length <= most ? all : all.filter((_, index) => (index * stride + seed) % all.length < most)

/** So many corners of an entity, or a share of the corners that holds the certain ones. */
export interface Share {
  readonly most: number
  readonly withCertain: boolean
}

const shareOf = (all: readonly Corner[], { most, withCertain }: Share, seed: number): readonly Corner[] => {
  const first = withCertain ? all.filter(({ certain }) => certain) : []
  return [...first, ...spread(withCertain ? all.filter(({ certain }) => !certain) : all, most, seed)]
}

/** Valid rows as they are. */
export const validProbes = (set: SchemaSet, entity: Entity): Arbitrary<Probe> =>
  validRows(set, entity).map((row) => whole(entity, row))

/**
 * A valid row, the first of its seed, what no update may make of it, what may stand beside it or not, and that row with
 * each change of one thing, or with a share of the changes.
 */
export const cornerProbes = (set: SchemaSet, entity: Entity, seed: number, share: Share): readonly Probe[] => {
  const row = sampleRow(set, entity, seed)
  const others = sampleRows(set, entity, seed + 1, 8)
  return [
    whole(entity, row),
    ...others.slice(0, 1).flatMap((other) => forbidden(set, entity, row, other)),
    ...besideProbes(set, entity, [row, ...others]),
    ...danglingProbes(set, entity, row),
    ...shareOf(allCorners(set, entity, row), share, seed).map((corner) => changed(set, entity, row, corner)),
  ]
}

/** A change of one thing of one field: fields with many corners do not crowd out the others. */
const cornerAt = (set: SchemaSet, entity: Entity, row: Members, choice: number): Corner | undefined => {
  const field = entity.fields[choice % entity.fields.length]
  const corners = field === undefined ? [] : cornersOf(set, [field], row)
  return corners[Math.floor(choice / entity.fields.length) % Math.max(corners.length, 1)]
}

const patches = (set: SchemaSet, entity: Entity): Arbitrary<Members> => {
  const names = patchFields(entity).map(({ field }) => field.name)
  return fc
    .tuple(validRows(set, entity), fc.subarray(names, { minLength: Math.min(names.length, 1) }))
    .map(([{ members: all }, taken]) => members(all.filter(({ name }) => taken.includes(name))))
}

const choices = fc.nat({ max: 2 ** 30 })

/** Rows at random: most with one thing changed, some with the fields of an update, some as they are. */
export const randomProbes = (set: SchemaSet, entity: Entity): Arbitrary<Probe> => {
  const rows = validRows(set, entity)
  return fc.oneof(
    { weight: 1, arbitrary: validProbes(set, entity) },
    {
      weight: 2,
      arbitrary: fc.tuple(rows, patches(set, entity)).map(([row, patch]) => merged(set, entity, row, patch)),
    },
    {
      weight: 6,
      arbitrary: fc.tuple(rows, choices).map(([row, choice]) => {
        const corner = cornerAt(set, entity, row, choice)
        return corner === undefined ? whole(entity, row) : changed(set, entity, row, corner)
      }),
    },
  )
}
