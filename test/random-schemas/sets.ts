import fc, { type Arbitrary } from 'fast-check'
import { stringify as yamlOf } from 'yaml'
import { type DrawnType, scalars, types } from './types.js'

/** A schema set as texts by file name. */
export type RandomSet = Readonly<Record<string, string>>

/** Without aliases, which the language has none of. */
const stringify = (value: unknown): string => yamlOf(value, { aliasDuplicateObjects: false })

type Keys = Readonly<Record<string, unknown>>

interface DrawnField {
  readonly name: string
  readonly type: DrawnType
  readonly nullable: boolean
  readonly keys: Keys
}

/** Names that something on the way has a meaning of its own for stand among plain ones. */
const fieldNames = [
  ...['name', 'count', 'reason', 'level', 'status', 'user_id', 'guildId', 'created', 'Total', 'x', 'a1', 'note_2'],
  ...['order', 'type', 'data', 'select', 'default', 'value', 'class', 'function', 'limit', 'from', 'end'],
]

const long = ({ type, nullable, keys }: DrawnField): unknown => {
  const text = `${type.text}${nullable ? '?' : ''}`
  const all = { ...type.options, ...keys }
  return Object.keys(all).length === 0 ? text : { type: text, ...all }
}

const fieldsText = (fields: readonly DrawnField[]): Keys =>
  Object.fromEntries(fields.map((field) => [field.name, long(field)]))

const field =
  (type: Arbitrary<DrawnType>) =>
  (name: string): Arbitrary<DrawnField> =>
    fc
      .record({ type, isNullable: fc.nat(3), hasDefault: fc.nat(2), code: fc.nat(7), summary: fc.nat(5) })
      .map(({ type: drawnType, isNullable, hasDefault, code, summary }) => ({
        name,
        type: drawnType,
        nullable: isNullable === 0,
        keys: {
          ...(hasDefault === 0 && drawnType.value !== undefined ? { default: drawnType.value } : {}),
          ...(code === 0 ? { code: `the${name[0]?.toUpperCase()}${name.slice(1)}` } : {}),
          ...(summary === 0 ? { summary: 'What it says.' } : {}),
        },
      }))

const someFields = (type: Arbitrary<DrawnType>, most: number): Arbitrary<readonly DrawnField[]> =>
  fc
    .shuffledSubarray(fieldNames, { minLength: 1, maxLength: most })
    .chain((names) => fc.tuple(...names.map(field(type))))

const named = (name: string): string => (/^[a-z_]\w*$/.test(name) && !reserved.has(name) ? name : `"${name}"`)
const reserved = new Set(['order', 'type', 'select', 'default', 'table', 'limit', 'from', 'end', 'in', 'value'])

const plain = (sort: DrawnType['sort'], fields: readonly DrawnField[]): readonly DrawnField[] =>
  fields.filter(({ type }) => type.sort === sort && !('values' in type.options) && !('as' in type.options))

const limits = ['min', 'max', 'length', 'min_length', 'pattern']

/** A field with a default is in no condition, which might refuse it; nor one with limits, within which nothing might meet it. */
const free = (fields: readonly DrawnField[]): readonly DrawnField[] =>
  fields.filter(({ keys, type }) => !('default' in keys) && !limits.some((limit) => limit in type.options))

/** Conditions on fields of numbers, texts and truths, which many rows meet. */
const conditions = (fields: readonly DrawnField[]): readonly string[] => {
  const [number, second] = plain('number', fields).map(({ name }) => named(name))
  const [text] = plain('text', fields).map(({ name }) => named(name))
  const [truth] = plain('boolean', fields).map(({ name }) => named(name))
  return [
    ...(number === undefined ? [] : [`${number} is null or ${number} >= -5`, `not (${number} between 7 and 9)`]),
    ...(second === undefined ? [] : [`${number} <= ${second}`, `${number} - ${second} < 1000 or ${second} > 3`]),
    ...(text === undefined ? [] : [`length(${text}) < 25`, `coalesce(${text}, 'x') <> 'y'`, `lower(${text}) <> 'no'`]),
    ...(truth === undefined || number === undefined ? [] : [`${truth} or ${number} in (1, 2, 3) or ${number} > 9`]),
  ]
}

const checks = (fields: readonly DrawnField[]): Arbitrary<Keys> =>
  fc
    .subarray([...conditions(free(fields))])
    .map((all) => all.slice(0, 2))
    .map((chosen) =>
      chosen.length === 0
        ? {}
        : { checks: Object.fromEntries(chosen.map((condition, index) => [`holds_${index + 1}`, condition])) },
    )

const object = (name: string, inner: readonly string[], enums: readonly string[]): Arbitrary<Keys> =>
  someFields(types(inner, enums), 4).chain((fields) =>
    fc.tuple(checks(fields), fc.nat(4)).map(([checked, optional]) => ({
      object: name,
      summary: 'A structure.',
      fields: Object.fromEntries(
        Object.entries(fieldsText(fields)).map(([key, value], index) => {
          const isOptional = optional === index && !('default' in (fields[index]?.keys ?? {}))
          return [isOptional && !('checks' in checked) ? `${key}?` : key, value]
        }),
      ),
      ...checked,
    })),
  )

const objectNames = ['part', 'piece', 'bit']

const objects = (count: number, enums: readonly string[]): Arbitrary<readonly Keys[]> =>
  fc.tuple(...objectNames.slice(0, count).map((name, index) => object(name, objectNames.slice(0, index), enums)))

const enumDefinitions: readonly Keys[] = [
  { enum: 'mood', summary: 'A mood.', values: ['glad', 'sad', 'So-so'] },
  { enum: 'grade', summary: 'A grade.', values: { 1: 'Good', 2: 'Fair', '-3': 'Poor' }, as: 'check' },
]

const enumsOf = (count: number): readonly Keys[] => enumDefinitions.slice(0, count)

const nameOf = (definition: Keys): string => String(definition['object'] ?? definition['enum'])

/** A key, and what a reference to it says; null where nothing can refer to it. */
interface DrawnKey {
  readonly fields: Keys
  readonly entity: Keys
  readonly isReferable: boolean
}

const keyKinds = fc.oneof(
  fc
    .constantFrom<unknown>(
      'identity',
      { type: 'identity', as: 'bigserial' },
      'snowflake',
      'uuid',
      'objectid',
      'string(12)',
      'integer',
      'date',
    )
    .map((type): DrawnKey => ({ fields: { id: type }, entity: {}, isReferable: true })),
  scalars
    .filter(({ sort, text }) => sort === 'scalar' && !text.startsWith('enum'))
    .map(
      (type): DrawnKey => ({
        fields: { key_a: long({ name: 'key_a', type, nullable: false, keys: {} }), key_b: 'integer' },
        entity: { key: ['key_a', 'key_b'] },
        isReferable: false,
      }),
    ),
  fc.constantFrom<DrawnKey>(
    { fields: {}, entity: { key: 'none' }, isReferable: false },
    { fields: {}, entity: { singleton: true }, isReferable: false },
  ),
)

const actions = fc.constantFrom<Keys>(
  {},
  { on_delete: 'cascade' },
  { on_delete: 'restrict', on_update: 'cascade' },
  { enforced: false },
)

const references = (targets: readonly string[]): Arbitrary<Keys> =>
  targets.length === 0
    ? fc.constant({})
    : fc.option(fc.tuple(fc.constantFrom(...targets), actions, fc.boolean())).map((drawn): Keys => {
        if (drawn === null) return {}
        const [target, options, isNullable] = drawn
        return isNullable
          ? { parent_id: { ref: `${target}?`, on_delete: 'set null' } }
          : { parent_id: { ref: target, ...options } }
      })

const isIndexable = ({ type }: DrawnField): boolean => type.sort !== 'structure'

/** Uniques and indexes over different fields, so that none repeats another. */
const searches = (fields: readonly DrawnField[]): Arbitrary<Keys> => {
  const usable = fields.filter(isIndexable).map(({ name }) => name)
  const [truth] = plain('boolean', fields)
  return fc
    .record({
      taken: fc.shuffledSubarray(usable),
      nulls: fc.constantFrom('distinct', 'not distinct'),
      direction: fc.constantFrom('', ' desc'),
      isPartial: fc.boolean(),
    })
    .map(({ taken: [first, second, third], nulls, direction, isPartial }): Keys => {
      const where = isPartial && truth !== undefined ? { where: named(truth.name) } : {}
      return {
        ...(first === undefined ? {} : { unique: [{ fields: [first], nulls }] }),
        ...(second === undefined || third === undefined
          ? {}
          : { indexes: [{ fields: [`${second}${direction}`, third], ...where }] }),
      }
    })
}

/** Fields that are computed from others, of types that hold what is computed. */
const computedFields = (fields: readonly DrawnField[]): Arbitrary<Keys> => {
  const [number, second] = plain('number', fields).map(({ name }) => named(name))
  const [text] = plain('text', fields).map(({ name }) => named(name))
  const possible: Keys = {
    ...(number === undefined ? {} : { is_known: { type: 'boolean', generated: `${number} is not null` } }),
    ...(second === undefined ? {} : { summed: { type: 'float?', generated: `${number} + ${second}` } }),
    ...(text === undefined ? {} : { shouted: { type: 'text?', generated: `upper(${text})` } }),
    ...(text === undefined ? {} : { size: { type: 'smallint', generated: `coalesce(length(${text}), 0)` } }),
  }
  const entries = Object.entries(possible)
  return fc
    .subarray(entries, { maxLength: Math.min(entries.length, 1) })
    .map((taken): Keys => Object.fromEntries(taken))
}

const habits = fc.constantFrom<Keys>({}, {}, {}, {}, { timestamps: true }, { append_only: true })

const entityNames = ['guild', 'member', 'entry', 'visit']

const entity = (
  name: string,
  before: readonly string[],
  objectsThere: readonly string[],
  enums: readonly string[],
): Arbitrary<{ readonly definition: Keys; readonly isReferable: boolean }> =>
  fc
    .tuple(keyKinds, someFields(types(objectsThere, enums), 9), references(before), habits)
    .chain(([key, fields, referring, habit]) =>
      fc.tuple(checks(fields), searches(fields), computedFields(fields)).map(([checked, searched, computed]) => ({
        definition: {
          entity: name,
          summary: 'What is stored.',
          fields: { ...key.fields, ...fieldsText(fields), ...referring, ...computed },
          ...key.entity,
          ...(key.entity['singleton'] === true ? {} : searched),
          ...checked,
          ...('parent_id' in referring || key.entity['singleton'] === true ? {} : habit),
        },
        isReferable: key.isReferable,
      })),
    )

type Entities = readonly { readonly definition: Keys; readonly isReferable: boolean }[]

const entities = (count: number, objectsThere: readonly string[], enums: readonly string[]): Arbitrary<Entities> =>
  entityNames.slice(0, count).reduce<Arbitrary<Entities>>(
    (all, name) =>
      all.chain((before) => {
        const targets = before
          .filter(({ isReferable }) => isReferable)
          .map(({ definition }) => String(definition['entity']))
        return entity(name, targets, objectsThere, enums).map((next) => [...before, next])
      }),
    fc.constant([]),
  )

const usesOf = (definition: Keys, name: string): boolean =>
  new RegExp(`\\b${name}\\b`).test(stringify(definition['fields']))

/** Only what something uses: what nothing does is a finding. */
const used = (roots: readonly Keys[], others: readonly Keys[]): readonly Keys[] => {
  const reached = others.filter((one) => roots.some((root) => usesOf(root, nameOf(one))))
  const rest = others.filter((one) => !reached.includes(one))
  return reached.length === 0 ? roots : used([...roots, ...reached], rest)
}

const options = fc.constantFrom<Keys>(
  {},
  { snowflake: 'text' },
  { timestamp: 'naive', precision: 6 },
  { schema: 'bot', version: 16, identity: 'serial' },
)

const rootOf = (stores: readonly string[] | null, postgres: Keys): string =>
  stringify({
    name: 'random',
    title: 'A set at random',
    ...(stores === null ? {} : { stores }),
    ...(stores?.includes('postgres') === false || Object.keys(postgres).length === 0 ? {} : { targets: { postgres } }),
  })

/** Schema sets that are in order: every type, structures in structures, keys, references, checks, uniques and indexes. */
export const randomSets: Arbitrary<RandomSet> = fc
  .tuple(
    fc.constantFrom<readonly string[] | null>(null, null, null, ['postgres'], ['mongo']),
    options,
    fc.integer({ min: 1, max: 4 }),
    fc.nat(3),
    fc.nat(2),
  )
  .chain(([stores, postgres, entityCount, objectCount, enumCount]) => {
    const enumsThere = enumsOf(enumCount)
    const enums = enumsThere.map(nameOf)
    return objects(objectCount, enums)
      .chain((there) => entities(entityCount, there.map(nameOf), enums).map((made) => ({ there, made })))
      .map(({ there, made }): RandomSet => {
        const roots = made.map(({ definition }) => definition)
        const all = used(roots, [...there, ...enumsThere])
        return {
          'botschema.yaml': rootOf(stores, postgres),
          'definitions.yaml': all.map((one) => stringify(one)).join('---\n'),
        }
      })
  })
