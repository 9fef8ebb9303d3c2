import type { Touched } from '../../retention/report.js'
import { hasTransactions } from '../transaction-support.js'
import type { Effect, Event, Named, Subjects } from './events.js'
import { portion } from './portions.js'
import { PointedAtError, type Referring } from './references.js'
import type { Collections } from './retiring.js'
import { among, connectionOf, type MongoStore, nativeOf, sessionOf, type Values } from './store.js'
import { asUnit } from './transactions.js'
import { inTurn, isNoted, type Turns } from './turns.js'

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

const doneTo = (
  { db, collections }: Happening,
  { entity, from, does }: Effect,
  filter: Values,
  at: Date,
): Promise<number> => {
  const own = collections[entity]
  const place: Referring = own?.collection === from ? own : { collection: from }
  return does.to(db, Object.values(collections), place, filter, at)
}

const effected = async (happening: Happening, effect: Effect, subjects: Subjects): Promise<Touched> => {
  const { entity, from, field, match, does } = effect
  const at = new Date()
  let rows = 0
  for await (const filter of match(subjects, happening.db)) rows += await doneTo(happening, effect, filter, at)
  return { entity, from, field, did: does.did, rows, because: does.because }
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

/** A transaction of more documents than these may take longer than the minute that a server gives it. */
const large = 10_000

const isLarge = async ({ db, event }: Happening, subjects: Subjects): Promise<boolean> => {
  let left = large
  for (const { from, match, does } of event.effects) {
    if (does.undone === undefined) continue
    for await (const filter of match(subjects, db)) {
      left -= await nativeOf(db, from).countDocuments(does.undone(filter), { limit: left + 1 })
      if (left < 0) return true
    }
  }
  return false
}

/** Does an effect to some of the documents that it was not done to yet, in a transaction; how many those were. */
const effectedSome = (happening: Happening, effect: Effect, undone: Values): Promise<number> =>
  asUnit(happening.db, true, async (db) => {
    const options = { ...sessionOf(db), projection: { _id: 1 }, limit: portion }
    const some = await nativeOf(db, effect.from).find(undone, options).toArray()
    const ids = some.map(({ _id }) => _id)
    return doneTo({ ...happening, db }, effect, among(ids), new Date())
  })

/** Does an effect as far as it can be done to some documents after the others; how many those were. */
const effectedAhead = async (happening: Happening, effect: Effect, subjects: Subjects): Promise<number> => {
  const { match, does, last } = effect
  let rows = 0
  if (does.undone === undefined || last === true) return rows
  try {
    for await (const filter of match(subjects, happening.db)) {
      for (let done = portion; done === portion; ) {
        done = await effectedSome(happening, effect, does.undone(filter))
        rows += done
      }
    }
  } catch (failure) {
    // Documents that hold each other go at once, or not at all.
    if (!(failure instanceof PointedAtError)) throw failure
  }
  return rows
}

/** What of a large event can be done without the rest: all but what the rest is found by. How many documents by effect. */
const happenAhead = async (happening: Happening): Promise<readonly number[]> => {
  const { db, event, named } = happening
  const subjects = await subjectsOf(db, event, named)
  if (!(await isLarge(happening, subjects))) return []
  const rows: number[] = []
  for (const effect of event.effects) rows.push(await effectedAhead(happening, effect, subjects))
  return rows
}

/** Happens in a transaction, which has all that runs of retention have moved meanwhile. */
const happenTransacted = async (happening: Happening): Promise<Touched[]> => {
  const ahead = 'session' in happening.db ? [] : await happenAhead(happening)
  const touched = await asUnit(happening.db, true, (db) => happen({ ...happening, db }))
  return touched.map((one, index) => ({ ...one, rows: one.rows + (ahead[index] ?? 0) }))
}

/** The wait before a turn is asked for again in milliseconds. */
const pause = 50

/** How often it is: for longer than a turn lasts without its worker. */
const attempts = 2400

const patiently = async (turns: Turns, db: MongoStore, collection: string) => {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const turn = await turns(db, collection, true)
    if (turn !== null) return turn
    await new Promise((resolve) => setTimeout(resolve, pause))
  }
  throw new Error(`retention is still at work on ${collection}`)
}

/** Happens when runs of retention have left all of these entities, and what they had begun is finished. */
const happenAfter = async (happening: Happening, turns: Turns, entities: readonly string[]): Promise<Touched[]> => {
  const { db, collections } = happening
  const [entity, ...others] = entities
  if (entity === undefined) return happen(happening)
  const of = collections[entity]
  if (of === undefined || !isNoted(of)) return happenAfter(happening, turns, others)
  const turn = await patiently(turns, db, of.collection)
  return inTurn(db, Object.values(collections), of, turn, () => happenAfter(happening, turns, others))
}

/**
 * Does what an event does, in a transaction where the server has those; of a large one most comes before it, in smaller
 * ones. Elsewhere it is done in order, and waits for runs of retention, so that none brings back what goes. Whatever was
 * cut off is finished by doing it again.
 */
export const happened = async (
  db: MongoStore,
  collections: Collections,
  event: Event,
  given: Named,
  turns?: Turns,
): Promise<Touched[]> => {
  const happening: Happening = { db, collections, event, named: held(given) }
  if ('session' in db || (await hasTransactions(connectionOf(db)))) return happenTransacted(happening)
  if (turns === undefined) return happen(happening)
  const entities = [...new Set(event.effects.map(({ entity }) => entity))].sort()
  return happenAfter(happening, turns, entities)
}
