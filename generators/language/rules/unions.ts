import { unreachable } from '../../kernel/bug.js'
import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { mayBeLeftOut } from '../../model/field.js'
import { findEnum, findObject } from '../../model/lookup.js'
import type { SchemaSet } from '../../model/schema-set.js'
import { type Type, typesWithin } from '../../model/type.js'
import { ownerRule } from './rule.js'
import { describeType } from './types.js'

type Form = 'text' | 'number' | 'boolean' | 'list' | 'object' | 'any'

const enumForm = (set: SchemaSet, name: string): Form => {
  const first = findEnum(set, name)?.values[0]
  return typeof first?.value === 'number' ? 'number' : 'text'
}

/** Whether documents hold a number where JSON has text. */
const isNumberInMongo = (type: Type): boolean =>
  type.kind === 'bigint' || (type.kind === 'timestamp' && type.form === 'milliseconds')

/** The forms in which stores and JSON have values of a type, by which the members of a union are told apart. */
const formsOf = (set: SchemaSet, type: Type): readonly Form[] =>
  set.stores.includes('mongo') && isNumberInMongo(type) ? ['text', 'number'] : [jsonFormOf(set, type)]

const jsonFormOf = (set: SchemaSet, type: Type): Form => {
  switch (type.kind) {
    case 'integer':
    case 'float':
    case 'duration':
      return 'number'
    case 'boolean':
      return 'boolean'
    case 'list':
    case 'vector':
      return 'list'
    case 'object':
    case 'map':
      return 'object'
    case 'enum':
      return enumForm(set, type.enum)
    case 'json':
    case 'union':
      return 'any'
    case 'snowflake':
    case 'identity':
    case 'uuid':
    case 'objectid':
    case 'text':
    case 'bigint':
    case 'decimal':
    case 'timestamp':
    case 'date':
    case 'time':
    case 'format':
    case 'bytes':
      return 'text'
    default:
      return unreachable(type)
  }
}

const fieldNames = (set: SchemaSet, type: Type) => {
  const fields = type.kind === 'object' ? (findObject(set, type.object)?.fields ?? []) : []
  return {
    all: fields.map(({ name }) => name),
    required: fields.filter((field) => !mayBeLeftOut(field)).map(({ name }) => name),
  }
}

/** Each object has a required field that the other lacks, so no value is of both. */
const objectsDiffer = (set: SchemaSet, a: Type, b: Type): boolean => {
  if (a.kind !== 'object' || b.kind !== 'object') return false
  const [one, other] = [fieldNames(set, a), fieldNames(set, b)]
  return (
    one.required.some((name) => !other.all.includes(name)) && other.required.some((name) => !one.all.includes(name))
  )
}

/** The values of the enum fields that an object always has. */
const tagsOf = (set: SchemaSet, type: Type): ReadonlyMap<string, readonly (string | number)[]> => {
  const fields = type.kind === 'object' ? (findObject(set, type.object)?.fields ?? []) : []
  return new Map(
    fields.flatMap((field) => {
      if (field.type.kind !== 'enum' || mayBeLeftOut(field) || field.nullable) return []
      const values = findEnum(set, field.type.enum)?.values.map(({ value }) => value) ?? []
      return values.length === 0 ? [] : [[field.name, values] as const]
    }),
  )
}

/** Both objects have a field that tells which of them a value is: its values in the one are none in the other. */
const tagsDiffer = (set: SchemaSet, a: Type, b: Type): boolean => {
  const others = tagsOf(set, b)
  return [...tagsOf(set, a)].some(([name, values]) => {
    const other = others.get(name)
    return other !== undefined && !values.some((value) => other.includes(value))
  })
}

const isTellable = (set: SchemaSet, a: Type, b: Type): boolean => {
  const [ones, others] = [formsOf(set, a), formsOf(set, b)]
  if ([...ones, ...others].includes('any')) return false
  return !ones.some((form) => others.includes(form)) || objectsDiffer(set, a, b) || tagsDiffer(set, a, b)
}

function* ofUnion(set: SchemaSet, members: readonly Type[], at: Diagnostic['at']): Generator<Diagnostic> {
  for (const [position, second] of members.entries()) {
    const first = members.slice(0, position).find((member) => !isTellable(set, member, second))
    if (first === undefined) continue
    yield report('union-ambiguous', at, { first: describeType(first), second: describeType(second) })
  }
}

/** The members of a union are told apart by their form in JSON and in Mongo; objects by their fields, or by a field's values. */
export const unions = ownerRule('unions', function* (owner, { set, isBroken }) {
  for (const { name, type, origin } of owner.fields) {
    if (isBroken(owner.name, name)) continue
    for (const inner of typesWithin(type)) {
      if (inner.kind === 'union') yield* ofUnion(set, inner.of, origin)
    }
  }
})
