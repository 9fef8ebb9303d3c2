import { isRecord } from './kinds.js'

/** What the fields of a document were when it was loaded or saved last; of those that code can change in place. */
export type Baseline = ReadonlyMap<string, unknown>

/** By document and subdocument. */
export type Baselines = Map<object, Baseline>

const known = new WeakMap<object, Baseline>()

export const remember = (baselines: Baselines): void => {
  for (const [document, baseline] of baselines) known.set(document, baseline)
}

export const baselineOf = (document: object): Baseline | undefined => known.get(document)

/** Whether a document or subdocument was loaded or saved. */
export const wasStored = (document: object): boolean => known.has(document)

const sameBytes = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, index) => byte === other[index])

export const sameItems = (one: readonly unknown[], other: readonly unknown[]): boolean =>
  one.length === other.length && other.every((item, index) => index in one && isSame(one[index], item))

export const isSame = (one: unknown, other: unknown): boolean => {
  if (Object.is(one, other)) return true
  if (one instanceof Date && other instanceof Date) return one.getTime() === other.getTime()
  if (one instanceof Uint8Array && other instanceof Uint8Array) return sameBytes(one, other)
  if (Array.isArray(one) && Array.isArray(other)) return sameItems(one, other)
  if (!isRecord(one) || !isRecord(other)) return false
  const keys = Object.keys(one)
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && isSame(one[key], other[key]))
  )
}
