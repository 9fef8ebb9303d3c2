import type { Touched } from '../../typescript/retention.js'
import { changedAll } from './changing.js'
import { parted, pathsPointedAt, pointingFilter, type Reference, type Referring } from './references.js'
import type { Collections } from './retiring.js'
import { among, connectionOf, type MongoStore, nativeOf, sessionOf, type Values } from './store.js'
import { asUnit, hasTransactions } from './transactions.js'
import { inTurn, isNoted, type Turns } from './turns.js'

/** Whom an event is about, by Discord's ids. */
interface Named {
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

/** How many documents are read before what points at them is asked for. */
const chunk = 1000

const chunksOf = async function* (documents: AsyncIterable<Values>): AsyncGenerator<readonly Values[]> {
  let some: Values[] = []
  for await (const document of documents) {
    some.push(document)
    if (some.length < chunk) continue
    yield some
    some = []
  }
  if (some.length > 0) yield some
}

/** The documents that point at others, which go. */
export const pointing = ({ fields, to, at }: Pick<Reference, 'fields' | 'to' | 'at'>, match: Match): Match =>
  async function* (subjects, db) {
    const projection = Object.fromEntries(at.map((path) => [path, 1]))
    for await (const filter of match(subjects, db)) {
      const documents = nativeOf(db, to).find(filter, { ...sessionOf(db), projection })
      for await (const some of chunksOf(documents)) {
        const found = pointingFilter({ fields, at }, some)
        if (found !== null) yield found
      }
    }
  }

const deletedFrom: Doing = async (db, collections, { collection }, filter) => {
  const [documents, options] = [nativeOf(db, collection), sessionOf(db)]
  const paths = pathsPointedAt(collections, collection)
  if (paths.length === 0) return (await documents.deleteMany(filter, options)).deletedCount
  let rows = 0
  const projection = Object.fromEntries(['_id', ...paths].map((path) => [path, 1]))
  for await (const some of chunksOf(documents.find(filter, { ...options, projection }))) {
    await parted(db, collections, collection, some)
    rows += (await documents.deleteMany(among(some.map(({ _id }) => _id)), options)).deletedCount
  }
  return rows
}

/** Sets values where they are not set yet. */
export const sets = (values: (at: Date) => Values, undone: Values): Does => ({
  did: 'changed',
  because: null,
  to: (db, _collections, from, filter, at) => changedAll(db, from, { $and: [filter, undone] }, values(at)),
})

export const deletes: Does = { did: 'deleted', because: null, to: deletedFrom }

export const keeps = (because: string): Does => ({
  did: 'kept',
  because,
  to: (db, _collections, { collection }, filter) => nativeOf(db, collection).countDocuments(filter, sessionOf(db)),
})

/** No operator of a query comes in where an id belongs. */
const held = (named: Named): Named => {
  for (const id of Object.values(named))
    if (typeof id !== 'string' || !/^[1-9]\d{0,18}$/.test(id)) throw new TypeError(`no id of Discord: ${String(id)}`)
  return named
}

const subjectsOf = async (db: MongoStore, { lookups = {} }: Event, named: Named): Promise<Subjects> => {
  const keys: { [entity: string]: readonly unknown[] } = {}
  for (const [entity, { from, by, at, subject }] of Object.entries(lookups)) {
    const found = nativeOf(db, from).find({ [by]: named[subject] }, { ...sessionOf(db), projection: { [at]: 1 } })
    keys[entity] = (await found.toArray()).map((document) => document[at])
  }
  return { ...named, keys }
}

interface Happening {
  readonly db: MongoStore
  readonly collections: Collections
  readonly event: Event
  readonly named: Named
}

const effected = async (
  { db, collections }: Happening,
  { entity, from, field, match, does: { did, because, to } }: Effect,
  subjects: Subjects,
): Promise<Touched> => {
  const own = collections[entity]
  const place = own?.collection === from ? own : { collection: from }
  const at = new Date()
  let rows = 0
  for await (const filter of match(subjects, db)) rows += await to(db, Object.values(collections), place, filter, at)
  return { entity, from, field, did, rows, because }
}

const happen = async (happening: Happening): Promise<Touched[]> => {
  const { db, event, named } = happening
  const subjects = await subjectsOf(db, event, named)
  const done = new Map<Effect, Touched>()
  for (const isLast of [false, true]) {
    for (const effect of event.effects)
      if ((effect.last === true) === isLast) done.set(effect, await effected(happening, effect, subjects))
  }
  return event.effects.flatMap((effect) => done.get(effect) ?? [])
}

/** The wait before a turn is asked for again in milliseconds. */
const pause = 50

/** How often it is: for longer than a turn lasts without its worker. */
const attempts = 2400

const patiently = async (turns: Turns, db: MongoStore, entity: string) => {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const turn = await turns(db, entity)
    if (turn !== null) return turn
    await new Promise((resolve) => setTimeout(resolve, pause))
  }
  throw new Error(`retention is still at work on ${entity}`)
}

/** Happens when runs of retention have left all of these entities, and what they had begun is finished. */
const happenAfter = async (happening: Happening, turns: Turns, entities: readonly string[]): Promise<Touched[]> => {
  const { db, collections } = happening
  const [entity, ...others] = entities
  if (entity === undefined) return happen(happening)
  const of = collections[entity]
  if (of === undefined || !isNoted(of)) return happenAfter(happening, turns, others)
  const turn = await patiently(turns, db, entity)
  return inTurn(db, Object.values(collections), of, turn, () => happenAfter(happening, turns, others))
}

/**
 * Does what an event does, in a transaction where the server has those. Elsewhere it is done in order, so that doing it
 * again after it was cut off does the rest; and it waits for runs of retention, so that none brings back what goes.
 */
export const happened = async (
  db: MongoStore,
  collections: Collections,
  event: Event,
  given: Named,
  turns?: Turns,
): Promise<Touched[]> => {
  const named = held(given)
  const isTransacted = 'session' in db || (await hasTransactions(connectionOf(db)))
  const happening: Happening = { db, collections, event, named }
  if (isTransacted || turns === undefined) return asUnit(db, isTransacted, (own) => happen({ ...happening, db: own }))
  const entities = [...new Set(event.effects.map(({ entity }) => entity))].sort()
  return happenAfter(happening, turns, entities)
}
