import { type Diagnostic, report } from '../kernel/diagnostic.js'
import { canonical } from '../kernel/hash.js'
import type { Entity } from '../model/entity.js'
import { isJsonObject } from '../model/origin.js'
import type { CollectionIndex, ExtendedJson } from './collections.js'

/** MongoDB Limits and Thresholds: indexes of a collection, and fields of an index. */
const mostIndexes = 64
const mostFields = 32

/** The levels of a partial index's filter (`internalPartialFilterExpressionMaxDepth`). */
const deepestFilter = 4

const partsOf = (filter: ExtendedJson): readonly number[] =>
  isJsonObject(filter)
    ? Object.entries(filter).flatMap(([name, value]) => {
        if (name === '$and' || name === '$or') return [1 + deepest([value].flat().map(depthOf))]
        return isJsonObject(value) ? Object.keys(value).map(() => 1) : [1]
      })
    : []

const deepest = (depths: readonly number[]): number => Math.max(0, ...depths)

/** The levels of a filter as MongoDB's parser has it: several conditions in one object are an `$and` of them. */
const depthOf = (filter: ExtendedJson): number => {
  const parts = partsOf(filter)
  return parts.length > 1 ? 1 + deepest(parts) : deepest(parts)
}

const isOverIdentifier = ({ key }: CollectionIndex): boolean => key.length === 1 && key[0]?.path === '_id'

const sameIndex = (a: CollectionIndex, b: CollectionIndex): boolean =>
  JSON.stringify(a.key) === JSON.stringify(b.key) && canonical(a.filter) === canonical(b.filter)

function* problemsOf(index: CollectionIndex, before: readonly CollectionIndex[]): Generator<Diagnostic> {
  const { key, filter, name, origin } = index
  const found = (problem: 'partial-key' | 'depth' | 'reserved-name') =>
    report('mongo-index', origin, { problem, name, detail: '' })
  if (isOverIdentifier(index) && filter !== null) yield found('partial-key')
  if (key.length > mostFields) yield report('mongo-index', origin, { problem: 'fields', name, detail: `${key.length}` })
  if (filter !== null && depthOf(filter) > deepestFilter) yield found('depth')
  if (name === '_id_' || name === '*') yield found('reserved-name')
  const same = before.find((other) => sameIndex(other, index))
  if (same !== undefined) {
    const related = [{ message: 'the first of the two', at: same.origin }]
    yield report('mongo-index', origin, { problem: 'twice', name, detail: same.name }, related)
  }
}

/** What MongoDB refuses of the indexes of a collection. */
export const indexRefusals = (entity: Entity, indexes: readonly CollectionIndex[]): readonly Diagnostic[] => {
  // `_id` has an index of its own.
  const count = indexes.length + 1
  const tooMany =
    count > mostIndexes ? [report('mongo-index-count', entity.origin, { collection: entity.collection, count })] : []
  return [...indexes.flatMap((index, at) => [...problemsOf(index, indexes.slice(0, at))]), ...tooMany]
}
