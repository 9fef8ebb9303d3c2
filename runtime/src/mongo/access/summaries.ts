import { mongo } from 'mongoose'
import { spellDecimal } from '../../functions.js'
import { type Batch, type Change, dateOf, removed, stillDue } from './acts.js'
import { textOf, textsOf } from './references.js'
import { among, exactly, nativeOf, sessionOf, type Values } from './store.js'

export type Period = 'hour' | 'day' | 'week' | 'month' | 'year'

/** What is kept of a value of many documents. Null counts for nothing. */
export interface Total {
  readonly as: string
  readonly of: string
  /** What there is of no document. */
  readonly none: unknown
  readonly with: (total: unknown, value: unknown) => unknown
  /** The form it is stored in, where documents of before have another. */
  readonly stored?: Form
}

type Form = (value: unknown) => unknown

/** What is kept of documents that are deleted: a document for each group of theirs, with a count and totals. */
export interface Summary {
  readonly into: string
  readonly by: readonly {
    readonly as: string
    readonly of: string
    readonly period?: Period
    readonly stored?: Form
  }[]
  readonly count?: string
  readonly totals?: readonly Total[]
}

const outOfRange = (): never => {
  throw new RangeError('a sum leaves the range of its type')
}

const wholeOf = (value: unknown): bigint => BigInt(String(value))

/** A sum of whole numbers that stay exact as numbers. */
export const wholes = (total: unknown, value: unknown): unknown => {
  const sum = Number(wholeOf(total) + wholeOf(value))
  return Number.isSafeInteger(sum) ? sum : outOfRange()
}

/** A sum of whole numbers of 64 bits. */
export const bigints = (total: unknown, value: unknown): unknown => {
  const sum = wholeOf(total) + wholeOf(value)
  return sum === BigInt.asIntN(64, sum) ? sum : outOfRange()
}

export const floats = (total: unknown, value: unknown): unknown => Number(total) + Number(value)

const unitsOf = (decimal: unknown, digits: number): bigint =>
  BigInt(spellDecimal(String(decimal), digits).replace('.', ''))

const decimalOf = (units: bigint, digits: number): string => {
  const all = String(units < 0n ? -units : units).padStart(digits + 1, '0')
  const point = all.length - digits
  return `${units < 0n ? '-' : ''}${all.slice(0, point)}${digits === 0 ? '' : `.${all.slice(point)}`}`
}

/** A decimal as a number of 128 bits. */
export const decimal128 =
  (digits: number): Form =>
  (value) =>
    mongo.Decimal128.fromString(spellDecimal(String(value), digits))

/** A decimal as text. */
export const decimalText =
  (digits: number): Form =>
  (value) =>
    spellDecimal(String(value), digits)

/** An instant as milliseconds since 1970. */
export const epoch: Form = (value) => Number(value)

/** A sum of decimals with so many digits after the point, exact. */
export const decimals =
  (digits: number) =>
  (total: unknown, value: unknown): unknown =>
    decimalOf(unitsOf(total, digits) + unitsOf(value, digits), digits)

type Order = (one: unknown, other: unknown) => number

/** The order of numbers, moments and texts. */
export const plain: Order = (one, other) => {
  const [a, b] = [one, other].map((value) => (typeof value === 'string' ? value : Number(value)))
  return a === undefined || b === undefined || a === b ? 0 : a > b ? 1 : -1
}

/** The order of whole numbers of 64 bits. */
export const whole: Order = (one, other) => {
  const [a, b] = [wholeOf(one), wholeOf(other)]
  return Number(a > b) - Number(a < b)
}

export const decimal: (digits: number) => Order = (digits) => (one, other) => {
  const [a, b] = [unitsOf(one, digits), unitsOf(other, digits)]
  return Number(a > b) - Number(a < b)
}

export const least =
  (order: Order) =>
  (total: unknown, value: unknown): unknown =>
    total === null || order(value, total) < 0 ? value : total

export const greatest =
  (order: Order) =>
  (total: unknown, value: unknown): unknown =>
    total === null || order(value, total) > 0 ? value : total

const monday = (date: Date): number => date.getUTCDate() - ((date.getUTCDay() + 6) % 7)

/** The first moment of a period, in UTC; weeks begin on Monday. */
const firstMoment = (moment: Date, period: Period): Date => {
  const first = new Date(moment)
  first.setUTCMinutes(0, 0, 0)
  if (period === 'hour') return first
  first.setUTCHours(0)
  if (period === 'week') first.setUTCDate(monday(first))
  if (period === 'month' || period === 'year') first.setUTCDate(1)
  if (period === 'year') first.setUTCMonth(0)
  return first
}

/** A period by its first moment, in the form of the value: a moment, milliseconds or a date. */
const periodOf = (value: unknown, period: Period): unknown => {
  if (value instanceof Date) return firstMoment(value, period)
  if (typeof value === 'number') return firstMoment(new Date(value), period).getTime()
  return dateOf(firstMoment(new Date(`${String(value)}T00:00:00.000Z`), period))
}

const asIs: Form = (value) => value

const groupOf = ({ by }: Summary, document: Values): Values =>
  Object.fromEntries(
    by.map(({ as, of, period, stored = asIs }) => {
      const given = document[of] ?? null
      const value = given === null ? null : stored(given)
      return [as, value === null || period === undefined ? value : periodOf(value, period)]
    }),
  )

const added = (totals: readonly Total[], before: Values, documents: readonly Values[]): Values =>
  Object.fromEntries(
    totals.map(({ as, of, none, with: join, stored = asIs }) => {
      const values = documents.map((document) => document[of] ?? null).filter((value) => value !== null)
      const total = values.reduce(join, before[as] ?? none)
      return [as, total === null ? null : stored(total)]
    }),
  )

const counted = (name: string | undefined, before: Values, documents: readonly Values[]): Values =>
  name === undefined ? {} : { [name]: wholes(before[name] ?? 0, documents.length) }

interface Group {
  readonly group: Values
  readonly documents: Values[]
}

const grouped = (summary: Summary, documents: readonly Values[]): ReadonlyMap<string, Group> => {
  const groups = new Map<string, Group>()
  for (const document of documents) {
    const group = groupOf(summary, document)
    const name = textsOf(Object.values(group))
    const known = groups.get(name) ?? { group, documents: [] }
    known.documents.push(document)
    groups.set(name, known)
  }
  return groups
}

const planned = async (summary: Summary, batch: Batch): Promise<readonly Values[]> => {
  const { db, act } = batch
  const options = { ...sessionOf(db), ...exactly }
  const { into, count, totals = [] } = summary
  const groups = grouped(summary, await nativeOf(db, act.from).find(stillDue(batch), options).toArray())
  if (groups.size === 0) return []
  const there = await nativeOf(db, into)
    .find({ $or: [...groups.values()].map(({ group }) => group) }, options)
    .toArray()
  const known = new Map(there.map((document) => [textsOf(Object.values(groupIn(summary, document))), document]))
  return [...groups].map(([name, { group, documents }]) => {
    const before = known.get(name) ?? null
    const counts = counted(count, before ?? {}, documents)
    const after = { ...group, ...counts, ...added(totals, before ?? {}, documents) }
    return { before, after: { _id: before === null ? new mongo.ObjectId() : before['_id'], ...after } }
  })
}

const groupIn = ({ by }: Summary, document: Values): Values =>
  Object.fromEntries(by.map(({ as }) => [as, document[as] ?? null]))

type Step = { readonly before: Values | null; readonly after: Values }

/** Only a document that is as it was becomes what it will be: one that is that already stays. */
const stepOf = ({ before, after }: Step): mongo.AnyBulkWriteOperation<Values> => {
  const { _id, ...values } = after
  const own: Values = { _id }
  return {
    updateOne:
      before === null
        ? { filter: own, update: { $setOnInsert: values }, upsert: true }
        : { filter: before, update: { $set: values } },
  }
}

const isWritten = ({ after }: Step, stored: Values): boolean =>
  Object.entries(after).every(([path, value]) => textOf(stored[path]) === textOf(value))

/** Writes what was planned, once. A summary that an event has deleted since is not made again. */
const written = async ({ db }: Batch, { into }: Summary, steps: readonly Step[]): Promise<void> => {
  if (steps.length === 0) return
  const summaries = nativeOf(db, into)
  const result = await summaries.bulkWrite(steps.map(stepOf), { ...sessionOf(db), ordered: false })
  if (result.matchedCount + result.upsertedCount === steps.length) return
  const there = await summaries
    .find(among(steps.map(({ after }) => after['_id'])), { ...sessionOf(db), ...exactly })
    .toArray()
  const stored = new Map(there.map((document) => [textOf(document['_id']), document]))
  const isLost = steps.some((step) => {
    const now = stored.get(textOf(step.after['_id']))
    return now !== undefined && !isWritten(step, now)
  })
  if (isLost)
    throw new Error(`${into} was changed by another while documents were counted: what it lacks is still noted`)
}

/** Counts documents in a summary, and deletes them. */
export const summarising = (summary: Summary): Change => ({
  into: summary.into,
  planned: (batch) => planned(summary, batch),
  done: async (batch, plan) => {
    await written(batch, summary, plan as unknown as readonly Step[])
    return removed(batch)
  },
})
