import { type Connection, mongo } from 'mongoose'

/** A collection as `mongoose/validators.json` has it. */
interface Described {
  readonly validator?: object
  readonly validationLevel?: string
  readonly validationAction?: string
  readonly indexes?: readonly mongo.IndexDescription[]
}

/** A comment is the only text of the file at its top. Whole numbers of 64 bits are bigints: a number would round them. */
const describedIn = (validators: string): readonly (readonly [name: string, described: Described])[] =>
  Object.entries(
    mongo.BSON.EJSON.parse(validators, { useBigInt64: true }) as Record<string, string | Described>,
  ).flatMap(([name, described]) => (typeof described === 'string' ? [] : [[name, described]]))

/** A rule with its numbers in one class each: a driver returns 64 bits as a number where one holds them. */
const withPlainNumbers = (rule: unknown): unknown => {
  if (rule instanceof mongo.Long) return withPlainNumbers(rule.toBigInt())
  if (typeof rule === 'bigint') return Number.isSafeInteger(Number(rule)) ? Number(rule) : { $numberLong: String(rule) }
  if (Array.isArray(rule)) return rule.map(withPlainNumbers)
  if (typeof rule !== 'object' || rule === null || Object.getPrototypeOf(rule) !== Object.prototype) return rule
  return Object.fromEntries(Object.entries(rule).map(([name, inner]) => [name, withPlainNumbers(inner)]))
}

/** Whether a collection holds documents to the same as is described; its texts and numbers may be in other classes. */
const isHeldTo = (rules: object, { options = {} }: mongo.CollectionInfo): boolean => {
  const plain = (value: unknown): string => mongo.BSON.EJSON.stringify(withPlainNumbers(value ?? null))
  return Object.entries(rules).every(
    ([name, rule]) => plain(rule) === plain((options as Record<string, unknown>)[name]),
  )
}

/**
 * Has documents expire as is described. An index takes another time; one that is to expire documents, or to do so no
 * longer, is dropped, and made anew where it is described (MongoDB manual, "TTL Indexes").
 */
const expireAsDescribed = async (db: mongo.Db, name: string, indexes: readonly mongo.IndexDescription[]) => {
  for (const index of await db.collection(name).listIndexes().toArray()) {
    const there: number | undefined = index['expireAfterSeconds']
    const expireAfterSeconds = indexes.find((one) => one.name === index.name)?.expireAfterSeconds
    if (there === expireAfterSeconds) continue
    if (there === undefined || expireAfterSeconds === undefined) await db.collection(name).dropIndex(index.name)
    else await db.command({ collMod: name, index: { name: index.name, expireAfterSeconds } })
  }
}

/**
 * Creates what a database lacks of the collections, their validators and indexes. A collection that is there takes the
 * validator of now where it has another, and what expires its documents is as described; these and its other indexes
 * stay as they are.
 *
 * @param validators the text of `mongoose/validators.json`
 */
export const createCollections = async (connection: Connection, validators: string): Promise<void> => {
  const { db } = await connection.asPromise()
  if (db === undefined) throw new Error('the connection is closed')
  const there = new Map((await db.listCollections().toArray()).map((collection) => [collection.name, collection]))
  for (const [name, { indexes = [], ...rules }] of describedIn(validators)) {
    const collection = there.get(name)
    if (collection === undefined) await db.command({ create: name, ...rules })
    else if (!isHeldTo(rules, collection)) await db.command({ collMod: name, ...rules })
    if (collection !== undefined) await expireAsDescribed(db, name, indexes)
    if (indexes.length > 0) await db.collection(name).createIndexes([...indexes])
  }
}
