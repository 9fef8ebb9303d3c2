import { mongo } from 'mongoose'
import { type Changed, changedAll } from './changing.js'
import { among, type MongoStore, nativeOf, sessionOf, type Values } from './store.js'

/** A reference that another store would hold: from documents of a collection to those of another, by paths. */
export interface Reference {
  readonly fields: readonly string[]
  readonly to: string
  readonly at: readonly string[]
  readonly onDelete: 'cascade' | 'set null' | 'restrict'
}

/** A collection, and the references that its documents make. */
export interface Referring extends Changed {
  readonly references?: readonly Reference[]
}

/** Deleting a document was refused, since another that is to stay points at it. */
export class PointedAtError extends Error {
  override readonly name = 'PointedAtError'
}

const isNumber = (value: unknown): boolean =>
  typeof value === 'number' ||
  typeof value === 'bigint' ||
  value instanceof mongo.Int32 ||
  value instanceof mongo.Long ||
  value instanceof mongo.Double

/** A value as a text: the same for all that MongoDB holds for equal, numbers of every class by their digits. */
export const textOf = (value: unknown): string =>
  isNumber(value) ? String(value) : mongo.BSON.EJSON.stringify(value ?? null)

/** Several values as a text. */
export const textsOf = (values: readonly unknown[]): string => JSON.stringify(values.map(textOf))

type Gone = Map<string, Values>

interface Pointing {
  readonly from: Referring
  readonly reference: Reference
}

/** What follows when documents go: others that go with them, by collection, and others that are parted from them. */
interface Following {
  readonly going: Map<string, Gone>
  readonly parted: { readonly pointing: Pointing; readonly ids: readonly unknown[] }[]
  readonly held: { readonly pointing: Pointing; readonly ids: readonly unknown[] }[]
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

const pointingDocuments = async (
  db: MongoStore,
  collections: readonly Referring[],
  { from, reference }: Pointing,
  documents: readonly Values[],
): Promise<readonly Values[]> => {
  const filter = pointingFilter(reference, documents)
  if (filter === null) return []
  const paths = ['_id', ...pathsPointedAt(collections, from.collection)]
  const projection = Object.fromEntries(paths.map((path) => [path, 1]))
  return nativeOf(db, from.collection)
    .find(filter, { ...sessionOf(db), projection })
    .toArray()
}

const idOf = (document: Values): unknown => document['_id']

const follow = async (
  db: MongoStore,
  collections: readonly Referring[],
  following: Following,
  to: string,
  documents: readonly Values[],
): Promise<void> => {
  for (const pointing of pointingAt(collections, to)) {
    const found = await pointingDocuments(db, collections, pointing, documents)
    const ids = found.map(idOf)
    if (found.length === 0) continue
    if (pointing.reference.onDelete === 'set null') following.parted.push({ pointing, ids })
    else if (pointing.reference.onDelete === 'restrict') following.held.push({ pointing, ids })
    else await follow(db, collections, following, pointing.from.collection, added(following, pointing, found))
  }
}

/** Those of the documents that were not going yet. Their collection comes behind all that they were found from. */
const added = (
  { going }: Following,
  { from, reference }: Pointing,
  documents: readonly Values[],
): readonly Values[] => {
  const gone = going.get(from.collection) ?? new Map<string, Values>()
  if (from.collection !== reference.to) going.delete(from.collection)
  going.set(from.collection, gone)
  const fresh = documents.filter((document) => !gone.has(textOf(idOf(document))))
  for (const document of fresh) gone.set(textOf(idOf(document)), document)
  return fresh
}

const staying = ({ going }: Following, { from }: Pointing, ids: readonly unknown[]): readonly unknown[] =>
  ids.filter((id) => going.get(from.collection)?.has(textOf(id)) !== true)

const refuseHeld = (following: Following): void => {
  for (const { pointing, ids } of following.held) {
    if (staying(following, pointing, ids).length === 0) continue
    const { from, reference } = pointing
    throw new PointedAtError(
      `documents of ${from.collection} point at those of ${reference.to} by ${reference.fields.join(', ')}`,
    )
  }
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
  const own = new Map(documents.map((document) => [textOf(idOf(document)), document]))
  const following: Following = { going: new Map([[to, own]]), parted: [], held: [] }
  await follow(db, collections, following, to, documents)
  refuseHeld(following)
  for (const { pointing, ids } of following.parted) {
    const { from, reference } = pointing
    const values = Object.fromEntries(reference.fields.map((path) => [path, null]))
    await changedAll(db, from, among(staying(following, pointing, ids)), values)
  }
  const given = new Set(documents.map((document) => textOf(idOf(document))))
  for (const [name, gone] of [...following.going].reverse()) {
    const ids = [...gone].flatMap(([text, document]) => (name === to && given.has(text) ? [] : [idOf(document)]))
    if (ids.length > 0) await nativeOf(db, name).deleteMany(among(ids), sessionOf(db))
  }
}
