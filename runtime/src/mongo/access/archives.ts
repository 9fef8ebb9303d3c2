import { type Batch, type Change, removed, stillDue } from './acts.js'
import { among, exactly, nativeOf, sessionOf } from './store.js'

/** What is there still was changed since, and is due no longer: it does not belong in the archive. */
const takenBack = async ({ db, act, at, ids }: Batch, into: string): Promise<void> => {
  const options = { ...sessionOf(db), projection: { _id: 1 } }
  const there = await nativeOf(db, act.from).find(among(ids), options).toArray()
  if (there.length === 0) return
  const copied = { ...among(there.map(({ _id }) => _id)), archived_at: at }
  await nativeOf(db, into).deleteMany(copied, sessionOf(db))
}

/** Moves documents to an archive, each under its own `_id`, so that moving one twice leaves one. */
export const archiving = (into: string, because: string): Change => ({
  into,
  done: async (batch) => {
    const { db, act, at, ids } = batch
    const documents = await nativeOf(db, act.from)
      .find(stillDue(batch), { ...sessionOf(db), ...exactly })
      .toArray()
    const copies = documents.map((document) => ({
      replaceOne: {
        filter: { _id: document['_id'] },
        replacement: { ...document, archived_at: at, archived_because: because },
        upsert: true,
      },
    }))
    if (copies.length > 0) await nativeOf(db, into).bulkWrite(copies, { ...sessionOf(db), ordered: false })
    const rows = await removed(batch)
    if (rows < ids.length) await takenBack(batch, into)
    return rows
  },
})
