import type { Field } from '../../../model/field.js'
import { objectOf } from '../../../model/lookup.js'
import type { JsonValue } from '../../../model/origin.js'
import type { SchemaSet } from '../../../model/schema-set.js'
import type { Store } from '../../../model/store.js'
import type { Type } from '../../../model/type.js'
import { memberFor, valueOfJson } from '../../../script/json-form.js'
import {
  codeOf,
  entries,
  jsonOf,
  leaf,
  type Member,
  type Members,
  members,
  type Sample,
  same,
  withMember,
  withoutMember,
} from '../rows/sample.js'
import { earlierForms } from './forms.js'

/**
 * A value as it stands in a store since an earlier version of the set, or of the bot. `meant` is what is read of it; null
 * where nothing can be.
 */
export interface Ageing {
  /** For people: `settings.limit, which is not there`. */
  readonly change: string
  readonly stored: Sample
  readonly meant: Sample | null
  readonly stores: readonly Store[]
}

export const everyStore: readonly Store[] = ['postgres', 'mongo']

/** A value around one that is aged: the same value around what is stored, and around what is meant. */
const around =
  (put: (inner: Sample) => Sample) =>
  ({ change, stored, meant, stores }: Ageing): Ageing => ({
    change,
    stored: put(stored),
    meant: meant === null ? null : put(meant),
    stores,
  })

/** What Mongoose and older versions leave beside the fields. */
const unknownMembers: Members = entries({
  __v: same(3),
  legacy_note: same('x'),
  legacy: entries({ kept: same(true) }),
})

export const withUnknown = ({ members: known }: Members): Members => members([...known, ...unknownMembers.members])

/** What an object or a row reads as where a field of it is not there; undefined where that is not asked about. */
export const readWithout = (set: SchemaSet, of: Members, field: Field): Members | null | undefined => {
  const { name, property, optional, nullable, default: standard } = field
  if (optional) return withoutMember(of, name)
  if (standard?.kind === 'object') return undefined
  if (standard?.kind !== 'literal') return nullable ? withMember(of, { name, property, value: same(null) }) : null
  return withMember(of, { name, property, value: sampleOf(set, field.type, standard.value) })
}

/** What a literal of the description stands for, in code. */
const sampleOf = (set: SchemaSet, type: Type, value: JsonValue): Sample =>
  leaf({ code: value === null ? null : valueOfJson(set, type, value), json: value, document: value, column: value })

/** A member with what became of its value. */
const ofMember = (set: SchemaSet, of: Members, field: Field, path: string): readonly Ageing[] => {
  const { name, property } = field
  const there = of.members.find((member) => member.name === name)
  if (there === undefined) return []
  const put = around((value) => withMember(of, { name, property, value }))
  return agedValues(set, field.type, there.value, path).map(put)
}

/** Members of which one is not there, or is in another form. */
export const agedMembers = (
  set: SchemaSet,
  of: Members,
  field: Field,
  path: string,
  stores: readonly Store[],
): readonly Ageing[] => {
  const inner = ofMember(set, of, field, path)
  const meant = readWithout(set, of, field)
  if (meant === undefined) return inner
  const change = `${path}, which is not there`
  return [...inner, { change, stored: withoutMember(of, field.name), meant, stores }]
}

const ofObject = (set: SchemaSet, name: string, of: Members, path: string): readonly Ageing[] => [
  { change: `${path} with unknown keys`, stored: withUnknown(of), meant: of, stores: everyStore },
  ...objectOf(set, name).fields.flatMap((field) => agedMembers(set, of, field, `${path}.${field.name}`, everyStore)),
]

const ofMap = (set: SchemaSet, type: Type, of: Members, path: string): readonly Ageing[] => {
  const [first] = of.members
  if (first === undefined) return []
  const put = (value: Sample): Members => withMember(of, { ...first, value } satisfies Member)
  return agedValues(set, type, first.value, `${path}{}`).map(around(put))
}

const ofList = (set: SchemaSet, type: Type, items: readonly Sample[], path: string): readonly Ageing[] => {
  const [first, ...rest] = items
  if (first === undefined) return []
  return agedValues(set, type, first, `${path}[]`).map(around((item) => ({ kind: 'list', items: [item, ...rest] })))
}

/** What may stand in the place of a value of a type since before. */
export const agedValues = (set: SchemaSet, type: Type, sample: Sample, path: string): readonly Ageing[] => {
  if (type.kind === 'union') {
    const member = memberFor(set, type.of, jsonOf(sample))
    return member === undefined ? [] : agedValues(set, member, sample, path)
  }
  switch (sample.kind) {
    case 'members':
      if (type.kind === 'object') return ofObject(set, type.object, sample, path)
      return type.kind === 'map' ? ofMap(set, type.of, sample, path) : []
    case 'list':
      return type.kind === 'list' ? ofList(set, type.of, sample.items, path) : []
    case 'leaf':
      return codeOf(sample) === null
        ? []
        : earlierForms(set, type, sample).map(({ form, stored, stores }) => ({
            change: `${path} as ${form}`,
            stored,
            meant: sample,
            stores,
          }))
  }
}
