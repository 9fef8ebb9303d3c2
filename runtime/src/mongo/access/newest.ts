import { compareDecimals, spellDecimal } from '../../functions.js'
import { momentOf } from './clock-order.js'
import { textOf, textsOf } from './references.js'
import { type MongoStore, nativeOf, sessionOf, type Values } from './store.js'

/** The documents of a collection that stay: the newest of each group. */
export interface Newest {
  readonly count: number
  readonly per: readonly string[]
  readonly clock: string
  /** The clock is milliseconds; documents of before have Dates. */
  readonly epoch?: true
  /** The key, which orders documents of one moment; numbers that are stored as text or in a class are in their own order. */
  readonly key: readonly (readonly [path: string, order: 'plain' | 'whole' | 'decimal'])[]
}

/** Whether a document stays. */
export type IsKept = (document: Values) => Promise<boolean>

type Kept = (document: Values) => boolean

/** What of a document `isKeptIn` asks for. */
export const pathsOfNewest = ({ per, clock, key }: Newest): readonly string[] => [
  ...per,
  clock,
  ...key.map(([path]) => path),
]

const compared = (one: unknown, other: unknown): number => {
  const [a, b] = [one, other].map((value) => {
    if (value instanceof Date) return value.getTime()
    return typeof value === 'number' || typeof value === 'bigint' ? value : String(value)
  })
  return a === b || a === undefined || b === undefined ? 0 : a > b ? 1 : -1
}

const compareSpelled = (one: unknown, other: unknown): number =>
  compareDecimals(spellDecimal(String(one), 0), spellDecimal(String(other), 0))

const byKey =
  ({ key }: Newest) =>
  (one: Values, other: Values): number => {
    for (const [path, order] of key) {
      const [a, b] = [one[path], other[path]].map((value) => (order === 'whole' ? BigInt(String(value)) : value))
      const difference = order === 'decimal' ? compareSpelled(a, b) : compared(a, b)
      if (difference !== 0) return difference
    }
    return 0
  }

/** A moment in each form that a clock may have. */
const formsOf = ({ epoch }: Newest, moment: unknown): readonly unknown[] => {
  const instant = epoch === true ? momentOf(moment) : null
  return instant === null ? [moment] : [instant.getTime(), instant]
}

/** The last clock of a group that counts; undefined where all of its documents stay. */
const lastClock = async (db: MongoStore, collection: string, newest: Newest, group: Values): Promise<unknown> => {
  const { clock, count, epoch } = newest
  const [documents, session] = [nativeOf(db, collection), sessionOf(db)]
  const options = { ...session, sort: { [clock]: -1 }, projection: { [clock]: 1 } } as const
  const isDate = { ...group, [clock]: { $type: 'date' } }
  if (epoch !== true || (await documents.countDocuments(isDate, { ...session, limit: 1 })) === 0) {
    const dated = { ...group, [clock]: { $ne: null } }
    return (await documents.findOne(dated, { ...options, skip: count - 1 }))?.[clock]
  }
  // MongoDB sorts Dates and numbers apart: the newest of each are put into one order here.
  const isNumber = { ...group, [clock]: { $type: 'number' } }
  const clocks: unknown[] = []
  for (const form of [isDate, isNumber]) {
    for await (const document of documents.find(form, { ...options, limit: count })) clocks.push(document[clock])
  }
  return clocks.sort(compared).reverse()[count - 1]
}

/** What stays of one group: all that is later than the last moment that counts, and of that moment as many as are left. */
const keptOf = async (db: MongoStore, collection: string, newest: Newest, group: Values): Promise<Kept> => {
  const { clock, count } = newest
  const [documents, session] = [nativeOf(db, collection), sessionOf(db)]
  const projection = Object.fromEntries(['_id', ...pathsOfNewest(newest)].map((path) => [path, 1]))
  const moment = await lastClock(db, collection, newest, group)
  if (moment === undefined) return (document) => (document[clock] ?? null) !== null
  const forms = formsOf(newest, moment)
  const ties = await documents.find({ ...group, [clock]: { $in: forms } }, { ...session, projection }).toArray()
  let later = 0
  for (const form of forms) later += await documents.countDocuments({ ...group, [clock]: { $gt: form } }, session)
  const left = [...ties]
    .sort(byKey(newest))
    .reverse()
    .slice(0, Math.max(0, count - later))
  const kept = new Set(left.map(({ _id }) => textOf(_id)))
  return (document) => {
    const value = document[clock] ?? null
    return value !== null && (compared(value, moment) > 0 || kept.has(textOf(document['_id'])))
  }
}

/** Tells which documents of a collection stay; each group is asked for once. */
export const isKeptIn = (db: MongoStore, collection: string, newest: Newest): IsKept => {
  const groups = new Map<string, Promise<Kept>>()
  return async (document) => {
    const group = Object.fromEntries(newest.per.map((path) => [path, document[path] ?? null]))
    const name = textsOf(Object.values(group))
    const known = groups.get(name) ?? keptOf(db, collection, newest, group)
    groups.set(name, known)
    return (await known)(document)
  }
}
