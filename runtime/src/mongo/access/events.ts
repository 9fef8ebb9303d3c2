import type { Touched } from '../../retention/report.js'
import { changedAll } from './changing.js'
import { portionsOf } from './portions.js'
import { parted, pathsPointedAt, pointingFilter, type Reference, type Referring } from './references.js'
import { among, type MongoStore, nativeOf, sessionOf, type Values } from './store.js'

/** Whom an event is about, by Discord's ids. */
export interface Named {
  readonly guild?: string
  readonly user?: string
}

/** Those, and the keys that rows of theirs have, by the entity. */
export interface Subjects extends Named {
  readonly keys: { readonly [entity: string]: readonly unknown[] }
}

/** The documents of one place that an effect is about: filters, all of which find other documents. */
export type Match = (subjects: Subjects, db: MongoStore) => AsyncIterable<Values>

/** What is done to the documents of a filter; how many those were. */
type Doing = (
  db: MongoStore,
  collections: readonly Referring[],
  from: Referring,
  filter: Values,
  at: Date,
) => Promise<number>

/** What is done to documents, and why they are kept. */
interface Does extends Pick<Touched, 'did' | 'because'> {
  readonly to: Doing
  /** The documents of a filter that it was not done to yet, where it can be told which those are. */
  readonly undone?: (filter: Values) => Values
}

/** What an event does to the documents of one place. */
export interface Effect extends Pick<Touched, 'entity' | 'from' | 'field'> {
  readonly match: Match
  readonly does: Does
  /** Done after all others: by its row the rest is found, also when the event is done again after it was cut off. */
  readonly last?: true
}

/** Where the key of a subject's row is looked up by Discord's id. */
interface Lookup {
  readonly from: string
  readonly by: string
  readonly at: string
  readonly subject: keyof Named
}

export interface Event {
  readonly lookups?: { readonly [entity: string]: Lookup }
  /** In their order: documents before those that they point at. */
  readonly effects: readonly Effect[]
}

/** The documents that name those whom an event is about. */
export const naming = (filter: (subjects: Subjects) => Values): Match =>
  async function* (subjects) {
    yield filter(subjects)
  }

/** The documents that point at others, which go. */
export const pointing = ({ fields, to, at }: Pick<Reference, 'fields' | 'to' | 'at'>, match: Match): Match =>
  async function* (subjects, db) {
    const projection = Object.fromEntries(at.map((path) => [path, 1]))
    for await (const filter of match(subjects, db)) {
      const documents = nativeOf(db, to).find(filter, { ...sessionOf(db), projection })
      for await (const some of portionsOf(documents)) {
        const found = pointingFilter({ fields, at }, some)
        if (found !== null) yield found
      }
    }
  }

const deletedFrom: Doing = async (db, collections, { collection }, filter) => {
  const [documents, options] = [nativeOf(db, collection), sessionOf(db)]
  const paths = pathsPointedAt(collections, collection)
  if (paths.length === 0) return (await documents.deleteMany(filter, options)).deletedCount
  const projection = Object.fromEntries(['_id', ...paths].map((path) => [path, 1]))
  const going = await documents.find(filter, { ...options, projection }).toArray()
  await parted(db, collections, collection, going)
  let rows = 0
  for await (const some of portionsOf(going))
    rows += (await documents.deleteMany(among(some.map(({ _id }) => _id)), options)).deletedCount
  return rows
}

/** Sets values where they are not set yet: in documents that `undone` finds. */
export const sets = (values: (at: Date) => Values, undone: Values): Does => {
  const unset = (filter: Values): Values => ({ $and: [filter, undone] })
  return {
    did: 'changed',
    because: null,
    to: (db, _collections, from, filter, at) => changedAll(db, from, unset(filter), values(at)),
    ...(Object.keys(undone).length === 0 ? {} : { undone: unset }),
  }
}

export const deletes: Does = { did: 'deleted', because: null, to: deletedFrom, undone: (filter) => filter }

export const keeps = (because: string): Does => ({
  did: 'kept',
  because,
  to: (db, _collections, { collection }, filter) => nativeOf(db, collection).countDocuments(filter, sessionOf(db)),
})
