import { emitWarning } from 'node:process'
import { type Connection, mongo } from 'mongoose'
import {
  type CollectionDifference,
  comparedIndexes,
  type ListedIndex,
  otherKind,
  otherOptions,
  refusedCollection,
  refusedIndex,
  ruleText,
} from './collection-differences.js'
import { heldToVersion } from './server-version.js'

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

/** Whether a collection holds documents to the same as is described; its texts and numbers may be in other classes. */
const isHeldTo = (rules: Omit<Described, 'indexes'>, { options = {} }: mongo.CollectionInfo): boolean =>
  (rules.validationLevel === 'off' && options['validator'] === undefined) ||
  Object.entries(rules).every(([name, rule]) => ruleText(rule) === ruleText((options as Record<string, unknown>)[name]))

type Differences = readonly CollectionDifference[]

/** What a server refuses is told; anything else (it is not reached) ends the call. */
const orTold = async (
  attempt: () => Promise<Differences>,
  told: (refusal: mongo.MongoServerError) => Differences | Promise<Differences>,
): Promise<Differences> => {
  try {
    return await attempt()
  } catch (failure) {
    if (failure instanceof mongo.MongoServerError) return told(failure)
    throw failure
  }
}

/** MongoDB's errors of commands that meet the same command of another process: of an index build, of another change. */
const passing: ReadonlySet<unknown> = new Set([117, 12_587])

/** How often a command that met another is sent, and the wait in between in milliseconds. */
const attempts = 20
const pause = 250

const patiently = async (command: () => Promise<unknown>): Promise<void> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await command()
      return
    } catch (failure) {
      const isPassing = failure instanceof mongo.MongoServerError && passing.has(failure.code)
      if (!isPassing || attempt === attempts) throw failure
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
  }
}

/** The indexes of a collection; none of one that is not there. */
const listed = async (db: mongo.Db, name: string): Promise<readonly ListedIndex[]> => {
  try {
    return (await db.collection(name).listIndexes().toArray()) as ListedIndex[]
  } catch (failure) {
    // MongoDB's error NamespaceNotFound.
    if (failure instanceof mongo.MongoServerError && failure.code === 26) return []
    throw failure
  }
}

/**
 * Has documents expire as is described. An index takes another time; one that is to expire documents, or to do so no
 * longer, is dropped, and made anew where it is described (MongoDB manual, "TTL Indexes").
 */
const expireAsDescribed = async (db: mongo.Db, name: string, indexes: readonly mongo.IndexDescription[]) => {
  for (const index of await listed(db, name)) {
    const there: number | undefined = index['expireAfterSeconds']
    const expireAfterSeconds = indexes.find((one) => one.name === index.name)?.expireAfterSeconds
    if (there === expireAfterSeconds) continue
    if (there === undefined || expireAfterSeconds === undefined) await db.collection(name).dropIndex(index.name)
    else await patiently(() => db.command({ collMod: name, index: { name: index.name, expireAfterSeconds } }))
  }
}

const createEach = async (db: mongo.Db, name: string, indexes: readonly mongo.IndexDescription[]) => {
  const differences: CollectionDifference[] = []
  for (const index of indexes) {
    const create = async (): Promise<Differences> => {
      await patiently(() => db.collection(name).createIndexes([index]))
      return []
    }
    differences.push(...(await orTold(create, (refusal) => [refusedIndex(name, index, refusal)])))
  }
  return differences
}

/** Creates the indexes that are not there. One that is refused keeps no other from being created. */
const createIndexes = async (
  db: mongo.Db,
  name: string,
  indexes: readonly mongo.IndexDescription[],
  collation: unknown,
): Promise<Differences> => {
  const { differences, missing } = comparedIndexes(name, indexes, await listed(db, name), collation)
  if (missing.length === 0) return differences
  const create = async (): Promise<Differences> => {
    await patiently(() => db.collection(name).createIndexes([...missing]))
    return []
  }
  const refused = await orTold(create, async () => {
    // Another process may have created some of them meanwhile.
    const again = comparedIndexes(name, missing, await listed(db, name), collation)
    return [...again.differences, ...(await createEach(db, name, again.missing))]
  })
  return [...differences, ...refused]
}

const infoOf = async (db: mongo.Db, name: string): Promise<mongo.CollectionInfo | undefined> =>
  (await db.listCollections({ name }).toArray())[0]

/** Creates a collection; gives what is there where another process was first (MongoDB's error NamespaceExists). */
const created = async (db: mongo.Db, name: string, rules: object): Promise<mongo.CollectionInfo | undefined> => {
  try {
    await db.command({ create: name, ...rules })
    return undefined
  } catch (failure) {
    if (failure instanceof mongo.MongoServerError && failure.code === 48) return infoOf(db, name)
    throw failure
  }
}

const changedAsDescribed = async (
  db: mongo.Db,
  there: mongo.CollectionInfo,
  { indexes = [], ...rules }: Described,
): Promise<Differences> => {
  const { name } = there
  const change = async (): Promise<Differences> => {
    if (!isHeldTo(rules, there)) await patiently(() => db.command({ collMod: name, ...rules }))
    return []
  }
  const expire = async (): Promise<Differences> => {
    await expireAsDescribed(db, name, indexes)
    return []
  }
  return [
    ...otherOptions(there),
    ...(await orTold(change, (refusal) => [refusedCollection(name, 'the validator', refusal)])),
    ...(await orTold(expire, (refusal) => [refusedCollection(name, 'to change when documents expire', refusal)])),
  ]
}

const createCollection = async (
  db: mongo.Db,
  name: string,
  before: mongo.CollectionInfo | undefined,
  described: Described,
): Promise<Differences> => {
  const { indexes = [], ...rules } = described
  const there = before ?? (await created(db, name, rules))
  const kind = there?.type ?? 'collection'
  if (kind !== 'collection' && kind !== 'timeseries') return [otherKind(name, kind)]
  const changes = there === undefined ? [] : await changedAsDescribed(db, there, described)
  const collation = there?.options?.['collation']
  return [...changes, ...(indexes.length === 0 ? [] : await createIndexes(db, name, indexes, collation))]
}

/** What `createCollections` found and left as it is. */
export interface CollectionsReport {
  readonly differences: Differences
}

const warn = ({ message }: CollectionDifference): void => emitWarning(message, 'CollectionDifference')

/**
 * Creates what a database lacks of the collections, their validators and indexes. A collection that is there takes the
 * validator of now where it has another, and what expires its documents is as described. What is there otherwise and cannot
 * be changed in place (another index of the name, other options, duplicates under a unique) stays: it is told, as
 * a warning of the process and in the report, and the rest goes on. So a bot starts; one that should not reads the report.
 * Throws where MongoDB is too old for what is described, before anything is created, and where the server is not reached.
 *
 * @param validators the text of `mongoose/validators.json`
 * @param told is called with each difference in the place of the warning
 */
export const createCollections = async (
  connection: Connection,
  validators: string,
  told: (difference: CollectionDifference) => void = warn,
): Promise<CollectionsReport> => {
  const { db } = await connection.asPromise()
  if (db === undefined) throw new Error('the connection is closed')
  const all = describedIn(validators)
  await heldToVersion(
    db,
    all.flatMap(([collection, { indexes = [] }]) => indexes.map((index) => ({ collection, index }))),
  )
  const there = new Map((await db.listCollections().toArray()).map((collection) => [collection.name, collection]))
  const differences: CollectionDifference[] = []
  for (const [name, described] of all) {
    const create = () => createCollection(db, name, there.get(name), described)
    const found = await orTold(create, (refusal) => [refusedCollection(name, 'the creation', refusal)])
    for (const difference of found) told(difference)
    differences.push(...found)
  }
  return { differences }
}
