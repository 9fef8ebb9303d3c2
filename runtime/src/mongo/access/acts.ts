import { changedAll } from './changing.js'
import { isKeptIn, type Newest, pathsOfNewest } from './newest.js'
import { parted, pathsPointedAt, type Referring } from './references.js'
import { among, type Encoding, type MongoStore, nativeOf, sessionOf, type Values } from './store.js'

/** The date of a moment, in UTC. */
export const dateOf = (moment: Date): string => moment.toISOString().slice(0, 10)

/** Documents that an act is done to, by their ids, as of a moment. */
export interface Batch {
  readonly db: MongoStore
  readonly collections: readonly Referring[]
  readonly of: Ageing
  readonly act: Act
  readonly at: Date
  readonly ids: readonly unknown[]
}

/** What an act does to documents: to those that are still due. Done again after it was cut off, it does the rest. */
export interface Change {
  /** Another collection that it writes to: a batch is noted first, so that one that is cut off between the two is finished. */
  readonly into?: string
  /** What is to be written there: documents as they were and as they will be, so that nothing is written twice. */
  readonly planned?: (batch: Batch) => Promise<readonly Values[]>
  /** How many documents it was done to. */
  readonly done: (batch: Batch, plan: readonly Values[]) => Promise<number>
}

/** What a run does to documents of one collection. */
export interface Act {
  readonly from: string
  /** The path of the moment that they are due by. */
  readonly clock: string
  /** The documents that the act is about at a moment. */
  readonly due: (at: Date) => Values
  readonly change: Change
  /** Whether a function of the bot's is handed each row first. */
  readonly hooked?: true
  /** Documents that stay although they are due. */
  readonly newest?: Newest
  /** Acts with a hook, by their place: what is due for those is left alone. */
  readonly after?: readonly number[]
}

/** The collection of an entity, with what a run does to its documents and archives, in that order. */
export interface Ageing extends Referring {
  readonly acts: readonly Act[]
  /** How rows are handed to hooks, and found again by their keys. */
  readonly rows?: Encoding & { readonly row: (document: Values) => Values; readonly key: readonly string[] }
}

/** Those of a batch that are still due. */
export const stillDue = ({ act, at, ids }: Batch): Values => among(ids, act.due(at))

/** Deletes the documents that are still due, and does to what points at them what a reference says. */
export const removed = async (batch: Batch): Promise<number> => {
  const { db, collections, act } = batch
  const [documents, options] = [nativeOf(db, act.from), sessionOf(db)]
  const paths = pathsPointedAt(collections, act.from)
  if (paths.length > 0) {
    const projection = Object.fromEntries(['_id', ...paths].map((path) => [path, 1]))
    const going = await documents.find(stillDue(batch), { ...options, projection }).toArray()
    await parted(db, collections, act.from, going)
  }
  const { deletedCount } = await documents.deleteMany(stillDue(batch), options)
  return deletedCount
}

/** Sets values in documents. */
export const setting = (values: (at: Date) => Values): Change => ({
  done: (batch) => changedAll(batch.db, batch.of, stillDue(batch), values(batch.at)),
})

export const deleting: Change = { done: removed }

/** Whether a document that is due is left alone: it is among the newest, or waits for a hook. */
type IsLeft = (document: Values) => Promise<boolean>

const waitedFor = ({ acts }: Ageing, { after = [] }: Act): readonly Act[] => after.flatMap((index) => acts[index] ?? [])

/** An act's documents that stay are not waiting for it; a filter cannot say which those are. */
const isWaiting = (db: MongoStore, at: Date, { from, due, newest }: Act): IsLeft => {
  const isKept = newest === undefined ? async () => false : isKeptIn(db, from, newest)
  return async (document) =>
    !(await isKept(document)) &&
    (await nativeOf(db, from).countDocuments({ $and: [{ _id: document['_id'] }, due(at)] }, sessionOf(db))) > 0
}

/** Acts whose waiting documents no filter finds, since some of them stay while the later act is done to those as well. */
const isApart = (act: Act, other: Act): boolean => act.newest === undefined && other.newest !== undefined

const leftBy = (db: MongoStore, of: Ageing, act: Act, at: Date): readonly IsLeft[] => [
  ...(act.newest === undefined ? [] : [isKeptIn(db, act.from, act.newest)]),
  ...waitedFor(of, act)
    .filter((other) => isApart(act, other))
    .map((other) => isWaiting(db, at, other)),
]

/** A search for the documents that an act is to be done to. */
export interface Search {
  readonly filter: Values
  readonly left: readonly IsLeft[]
  /** What `left` reads of a document. */
  readonly paths: readonly string[]
}

export const searchOf = (db: MongoStore, of: Ageing, act: Act, at: Date, narrowing: readonly Values[]): Search => {
  const others = waitedFor(of, act)
  const waiting = others.filter((other) => !isApart(act, other)).map((other) => other.due(at))
  return {
    filter: { $and: [act.due(at), ...narrowing, ...(waiting.length === 0 ? [] : [{ $nor: waiting }])] },
    left: leftBy(db, of, act, at),
    paths: ['_id', act.clock, ...[act, ...others].flatMap(({ newest }) => (newest ? pathsOfNewest(newest) : []))],
  }
}

export const isLeftBy = async ({ left }: Pick<Search, 'left'>, document: Values): Promise<boolean> => {
  for (const isLeft of left) if (await isLeft(document)) return true
  return false
}

/** The documents of a search, the longest due first, without what they hold beside; at most so many. */
export const searched = async function* (
  db: MongoStore,
  { from, clock }: Act,
  search: Search,
  limit: number,
): AsyncGenerator<Values> {
  const projection = Object.fromEntries(search.paths.map((path) => [path, 1]))
  const options = { ...sessionOf(db), readPreference: 'primary', projection, sort: { [clock]: 1 } } as const
  const found = nativeOf(db, from).find(search.filter, options)
  let count = 0
  for await (const document of search.left.length === 0 ? found.limit(limit) : found) {
    if (await isLeftBy(search, document)) continue
    yield document
    count += 1
    if (count === limit) return
  }
}
