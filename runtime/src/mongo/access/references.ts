import { mongo } from 'mongoose'
import { spellDecimal } from '../../functions.js'
import { type Changed, changedAll } from './changing.js'
import { portionsOf } from './portions.js'
import { among, type MongoStore, nativeOf, sessionOf, type Values } from './store.js'

/** A reference that another store would hold: from documents of a collection to those of another, by paths. */
export interface Reference {
  readonly fields: readonly string[]
  readonly to: string
  readonly at: readonly string[]
  readonly onDelete: 'cascade' | 'set null' | 'restrict'
  /** The paths that alone become null by `set null`, where others of the reference keep their values. */
  readonly setNull?: readonly string[]
}

/** A collection, and the references that its documents make. */
export interface Referring extends Changed {
  readonly references?: readonly Reference[]
}

/** Deleting a document was refused, since another that is to stay points at it. */
export class PointedAtError extends Error {
  override readonly name = 'PointedAtError'
  readonly reference: Reference
  /** The collection of the document that points. */
  readonly from: string

  constructor(from: string, reference: Reference) {
    super(`documents of ${from} point at those of ${reference.to} by ${reference.fields.join(', ')}`)
    this.from = from
    this.reference = reference
  }
}

const isNumber = (value: unknown): boolean =>
  typeof value === 'number' ||
  typeof value === 'bigint' ||
  value instanceof mongo.Int32 ||
  value instanceof mongo.Long ||
  value instanceof mongo.Double

/** A value as a text: the same for all that MongoDB holds for equal, numbers of every class by their digits. */
export const textOf = (value: unknown): string => {
  if (value instanceof mongo.Decimal128) return spellDecimal(String(value), 0)
  return isNumber(value) ? String(value) : mongo.BSON.EJSON.stringify(value ?? null)
}

/** Several values as a text. */
export const textsOf = (values: readonly unknown[]): string => JSON.stringify(values.map(textOf))

interface Pointing {
  readonly from: Referring
  readonly reference: Reference
}

/** Documents that were found by a filter, which says by what they point at others. */
interface Found {
  readonly pointing: Pointing
  readonly filter: Values
  readonly ids: readonly unknown[]
}

/** Documents of a collection that go: those that are known to, and how they were found. */
interface Going {
  readonly known: Set<string>
  readonly found: Found[]
}

/** What follows when documents go: others that go with them, by collection, and others that are parted from them. */
interface Following {
  readonly going: Map<string, Going>
  readonly parted: Found[]
  readonly held: Found[]
}

const pointingAt = (collections: readonly Referring[], to: string): readonly Pointing[] =>
  collections.flatMap((from) =>
    (from.references ?? []).filter((reference) => reference.to === to).map((reference) => ({ from, reference })),
  )

/** The paths that others point at documents of a collection by. */
export const pathsPointedAt = (collections: readonly Referring[], to: string): readonly string[] =>
  pointingAt(collections, to).flatMap(({ reference }) => reference.at)

/** Documents that point at one of these; a null points at nothing. */
export const pointingFilter = (
  { fields, at }: Pick<Reference, 'fields' | 'at'>,
  documents: readonly Values[],
): Values | null => {
  const values = documents
    .map((document) => at.map((path) => document[path] ?? null))
    .filter((each) => !each.includes(null))
  const [field, ...others] = fields
  if (field === undefined || values.length === 0) return null
  if (others.length === 0) return { [field]: { $in: values.map(([value]) => value) } }
  return { $or: values.map((each) => Object.fromEntries(fields.map((path, index) => [path, each[index]]))) }
}

const idOf = (document: Values): unknown => document['_id']

const foundBy = (
  db: MongoStore,
  collections: readonly Referring[],
  { from: { collection } }: Pointing,
  filter: Values,
): Promise<readonly Values[]> => {
  const projection = Object.fromEntries(['_id', ...pathsPointedAt(collections, collection)].map((path) => [path, 1]))
  return nativeOf(db, collection)
    .find(filter, { ...sessionOf(db), projection })
    .toArray()
}

const follow = async (
  db: MongoStore,
  collections: readonly Referring[],
  following: Following,
  to: string,
  documents: readonly Values[],
): Promise<void> => {
  for (const pointing of pointingAt(collections, to)) {
    const { from, reference } = pointing
    for await (const some of portionsOf(documents)) {
      const filter = pointingFilter(reference, some)
      const others = filter === null ? [] : await foundBy(db, collections, pointing, filter)
      if (filter === null || others.length === 0) continue
      const found: Found = { pointing, filter, ids: others.map(idOf) }
      if (reference.onDelete === 'set null') following.parted.push(found)
      else if (reference.onDelete === 'restrict') following.held.push(found)
      else await follow(db, collections, following, from.collection, added(following, found, others))
    }
  }
}

/** Those of the documents that were not going yet. Their collection comes behind all that they were found from. */
const added = ({ going }: Following, found: Found, documents: readonly Values[]): readonly Values[] => {
  const { from, reference } = found.pointing
  const { collection } = from
  const gone: Going = going.get(collection) ?? { known: new Set(), found: [] }
  if (collection !== reference.to) going.delete(collection)
  going.set(collection, gone)
  gone.found.push(found)
  const fresh = documents.filter((document) => !gone.known.has(textOf(idOf(document))))
  for (const document of fresh) gone.known.add(textOf(idOf(document)))
  return fresh
}

const staying = ({ going }: Following, { pointing, ids }: Found): readonly unknown[] =>
  ids.filter((id) => going.get(pointing.from.collection)?.known.has(textOf(id)) !== true)

const refuseHeld = (following: Following): void => {
  for (const found of following.held) {
    if (staying(following, found).length === 0) continue
    const { from, reference } = found.pointing
    throw new PointedAtError(from.collection, reference)
  }
}

/** Those of the documents that point at others as they did when they were found, some at a time. */
const stillPointing = async function* (ids: readonly unknown[], { filter }: Found): AsyncGenerator<Values> {
  for await (const some of portionsOf(ids)) yield among(some, filter)
}

/**
 * Does to what points at documents what a database does that holds references, before these are deleted: deletes it, or
 * parts it from them, and what points at that in turn. Throws, before anything is changed, where a document that stays
 * would be left pointing at one of them and may not.
 */
export const parted = async (
  db: MongoStore,
  collections: readonly Referring[],
  to: string,
  documents: readonly Values[],
): Promise<void> => {
  const given = new Set(documents.map((document) => textOf(idOf(document))))
  const following: Following = { going: new Map([[to, { known: new Set(given), found: [] }]]), parted: [], held: [] }
  await follow(db, collections, following, to, documents)
  refuseHeld(following)
  for (const found of following.parted) {
    const { from, reference } = found.pointing
    const values = Object.fromEntries((reference.setNull ?? reference.fields).map((path) => [path, null]))
    for await (const filter of stillPointing(staying(following, found), found))
      await changedAll(db, from, filter, values)
  }
  for (const [name, { found: all }] of [...following.going].reverse()) {
    for (const found of all) {
      const ids = name === to ? found.ids.filter((id) => !given.has(textOf(id))) : found.ids
      for await (const filter of stillPointing(ids, found)) await nativeOf(db, name).deleteMany(filter, sessionOf(db))
    }
  }
}
