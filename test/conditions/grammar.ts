import fc, { type Arbitrary } from 'fast-check'
import type { Entity } from '../../generators/model/entity.js'
import type { Field } from '../../generators/model/field.js'
import { enumOf, objectOf } from '../../generators/model/lookup.js'
import type { SchemaSet } from '../../generators/model/schema-set.js'
import type { Type } from '../../generators/model/type.js'

/** What can be compared with what: values of one sort. Ids are of a sort for each kind, enums for each definition. */
type Sort = string

const numbers = ['integer', 'bigint', 'float', 'decimal', 'duration']

const sortOf = (type: Type): Sort | null => {
  if (numbers.includes(type.kind)) return 'number'
  switch (type.kind) {
    case 'text':
    case 'format':
      return 'text'
    case 'enum':
      return `enum ${type.enum}`
    case 'boolean':
    case 'timestamp':
    case 'date':
    case 'time':
    case 'snowflake':
    case 'identity':
    case 'uuid':
    case 'objectid':
      return type.kind
    default:
      return null
  }
}

/** A field as a condition names it, quoted where it must be. */
interface Named {
  readonly text: string
  readonly sort: Sort | null
}

const nameText = (name: string): string => (/^[a-z_]+$/.test(name) ? name : `"${name}"`)

const namedIn = (set: SchemaSet, fields: readonly Field[], prefix = ''): readonly Named[] =>
  fields.flatMap(({ name, type }) => {
    const text = `${prefix}${nameText(name)}`
    const inner = type.kind === 'object' ? namedIn(set, objectOf(set, type.object).fields, `${text}.`) : []
    return [{ text, sort: sortOf(type) }, ...inner]
  })

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`

const literalTexts: Readonly<Record<Sort, readonly string[]>> = {
  number: ['0', '1', '2', '-1', '0.5', '2.25', '-1.50', '1000000', '40000'],
  text: ['a', 'Ab', '', "it's", '$name', 'ÄÖ', '\u{1f600}'].map(quoted),
  boolean: ['true', 'false'],
  timestamp: ["'2024-05-01T00:00:00Z'", "'2024-05-01T02:00:00.001+02:00'", "'1999-12-31T23:59:59.999Z'"],
  date: ["'2024-05-01'", "'2023-12-31'"],
  time: ["'18:30:00'", "'00:00:00.5'"],
  snowflake: ["'9'", "'10'", "'123456789012345678'", "'9223372036854775807'"],
  // What stands for an identity is digits in one store and an ObjectId in the other: no literal means both.
  identity: ['id'],
  uuid: ["'9b2f0a52-6c0e-4f0c-8a44-1f0e6c1b7d11'", "'00000000-0000-0000-0000-000000000000'"],
  objectid: ["'0123456789abcdef01234567'", "'aaaaaaaaaaaaaaaaaaaaaaaa'"],
}

const literalsOf = (set: SchemaSet, sort: Sort): readonly string[] =>
  literalTexts[sort] ??
  enumOf(set, sort.slice('enum '.length)).values.map(({ value }) =>
    typeof value === 'number' ? String(value) : quoted(value),
  )

const orderedSorts = ['number', 'timestamp', 'date', 'time']
const allOperators = ['=', '<>', '<', '<=', '>', '>=']

const operatorsOf = (sort: Sort): readonly string[] => (orderedSorts.includes(sort) ? allOperators : ['=', '<>'])

const joined = (parts: readonly string[]): string => parts.join(' ')

const of = (...choices: readonly string[]): Arbitrary<string> => fc.constantFrom(...choices)

const bracketed = (inner: Arbitrary<string>): Arbitrary<string> => inner.map((text) => `(${text})`)

/** Values of a sort: fields, what is computed from them, and literals. One operand of each is no literal. */
const valuesOf = (
  set: SchemaSet,
  sort: Sort,
  names: readonly string[],
  texts: readonly string[],
): { readonly read: Arbitrary<string>; readonly any: Arbitrary<string> } => {
  const field = of(...names)
  const literal = of(...literalsOf(set, sort))
  const either = fc.oneof(field, literal)
  const coalesce = fc.tuple(field, fc.oneof(either, of('null'))).map((given) => `coalesce(${given.join(', ')})`)
  const whole = fc.tuple(coalesce, literal).map((given) => `coalesce(${given.join(', ')})`)
  const more: readonly Arbitrary<string>[] = [coalesce, whole]
  if (sort === 'timestamp') return choice(field, [...more, of('now()')], either)
  if (sort === 'text') {
    const changed = fc
      .tuple(of('lower', 'upper'), fc.oneof(field, coalesce))
      .map(([name, inner]) => `${name}(${inner})`)
    return choice(field, [...more, changed, changed], either)
  }
  if (sort !== 'number') return choice(field, more, either)
  const lengths =
    texts.length === 0
      ? []
      : [
          fc
            .oneof(
              of(...texts),
              of(...texts).map((name) => `upper(${name})`),
            )
            .map((inner) => `length(${inner})`),
        ]
  const term = fc.oneof(field, ...more, ...lengths)
  const computed = fc.tuple(term, of('+', '-', '*'), fc.oneof(term, literal)).map(joined)
  const deeper = fc.tuple(bracketed(computed), of('+', '-', '*'), term).map(joined)
  const negated = fc.oneof(term, bracketed(computed)).map((inner) => `- ${inner}`)
  return choice(field, [...more, ...lengths, computed, deeper, negated], either)
}

const choice = (field: Arbitrary<string>, more: readonly Arbitrary<string>[], either: Arbitrary<string>) => ({
  read: fc.oneof({ weight: 4, arbitrary: field }, ...more),
  any: fc.oneof({ weight: 6, arbitrary: either }, ...more),
})

/** A condition on one field and constants, which a partial index can have. */
const plainLeavesOf = (set: SchemaSet, sort: Sort, names: readonly string[]): Arbitrary<string> => {
  const field = of(...names)
  const literal = of(...literalsOf(set, sort))
  const operator = of(...operatorsOf(sort))
  const options = fc.array(literal, { minLength: 1, maxLength: 3 })
  return fc.oneof(
    { weight: 3, arbitrary: fc.tuple(field, operator, literal).map(joined) },
    fc.tuple(literal, operator, field).map(joined),
    fc.tuple(field, of('is null', 'is not null')).map(joined),
    fc.tuple(field, of('in', 'not in'), options).map(([one, word, all]) => `${one} ${word} (${all.join(', ')})`),
    ...(orderedSorts.includes(sort)
      ? [
          fc
            .tuple(field, of('between', 'not between'), literal, literal)
            .map(([one, word, low, high]) => `${one} ${word} ${low} and ${high}`),
        ]
      : []),
  )
}

/** A condition on values of one sort. */
const leavesOf = (
  set: SchemaSet,
  sort: Sort,
  names: readonly string[],
  texts: readonly string[],
): Arbitrary<string> => {
  const { read, any } = valuesOf(set, sort, names, texts)
  const operator = of(...operatorsOf(sort))
  const literal = of(...literalsOf(set, sort))
  const compared = fc.oneof(
    fc.tuple(of(...names), operator, literal).map(joined),
    fc.tuple(literal, operator, of(...names)).map(joined),
    fc.tuple(read, operator, any).map(joined),
    ...(sort === 'text'
      ? [
          fc
            .tuple(of('lower', 'upper'), of(...names), operator, literal)
            .map(([name, inner, ...rest]) => [`${name}(${inner})`, ...rest].join(' ')),
        ]
      : []),
  )
  const options = fc.array(fc.oneof({ weight: 3, arbitrary: literal }, any), { minLength: 1, maxLength: 3 })
  const among = fc
    .tuple(read, of('in', 'not in'), options)
    .map(([one, word, all]) => `${one} ${word} (${all.join(', ')})`)
  const within = fc
    .tuple(read, of('between', 'not between'), any, any)
    .map(([one, word, low, high]) => `${one} ${word} ${low} and ${high}`)
  const nulls = fc.tuple(read, of('is null', 'is not null')).map(joined)
  return orderedSorts.includes(sort) ? fc.oneof(compared, among, within, nulls) : fc.oneof(compared, among, nulls)
}

/** Conditions joined by `and`, `or` and `not`; where they may be anything, also compared with each other. */
const treesOf = (leaf: Arbitrary<string>, isPlain: boolean): Arbitrary<string> =>
  fc.letrec<{ condition: string; member: string }>((tie) => ({
    condition: fc.oneof(
      { maxDepth: 3, depthSize: 'small', withCrossShrink: true },
      { weight: 3, arbitrary: leaf },
      { weight: 2, arbitrary: fc.tuple(tie('member'), of('and', 'or'), tie('member')).map(joined) },
      fc.tuple(tie('member'), of('and', 'or'), leaf, of('and', 'or'), leaf).map(joined),
      tie('member').map((inner) => `not ${inner}`),
      ...(isPlain
        ? []
        : [
            fc
              .tuple(tie('member'), of('=', '<>'), tie('member'))
              .map(([one, operator, other]) => `${one} ${operator} ${other}`),
            fc.tuple(tie('member'), of('is null', 'is not null')).map(joined),
          ]),
    ),
    member: bracketed(tie('condition')),
  })).condition

/** Conditions over an entity's fields, as text: drawn from the grammar of the language, and of the right types. */
export const conditionsOver = (set: SchemaSet, entity: Entity): Arbitrary<string> => {
  const named = namedIn(
    set,
    entity.fields.filter(({ name }) => name !== 'id' || entity.name === 'ident'),
  )
  const bySort = (sort: Sort): readonly string[] => named.filter((one) => one.sort === sort).map(({ text }) => text)
  const sorts = [...new Set(named.flatMap(({ sort }) => sort ?? []))]
  const truths = bySort('boolean')
  const opaque = named.filter(({ sort }) => sort === null).map(({ text }) => text)
  const others = [
    ...(truths.length === 0 ? [] : [of(...truths)]),
    ...opaque.map((name) => fc.tuple(of(name), of('is null', 'is not null')).map(joined)),
  ]
  const plain = [...sorts.map((sort) => plainLeavesOf(set, sort, bySort(sort))), ...others]
  // Texts are measured also where there is no number beside them.
  const measured = bySort('text').map((name) => `length(${name})`)
  const lengths = measured.length === 0 ? [] : [leavesOf(set, 'number', measured, bySort('text'))]
  const any = [
    ...lengths,
    ...sorts.map((sort) => leavesOf(set, sort, bySort(sort), bySort('text'))),
    ...others,
    of('true', 'false'),
  ]
  return fc.oneof(
    { weight: 2, arbitrary: treesOf(fc.oneof(...plain), true) },
    { weight: 3, arbitrary: treesOf(fc.oneof(...any), false) },
  )
}
