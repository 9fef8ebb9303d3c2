import type { Entity } from './entity.js'
import type { Feature } from './feature.js'
import type { Field } from './field.js'
import type { Origin } from './origin.js'
import type { SchemaSet } from './schema-set.js'
import { type Type, typesWithin } from './type.js'

/** A place where a set uses a feature: `warning.reason`, or the set's own name. */
export interface FeatureUse {
  readonly subject: string
  readonly origin: Origin
}

type Uses = (set: SchemaSet) => readonly FeatureUse[]

interface Placed {
  readonly origin: Origin
}

const inEntities =
  (of: (entity: Entity) => readonly Placed[]): Uses =>
  (set) =>
    set.entities.flatMap((entity) => of(entity).map(({ origin }) => ({ subject: entity.name, origin })))

const entities = (test: (entity: Entity) => boolean): Uses => inEntities((entity) => (test(entity) ? [entity] : []))

const fields =
  (test: (field: Field) => boolean): Uses =>
  (set) =>
    [...set.entities, ...set.objects].flatMap((owner) =>
      owner.fields.filter(test).map(({ name, origin }) => ({ subject: `${owner.name}.${name}`, origin })),
    )

const types = (test: (type: Type) => boolean): Uses => fields((field) => typesWithin(field.type).some(test))

const isLimited = (type: Type): boolean =>
  Object.entries(type).some(([key, value]) => /^(?:min|max)/.test(key) && value !== null)

const isPattern = (type: Type): boolean => type.kind === 'format' || (type.kind === 'text' && type.pattern !== null)

const events = (event: 'guildLeave' | 'memberLeave'): Uses =>
  inEntities(({ retention }) => [retention?.[event]].flatMap((rule) => rule ?? []))

const usesOf: Readonly<Record<Feature, Uses>> = {
  key: inEntities(({ key }) => (key.kind === 'fields' && key.fields.length === 1 ? [key] : [])),
  'composite-key': inEntities(({ key }) => (key.kind === 'fields' && key.fields.length > 1 ? [key] : [])),
  singleton: inEntities(({ key }) => (key.kind === 'singleton' ? [key] : [])),
  identity: fields(({ type, maintained }) => type.kind === 'identity' && maintained === 'store'),
  'sequence-per-parent': fields((field) => field.default?.kind === 'next'),
  reference: inEntities(({ references }) => references.filter((reference) => reference.fields.length === 1)),
  'composite-reference': inEntities(({ references }) => references.filter((reference) => reference.fields.length > 1)),
  'reference-actions': inEntities(({ references }) =>
    references.filter(({ onDelete, onUpdate }) => onDelete !== 'no action' || onUpdate !== 'no action'),
  ),
  unique: inEntities(({ uniques }) => uniques),
  'unique-nulls-not-distinct': inEntities(({ uniques }) => uniques.filter(({ nulls }) => nulls === 'not distinct')),
  'unique-deferrable': inEntities(({ uniques }) => uniques.filter(({ deferrable }) => deferrable)),
  'unique-partial': inEntities(({ uniques }) => uniques.filter(({ where }) => where !== null)),
  index: inEntities(({ indexes }) => indexes),
  'index-partial': inEntities(({ indexes }) => indexes.filter(({ where }) => where !== null)),
  'index-expression': inEntities(({ indexes }) =>
    indexes.filter(({ parts }) => parts.some(({ kind }) => kind === 'expression')),
  ),
  'index-descending': inEntities(({ indexes }) =>
    indexes.filter(({ parts }) => parts.some(({ direction }) => direction === 'desc')),
  ),
  'index-nulls': inEntities(({ indexes }) => indexes.filter(({ parts }) => parts.some(({ nulls }) => nulls !== null))),
  'index-collation': inEntities(({ indexes }) =>
    indexes.filter(({ parts }) => parts.some(({ collation }) => collation !== null)),
  ),
  'index-covering': inEntities(({ indexes }) => indexes.filter(({ include }) => include.length > 0)),
  'index-method': inEntities(({ indexes }) => indexes.filter(({ using }) => using !== null)),
  check: inEntities(({ checks }) => checks),
  enforce: fields(({ enforce }) => enforce === 'code'),
  'generated-field': fields(({ generated }) => generated !== null),
  default: fields((field) => field.default !== null),
  'default-now': fields((field) => field.default?.kind === 'now'),
  immutable: fields(({ immutable }) => immutable),
  timestamps: fields(({ maintained }) => maintained === 'created' || maintained === 'updated'),
  'append-only': entities(({ appendOnly }) => appendOnly),
  limits: types(isLimited),
  pattern: types(isPattern),
  enum: types(({ kind }) => kind === 'enum'),
  object: types(({ kind }) => kind === 'object'),
  list: types(({ kind }) => kind === 'list'),
  map: types(({ kind }) => kind === 'map'),
  union: types(({ kind }) => kind === 'union'),
  bytes: types(({ kind }) => kind === 'bytes'),
  decimal: types(({ kind }) => kind === 'decimal'),
  'timestamp-ms': types((type) => type.kind === 'timestamp' && type.form === 'milliseconds'),
  vector: types(({ kind }) => kind === 'vector'),
  partition: inEntities(({ postgres }) => (postgres.partition === null ? [] : [postgres.partition])),
  'raw-sql': (set) => [
    ...inEntities(({ postgres }) => postgres.checks)(set),
    ...fields(({ postgres }) => postgres.check !== null || postgres.default !== null)(set),
  ],
  'raw-mongo': fields(({ mongo }) => mongo.schema !== null),
  'one-store-only': (set) => [
    ...entities(({ stores }) => stores.length < set.stores.length)(set),
    ...fields(({ stores }) => stores.length < set.stores.length)(set),
  ],
  descriptions: fields(({ summary }) => summary !== null),
  suggest: fields(({ suggest }) => suggest.length > 0),
  bands: fields(({ bands }) => bands.length > 0),
  deprecated: fields(({ deprecated }) => deprecated !== null),
  personal: fields(({ personal }) => personal),
  rename: (set) => [...entities(({ was }) => was !== null)(set), ...fields(({ was }) => was !== null)(set)],
  access: inEntities(({ access }) => access),
  examples: inEntities(({ examples }) => examples),
  seed: inEntities(({ seed }) => seed),
  lists: inEntities(({ lists }) => lists),
  queries: inEntities(({ queries }) => queries),
  retention: inEntities(({ retention }) => (retention?.lifecycle?.kind === 'steps' ? [retention.lifecycle] : [])),
  'guild-leave': events('guildLeave'),
  'member-leave': events('memberLeave'),
  erase: inEntities(({ retention }) => retention?.erase ?? []),
  encrypted: fields(({ encrypted }) => encrypted !== null),
  use: (set) => set.uses.map(({ module, origin }) => ({ subject: module, origin })),
}

/** Where a set uses a feature, in the model's order; nowhere is an empty list. */
export const featureUses = (set: SchemaSet, feature: Feature): readonly FeatureUse[] => usesOf[feature](set)
