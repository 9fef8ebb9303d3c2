import type { Increment } from '../../changes/increments.js'
import { ConstraintError } from '../../errors.js'
import { checked, checkedAll, checkedFields, refusal } from '../../rows/inputs.js'
import { type KeyGiven, readKey } from '../../storage/keys.js'
import { limitConstraint } from '../../storage/limits.js'
import { readAmounts, readMany, readUpsert } from '../../storage/options.js'
import { isDuplicate } from '../access/refusals.js'
import { insertInOrder, insertOrRemove } from '../access/rows.js'
import { encoded, type Values } from '../access/store.js'
import { incrementDocument, touching } from '../changes.js'
import { hasTransactions } from '../transaction-support.js'
import {
  ask,
  asUnit,
  type Calls,
  type CollectionUnique,
  filterOf,
  held,
  keyFilter,
  modelOf,
  nativeOf,
  readDocument,
} from './collection.js'
import { deleteMany, deleteRow } from './deletes.js'
import { foundRow } from './reads.js'
import { addWhole, changeEach, changeWhole, isWhole } from './whole.js'

type Key = KeyGiven<CollectionUnique>
type NewRow = { readonly [field: string]: unknown }

/** Stores a document and returns its row. */
export const insertDocument = async (calls: Calls, values: Values): Promise<unknown> => {
  const document = new (modelOf(calls))(values)
  await ask(calls, (options) => document.save(options))
  return readDocument(calls, document.toObject(), true)
}

const insertRow = (calls: Calls, row: NewRow): Promise<unknown> => insertDocument(calls, encoded(calls.collection, row))

/** Stores rows, all or none. Without transactions, what was stored before one is refused is removed again. */
const insertMany = async (calls: Calls, rows: readonly unknown[]): Promise<unknown[]> => {
  const { collection, db } = calls
  const given = checkedAll(collection, 'insertMany', collection.newRow, rows) as NewRow[]
  if (given.length === 0) return []
  const all = given.map((row) => encoded(collection, row))
  const documents = (await hasTransactions(db.connection))
    ? await asUnit(calls, (own) => ask(own, (options) => insertInOrder(modelOf(own), all, options)))
    : await ask(calls, () => insertOrRemove(modelOf(calls), all))
  return documents.map((document) => readDocument(calls, document.toObject(), true))
}

/** What a patch leaves out within an object is left out, and not null. */
const asSaid = { ignoreUndefined: true } as const

const updateOf = ({ collection }: Calls, values: Values): object => ({ $set: { ...values, ...touching(collection) } })

/** Changes the row of a key and returns it, or null where there is none; with nothing to change it is read. */
const changeRow = async (calls: Calls, key: Key, changes: NewRow): Promise<unknown> => {
  const values = encoded(calls.collection, changes)
  if (Object.keys(values).length === 0) return foundRow(calls, key)
  const filter = keyFilter(calls, key)
  const document = isWhole(calls, Object.keys(values))
    ? await changeWhole(calls, filter, () => values)
    : await ask(calls, (own) =>
        nativeOf(calls).findOneAndUpdate(filter, updateOf(calls, values), {
          ...own,
          ...asSaid,
          returnDocument: 'after',
        }),
      )
  return readDocument(calls, document, true)
}

/** The unique that an upsert goes by: the key, or the one with exactly these fields. */
const uniqueBy = ({ collection }: Calls, by: readonly string[] | undefined): CollectionUnique => {
  const unique =
    by === undefined
      ? collection.primary
      : collection.uniques.find(
          ({ fields }) => fields.length === by.length && fields.every((field) => by.includes(field)),
        )
  if (unique?.isTarget === true) return unique
  throw refusal(collection, 'upsert', [
    {
      code: 'custom',
      path: ['by'],
      message: 'not the fields of a key or unique that rows are given',
      input: undefined,
    },
  ])
}

/** What an upsert changes of the row that is there: what was said, but for what tells the row and what is fixed. */
const saidOf = ({ collection }: Calls, unique: CollectionUnique, row: unknown, given: NewRow): NewRow =>
  Object.fromEntries(
    Object.entries(given).filter(([field]) => {
      const isSaid = Reflect.get(Object(row), field) !== undefined
      return isSaid && !unique.fields.includes(field) && !collection.fixed.includes(field)
    }),
  )

/**
 * Changes the row that an upsert means. One of a partial unique has to be of its rows with what is said, and not only
 * before: one that is said to leave them is not the row that is meant.
 */
const changeMeant = async (calls: Calls, key: Key, row: unknown, given: NewRow): Promise<unknown> => {
  const { collection } = calls
  const { unique } = key
  const changes = saidOf(calls, unique, row, given)
  const said = unique.reads.filter((field) => Reflect.get(Object(row), field) !== undefined)
  if (said.length === 0) return changeRow(calls, key, changes)
  const leaving = Object.fromEntries(said.map((field) => [field, given[field]]))
  const values = encoded(collection, changes)
  const changesOf = (before: Values): Values | null => {
    const after = { ...Object(readDocument(calls, before, false)), ...leaving }
    return unique.holds(after as never) ? values : null
  }
  const paths = unique.reads.map((field) => collection.stored[field] ?? field)
  return readDocument(calls, await changeWhole(calls, keyFilter(calls, key), changesOf, paths), true)
}

/** How often an upsert looks again, where others insert and delete the same row meanwhile. */
const attempts = 10

/** Whether the row that an upsert goes by may have been inserted meanwhile. */
const isTaken = (failure: unknown, { fields }: CollectionUnique): boolean =>
  ConstraintError.is(failure) &&
  isDuplicate(failure.cause) &&
  (fields.length === 0 || fields.every((field) => failure.fields.includes(field)))

/** An update first: what is there is not held to what a new row would be. */
const upsert = async (
  calls: Calls,
  row: unknown,
  by: readonly string[] | undefined,
): Promise<{ readonly row: unknown; readonly inserted: boolean }> => {
  const { collection } = calls
  const unique = uniqueBy(calls, by)
  const given = checkedFields(collection, 'upsert', collection.newRow, row) as NewRow
  const values = Object.fromEntries(unique.fields.map((field) => [field, given[field]]))
  const tells = unique.isNullEqual || !Object.values(values).includes(null)
  const key = tells ? readKey(collection, 'upsert', values) : null
  for (let attempt = 1; ; attempt += 1) {
    const changed = key === null ? null : await changeMeant(calls, { ...key, unique }, row, given)
    if (changed !== null) return { row: changed, inserted: false }
    const fresh = checked(collection, 'upsert', collection.newRow, row) as NewRow
    try {
      return { row: await insertRow(calls, fresh), inserted: true }
    } catch (failure) {
      if (key === null || attempt === attempts || !isTaken(failure, unique)) throw failure
    }
  }
}

const incremented = async (
  calls: Calls,
  key: Key,
  increments: readonly Increment[],
): Promise<{ readonly document: object } | 'missing' | 'refused'> => {
  const { collection, db } = calls
  const filter = keyFilter(calls, key)
  const paths = increments.map(({ field }) => collection.paths[field]?.path ?? field)
  const isOfServer = increments.every(({ field }) => collection.sums[field]?.isOfServer === true)
  if (isOfServer && !isWhole(calls, paths)) {
    await db.connection.asPromise()
    return held(collection, () => incrementDocument(db, collection, filter, increments))
  }
  return addWhole(calls, filter, increments)
}

const increment = async (calls: Calls, key: unknown, amounts: unknown): Promise<unknown> => {
  const { collection } = calls
  const increments = readAmounts(collection, amounts)
  const result = await incremented(calls, readKey(collection, 'increment', key), increments)
  if (result === 'missing') return null
  if (result === 'refused') throw new ConstraintError(limitConstraint(collection, increments))
  return readDocument(calls, result.document, true)
}

/** Changes all rows of a condition. Those whose checks read what changes are changed one by one. */
const updateMany = async (calls: Calls, where: unknown, patch: unknown, options: unknown): Promise<number> => {
  const { collection } = calls
  const filter = filterOf(calls, readMany(collection, 'updateMany', where, options))
  const values = encoded(collection, checked(collection, 'updateMany', collection.patch, patch) as NewRow)
  const names = Object.keys(values)
  if (names.length === 0) return ask(calls, (own) => nativeOf(calls).countDocuments(filter, own))
  if (isWhole(calls, names)) return asUnit(calls, (own) => changeEach(own, filter, values))
  const change = (own: Calls): Promise<number> =>
    ask(own, async (session) => {
      const update = updateOf(own, values)
      return (await nativeOf(own).updateMany(filter, update, { ...session, ...asSaid })).matchedCount
    })
  const mayCollide = collection.uniques.some(({ fields }) =>
    fields.some((field) => names.includes(collection.stored[field] ?? field)),
  )
  return mayCollide ? asUnit(calls, change) : change(calls)
}

/** The calls that store new rows. */
export const insertsOf = (calls: Calls) => ({
  insert: async (row: unknown): Promise<unknown> =>
    insertRow(calls, checked(calls.collection, 'insert', calls.collection.newRow, row) as NewRow),
  insertMany: async (rows: readonly unknown[]): Promise<unknown[]> => insertMany(calls, rows),
})

/** The calls that change one row. */
export const changesOf = (calls: Calls) => ({
  upsert: async (row: unknown, options?: unknown) => upsert(calls, row, readUpsert(calls.collection, options)),
  update: async (key: unknown, patch: unknown): Promise<unknown> => {
    const given = checked(calls.collection, 'update', calls.collection.patch, patch) as NewRow
    return changeRow(calls, readKey(calls.collection, 'update', key), given)
  },
  increment: async (key: unknown, amounts: unknown): Promise<unknown> => increment(calls, key, amounts),
  delete: async (key: unknown): Promise<unknown> => {
    const filter = keyFilter(calls, readKey(calls.collection, 'delete', key))
    return readDocument(calls, await deleteRow(calls, filter), true)
  },
})

/** The calls that change or delete all rows of a condition. */
export const changesOfMany = (calls: Calls) => ({
  updateMany: async (where: unknown, patch: unknown, options?: unknown): Promise<number> =>
    updateMany(calls, where, patch, options),
  deleteMany: async (where: unknown, options?: unknown): Promise<number> =>
    deleteMany(calls, filterOf(calls, readMany(calls.collection, 'deleteMany', where, options))),
})
