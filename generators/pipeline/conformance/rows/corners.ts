import type { Field } from '../../../model/field.js'
import { objectOf } from '../../../model/lookup.js'
import type { SchemaSet } from '../../../model/schema-set.js'
import type { ListType, MapType, Type, UnionType, VectorType } from '../../../model/type.js'
import { isKnownToDiffer } from '../known-differences.js'
import { cornerValues } from './corner-values/index.js'
import { entries, inCode, list, type Members, type Sample, same, withMember, withoutMember } from './sample.js'
import { exampleOf } from './valid-values.js'

/** Where the changed value stands in Postgres: in a column, in an array's item, or inside of JSON. */
export type Standing = 'column' | 'array' | 'json'

/** A value put in the place of a valid one. */
export interface Corner {
  /** The path to it, for people: `settings.rolesAdmin[0]`. */
  readonly path: string
  /** The type that the change is about. */
  readonly type: Type
  readonly standing: Standing
  /** What was put there. */
  readonly value: Sample
  /** What is missing instead of changed: a field of the row, or a member of an object that may be null there or not. */
  readonly missing: 'field' | 'member' | 'nullable member' | null
  /** What the counts call it: its type, and within a union also the member's. */
  readonly labels: readonly string[]
  /** Whether it stands in a union, however deep. */
  readonly inUnion: boolean
  /** It is asked about in each run: what everyone accepts or refuses, so that no count is zero, and what is known to differ. */
  readonly certain: boolean
  /** Makes what the value is put in: in the end, the whole row. */
  readonly build: () => Sample
}

interface Place {
  readonly set: SchemaSet
  readonly path: string
  readonly standing: Standing
}

const corner = ({ path, standing }: Place, type: Type, sample: Sample): Corner => ({
  path,
  type,
  standing,
  missing: null,
  value: sample,
  labels: [type.kind],
  inUnion: false,
  certain: false,
  build: () => sample,
})

/** The corner with what it makes put into something around it. */
const put = (found: Corner, around: (sample: Sample) => Sample): Corner => ({
  ...found,
  build: () => around(found.build()),
})

const inside = (place: Place, path: string, standing: Standing = 'json'): Place => ({ ...place, path, standing })

const noRecords: readonly Sample[] = [same('x'), same([]), same(5), same(true), inCode(new Date(0)), inCode(new Map())]

const memberCorners = (place: Place, type: Type, of: Members, field: Field): readonly Corner[] => {
  const { name, property } = field
  const at = inside(place, `${place.path}.${name}`)
  const member = of.members.find((one) => one.name === name)
  const changed = fieldCorners(at, field, member?.value).map((one) =>
    put(one, (value) => withMember(of, { name, property, value })),
  )
  const without = corner(at, type, withoutMember(of, name))
  const missing = field.optional ? null : field.nullable ? 'nullable member' : 'member'
  return [...changed, { ...without, missing }]
}

const objectCorners = (place: Place, type: Type, of: Members, fields: readonly Field[]): readonly Corner[] => [
  ...fields.flatMap((field) => memberCorners(place, type, of, field)),
  ...['unknown', '__proto__', 'constructor'].map((name) =>
    corner(inside(place, `${place.path}.${name}`), type, withMember(of, { name, property: name, value: same('x') })),
  ),
  ...noRecords.map((sample) => corner(place, type, sample)),
]

const isArray = (type: ListType, standing: Standing): boolean =>
  standing === 'column' &&
  type.as !== 'jsonb' &&
  !['object', 'list', 'map', 'union', 'json', 'vector'].includes(type.of.kind)

const repeat = (sample: Sample, count: number): Sample => list(Array.from({ length: Math.max(count, 0) }, () => sample))

const counts = (minItems: number | null, maxItems: number | null): readonly number[] => [
  0,
  1,
  ...(minItems === null ? [] : [minItems, minItems - 1]),
  ...(maxItems === null || maxItems > 200 ? [] : [maxItems, maxItems + 1]),
]

const listCorners = (place: Place, type: ListType, item: Sample): readonly Corner[] => {
  const standing = isArray(type, place.standing) ? 'array' : 'json'
  const at = inside(place, `${place.path}[0]`, standing)
  const least = Math.max(type.minItems ?? 1, 1)
  const around = (sample: Sample): Sample => list([sample, ...Array.from({ length: least - 1 }, () => item)])
  return [
    ...counts(type.minItems, type.maxItems).map((count) => corner(place, type, repeat(item, count))),
    ...[same(null), list([item]), list([])].map((sample) => corner(at, type, around(sample))),
    ...typeCorners(at, type.of, item).map((one) => put(one, around)),
    ...[same('x'), same('{}'), same({}), same(5), item].map((sample) => corner(place, type, sample)),
  ]
}

const oddKeys = [
  '',
  ' ',
  'a.b',
  '$a',
  '.',
  'a$',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'a\0b',
  '\ud800',
  'ключ',
  '\u{1f600}',
  "'",
  '"',
]

const mapCorners = (place: Place, type: MapType, value: Sample): readonly Corner[] => {
  const at = inside(place, `${place.path}{a}`)
  const filler = Array.from(
    { length: Math.max((type.minItems ?? 1) - 1, 0) },
    (_, index) => [`k${index}`, value] as const,
  )
  const around = (key: string, sample: Sample): Sample => entries({ ...Object.fromEntries(filler), [key]: sample })
  const ofSize = (count: number): Sample =>
    entries(Object.fromEntries(Array.from({ length: Math.max(count, 0) }, (_, index) => [`k${index}`, value])))
  return [
    ...counts(type.minItems, type.maxItems).map((count) => corner(place, type, ofSize(count))),
    ...oddKeys.map((key) => corner(inside(place, `${place.path}{${key}}`), type, around(key, value))),
    corner(at, type, around('a', same(null))),
    ...typeCorners(at, type.of, value).map((one) => put(one, (sample) => around('a', sample))),
    ...noRecords.map((sample) => corner(place, type, sample)),
  ]
}

const vectorCorners = (place: Place, type: VectorType, of: Extract<Sample, { kind: 'list' }>): readonly Corner[] => {
  const float: Type = { kind: 'float', width: 'real', min: null, max: null }
  const at = inside(place, `${place.path}[0]`, place.standing === 'column' ? 'array' : 'json')
  const [, ...rest] = of.items
  return [
    ...[list([]), list(rest), list([...of.items, same(1)])].map((sample) => corner(place, type, sample)),
    ...cornerValues(place.set, float).map((sample) => corner(at, type, list([sample, ...rest]))),
    corner(at, type, list([same(null), ...rest])),
    ...[same('x'), same({}), same(5)].map((sample) => corner(place, type, sample)),
  ]
}

/** A list's or map's one value to vary. */
const firstOf = (set: SchemaSet, sample: Sample, of: Type): Sample => {
  const first =
    sample.kind === 'members' ? sample.members[0]?.value : sample.kind === 'list' ? sample.items[0] : undefined
  return first ?? exampleOf(set, of)
}

const isEmptyObject = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.getPrototypeOf(value) === Object.prototype &&
  Object.keys(value).length === 0

/** An empty object that may be one of the union's, whose defaults an insert fills in. */
const isFilledIn = (value: Sample, { of }: UnionType): boolean =>
  of.some(({ kind }) => kind === 'object') &&
  (value.kind === 'leaf'
    ? isEmptyObject(value.forms.json) || isEmptyObject(value.forms.code)
    : value.kind === 'members' && value.members.length === 0)

const encoded: readonly Type['kind'][] = ['bytes', 'bigint', 'timestamp']

/** What JSON writes as a text of another member than code has it of. */
const isEncoded = (value: Sample, { of }: UnionType, member: Type): boolean =>
  value.kind === 'leaf' &&
  typeof value.forms.json === 'string' &&
  !encoded.includes(member.kind) &&
  (typeof value.forms.code !== 'string' || of.some(({ kind }) => encoded.includes(kind)))

/** The corners of each member, around a value of that member. */
const unionCorners = (place: Place, type: UnionType): readonly Corner[] =>
  type.of.flatMap((member): readonly Corner[] => {
    const base = exampleOf(place.set, member)
    const labels = [type.kind, `union of ${member.kind}`]
    const own = { ...corner(place, type, base), labels, certain: true }
    const others = typeCorners(place, member, base)
      .filter(({ value }) => !isFilledIn(value, type) && !isEncoded(value, type, member))
      .map((one) => (one.type === member ? { ...one, type, labels } : one))
    const odd = { ...corner(place, type, list([list([same(null)])])), labels, certain: true }
    return [own, odd, ...others].map((one) => ({ ...one, inUnion: true }))
  })

const typeCorners = (place: Place, type: Type, base: Sample): readonly Corner[] => {
  switch (type.kind) {
    case 'object':
      return base.kind === 'members' ? objectCorners(place, type, base, objectOf(place.set, type.object).fields) : []
    case 'list':
      return listCorners(place, type, firstOf(place.set, base, type.of))
    case 'map':
      return mapCorners(place, type, firstOf(place.set, base, type.of))
    case 'vector':
      return base.kind === 'list' ? vectorCorners(place, type, base) : []
    case 'union':
      return unionCorners(place, type)
    default:
      return cornerValues(place.set, type).map((sample) => ({
        ...corner(place, type, sample),
        certain: isKnownToDiffer(type, sample),
      }))
  }
}

/** Null, and the value that is there: what everyone refuses unless it may be null, and what everyone takes. */
const certainCorners = (place: Place, { type, nullable }: Field, base: Sample | undefined): readonly Corner[] => [
  { ...corner(place, type, same(null)), certain: !nullable },
  ...(base === undefined ? [] : [{ ...corner(place, type, base), certain: true }]),
]

/** A member that the row leaves out is asked about as well, around an example. */
const fieldCorners = (place: Place, field: Field, base: Sample | undefined): readonly Corner[] => [
  ...certainCorners(place, field, base),
  ...typeCorners(place, field.type, base ?? exampleOf(place.set, field.type)),
]

/** Fields whose values only a store makes, and those that it computes or keeps sealed, are nobody's to give. */
const isGiven = ({ maintained, generated, encrypted }: Field): boolean =>
  maintained !== 'store' && generated === null && encrypted === null

/** Every change of one thing of a row, where each corner makes the whole row. */
export const cornersOf = (set: SchemaSet, fields: readonly Field[], row: Members): readonly Corner[] => [
  ...fields.filter(isGiven).flatMap((field) => {
    const { name, property } = field
    const place: Place = { set, path: name, standing: 'column' }
    const value = row.members.find((one) => one.name === name)?.value
    const without = { ...corner(place, field.type, withoutMember(row, name)), missing: 'field' as const }
    const changed = fieldCorners(place, field, value).map((one) =>
      put(one, (sample) => withMember(row, { name, property, value: sample })),
    )
    return field.default?.kind === 'next' ? changed : [...changed, without]
  }),
]

/** A valid value in the place of another, which no type is judged by. */
export const replacedBy = (set: SchemaSet, { name, type }: Field, value: Sample): Corner => ({
  ...corner({ set, path: name, standing: 'column' }, type, value),
  labels: [],
})

/** An unknown key beside the fields. */
export const unknownKey = (set: SchemaSet, type: Type, row: Members): Corner =>
  corner(
    { set, path: 'unknown', standing: 'column' },
    type,
    withMember(row, { name: 'unknown', property: 'unknown', value: same('x') }),
  )
