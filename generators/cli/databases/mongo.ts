import type { MongoDatabase } from '../../pipeline/retain/database.js'
import { reasonsFor } from './reasons.js'
import { patience, type Refused } from './refused.js'

/** The driver says of any other URL only that it cannot be read. */
const isOfAnother = (uri: string): boolean => uri.includes('://') && !/^mongodb(?:\+srv)?:/i.test(uri)

/** Opens the database that a URI of MongoDB names. Nothing is made in it: no collection, no index. */
export const openMongo = async (uri: string): Promise<MongoDatabase | Refused> => {
  if (isOfAnother(uri)) return { refused: 'the URL is not one of MongoDB' }
  const reasonOf = reasonsFor(uri)
  const { default: mongoose } = await import('mongoose')
  const connection = mongoose.createConnection()
  try {
    await connection.openUri(uri, {
      appName: 'botschema',
      autoCreate: false,
      autoIndex: false,
      connectTimeoutMS: patience,
      serverSelectionTimeoutMS: patience,
    })
    return { store: 'mongo', connection, reasonOf, close: () => connection.destroy() }
  } catch (failure) {
    await connection.destroy()
    return { refused: reasonOf(failure) }
  }
}
