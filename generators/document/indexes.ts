import type { Entity, Index, IndexPart, Unique } from '../model/entity.js'
import type { Expression } from '../model/expression.js'
import type { Origin } from '../model/origin.js'
import type { SchemaSet } from '../model/schema-set.js'
import type { Type } from '../model/type.js'
import type { IndexMethod } from '../model/words.js'
import type { CollectionIndex, ExtendedJsonObject, IndexDirection } from './collections.js'
import { expiryOf } from './expiry.js'
import { everyFilter, notNull, partialFilter } from './filter.js'
import { identifierOf, storedName, storedPath } from './naming.js'
import { filterScope, pathType } from './scopes.js'

type Key = CollectionIndex['key']

/** Why Mongo has no such index, as the reason of a loss. */
export type IndexObstacle = 'expression' | 'filter' | 'method'

export type PlannedIndex =
  | { readonly kind: 'index'; readonly index: CollectionIndex }
  | {
      readonly kind: 'lost'
      readonly obstacle: IndexObstacle
      readonly subject: string
      /** What of a unique is not held: its parts as they are written. Null for an index that only finds. */
      readonly unique: string | null
      readonly origin: Origin
    }

/** The name Mongo itself gives: `user_id_1_created_at_-1`. */
const defaultName = (key: Key): string => key.map(({ path, direction }) => `${path}_${direction}`).join('_')

/** A unique of a relational store does not hold for rows with a null in it; Mongo's would, so those stay outside. */
export const distinctNulls = (
  set: SchemaSet,
  entity: Entity,
  paths: readonly (readonly string[])[],
): readonly ExtendedJsonObject[] =>
  paths
    .filter((path) => pathType(set, entity, path).nullable)
    .map((path) => {
      const scoped = filterScope(set, entity)(path)
      return notNull(scoped.path, scoped.bsonTypes)
    })

interface Wanted {
  readonly subject: string
  /** Its parts as they are written. */
  readonly parts: string
  readonly paths: readonly (readonly string[])[]
  readonly key: Key
  readonly name: string | null
  readonly unique: boolean
  readonly nullsDistinct: boolean
  readonly where: Expression | null
  readonly origin: Origin
}

const planned = (set: SchemaSet, entity: Entity, wanted: Wanted): PlannedIndex => {
  const lost = (obstacle: IndexObstacle): PlannedIndex => ({
    kind: 'lost',
    obstacle,
    subject: wanted.subject,
    unique: wanted.unique ? wanted.parts : null,
    origin: wanted.origin,
  })
  const where = wanted.where === null ? null : partialFilter(wanted.where, filterScope(set, entity))
  if (wanted.where !== null && where === null) return lost('filter')
  const nulls = wanted.unique && wanted.nullsDistinct ? distinctNulls(set, entity, wanted.paths) : []
  return {
    kind: 'index',
    index: {
      key: wanted.key,
      name: wanted.name ?? defaultName(wanted.key),
      named: wanted.name !== null,
      unique: wanted.unique,
      filter: everyFilter([...(where === null ? [] : [where]), ...nulls]),
      expireAfterSeconds: null,
      origin: wanted.origin,
    },
  }
}

const uniqueIndex = (set: SchemaSet, entity: Entity, unique: Unique): PlannedIndex =>
  planned(set, entity, {
    subject: `${entity.name}(${unique.fields.join(', ')})`,
    parts: unique.fields.join(', '),
    paths: unique.fields.map((field) => [field]),
    key: unique.fields.map((field) => ({ path: storedName(entity, field), direction: 1 })),
    name: unique.name,
    unique: true,
    nullsDistinct: unique.nulls === 'distinct',
    where: unique.where,
    origin: unique.origin,
  })

/** Methods that order or find plain values: Mongo's own trees do the same. The others need what Mongo has not. */
const isPlainMethod: Readonly<Record<IndexMethod, boolean>> = {
  btree: true,
  hash: true,
  brin: true,
  gin: false,
  gist: false,
  spgist: false,
  hnsw: false,
  ivfflat: false,
}

type FieldPart = Extract<IndexPart, { kind: 'field' }>

const isField = (part: IndexPart): part is FieldPart => part.kind === 'field'

/** A GIN index over json or a map finds any key inside, as a wildcard index does; over a list both find items. */
const ginKey = (set: SchemaSet, entity: Entity, parts: readonly FieldPart[]): Key | null => {
  const [part, ...others] = parts
  if (part === undefined || others.length > 0 || part.operatorClass?.includes('trgm')) return null
  const { type } = pathType(set, entity, part.path)
  const path = storedPath(entity, part.path)
  if (type.kind === 'list') return [{ path, direction: 1 }]
  const isOpen = type.kind === 'json' || type.kind === 'map' || type.kind === 'object'
  return isOpen ? [{ path: `${path}.$**`, direction: 1 }] : null
}

const directionOf = ({ direction }: FieldPart): IndexDirection => (direction === 'desc' ? -1 : 1)

/** Whether values may be lists: MongoDB hashes none, and an index over two of them refuses documents that have both. */
const mayBeList = ({ kind }: Type): boolean =>
  kind === 'list' || kind === 'vector' || kind === 'json' || kind === 'union'

const plainKey = (set: SchemaSet, entity: Entity, index: Index, parts: readonly FieldPart[]): Key => {
  const [only] = parts
  const isHashed = index.using === 'hash' && !index.unique
  if (isHashed && only !== undefined && !mayBeList(pathType(set, entity, only.path).type)) {
    return [{ path: storedPath(entity, only.path), direction: 'hashed' }]
  }
  const key = parts.map((part) => ({ path: storedPath(entity, part.path), direction: directionOf(part) }))
  const single = index.include.filter((field) => !mayBeList(pathType(set, entity, [field]).type))
  const included = index.unique ? [] : single.map((field) => storedName(entity, field))
  return [...key, ...included.map((path) => ({ path, direction: 1 as const }))]
}

const keyOf = (set: SchemaSet, entity: Entity, index: Index, parts: readonly FieldPart[]): Key | null => {
  if (index.using === 'gin') return ginKey(set, entity, parts)
  return isPlainMethod[index.using ?? 'btree'] ? plainKey(set, entity, index, parts) : null
}

/** A part as people wrote it: the path of a field, or an expression. */
const writtenPart = (part: IndexPart): string =>
  isField(part) ? part.path.join('.') : part.origin.source.text.slice(part.origin.start, part.origin.end).trim()

const plainIndex = (set: SchemaSet, entity: Entity, index: Index): PlannedIndex => {
  const parts = index.parts.filter(isField)
  const written = index.parts.map(writtenPart).join(', ')
  const subject = index.name ?? `${entity.name}(${written})`
  const lost = (obstacle: IndexObstacle): PlannedIndex => ({
    kind: 'lost',
    obstacle,
    subject,
    unique: index.unique ? written : null,
    origin: index.origin,
  })
  if (parts.length < index.parts.length) return lost('expression')
  const key = keyOf(set, entity, index, parts)
  if (key === null) return lost('method')
  return planned(set, entity, {
    subject,
    parts: written,
    paths: parts.map((part) => part.path),
    key,
    name: index.name,
    unique: index.unique,
    nullsDistinct: true,
    where: index.where,
    origin: index.origin,
  })
}

/** The key of several fields, which `_id` does not hold. */
const compositeKey = (set: SchemaSet, entity: Entity): readonly PlannedIndex[] => {
  if (entity.key.kind !== 'fields' || identifierOf(entity).kind !== 'hidden') return []
  const { fields, origin } = entity.key
  return [
    uniqueIndex(set, entity, {
      fields,
      name: null,
      nulls: 'not distinct',
      deferrable: false,
      where: null,
      note: null,
      origin,
    }),
  ]
}

/** What an entity's uniques and indexes become in Mongo, in the YAML's order, the composite key first. */
export const plannedIndexes = (set: SchemaSet, entity: Entity): readonly PlannedIndex[] => [
  ...compositeKey(set, entity),
  ...entity.uniques.map((unique) => uniqueIndex(set, entity, unique)),
  ...entity.indexes.map((index) => plainIndex(set, entity, index)),
]

const keyText = ({ key }: CollectionIndex): string => JSON.stringify(key)

/** The index of `_id` reads backwards as well, and MongoDB takes `{ _id: -1 }` for another one of its name. */
const isOverIdentifier = ({ key: [part, ...others] }: CollectionIndex): boolean =>
  part?.path === '_id' && part.direction !== 'hashed' && others.length === 0

/** Mongo indexes `_id` by itself, and a second whole index over the same paths is of no use. */
const isNeeded = (index: CollectionIndex, before: readonly CollectionIndex[]): boolean => {
  if (index.filter !== null) return true
  if (isOverIdentifier(index)) return false
  return !before.some(
    (other) => other.filter === null && (other.unique || !index.unique) && keyText(other) === keyText(index),
  )
}

const freeName = (name: string, taken: ReadonlySet<string>): string => {
  if (!taken.has(name)) return name
  let number = 2
  while (taken.has(`${name}_${number}`)) number += 1
  return `${name}_${number}`
}

const withNames = (indexes: readonly CollectionIndex[]): readonly CollectionIndex[] => {
  const taken = new Set(indexes.filter(({ named }) => named).map(({ name }) => name))
  return indexes.map((index) => {
    if (index.named) return index
    const name = freeName(index.name, taken)
    taken.add(name)
    return { ...index, name, named: name !== index.name }
  })
}

const withExpiry = (
  set: SchemaSet,
  entity: Entity,
  indexes: readonly CollectionIndex[],
): readonly CollectionIndex[] => {
  const expiry = expiryOf(set, entity)
  if (expiry === null) return indexes
  const expireAfterSeconds = expiry.seconds
  const key: Key = [{ path: storedName(entity, expiry.field), direction: 1 }]
  const isSame = (index: CollectionIndex): boolean => keyText(index) === JSON.stringify(key) && index.filter === null
  if (indexes.some(isSame)) return indexes.map((index) => (isSame(index) ? { ...index, expireAfterSeconds } : index))
  const own = { key, name: defaultName(key), named: false, unique: false, filter: null, expireAfterSeconds }
  return [...indexes, { ...own, origin: entity.retention?.origin ?? entity.origin }]
}

/** The indexes of an entity's collection; each has a name of its own. */
export const indexesOf = (set: SchemaSet, entity: Entity): readonly CollectionIndex[] => {
  const made = plannedIndexes(set, entity).flatMap((plan) => (plan.kind === 'index' ? [plan.index] : []))
  return withNames(
    withExpiry(
      set,
      entity,
      made.filter((index, at) => isNeeded(index, made.slice(0, at))),
    ),
  )
}
