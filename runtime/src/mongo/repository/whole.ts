import type { Increment } from '../../changes/increments.js'
import { compareDecimals } from '../../functions.js'
import { savedWhole } from '../access/merges.js'
import { encoded, type Values } from '../access/store.js'
import type { Filter } from '../where.js'
import { ask, type Calls, modelOf, nativeOf } from './collection.js'

const rootOf = (path: string): string => path.split('.')[0] ?? path

/** Whether checks or computed fields read one of these paths, so that a change to it needs the whole document. */
export const isWhole = ({ collection }: Calls, paths: readonly string[]): boolean => {
  const changed = new Set(paths.map(rootOf))
  return collection.reads.some((path) => changed.has(rootOf(path)))
}

/**
 * Changes the document of a filter as a whole, so that its checks see all of it and computed fields are computed. What is
 * written asks that all those read is as it was; null where there is no document, or `changesOf` gives none.
 */
export const changeWhole = (
  calls: Calls,
  filter: Filter,
  changesOf: (document: Values) => Values | null,
  others: readonly string[] = [],
): Promise<Values | null> =>
  ask(calls, async (options) => {
    const reads = [...calls.collection.reads, ...others]
    const read = () => nativeOf(calls).findOne(filter, options)
    const document = await savedWhole(modelOf(calls), options, reads, changesOf, read)
    return document === null ? null : document.toObject()
  })

/** Changes all documents of a filter, each as a whole; how many those were. */
export const changeEach = async (calls: Calls, filter: Filter, values: Values): Promise<number> => {
  const found = await ask(calls, (options) =>
    nativeOf(calls)
      .find(filter, { ...options, projection: { _id: 1 } })
      .toArray(),
  )
  let rows = 0
  for (const { _id } of found) {
    const changed = await changeWhole(calls, { $and: [{ _id }, filter] }, () => values)
    if (changed !== null) rows += 1
  }
  return rows
}

const isBeyond = (value: unknown, limit: string): number =>
  typeof value === 'number' ? value - Number(limit) : compareDecimals(String(value), limit)

const isWithin = (sum: unknown, { min, max }: Increment): boolean =>
  (min === null || isBeyond(sum, min) >= 0) && (max === null || isBeyond(sum, max) <= 0)

/** Adds to fields of the one document of a filter, where checks read those or the server cannot add to them. */
export const addWhole = async (
  calls: Calls,
  filter: Filter,
  increments: readonly Increment[],
): Promise<{ readonly document: object } | 'missing' | 'refused'> => {
  const { collection } = calls
  let isRefused = false
  const sumsOf = (before: Values): Values | null => {
    const sums = increments.map((increment) => {
      const { field, amount } = increment
      const { path, missing } = collection.paths[field] ?? { path: field }
      return { increment, sum: collection.sums[field]?.add(before[path] ?? missing, amount) }
    })
    isRefused = sums.some(({ increment, sum }) => !isWithin(sum, increment))
    return isRefused
      ? null
      : encoded(collection, Object.fromEntries(sums.map(({ increment, sum }) => [increment.field, sum])))
  }
  const paths = increments.map(({ field }) => collection.paths[field]?.path ?? field)
  const document = await changeWhole(calls, filter, sumsOf, paths)
  if (document !== null) return { document }
  return isRefused ? 'refused' : 'missing'
}
