import { canonical } from '../kernel/hash.js'
import { type Asks, asksOf } from './asks.js'
import type { Entity, Index, IndexOrder, IndexPart, ListOrder, NamedList } from './entity.js'
import type { Expression } from './expression.js'
import { findField } from './lookup.js'
import type { SchemaSet } from './schema-set.js'
import type { NullsPlace } from './words.js'

/** Whether a caller of a list may give a value of this kind. */
export const isComparable = (asks: Asks): boolean => asks === 'text' || asks === 'order' || asks === 'equality'

/** Whether rows are ordered by a value of this kind, in every store alike. */
export const isOrderable = (asks: Asks): boolean => asks === 'text' || asks === 'order'

/** What an entity is before it has the indexes of its lists. */
export type Listed = Pick<Entity, 'fields' | 'key' | 'uniques' | 'indexes'>

const keyOf = ({ key }: Listed): readonly string[] => (key.kind === 'fields' ? key.fields : [])

/**
 * The fields that the rows of a list are ordered by: what the list says, then the rest of the key the same way as the last
 * of it, so that no two rows are alike. What callers give is the same in all rows of a list.
 */
export const orderOf = (entity: Listed, { by, order, origin }: NamedList): readonly ListOrder[] => {
  const said = order.map(({ field }) => field)
  const direction = order.at(-1)?.direction ?? 'asc'
  const rest = keyOf(entity).filter((field) => !said.includes(field) && !by.includes(field))
  return [...order, ...rest.map((field) => ({ field, direction, origin }))]
}

const usualOrder: IndexOrder = { direction: 'asc', nulls: null, collation: null }

const isNullable = (entity: Listed, name: string): boolean => {
  const field = findField(entity, name)
  return field !== undefined && (field.nullable || field.optional)
}

/** Null is the smallest value of every list. */
const nullsOf = (direction: IndexOrder['direction']): NullsPlace => (direction === 'asc' ? 'first' : 'last')

/** How an index has to order a field for a list: nulls are the smallest, and texts go by code point. */
const orderFor = (set: Pick<SchemaSet, 'stores'>, entity: Listed, { field, direction }: ListOrder): IndexOrder => {
  const type = findField(entity, field)?.type
  return {
    direction,
    nulls: isNullable(entity, field) ? nullsOf(direction) : null,
    collation: type !== undefined && asksOf(set, type, false) === 'text' ? 'C' : null,
  }
}

/** The parts of the index that serves a list alone: what callers give, then the order. */
export const partsFor = (set: Pick<SchemaSet, 'stores'>, entity: Listed, list: NamedList): readonly IndexPart[] => {
  const part = (field: string, order: IndexOrder): IndexPart => ({
    kind: 'field',
    path: [field],
    ...order,
    operatorClass: null,
    origin: list.origin,
  })
  return [
    ...list.by.map((field) => part(field, usualOrder)),
    ...orderOf(entity, list).map((each) => part(each.field, orderFor(set, entity, each))),
  ]
}

/** Entries of an index of plain fields, as texts: nulls that are nowhere are in no place. */
const textOf = (entity: Listed, part: IndexPart, isReversed: boolean): string => {
  if (part.kind === 'expression' || part.path.length > 1 || part.operatorClass !== null) return ''
  const [field = ''] = part.path
  const isDescending = (part.direction === 'desc') !== isReversed
  const isFirst = (part.nulls === null ? part.direction === 'desc' : part.nulls === 'first') !== isReversed
  const nulls = isNullable(entity, field) ? (isFirst ? 'first' : 'last') : ''
  return [field, isDescending ? 'desc' : 'asc', nulls, part.collation ?? ''].join(' ')
}

const nameOf = (part: IndexPart | undefined): string =>
  part?.kind === 'field' && part.path.length === 1 && part.operatorClass === null && part.collation === null
    ? (part.path[0] ?? '')
    : ''

/** What an index, a key or a unique is to a search. */
interface Searched {
  readonly parts: readonly IndexPart[]
  readonly where: Expression | null
}

const isSame = (one: Expression | null, other: Expression | null): boolean => canonical(one) === canonical(other)

/** Whether what callers give comes first, in any order, and then what rows are ordered by, read forwards or backwards. */
const serves = (entity: Listed, wanted: readonly IndexPart[], list: NamedList, { parts, where }: Searched): boolean => {
  if (where !== null && !isSame(where, list.where)) return false
  const given = list.by.length
  const names = new Set(parts.slice(0, given).map(nameOf))
  if (names.size < given || !list.by.every((field) => names.has(field))) return false
  return [false, true].some((isReversed) =>
    wanted.slice(given).every((part, at) => {
      const held = parts[given + at]
      return held !== undefined && textOf(entity, held, isReversed) === textOf(entity, part, false)
    }),
  )
}

const plainParts = (fields: readonly string[], origin: Entity['origin']): readonly IndexPart[] =>
  fields.map((field) => ({ kind: 'field', path: [field], ...usualOrder, operatorClass: null, origin }))

/** What serves a list: an index, or the key or a unique; null where nothing does. */
export const servingIndex = (
  set: Pick<SchemaSet, 'stores'>,
  entity: Listed,
  list: NamedList,
): Index | 'key' | Entity['uniques'][number] | null => {
  const wanted = partsFor(set, entity, list)
  const isServed = (searched: Searched): boolean => serves(entity, wanted, list, searched)
  const { key } = entity
  if (key.kind === 'fields' && isServed({ parts: plainParts(key.fields, key.origin), where: null })) return 'key'
  const unique = entity.uniques.find(({ fields, where, origin }) =>
    isServed({ parts: plainParts(fields, origin), where }),
  )
  if (unique !== undefined) return unique
  return entity.indexes.find((index) => (index.using ?? 'btree') === 'btree' && isServed(index)) ?? null
}

/** Whether a list can be: what cannot is reported, and has no index. */
const isSound = (set: Pick<SchemaSet, 'stores'>, entity: Listed, { by, order }: NamedList): boolean => {
  const asks = (name: string): Asks => {
    const field = findField(entity, name)
    return field === undefined || field.encrypted !== null ? 'null' : asksOf(set, field.type, false)
  }
  const ordered = order.map(({ field }) => field)
  const named = [...by, ...ordered]
  return (
    entity.key.kind === 'fields' &&
    new Set(named).size === named.length &&
    by.every((field) => isComparable(asks(field))) &&
    ordered.every((field) => isOrderable(asks(field)))
  )
}

/** The index that a list brings along; null where the description has one, or wants none. */
const ownIndex = (set: Pick<SchemaSet, 'stores'>, entity: Listed, list: NamedList): Index | null => {
  if (!list.index || !isSound(set, entity, list) || servingIndex(set, entity, list) !== null) return null
  return {
    parts: partsFor(set, entity, list),
    name: null,
    unique: false,
    where: list.where,
    using: null,
    include: [],
    note: `Serves the list \`${list.name}\`.`,
    origin: list.origin,
  }
}

/** The indexes of an entity, with those that its lists bring along after what is written. */
export const withListIndexes = (
  set: Pick<SchemaSet, 'stores'>,
  entity: Listed,
  lists: readonly NamedList[],
): readonly Index[] => {
  const indexes = [...entity.indexes]
  for (const list of lists) {
    const own = ownIndex(set, { ...entity, indexes }, list)
    if (own !== null) indexes.push(own)
  }
  return indexes
}
