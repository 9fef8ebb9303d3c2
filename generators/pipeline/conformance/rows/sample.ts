import type { JsonValue } from '../../../model/origin.js'

/** A value that some form cannot say: JSON has no NaN, code has no text that is no date. */
export const unsaid = Symbol('unsaid')

export type Unsaid = typeof unsaid

/** One value in each form that a judge may be asked about it in. */
export interface Forms {
  /** As code has it: a Date, a bigint, bytes. */
  readonly code: unknown
  readonly json: JsonValue | Unsaid
  /** As a document has it: an ObjectId. */
  readonly document: unknown
  /** What a driver is given for a column, in the JSON form that the insert statement encodes. */
  readonly column: JsonValue | Unsaid
}

export interface Member {
  /** As the stores have it, and as code and JSON have it. */
  readonly name: string
  readonly property: string
  readonly value: Sample
}

/** A value to be judged, in all its forms at once. */
export type Sample =
  | { readonly kind: 'leaf'; readonly forms: Forms }
  | { readonly kind: 'list'; readonly items: readonly Sample[] }
  | { readonly kind: 'members'; readonly members: readonly Member[] }

export type Members = Extract<Sample, { readonly kind: 'members' }>

/** A value that is the same in all forms. */
export const same = (value: JsonValue): Sample => leaf({ code: value, json: value, document: value, column: value })

export const leaf = (forms: Forms): Sample => ({ kind: 'leaf', forms })

/** A value that only code and drivers have. */
export const inCode = (code: unknown, column: JsonValue | Unsaid = unsaid): Sample =>
  leaf({ code, json: unsaid, document: code, column })

/** A text that stands for no value in code. */
export const inJson = (json: JsonValue, column: JsonValue | Unsaid = json): Sample =>
  leaf({ code: unsaid, json, document: unsaid, column })

export const list = (items: readonly Sample[]): Sample => ({ kind: 'list', items })

export const members = (entries: readonly Member[]): Members => ({ kind: 'members', members: entries })

/** Entries of a map, or members that no field is called by. */
export const entries = (values: Readonly<Record<string, Sample>>): Members =>
  members(Object.entries(values).map(([name, value]) => ({ name, property: name, value })))

/** The members with one put in, in place of that of its name. */
export const withMember = (of: Members, member: Member): Members =>
  of.members.some(({ name }) => name === member.name)
    ? members(of.members.map((one) => (one.name === member.name ? member : one)))
    : members([...of.members, member])

export const withoutMember = (of: Members, name: string): Members =>
  members(of.members.filter((one) => one.name !== name))

export const memberOf = (of: Members, name: string): Sample | undefined =>
  of.members.find((one) => one.name === name)?.value

interface Projection {
  readonly leaf: (forms: Forms) => unknown
  readonly key: (member: Member) => string
}

const projected = (sample: Sample, projection: Projection): unknown => {
  switch (sample.kind) {
    case 'leaf':
      return projection.leaf(sample.forms)
    case 'list': {
      const items = sample.items.map((item) => projected(item, projection))
      return items.includes(unsaid) ? unsaid : items
    }
    case 'members': {
      const all = sample.members.map((member) => [projection.key(member), projected(member.value, projection)] as const)
      return all.some(([, value]) => value === unsaid) ? unsaid : Object.fromEntries(all)
    }
  }
}

const property = ({ property: key }: Member): string => key
const name = ({ name: key }: Member): string => key

/** As a program holds it. */
export const codeOf = (sample: Sample): unknown => projected(sample, { leaf: ({ code }) => code, key: property })

/** As it travels in JSON, by the properties. */
export const jsonOf = (sample: Sample): JsonValue | Unsaid =>
  projected(sample, { leaf: ({ json }) => json, key: property }) as JsonValue | Unsaid

/** As JSON in a column, by the stores' names. */
export const storedJsonOf = (sample: Sample): JsonValue | Unsaid =>
  projected(sample, { leaf: ({ json }) => json, key: name }) as JsonValue | Unsaid

/** As a column of its own, or an array of one, is given it. */
export const columnOf = (sample: Sample): JsonValue | Unsaid =>
  projected(sample, { leaf: ({ column }) => column, key: name }) as JsonValue | Unsaid

/** As a document holds it. */
export const documentOf = (sample: Sample): unknown =>
  projected(sample, { leaf: ({ document }) => document, key: name })
