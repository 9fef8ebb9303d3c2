import type { ClientSession, mongo } from 'mongoose'
import { exactly, type Values } from '../access/store.js'

/** The same document with its paths the other way round: MongoDB writes what is not the same byte by byte. */
const turned = ({ _id: _, ...paths }: Values): Values => Object.fromEntries(Object.entries(paths).reverse())

/**
 * Locks a document until its transaction ends, and returns it as it is then; null where it is gone. MongoDB has no
 * `SELECT … FOR UPDATE`: who writes a document has it, and any other write to it waits or fails. So it is written with the
 * same values, in another order, which no validator and no reader tells apart. (One of a single path would be the same:
 * the transaction has that once it changes it.)
 */
export const lockDocument = async (
  documents: mongo.Collection<Values>,
  id: unknown,
  session: ClientSession,
): Promise<Values | null> => {
  const own = { _id: id } as Values
  const document = await documents.findOne(own, { session, ...exactly })
  if (document === null) return null
  await documents.replaceOne(own, turned(document), { session })
  return documents.findOne(own, { session })
}
