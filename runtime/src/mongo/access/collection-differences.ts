import { mongo } from 'mongoose'

/** What a database has otherwise than is described, and what to do about it. It was left as it is. */
export interface CollectionDifference {
  readonly collection: string
  /** The index that it is about, as it is described; null for the collection itself. */
  readonly index: string | null
  /** `kind`: a view has the name. `refused`: the server refused to create or change it (`cause`). */
  readonly problem: 'kind' | 'options' | 'changed' | 'renamed' | 'duplicates' | 'refused'
  /** What differs, and what to do. */
  readonly message: string
  /** The server's own error, which may hold values of documents. */
  readonly cause?: unknown
}

/** An index as a server lists it. */
export interface ListedIndex extends mongo.IndexDescriptionInfo {
  readonly name: string
}

/** A rule with its numbers in one class each: a driver returns 64 bits as a number where one holds them. */
const withPlainNumbers = (rule: unknown): unknown => {
  if (rule instanceof mongo.Long) return withPlainNumbers(rule.toBigInt())
  if (typeof rule === 'bigint') return Number.isSafeInteger(Number(rule)) ? Number(rule) : { $numberLong: String(rule) }
  if (Array.isArray(rule)) return rule.map(withPlainNumbers)
  if (typeof rule !== 'object' || rule === null || Object.getPrototypeOf(rule) !== Object.prototype) return rule
  return Object.fromEntries(Object.entries(rule).map(([name, inner]) => [name, withPlainNumbers(inner)]))
}

/** A rule as a text by which two are compared, and shown. */
export const ruleText = (rule: unknown): string => mongo.BSON.EJSON.stringify(withPlainNumbers(rule ?? null))

const quoted = (name: string): string => JSON.stringify(name)

export const shellName = (collection: string): string => `db.getCollection(${quoted(collection)})`

const dropping = (collection: string, index: string): string =>
  `run ${shellName(collection)}.dropIndex(${quoted(index)}) and call createCollections again`

/** What decides whether two indexes do the same. Expiry is compared elsewhere, as it can be changed in place. */
const partsOf = (index: mongo.IndexDescription | ListedIndex): ReadonlyMap<string, string> =>
  new Map(
    Object.entries({
      key: index.key instanceof Map ? Object.fromEntries(index.key) : index.key,
      unique: index.unique ?? false,
      partialFilterExpression: index.partialFilterExpression,
      sparse: index.sparse ?? false,
      collation: index.collation,
    }).map(([name, value]) => [name, ruleText(value)]),
  )

const otherParts = (described: mongo.IndexDescription, there: ListedIndex): readonly string[] => {
  const before = partsOf(there)
  return [...partsOf(described)].flatMap(([name, text]) =>
    before.get(name) === text ? [] : [`${name} is ${before.get(name)} there and ${text} in the description`],
  )
}

const unheld = ({ unique, key }: mongo.IndexDescription): string =>
  unique === true ? ` Until then the database does not keep ${Object.keys(key).join(', ')} unique as described.` : ''

/** An index whose name is there for another. */
const changed = (collection: string, described: mongo.IndexDescription, there: ListedIndex) => {
  const parts = otherParts(described, there)
  const name = described.name ?? ''
  const message = `the index ${name} of ${collection} is another one: ${parts.join('; ')}. To have the described one, ${dropping(collection, name)}.${unheld(described)}`
  return parts.length === 0 ? [] : [{ collection, index: name, problem: 'changed', message } as const]
}

const renamed = (collection: string, described: mongo.IndexDescription, { name: there }: ListedIndex) => {
  const name = described.name ?? ''
  const message = `the index ${name} of ${collection} is there under the name ${there}, and does the same. To rename it, ${dropping(collection, there)}.`
  return [{ collection, index: name, problem: 'renamed', message } as const]
}

/**
 * How the indexes of a collection differ from those that are described, and which of these are not there.
 *
 * @param listed what the server lists; `collation` is the collection's own, which an index has that says none
 */
export const comparedIndexes = (
  collection: string,
  described: readonly mongo.IndexDescription[],
  listed: readonly ListedIndex[],
  collation: unknown,
): { readonly differences: readonly CollectionDifference[]; readonly missing: readonly mongo.IndexDescription[] } => {
  const differences: CollectionDifference[] = []
  const missing: mongo.IndexDescription[] = []
  const inherited = ruleText(collation)
  const there = listed.map(
    ({ collation: own, ...index }): ListedIndex => ({
      ...index,
      ...(own === undefined || ruleText(own) === inherited ? {} : { collation: own }),
    }),
  )
  for (const index of described) {
    const named = there.find(({ name }) => name === index.name)
    const alike = there.find((one) => otherParts(index, one).length === 0)
    if (named !== undefined) differences.push(...changed(collection, index, named))
    else if (alike !== undefined) differences.push(...renamed(collection, index, alike))
    else missing.push(index)
  }
  return { differences, missing }
}

const groupsOf = ({ key, partialFilterExpression: where }: mongo.IndexDescription): string => {
  const fields = Object.keys(key).map((path) => `${quoted(path)}: ${quoted(`$${path}`)}`)
  const match = where === undefined ? '' : `{ $match: ${mongo.BSON.EJSON.stringify(where)} }, `
  const group = `{ $group: { _id: [{ ${fields.join(', ')} }], documents: { $push: "$_id" }, count: { $sum: 1 } } }`
  return `[${match}${group}, { $match: { count: { $gt: 1 } } }]`
}

/** An index that the server refused to build. */
export const refusedIndex = (
  collection: string,
  index: mongo.IndexDescription,
  cause: mongo.MongoServerError,
): CollectionDifference => {
  const name = index.name ?? ''
  if (cause.code !== 11_000) {
    const message = `the server refused the index ${name} of ${collection}: ${cause.message}.${unheld(index)}`
    return { collection, index: name, problem: 'refused', message, cause }
  }
  const message = `the unique index ${name} of ${collection} cannot be built: documents have the same ${Object.keys(index.key).join(', ')}. Find them with ${shellName(collection)}.aggregate(${groupsOf(index)}), leave one of each, and call createCollections again.${unheld(index)}`
  return { collection, index: name, problem: 'duplicates', message, cause }
}

/** What no description says of a collection, and what it changes. */
const meaningOf: { readonly [option: string]: string } = {
  capped: 'the server deletes its oldest documents by itself',
  collation: 'texts are equal and in order by a language, not by their characters',
  timeseries: 'the server keeps it in buckets, which takes no validator and no unique index',
  clusteredIndex: 'it is kept in the order of its key',
  expireAfterSeconds: 'the server deletes its documents by age',
}

/** Options that a collection was created with, and that no command changes. */
export const otherOptions = ({ name, options = {} }: mongo.CollectionInfo): readonly CollectionDifference[] => {
  const found = Object.keys(options).filter((option) => Object.hasOwn(meaningOf, option))
  if (found.length === 0) return []
  const said = found.map((option) => `${option} (${meaningOf[option]})`).join(', ')
  const message = `the collection ${name} was created with ${said}, which is not described. To have it as described, copy its documents to a new collection, drop it, and rename the new one to ${name}.`
  return [{ collection: name, index: null, problem: 'options', message }]
}

/** A collection that the server refused to create or to change. */
export const refusedCollection = (
  collection: string,
  what: string,
  cause: mongo.MongoServerError,
): CollectionDifference => ({
  collection,
  index: null,
  problem: 'refused',
  message: `the server refused ${what} of ${collection}: ${cause.message}.`,
  cause,
})

/** A view, or whatever else has the name of a collection. */
export const otherKind = (collection: string, kind: string): CollectionDifference => ({
  collection,
  index: null,
  problem: 'kind',
  message: `${collection} is a ${kind} and not a collection: rename or drop it, and call createCollections again.`,
})
