import type { DuePage, DueRow, RetentionStore, TellRetired, UnreadRow } from '../../retention/store.js'
import { hasTransactions } from '../transaction-support.js'
import { type Act, type Ageing, type Batch, isLeftBy, type Search, searched, searchOf } from './acts.js'
import { afterClock, earlier, fromClock, momentOf, untilClock } from './clock-order.js'
import { portion } from './portions.js'
import type { Referring } from './references.js'
import { connectionOf, havingValues, type MongoStore, nativeOf, sessionOf, storedName, type Values } from './store.js'
import { asUnit } from './transactions.js'
import { inTurn, isNoted, type Retired, type Turn, type Turns } from './turns.js'

/** The collections of a set, by entity: those whose rows age, and those that point at what goes. */
export interface Collections {
  readonly [entity: string]: Referring | Ageing
}

interface Work {
  readonly db: MongoStore
  readonly collections: readonly Referring[]
  readonly of: Ageing
  readonly at: Date
  readonly isTransacted: boolean
  /** Null where batches need no notes. */
  readonly turn: Turn | null
}

const ageingOf = (collections: Collections, entity: string): Ageing => {
  const of = collections[entity]
  if (of === undefined || !('acts' in of)) throw new TypeError(`no rows of ${entity} age`)
  return of
}

const actOf = ({ acts }: Ageing, index: number): Act => {
  const act = acts[index]
  if (act === undefined) throw new RangeError(`no act ${index}`)
  return act
}

/** What documents an act is done to next: at most so many of those that are narrowed to. */
interface Wanted {
  readonly index: number
  readonly limit: number
  readonly narrowing: readonly Values[]
}

interface Done {
  readonly rows: number
  /** The documents that were found, in their order. */
  readonly found: readonly Values[]
}

/** Notes a batch where that is needed; the turn, if it was. */
const begun = async (turn: Turn | null, index: number, batch: Batch, plan: readonly Values[]): Promise<Turn | null> => {
  const { at, ids, act } = batch
  const { from, change } = act
  if (turn === null || change.into === undefined) return null
  await turn.begin({ act: index, from, into: change.into, at, ids, plan })
  return turn
}

const doneTo = async ({ turn, ...work }: Work, index: number, ids: readonly unknown[]): Promise<number> => {
  const act = actOf(work.of, index)
  const batch: Batch = { ...work, act, ids }
  const plan = (await act.change.planned?.(batch)) ?? []
  const noted = await begun(turn, index, batch, plan)
  const rows = await act.change.done(batch, plan)
  await noted?.finish()
  return rows
}

/** Documents are looked for before a transaction begins, as a server gives it no more than a minute. */
const doNext = async (work: Work, { index, limit, narrowing }: Wanted): Promise<Done> => {
  const { db, of, at, isTransacted } = work
  const act = actOf(of, index)
  const found: Values[] = []
  for await (const one of searched(db, act, searchOf(db, of, act, at, narrowing), limit)) found.push(one)
  if (found.length === 0) return { rows: 0, found }
  const ids = found.map(({ _id }) => _id)
  return { rows: await asUnit(db, isTransacted, (own) => doneTo({ ...work, db: own }, index, ids)), found }
}

/** What a run asks for: rows of an entity, as of a moment. */
interface Asked {
  readonly db: MongoStore
  readonly collections: Collections
  readonly turns: Turns | undefined
  readonly entity: string
  readonly at: Date
}

/** Works on an entity's rows while no other worker does, where they cannot do so side by side; else not at all. */
const worked = async <Result>(
  { db, collections, turns, entity, at }: Asked,
  run: (work: Work, finished: Retired[]) => Promise<Result>,
): Promise<Result | null> => {
  const of = ageingOf(collections, entity)
  const all = Object.values(collections)
  const isTransacted = 'session' in db || (await hasTransactions(connectionOf(db)))
  const work: Work = { db, collections: all, of, at, isTransacted, turn: null }
  if (isTransacted || turns === undefined || !isNoted(of)) return run(work, [])
  const turn = await turns(db, of.collection, false)
  return turn === null ? null : inTurn(db, all, of, turn, (finished) => run({ ...work, turn }, finished))
}

/**
 * Where the next batch begins: of an entity with which act, since those before it have had their turn in the run; and of
 * an act with which clock, so that what was passed over is not read again for each.
 */
interface Places {
  readonly acts: Map<string, number>
  readonly clocks: Map<string, unknown>
}

const retireActs = async (
  work: Work,
  entity: string,
  batch: number,
  { acts, clocks }: Places,
  tell: TellRetired,
): Promise<void> => {
  let left = batch
  const first = acts.get(entity) ?? 0
  acts.delete(entity)
  for (const [index, { clock, hooked }] of work.of.acts.entries()) {
    if (index < first) continue
    const name = `${entity} ${index}`
    for (let isMore = hooked !== true; isMore && left > 0; ) {
      const since = clocks.get(name) ?? null
      const narrowing = since === null ? [] : [fromClock(clock, since)]
      const limit = Math.min(left, portion)
      const { rows, found } = await doNext(work, { index, limit, narrowing })
      tell(index, rows)
      isMore = found.length === limit && rows > 0
      if (found.length === limit) clocks.set(name, found.at(-1)?.[clock])
      else clocks.delete(name)
      left -= rows
      if (left <= 0) acts.set(entity, index)
    }
  }
}

interface Place {
  readonly clock: unknown
  readonly id: unknown
}

const behind = ({ clock: path }: Act, { clock, id }: Place): readonly Values[] => [
  fromClock(path, clock),
  { $or: [afterClock(path, clock), { [path]: clock, _id: { $gt: id } }] },
]

/**
 * A page of what is due, by the clock and `_id`. An index of the clock does not end in `_id`, and Mongo sorts by an index
 * wholly or not at all: so a page first asks along the clock where it ends.
 */
const pageOf = async (db: MongoStore, { from, clock }: Act, { filter }: Search, limit: number): Promise<Values[]> => {
  const [documents, options] = [nativeOf(db, from), sessionOf(db)]
  const ends = { ...options, projection: { [clock]: 1 }, sort: { [clock]: 1 }, skip: limit - 1 } as const
  const last = await documents.findOne(filter, ends)
  const within = last === null ? filter : { $and: [filter, untilClock(clock, last[clock])] }
  return documents.find(within, { ...options, sort: { [clock]: 1, _id: 1 }, limit }).toArray()
}

const rowsOf = ({ rows }: Ageing): NonNullable<Ageing['rows']> => {
  if (rows === undefined) throw new TypeError('no rows of this entity are handed to hooks')
  return rows
}

/** A document of an archive as that which was archived. */
const unarchived = ({ archived_at: _at, archived_because: _because, ...document }: Values): Values => document

const dueRow = (of: Ageing, { from }: Act, document: Values): DueRow | UnreadRow => {
  const { row: decode, key, stored } = rowsOf(of)
  try {
    const row = decode(from === of.collection ? document : unarchived(document))
    return { key: Object.fromEntries(key.map((property) => [property, row[property]])), row }
  } catch (error) {
    const values = key.map((property) => [property, document[storedName({ stored }, property)]])
    return { key: Object.fromEntries(values), error }
  }
}

const duePage = async ({ db, of, at }: Work, index: number, limit: number, after: Place | null): Promise<DuePage> => {
  const act = actOf(of, index)
  const search = searchOf(db, of, act, at, after === null ? [] : behind(act, after))
  const page = await pageOf(db, act, search, limit)
  const [rows, unread]: [DueRow[], UnreadRow[]] = [[], []]
  for (const document of page) {
    if (await isLeftBy(search, document)) continue
    const due = dueRow(of, act, document)
    if ('error' in due) unread.push(due)
    else rows.push(due)
  }
  const last = page.length < limit ? undefined : page.at(-1)
  return { rows, unread, next: last === undefined ? null : { clock: last[act.clock], id: last['_id'] } }
}

/** The earliest clock of the documents of a search. The first may have milliseconds, while earlier ones have Dates. */
const oldestOf = async (db: MongoStore, act: Act, search: Search): Promise<Date | null> => {
  const first = async (condition: Values): Promise<unknown> => {
    const dated = { ...search, filter: { $and: [search.filter, condition] } }
    for await (const document of searched(db, act, dated, 1)) return document[act.clock]
    return null
  }
  const oldest = await first({ [act.clock]: { $ne: null } })
  const oldestDate = typeof oldest === 'number' ? await first({ [act.clock]: { $type: 'date' } }) : null
  return earlier(momentOf(oldest), momentOf(oldestDate))
}

/** How many documents an act is to be done to, and the earliest clock of theirs. */
const dueOf = async (db: MongoStore, of: Ageing, act: Act, at: Date) => {
  const search = searchOf(db, of, act, at, [])
  if (search.left.length === 0) {
    const rows = await nativeOf(db, act.from).countDocuments(search.filter, sessionOf(db))
    return { rows, oldest: await oldestOf(db, act, search) }
  }
  let [rows, oldest]: [number, Date | null] = [0, null]
  for await (const document of searched(db, act, search, Infinity)) {
    rows += 1
    oldest = earlier(oldest, momentOf(document[act.clock]))
  }
  return { rows, oldest }
}

/**
 * What a run of retention does in Mongo. A batch is a transaction where the server has those; elsewhere each write of it
 * can be done again, and `turns` has one that was cut off be finished before the next begins.
 */
export const retentionStore = (db: MongoStore, collections: Collections, turns?: Turns): RetentionStore => {
  const places: Places = { acts: new Map(), clocks: new Map() }
  const asked = (entity: string, at: Date): Asked => ({ db, collections, turns, entity, at })
  return {
    retire: async (entity, at, batch, tell) => {
      await worked(asked(entity, at), async (work, finished) => {
        for (const { act, rows } of finished) tell(act, rows)
        await retireActs(work, entity, batch, places, tell)
      })
    },
    dueRows: async (entity, act, at, batch, after) => {
      const limit = Math.min(batch, portion)
      const page = await worked(asked(entity, at), (work) => duePage(work, act, limit, after as Place | null))
      return page ?? { rows: [], next: null }
    },
    settle: async (entity, index, at, keys) => {
      if (keys.length === 0) return 0
      const rows = rowsOf(ageingOf(collections, entity))
      const narrowing = [{ $or: keys.map((key) => havingValues(rows, key)) }]
      const done = await worked(asked(entity, at), (work) => doNext(work, { index, limit: keys.length, narrowing }))
      return done?.rows ?? 0
    },
    due: async (entity, at) => {
      const of = ageingOf(collections, entity)
      // `find` gives no cursor before the connection is open.
      await connectionOf(db).asPromise()
      const all = []
      for (const [act, one] of of.acts.entries()) all.push({ act, ...(await dueOf(db, of, one, at)) })
      return all
    },
  }
}
