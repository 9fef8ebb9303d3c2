import fc from 'fast-check'
import { type Decimal, decimalText, parseDecimal } from '../../../kernel/decimal.js'
import { valueProblem } from '../../../language/rules/value-problem.js'
import type { Entity } from '../../../model/entity.js'
import { type Expression, fieldsRead, type Literal } from '../../../model/expression.js'
import type { Field } from '../../../model/field.js'
import { enumOf, fieldOf, objectOf } from '../../../model/lookup.js'
import type { JsonValue } from '../../../model/origin.js'
import type { SchemaSet } from '../../../model/schema-set.js'
import type { Type } from '../../../model/type.js'
import { comparable } from '../comparable.js'
import { codeOf, type Member, type Members, members, type Sample, same, storedJsonOf, unsaid } from '../rows/sample.js'
import { bigintSample, decimalSample, objectIdSample, sampleOfInstant } from '../rows/stored-samples.js'
import { exampleOf, valid } from '../rows/valid-values.js'
import { countsCharacters, literalsIn } from './literals.js'

/** What rows a condition is asked about: so many at most, with so many values of each field. */
export interface Extent {
  readonly seed: number
  readonly rows: number
  readonly values: number
}

interface Domain extends Extent {
  readonly set: SchemaSet
  readonly expression: Expression
  readonly literals: readonly Literal[]
}

const exact = (text: string): Decimal => parseDecimal(text) ?? { units: 0n, scale: 0 }

/** A number and the ones beside it, in the smallest step of a scale. */
const around = (text: string, scale: number): readonly string[] => {
  const { units, scale: digits } = exact(text)
  const wide = Math.max(scale, digits)
  const whole = units * 10n ** BigInt(wide - digits)
  const step = 10n ** BigInt(wide - scale)
  return [whole, whole - step, whole + step].map((value) => decimalText({ units: value, scale: wide }))
}

const ofNumber = (type: Type, text: string): Sample | null => {
  switch (type.kind) {
    case 'integer':
    case 'duration':
    case 'float':
      return same(Number(text))
    case 'bigint':
      return /^-?\d+$/.test(text) ? bigintSample(BigInt(text)) : null
    case 'decimal':
      return decimalSample(type, text)
    default:
      return null
  }
}

const scaleOf = (type: Type): number => (type.kind === 'decimal' ? type.scale : type.kind === 'float' ? 1 : 0)

/** Texts whose lengths are at a number: of characters that some count as two. */
const ofLength = (text: string): readonly string[] =>
  around(text, 0)
    .map(Number)
    .filter((length) => length >= 0 && length <= 300)
    .map((length) => '\u{1f600}'.repeat(length))

const ofText = ({ set }: Domain, type: Type, text: string): readonly Sample[] => {
  switch (type.kind) {
    case 'timestamp': {
      const time = Date.parse(text)
      return Number.isNaN(time) ? [] : [0, -1, 1].map((step) => sampleOfInstant(type, new Date(time + step)))
    }
    case 'identity':
      return set.stores.includes('postgres') === /^\d+$/.test(text) ? [objectIdSample(text)] : []
    case 'objectid':
      return /^[0-9a-f]{24}$/.test(text) ? [objectIdSample(text)] : []
    case 'text':
      return [text, text.toUpperCase(), text.toLowerCase()].map(same)
    default:
      return [same(text)]
  }
}

/** Values of a type at what a condition compares with. */
const atLiteral = (domain: Domain, type: Type, literal: Literal): readonly Sample[] => {
  if (literal.kind === 'string') return ofText(domain, type, literal.text)
  if (literal.kind !== 'number') return []
  if (type.kind === 'text') return countsCharacters(domain.expression) ? ofLength(literal.text).map(same) : []
  return around(literal.text, scaleOf(type)).flatMap((text) => ofNumber(type, text) ?? [])
}

const usual = ({ set, seed }: Domain, type: Type): readonly Sample[] => {
  if (type.kind === 'boolean') return [true, false].map(same)
  if (type.kind === 'enum') return enumOf(set, type.enum).values.map(({ value }) => same(value))
  const letters = type.kind === 'text' ? ['', 'Äb'].map(same) : []
  return [...letters, ...fc.sample(valid(set, type), { numRuns: 2, seed })]
}

const isOf = (set: SchemaSet, type: Type, sample: Sample): boolean => {
  const json = storedJsonOf(sample)
  return json !== unsaid && valueProblem(type, json as JsonValue, set) === null
}

const eachOnce = (samples: readonly Sample[]): readonly Sample[] => [
  ...new Map(samples.map((sample) => [comparable(codeOf(sample)), sample])).values(),
]

/** A prime: strides of it visit every place of a list whose length it does not divide. */
const stride = 7919

const spread = <T>(all: readonly T[], most: number): readonly T[] =>
  all.length <= most ? all : Array.from({ length: most }, (_, index) => all[(index * stride) % all.length] as T)

const scalarValues = (domain: Domain, type: Type): readonly Sample[] => {
  const { set, values } = domain
  const found = [...domain.literals.flatMap((literal) => atLiteral(domain, type, literal)), ...usual(domain, type)]
  const fitting = eachOnce(found.filter((sample) => isOf(set, type, sample)))
  return type.kind === 'boolean' || type.kind === 'enum' ? fitting.slice(0, values + 2) : fitting.slice(0, values)
}

/** Every choice of one from each list, as far as there may be so many. */
const product = (lists: readonly (readonly Member[])[], most: number): readonly (readonly Member[])[] => {
  const count = lists.reduce((all, { length }) => all * length, 1)
  const places = spread(
    Array.from({ length: Math.min(count, most * 8) }, (_, place) =>
      Math.floor((place * count) / Math.min(count, most * 8)),
    ),
    most,
  )
  return places.map((place) => {
    let rest = place
    return lists.flatMap((list) => {
      const member = list[rest % list.length]
      rest = Math.floor(rest / list.length)
      return member ?? []
    })
  })
}

type Path = readonly string[]

const below = (paths: readonly Path[], name: string): readonly Path[] =>
  paths.filter((path) => path[0] === name && path.length > 1).map((path) => path.slice(1))

/** An object with every choice of the members that are read; the others stay as they are in an example. */
const objectValues = (domain: Domain, name: string, paths: readonly Path[]): readonly Sample[] => {
  const object = objectOf(domain.set, name)
  const others = object.fields
    .filter((field) => !paths.some(([first]) => first === field.name) && !field.optional)
    .map((field): Member => ({ ...named(field), value: exampleOf(domain.set, field.type) }))
  return product(choices(domain, object.fields, paths), domain.rows).map((chosen) =>
    members([...others, ...chosen.filter(({ value }) => value !== absent)]),
  )
}

/** Marks a member of an object that is left out. */
const absent: Sample = same('\0')

const named = ({ name, property }: Field) => ({ name, property })

const fieldValues = (domain: Domain, field: Field, paths: readonly Path[]): readonly Sample[] => [
  ...(field.nullable ? [same(null)] : []),
  ...(field.optional ? [absent] : []),
  ...(field.type.kind === 'object' ? objectValues(domain, field.type.object, paths) : scalarValues(domain, field.type)),
]

/** The fields that are read, each with its values. */
const choices = (domain: Domain, fields: readonly Field[], paths: readonly Path[]): readonly (readonly Member[])[] => {
  const names = [...new Set(paths.map(([name = '']) => name))]
  return names.map((name) => {
    const field = fieldOf({ fields }, name)
    return fieldValues(domain, field, below(paths, name)).map((value) => ({ ...named(field), value }))
  })
}

/** Rows of the fields that a condition reads: every choice of their values at what it compares with, null among them. */
export const rowsFor = (
  set: SchemaSet,
  { fields }: Pick<Entity, 'fields'>,
  expression: Expression,
  extent: Extent,
): readonly Members[] => {
  const domain = { ...extent, set, expression, literals: literalsIn(expression) }
  return product(choices(domain, fields, fieldsRead(expression)), extent.rows).map(members)
}
