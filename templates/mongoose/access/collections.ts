import { type Connection, mongo } from 'mongoose'

/** A collection as `mongoose/validators.json` has it. */
interface Described {
  readonly validator: object
  readonly validationLevel: string
  readonly validationAction: string
  readonly indexes: readonly mongo.IndexDescription[]
}

/** A comment is the only text of the file at its top. */
const describedIn = (validators: string): readonly (readonly [name: string, described: Described])[] =>
  Object.entries(mongo.BSON.EJSON.parse(validators) as Record<string, string | Described>).flatMap(
    ([name, described]) => (typeof described === 'string' ? [] : [[name, described]]),
  )

/**
 * Creates what a database lacks of the collections, their validators and indexes, and gives the validators of now to
 * collections that are there; documents and other indexes stay as they are.
 *
 * @param validators the text of `mongoose/validators.json`
 */
export const createCollections = async (connection: Connection, validators: string): Promise<void> => {
  const db = await connection.asPromise().then(({ db }) => db)
  if (db === undefined) throw new Error('the connection is closed')
  const there = new Set((await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name))
  for (const [name, { indexes, ...rules }] of describedIn(validators)) {
    await db.command(there.has(name) ? { collMod: name, ...rules } : { create: name, ...rules })
    if (indexes.length > 0) await db.collection(name).createIndexes([...indexes])
  }
}
