import type { Page } from '../../pages/page.js'
import { readPage } from '../../rows/decoding.js'
import { refusal } from '../../rows/inputs.js'
import { type KeyGiven, readKey } from '../../storage/keys.js'
import { type FindRequest, readFind, readLock, readWhere } from '../../storage/options.js'
import { portionsOf } from '../access/portions.js'
import { textsOf } from '../access/references.js'
import type { Values } from '../access/store.js'
import { documentPage, type PageRequest, pageQuery, pageStages } from '../pages.js'
import type { Filter } from '../where.js'
import { ask, type Calls, type CollectionUnique, filterOf, keyFilter, nativeOf, readDocument } from './collection.js'
import { lockDocument } from './locks.js'

type Key = KeyGiven<CollectionUnique>

/** The row that a key or unique tells, or null. */
export const foundRow = async (calls: Calls, key: Key): Promise<unknown> => {
  const filter = keyFilter(calls, key)
  return readDocument(calls, await ask(calls, (options) => nativeOf(calls).findOne(filter, options)), false)
}

/** The keys that a call was given, with their places, by the unique that they are of. */
const byUnique = (keys: readonly Key[]): ReadonlyMap<CollectionUnique, readonly number[]> => {
  const places = new Map<CollectionUnique, number[]>()
  for (const [place, { unique }] of keys.entries()) places.set(unique, [...(places.get(unique) ?? []), place])
  return places
}

/** Documents of a filter, found or, one after another in the order of their keys, locked. */
const documentsOf = (
  calls: Calls,
  filter: Filter,
  textOf: (document: Values) => string,
  lock: boolean,
): Promise<readonly Values[]> =>
  ask(calls, async (options) => {
    const native = nativeOf(calls)
    const found = await native.find(filter, options).toArray()
    const { session } = options
    if (!lock || session === undefined) return found
    const placed = found.map((document) => ({ text: textOf(document), id: document._id }))
    const locked: Values[] = []
    for (const { id } of placed.sort((one, other) => (one.text < other.text ? -1 : 1))) {
      const document = await lockDocument(native, id, session)
      if (document !== null) locked.push(document)
    }
    return locked
  })

/** The documents of keys by their places. */
const documentsAt = async (
  calls: Calls,
  unique: CollectionUnique,
  keys: readonly Key[],
  places: readonly number[],
  lock: boolean,
): Promise<readonly { readonly place: number; readonly document: Values }[]> => {
  const { conditions } = calls.collection
  const paths = unique.fields.flatMap((field) => conditions[field] ?? [])
  const textOf = (document: Values): string => textsOf(paths.map(({ path }) => document[path] ?? null))
  const wanted = new Map<string, number[]>()
  for (const place of places) {
    const values = unique.fields.map((field) => keys[place]?.values[field] ?? null)
    const text = textsOf(values.map((value, at) => (value === null ? null : paths[at]?.encode(value))))
    wanted.set(text, [...(wanted.get(text) ?? []), place])
  }
  const found: { readonly place: number; readonly document: Values }[] = []
  const distinct = [...wanted.values()].flatMap(([place]) => (place === undefined ? [] : (keys[place] ?? [])))
  for await (const some of portionsOf(distinct)) {
    const filter = { $or: some.map((key) => keyFilter(calls, key)) }
    for (const document of await documentsOf(calls, filter, textOf, lock))
      for (const place of wanted.get(textOf(document)) ?? []) found.push({ place, document })
  }
  return found
}

/** Rows by their keys, in the order asked, with null for what is not there. */
const getMany = async (calls: Calls, keys: unknown, lock: boolean): Promise<unknown[]> => {
  const { collection } = calls
  if (!Array.isArray(keys))
    throw refusal(collection, 'getMany', [
      { code: 'custom', path: [], message: 'not a list of keys', input: undefined },
    ])
  const given = Array.from(keys, (key: unknown, at) => readKey(collection, 'getMany', key, [at]))
  const rows: unknown[] = given.map(() => null)
  for (const [unique, places] of byUnique(given)) {
    for (const { place, document } of await documentsAt(calls, unique, given, places, lock))
      rows[place] = readDocument(calls, document, false)
  }
  return rows
}

/** A page of documents as rows; `ordered` are the fields that the caller, or the list, orders by. */
export const pageOf = async (
  calls: Calls,
  { collects, ...request }: FindRequest,
  ordered: readonly string[],
  list?: PageRequest['list'],
): Promise<Page<unknown>> => {
  const { collection } = calls
  const asked = list === undefined ? { ...request, ordered } : { ...request, ordered, list }
  const query = pageQuery(collection.conditions, asked)
  const { filter, sort, limit, digits } = query
  const found = await ask(calls, (own) =>
    digits.length === 0
      ? nativeOf(calls)
          .find(filter, { ...own, sort, limit })
          .toArray()
      : nativeOf(calls)
          .aggregate([...pageStages(query)], own)
          .toArray(),
  )
  const { documents, next } = documentPage(collection.conditions, asked, found)
  return readPage(collection, documents, next, collects)
}

const find = async (calls: Calls, options: unknown): Promise<Page<unknown>> => {
  const request = readFind(calls.collection, 'find', options)
  const order: unknown = Reflect.get(Object(options), 'order')
  return pageOf(calls, request, Object.keys(Object(order)))
}

async function* each(calls: Calls, options: object): AsyncGenerator<unknown, void, undefined> {
  for (let after: unknown = null; ; ) {
    const { rows, next } = await find(calls, { limit: 1_000, ...options, after })
    yield* rows
    if (next === null) return
    after = next
  }
}

/** The calls that find a row by what tells it. */
export const getsOf = (calls: Calls) => ({
  get: async (key: unknown): Promise<unknown> => foundRow(calls, readKey(calls.collection, 'get', key)),
  getMany: async (keys: unknown, options?: unknown): Promise<unknown[]> =>
    getMany(calls, keys, readLock(calls.collection, options)),
})

/** The calls that read rows in an order that the key ends. */
export const pagesOf = (calls: Calls) => ({
  find: async (options?: unknown): Promise<Page<unknown>> => find(calls, options),
  each: (options: object = {}): AsyncGenerator<unknown, void, undefined> => each(calls, options),
})

/** The calls that ask of rows without reading them. */
export const countsOf = (calls: Calls) => ({
  count: async (where?: unknown): Promise<number> => {
    const filter = filterOf(calls, readWhere(calls.collection, 'count', where))
    return ask(calls, (options) => nativeOf(calls).countDocuments(filter, options))
  },
  exists: async (where?: unknown): Promise<boolean> => {
    const filter = filterOf(calls, readWhere(calls.collection, 'exists', where))
    const options = { projection: { _id: 1 } } as const
    return (await ask(calls, (own) => nativeOf(calls).findOne(filter, { ...own, ...options }))) !== null
  },
})
