import { randomUUID } from 'node:crypto'
import { isDuplicate } from './refusals.js'
import { exactly, type MongoStore, nativeOf, sessionOf, type Values } from './store.js'
import type { Noted, Turn } from './turns.js'

/** Where it is noted. */
const journal = 'botschema_retention'

/** A turn ends by itself after so many milliseconds in which its worker did not prolong it: that is gone. */
const lapse = 60_000

/** An event waits for so many milliseconds after it last asked for a turn. */
const patience = 5000

/** The wait before events are looked for again in milliseconds. */
const pause = 50

const after = (milliseconds: number): Date => new Date(Date.now() + milliseconds)

const notedIn = (stored: Values | null): Noted | null => {
  const batch = stored?.['batch'] as Noted | null | undefined
  return batch == null ? null : { ...batch, act: Number(batch.act) }
}

/** Events go before runs, which come again by themselves: a run waits for those that are at a collection, or wait for it. */
const eventsDone = async (db: MongoStore, collection: string): Promise<void> => {
  const atEvent = (): Values => ({ _id: collection, event: { $gt: new Date() } })
  while ((await nativeOf(db, journal).findOne(atEvent(), sessionOf(db))) !== null)
    await new Promise((resolve) => setTimeout(resolve, pause))
}

/** Whether another run has the turn, rather than an event, or nobody any more. */
const isAtRun = async (db: MongoStore, collection: string): Promise<boolean> => {
  const now = new Date()
  const atRun: Values = { _id: collection, until: { $gt: now }, $nor: [{ event: { $gt: now } }] }
  return (await nativeOf(db, journal).findOne(atRun, sessionOf(db))) !== null
}

/** Takes the turn at a collection, for servers without transactions; null while another worker has it. */
export const turnAt = async (db: MongoStore, collection: string, isEvent: boolean): Promise<Turn | null> => {
  if (!isEvent) await eventsDone(db, collection)
  const notes = nativeOf(db, journal)
  const worker = randomUUID()
  const its: Values = { _id: collection }
  const mine: Values = { ...its, worker }
  const note = async (values: Values): Promise<boolean> =>
    (await notes.updateOne(mine, { $set: values }, sessionOf(db))).matchedCount === 1
  const lasting = (): Values => ({ until: after(lapse), ...(isEvent ? { event: after(lapse) } : {}) })
  const free: Values = { _id: collection, until: { $lte: new Date() } }
  try {
    await notes.updateOne(free, { $set: { worker, ...lasting() } }, { ...sessionOf(db), upsert: true })
  } catch (failure) {
    if (!isDuplicate(failure)) throw failure
    if (isEvent) await notes.updateOne(its, { $set: { event: after(patience) } }, sessionOf(db))
    // An event that came between the question and the taking is waited for as well: rows would be left to the next run.
    else if (!(await isAtRun(db, collection))) return turnAt(db, collection, isEvent)
    return null
  }
  const left = notedIn(await notes.findOne(mine, { ...sessionOf(db), ...exactly }))
  const prolonging = setInterval(() => void note(lasting()).catch(() => false), lapse / 4)
  return {
    left,
    begin: async (batch) => {
      if (!(await note({ batch, ...lasting() }))) throw new Error(`another worker is at ${collection}`)
    },
    finish: async () => {
      await note({ batch: null, ...lasting() })
    },
    end: async () => {
      clearInterval(prolonging)
      await note({ until: new Date(0), event: new Date(0) })
    },
  }
}
