import { randomUUID } from 'node:crypto'
import { exactly, isDuplicate, type MongoStore, nativeOf, sessionOf, type Values } from './store.js'
import type { Noted, Turn } from './turns.js'

/** Where it is noted. */
const journal = 'botschema_retention'

/** A turn ends by itself after so many milliseconds in which nothing was noted: its worker is gone. */
const lapse = 60_000

const lapsing = (): Date => new Date(Date.now() + lapse)

const notedIn = (stored: Values | null): Noted | null => {
  const batch = stored?.['batch'] as Noted | null | undefined
  return batch == null ? null : { ...batch, act: Number(batch.act) }
}

/**
 * Takes the turn at an entity, for servers without transactions; null while another worker has it.
 */
export const turnAt = async (db: MongoStore, entity: string): Promise<Turn | null> => {
  const notes = nativeOf(db, journal)
  const worker = randomUUID()
  const mine: Values = { _id: entity, worker }
  const note = async (values: Values): Promise<boolean> =>
    (await notes.updateOne(mine, { $set: values }, sessionOf(db))).matchedCount === 1
  const free: Values = { _id: entity, until: { $lte: new Date() } }
  try {
    await notes.updateOne(free, { $set: { worker, until: lapsing() } }, { ...sessionOf(db), upsert: true })
  } catch (failure) {
    if (isDuplicate(failure)) return null
    throw failure
  }
  return {
    left: notedIn(await notes.findOne(mine, { ...sessionOf(db), ...exactly })),
    begin: async (batch) => {
      if (!(await note({ batch, until: lapsing() }))) throw new Error(`another worker is at ${entity}`)
    },
    finish: async () => {
      await note({ batch: null, until: lapsing() })
    },
    end: async () => {
      await note({ until: new Date(0) })
    },
  }
}
