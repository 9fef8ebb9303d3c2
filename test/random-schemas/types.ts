import fc, { type Arbitrary } from 'fast-check'

/** What of a type is drawn: how YAML writes it, its limits, and what a default or a predicate may do with it. */
export interface DrawnType {
  /** `string(12)`, `list<mood>` */
  readonly text: string
  /** What a long field says beside its type. */
  readonly options: Readonly<Record<string, unknown>>
  /** `number`: can be compared and computed; `text`: has a length. What is `scalar` can be unique, a key or in an index. */
  readonly sort: 'number' | 'text' | 'boolean' | 'scalar' | 'structure'
  /** A value that the type takes, as a default. */
  readonly value?: unknown
}

const drawn = (
  text: string,
  sort: DrawnType['sort'],
  options: Readonly<Record<string, unknown>> = {},
  value?: unknown,
): DrawnType => ({ text, sort, options, ...(value === undefined ? {} : { value }) })

/** Bounds around a value that they admit; either may be missing. */
const bounded = (lowest: number, highest: number) =>
  fc
    .tuple(fc.integer({ min: lowest, max: highest }), fc.nat(1000), fc.nat(1000), fc.boolean(), fc.boolean())
    .map(([value, below, above, hasMin, hasMax]) => ({
      value,
      options: {
        ...(hasMin ? { min: Math.max(value - below, lowest) } : {}),
        ...(hasMax ? { max: Math.min(value + above, highest) } : {}),
      },
    }))

const whole = (text: string, lowest: number, highest: number): Arbitrary<DrawnType> =>
  bounded(lowest, highest).map(({ value, options }) => drawn(text, 'number', options, value))

const sizes = (least: string, most: string) =>
  fc.tuple(fc.nat(3), fc.nat(6), fc.boolean(), fc.boolean()).map(([low, more, hasLeast, hasMost]) => ({
    ...(hasLeast && low > 0 ? { [least]: low } : {}),
    ...(hasMost ? { [most]: low + more + 1 } : {}),
  }))

const lengths = sizes('min_length', 'max_length')

const texts: Arbitrary<DrawnType> = fc.oneof(
  lengths.map((options) => drawn('text', 'text', options)),
  fc.integer({ min: 1, max: 40 }).map((length) => drawn(`string(${length})`, 'text', {}, 'a'.repeat(length))),
  fc.integer({ min: 1, max: 40 }).map((length) => drawn(`string(${length})`, 'text', { as: 'text' }, '')),
  fc.integer({ min: 1, max: 5 }).map((length) => drawn(`char(${length})`, 'text', {}, 'é'.repeat(length))),
  fc
    .constantFrom('^[a-z]+$', '^\\d{2,4}$', '^(a|bc)*$', '^[^ ]?x', '\\w\\.\\s', '[-_%\'"]')
    .map((pattern) => drawn('text', 'text', { pattern })),
)

const numbers: Arbitrary<DrawnType> = fc.oneof(
  whole('smallint', -32768, 32767),
  whole('integer', -(2 ** 31), 2 ** 31 - 1),
  whole('long', -(2 ** 53) + 1, 2 ** 53 - 1),
  whole('duration(seconds)', 0, 10_000),
  fc
    .constantFrom('ms', 'minutes', 'hours', 'days')
    .map((unit) => drawn(`duration(${unit})`, 'number', { as: 'interval' })),
  whole('real', -1000, 1000),
  whole('float', -(2 ** 40), 2 ** 40),
)

const exact: Arbitrary<DrawnType> = fc.oneof(
  fc.constantFrom('bigint', 'bitfield').map((text) => drawn(text, 'scalar', {}, '9007199254740993')),
  fc.bigInt({ min: 0n, max: 2n ** 62n }).map((max) => drawn('bigint', 'scalar', { max: String(max) }, '-5')),
  fc
    .tuple(fc.integer({ min: 1, max: 30 }), fc.nat(8))
    .map(([precision, scale]) => drawn(`decimal(${precision}, ${Math.min(scale, precision)})`, 'scalar', {}, '0')),
  fc.nat(400).map((most) => drawn('decimal(6, 2)', 'scalar', { min: '-1.5', max: `${most}.25` }, '-1.5')),
)

const times: Arbitrary<DrawnType> = fc.oneof(
  fc
    .record({ zone: fc.boolean(), precision: fc.constantFrom(3, 6) }, { requiredKeys: [] })
    .map((options) => drawn('timestamp', 'scalar', options, 'now')),
  fc.constantFrom(
    drawn('timestamp(ms)', 'scalar', {}, 'now'),
    drawn('date', 'scalar', {}, '2024-02-29'),
    drawn('time', 'scalar', {}, '23:59:59.999'),
  ),
)

const ids: Arbitrary<DrawnType> = fc.constantFrom(
  drawn('snowflake', 'scalar', {}, '9223372036854775807'),
  drawn('snowflake(guild)', 'scalar'),
  drawn('snowflake(user)', 'scalar', { as: 'text' }),
  drawn('uuid', 'scalar', {}, '00000000-0000-0000-0000-000000000000'),
  drawn('objectid', 'scalar'),
)

const forms: Arbitrary<DrawnType> = fc.oneof(
  fc.constantFrom(drawn('email', 'text', {}, 'a@b.cd'), drawn('color', 'text', {}, '#aBc')),
  fc.integer({ min: 20, max: 80 }).map((longest) => drawn('url', 'text', { max_length: longest }, 'https://a.b')),
)

const enums: Arbitrary<DrawnType> = fc.oneof(
  fc.constantFrom('type', 'check').map((as) => drawn('enum(small, "Not so small", ünder)', 'scalar', { as }, 'small')),
  fc.constant(drawn('smallint', 'number', { values: [1, 2, 40] }, 2)),
  fc.constant(drawn('string(8)', 'scalar', { values: ['on', 'off'] }, 'on')),
)

const truths = fc.constantFrom(drawn('boolean', 'boolean', {}, true), drawn('boolean', 'boolean', {}, false))

/** Types that are one thing by themselves. */
export const scalars: Arbitrary<DrawnType> = fc.oneof(texts, numbers, exact, times, ids, forms, enums, truths)

/** Types whose limits are written beside them, so that they can stand in a list as they are. */
const bare = (definitions: readonly string[]): Arbitrary<string> =>
  fc.oneof(
    scalars.filter(({ options }) => Object.keys(options).length === 0).map(({ text }) => text),
    fc.constantFrom('text', 'string(3)', 'integer', 'real', 'bytes', 'json', ...definitions),
  )

const withItems = (text: string, options: object, value: unknown): DrawnType =>
  drawn(text, 'structure', { ...options }, 'min_items' in options ? undefined : value)

const items = sizes('min_items', 'max_items')

const lists = (definitions: readonly string[]): Arbitrary<DrawnType> =>
  fc.oneof(
    fc.tuple(bare(definitions), items).map(([of, options]) => withItems(`list<${of}>`, options, [])),
    fc
      .tuple(fc.constantFrom('integer', 'text', 'timestamp', 'decimal(5, 2)'), items)
      .map(([of, options]) => withItems(`list<${of}>`, { ...options, as: 'jsonb' }, [])),
    bare(definitions).map((of) => withItems(`list<list<${of}>>`, {}, [])),
    items.map((options) => withItems('list<integer>', { ...options, min: -3, max: 300 }, [])),
  )

const maps = (definitions: readonly string[]): Arbitrary<DrawnType> =>
  fc.oneof(
    fc.tuple(bare(definitions), items).map(([of, options]) => withItems(`map<${of}>`, options, {})),
    bare(definitions).map((of) => withItems(`map<list<${of}>>`, {}, {})),
  )

/** Members of a union are told apart by their form in JSON: one of each. */
const unions = (objects: readonly string[]): Arbitrary<DrawnType> =>
  fc
    .tuple(
      fc.constantFrom('text', 'string(4)', 'snowflake(role)', 'timestamp', 'decimal(4, 1)', 'bigint', 'date', 'bytes'),
      fc.constantFrom('integer', 'float', 'smallint'),
      fc.constant('boolean'),
      fc.constantFrom('list<integer>', 'list<text>', 'list<timestamp>'),
      fc.constantFrom('map<text>', ...objects),
    )
    .chain((members) => fc.shuffledSubarray(members, { minLength: 2 }))
    // In documents a bigint is a number, like others.
    .map((members) =>
      members.includes('bigint') ? members.filter((one) => !/^(integer|float|smallint)$/.test(one)) : members,
    )
    .filter((members) => members.length > 1)
    .map((members) => drawn(`union<${members.join(', ')}>`, 'structure'))

const others: Arbitrary<DrawnType> = fc.oneof(
  fc.constantFrom(drawn('json', 'structure', {}, {}), drawn('json', 'structure', { as: 'json' })),
  lengths.map((options) => drawn('bytes', 'structure', options)),
  fc.integer({ min: 1, max: 6 }).map((dimensions) => drawn(`vector(${dimensions})`, 'structure', { as: 'real[]' })),
)

/** Any type, which may be one of the set's own objects and enums or be made of them. */
export const types = (objects: readonly string[], enumNames: readonly string[]): Arbitrary<DrawnType> => {
  const definitions = [...objects, ...enumNames]
  return fc.oneof(
    { weight: 8, arbitrary: scalars },
    { weight: 2, arbitrary: lists(definitions) },
    { weight: 1, arbitrary: maps(definitions) },
    { weight: 1, arbitrary: unions(objects) },
    { weight: 1, arbitrary: others },
    ...(objects.length === 0
      ? []
      : [{ weight: 2, arbitrary: fc.constantFrom(...objects.map((name) => drawn(name, 'structure'))) }]),
    ...(enumNames.length === 0
      ? []
      : [{ weight: 2, arbitrary: fc.constantFrom(...enumNames.map((name) => drawn(name, 'scalar'))) }]),
  )
}
