import { pascalCase } from '../kernel/identifiers.js'
import { memoised } from '../kernel/memoised.js'
import type { Entity, Index, IndexPart, Query, Unique } from '../model/entity.js'
import { type Expression, fieldsRead } from '../model/expression.js'
import type { Field } from '../model/field.js'
import { fieldOf } from '../model/lookup.js'
import type { Store } from '../model/store.js'
import { isScalar } from '../model/type.js'
import { encryptedIn } from './encryption.js'
import { pluralName, queryNames } from './query.js'
import { patchFields } from './shapes.js'

/** How one row is found: by its key, or by a unique. */
export interface Lookup {
  /** `getWarning`, `getUserByEmail` */
  readonly get: string
  /** `upsertGuild`, `upsertUserByEmail`; null where a caller cannot say which row is meant before it is there. */
  readonly upsert: string | null
  /** In the order of the key or the unique; none for a singleton, whose row needs no finding. */
  readonly fields: readonly Field[]
  /** Null for the key. */
  readonly unique: Unique | null
}

export type Direction = 'asc' | 'desc'

/** Rows in the order of an index or of the key. */
export interface List {
  /** `listWarningsByGuildIdAndCreatedAt`; `listWarnings` is in the order of the key. */
  readonly name: string
  /** What it may be narrowed to: the first of these, or more of them in their order. */
  readonly narrowing: readonly Field[]
  /** The narrowing fields, and those of the key after them: no two rows are alike in all of these. */
  readonly order: readonly { readonly field: Field; readonly direction: Direction }[]
  /** The rows that a partial index holds. */
  readonly where: Expression | null
  /** Null for the key. */
  readonly index: Index | null
}

export { hasAccess } from './has-access.js'

/** What data access to an entity offers, by the same names in every store; null where it does not. */
export interface DataAccess {
  /** `insertWarning` */
  readonly insert: string
  /** `insertWarnings` */
  readonly insertMany: string | null
  readonly lookups: readonly Lookup[]
  readonly lists: readonly List[]
  /** `updateWarning`, by the key */
  readonly update: string | null
  /** `deleteWarning`, by the key */
  readonly delete: string | null
  /** `warningsActiveForMember`: the named queries that the store has a statement for. */
  readonly queries: readonly { readonly name: string; readonly query: Query }[]
}

const conjoined = (fields: readonly Field[]): string => fields.map(({ property }) => pascalCase(property)).join('And')

const held = (entity: Entity, store: Store, names: readonly string[]): readonly Field[] | null => {
  const fields = names.map((name) => fieldOf(entity, name))
  return fields.every(({ stores }) => stores.includes(store)) ? fields : null
}

/** Whether an insert says the field's value, so that an upsert knows which row it means. */
const isGiven = ({ maintained, generated, default: filled }: Field): boolean =>
  maintained === null && generated === null && filled?.kind !== 'next'

const canUpsert = (entity: Entity, store: Store, fields: readonly Field[], unique: Unique | null): boolean =>
  !entity.appendOnly && encryptedIn(entity, store).length === 0 && fields.every(isGiven) && unique?.deferrable !== true

const lookup = (entity: Entity, store: Store, fields: readonly Field[], unique: Unique | null): Lookup => {
  const found = pascalCase(entity.name) + (unique === null ? '' : `By${conjoined(fields)}`)
  const upsert = canUpsert(entity, store, fields, unique) ? `upsert${found}` : null
  return { get: `get${found}`, upsert, fields, unique }
}

/** The fields of the key as the store has them: none for a singleton, null where there is no key. */
const keyOf = (entity: Entity, store: Store): readonly Field[] | null => {
  if (entity.key.kind === 'none') return null
  return entity.key.kind === 'singleton' ? [] : held(entity, store, entity.key.fields)
}

const lookupsOf = (entity: Entity, store: Store): readonly Lookup[] => {
  const key = keyOf(entity, store)
  const uniques = entity.uniques.flatMap((unique) => {
    const fields = held(entity, store, unique.fields)
    return fields === null ? [] : [lookup(entity, store, fields, unique)]
  })
  return distinct([...(key === null ? [] : [lookup(entity, store, key, null)]), ...uniques], ({ get }) => get)
}

/** The first of each name: a unique that is said twice is looked up once. */
const distinct = <T>(items: readonly T[], nameOf: (item: T) => string): readonly T[] =>
  [...new Map(items.toReversed().map((item) => [nameOf(item), item])).values()].toReversed()

const ordered = (index: Index): boolean => index.using === null || index.using === 'btree'

type PlainPart = Extract<IndexPart, { kind: 'field' }>

const isPlain = (part: IndexPart): part is PlainPart =>
  part.kind === 'field' && part.path.length === 1 && part.operatorClass === null

const listName = (entity: Entity, fields: readonly Field[], where: Expression | null): string => {
  const by = fields.length === 0 ? '' : `By${conjoined(fields)}`
  const read = where === null ? [] : [...new Set(fieldsRead(where).map(([name = '']) => pascalCase(name)))]
  return `list${pluralName(entity)}${by}${where === null ? '' : `Where${read.join('And')}`}`
}

const byIndex = (entity: Entity, store: Store, key: readonly Field[], index: Index): readonly List[] => {
  const parts = index.parts.filter(isPlain)
  const fields = held(
    entity,
    store,
    parts.map(({ path }) => path[0] ?? ''),
  )
  if (!ordered(index) || fields === null || parts.length < index.parts.length) return []
  if (!fields.every(({ type }) => isScalar(type) && type.kind !== 'bytes')) return []
  const last = parts.at(-1)?.direction ?? 'asc'
  const rest = key.filter((field) => !fields.includes(field)).map((field) => ({ field, direction: last }))
  const order = fields.map((field, at) => ({ field, direction: parts[at]?.direction ?? 'asc' }))
  const name = listName(entity, fields, index.where)
  return [{ name, narrowing: fields, order: [...order, ...rest], where: index.where, index }]
}

const byKey = (entity: Entity, key: readonly Field[]): List => ({
  name: `list${pluralName(entity)}`,
  narrowing: key.length > 1 ? key.slice(0, -1) : [],
  order: key.map((field) => ({ field, direction: 'asc' })),
  where: null,
  index: null,
})

/** Without a key nothing tells rows apart, so that no page could say where it ended; a singleton is no list. */
const listsOf = (entity: Entity, store: Store): readonly List[] => {
  const key = keyOf(entity, store)
  if (key === null || key.length === 0) return []
  const lists = [byKey(entity, key), ...entity.indexes.flatMap((index) => byIndex(entity, store, key, index))]
  return numbered(lists)
}

/** Indexes that differ in direction only have lists of one name: the second is `…2`. */
const numbered = (lists: readonly List[]): readonly List[] => {
  const taken = new Map<string, number>()
  return lists.map((list) => {
    const times = (taken.get(list.name) ?? 0) + 1
    taken.set(list.name, times)
    return times === 1 ? list : { ...list, name: `${list.name}${times}` }
  })
}

const queriesOf = (entity: Entity, store: Store): DataAccess['queries'] =>
  entity.queries
    .filter((query) => query[store] !== null)
    .map((query) => ({ name: queryNames(entity, query).function, query }))

const makeAccess = (entity: Entity, store: Store): DataAccess => {
  const one = pascalCase(entity.name)
  const isChanged = keyOf(entity, store) !== null && !entity.appendOnly
  return {
    insert: `insert${one}`,
    insertMany:
      encryptedIn(entity, store).length > 0 || entity.key.kind === 'singleton' ? null : `insert${pluralName(entity)}`,
    lookups: lookupsOf(entity, store),
    lists: listsOf(entity, store),
    update: isChanged && patchFields(entity).length > 0 ? `update${one}` : null,
    delete: isChanged ? `delete${one}` : null,
    queries: queriesOf(entity, store),
  }
}

const accesses = memoised((entity: Entity) => ({
  postgres: makeAccess(entity, 'postgres'),
  mongo: makeAccess(entity, 'mongo'),
}))

/** What data access to an entity offers in a store that keeps it. */
export const accessOf = (entity: Entity, store: Store): DataAccess => accesses(entity)[store]
