import { PGlite } from '@electric-sql/pglite'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { evaluatePredicate, parseExpression } from '../../../generators/language/expression/index.js'
import type { Scope } from '../../../generators/language/expression/path.js'
import type { JsonValue } from '../../../generators/model/origin.js'
import { field, nowhere, set } from './model.js'

const columns = {
  yes: true,
  no: false,
  maybe: null,
  one: 1,
  two: 2,
  none: null,
  half: '0.50',
  vast: 1e308,
  name: 'Größe',
  blank: null,
} as const satisfies Readonly<Record<string, JsonValue>>

const text = { kind: 'text', form: 'text', minLength: null, maxLength: null, pattern: null, as: null } as const
const integer = { kind: 'integer', width: 'integer', min: null, max: null } as const
const decimal = { kind: 'decimal', precision: 10, scale: 2, inMongo: 'decimal128', min: null, max: null } as const
const boolean = { kind: 'boolean' } as const
const float = { kind: 'float', width: 'double', min: null, max: null } as const

const scope: Scope = {
  set,
  isBroken: () => false,
  owner: {
    name: 'row',
    fields: [
      ...['yes', 'no', 'maybe'].map((name) => field(name, boolean)),
      ...['one', 'two', 'none'].map((name) => field(name, integer)),
      field('half', decimal),
      field('vast', float),
      ...['name', 'blank'].map((name) => field(name, text)),
    ],
  },
}

const read = (name: string): JsonValue | undefined => columns[name as keyof typeof columns]

const number: fc.Arbitrary<string> = fc.letrec((tie) => ({
  number: fc.oneof(
    { maxDepth: 2 },
    fc.constantFrom('one', 'two', 'none', 'half', '0', '1.5', '-3', 'length(name)', 'length(blank)'),
    fc.tuple(tie('number'), fc.constantFrom('+', '-', '*'), tie('number')).map((parts) => parts.join(' ')),
    tie('number').map((inner) => `(${inner})`),
    tie('number').map((inner) => `- (${inner})`),
    fc.tuple(tie('number'), tie('number')).map((parts) => `coalesce(${parts.join(', ')})`),
  ),
})).number as fc.Arbitrary<string>

const words = fc.constantFrom(
  'name',
  'blank',
  "'größe'",
  "'Größe'",
  'lower(name)',
  'upper(blank)',
  "coalesce(blank, 'x')",
)

const leaf = fc.oneof(
  fc.constantFrom('yes', 'no', 'maybe', 'true', 'false'),
  fc.tuple(number, fc.constantFrom('=', '<>', '<', '<=', '>', '>='), number).map((parts) => parts.join(' ')),
  fc.tuple(words, fc.constantFrom('=', '<>'), words).map((parts) => parts.join(' ')),
  fc.tuple(number, fc.constantFrom('is null', 'is not null')).map((parts) => parts.join(' ')),
  fc
    .tuple(number, fc.constantFrom('in', 'not in'), number, number)
    .map(([a, word, b, c]) => `${a} ${word} (${b}, ${c})`),
  fc
    .tuple(number, fc.constantFrom('between', 'not between'), number, number)
    .map(([a, word, b, c]) => `${a} ${word} ${b} and ${c}`),
)

const predicate: fc.Arbitrary<string> = fc.letrec((tie) => ({
  predicate: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.tuple(tie('predicate'), fc.constantFrom('and', 'or'), tie('predicate')).map((parts) => parts.join(' ')),
    tie('predicate').map((inner) => `not ${inner}`),
    tie('predicate').map((inner) => `(${inner})`),
    tie('predicate').map((inner) => `(${inner}) is null`),
    fc.tuple(tie('predicate'), tie('predicate')).map(([a, b]) => `(${a}) = (${b})`),
  ),
})).predicate as fc.Arbitrary<string>

let postgres: PGlite
beforeAll(async () => {
  postgres = await PGlite.create()
  await postgres.exec(`
    create table r (yes boolean, no boolean, maybe boolean, one integer, two integer, none integer, half numeric(10, 2), vast double precision, name text, blank text);
    insert into r values (true, false, null, 1, 2, null, 0.50, 1e308, 'Größe', null);
  `)
}, 60_000)
afterAll(() => postgres.close())

/** The language is a part of SQL, so that its text means in Postgres what the tree means here. */
test('predicates have the truth that Postgres gives them', async () => {
  const predicates = [...new Set(fc.sample(predicate, { numRuns: 600, seed: 7 }))]
  const ours = predicates.map((source) => {
    const { value } = parseExpression(source, () => nowhere)
    return value === null ? `${source} does not parse` : evaluatePredicate(value, scope, read)
  })
  const list = predicates.map((source) => `(${source})`)
  const answer = await postgres.query<boolean | null>(`select ${list.join(', ')} from r`, [], { rowMode: 'array' })
  const theirs = answer.rows[0] as unknown as readonly (boolean | null)[]
  expect(predicates.map((source, index) => [source, ours[index]])).toEqual(
    predicates.map((source, index) => [source, theirs[index]]),
  )
  expect(new Set(ours)).toEqual(new Set([true, false, null]))
})

/** README, "One meaning": Postgres does not say which part of a condition it looks at first, so nobody could follow it. */
test('what leaves the range of a float is an error in Postgres, and infinite here', async () => {
  const { value } = parseExpression('vast * 10 > vast', () => nowhere)
  expect(value === null ? null : evaluatePredicate(value, scope, read)).toBe(true)
  await expect(postgres.query('select vast * 10 > vast from r')).rejects.toMatchObject({ code: '22003' })
})
