import type { Calls } from './collection.js'
import { encryptedCalls } from './encrypted.js'
import { listCalls } from './lists.js'
import { queryCalls } from './queries.js'
import { countsOf, getsOf, pagesOf } from './reads.js'
import { changesOf, changesOfMany, insertsOf } from './writes.js'

/** The one row of a singleton needs no key. */
const whole = {}

/** The calls on the one row of a singleton. */
const singletonCalls = (calls: Calls): { readonly [call: string]: unknown } => {
  const { get } = getsOf(calls)
  const { insert } = insertsOf(calls)
  if (calls.collection.isAppendOnly) return { get: async () => get(whole), insert }
  const changes = changesOf(calls)
  return {
    get: async () => get(whole),
    insert,
    upsert: async (row: unknown) => changes.upsert(row),
    update: async (patch: unknown) => changes.update(whole, patch),
    increment: async (amounts: unknown) => changes.increment(whole, amounts),
    delete: async () => changes.delete(whole),
  }
}

/** The calls on rows that a key tells apart and that may change: all there are. */
export const keyedCalls = (calls: Calls) => ({
  ...getsOf(calls),
  ...pagesOf(calls),
  ...countsOf(calls),
  ...insertsOf(calls),
  ...changesOf(calls),
  ...changesOfMany(calls),
})

/** The calls on rows that are told apart by less, or never change. */
const fewerCalls = (calls: Calls): { readonly [call: string]: unknown } => {
  const { primary, uniques, isAppendOnly } = calls.collection
  return {
    ...(uniques.length === 0 ? {} : getsOf(calls)),
    ...(primary === null ? {} : pagesOf(calls)),
    ...countsOf(calls),
    ...insertsOf(calls),
    ...(uniques.length === 0 || isAppendOnly ? {} : changesOf(calls)),
    ...(isAppendOnly ? {} : changesOfMany(calls)),
  }
}

const rowCalls = (calls: Calls): { readonly [call: string]: unknown } => {
  const { primary, isAppendOnly } = calls.collection
  return primary === null || isAppendOnly ? fewerCalls(calls) : keyedCalls(calls)
}

/** Encrypted values are inserted with their row, and replaced one by one. */
const withEncrypted = (calls: Calls, isSingleton: boolean): { readonly [call: string]: unknown } => {
  const { insert, insertMany, decrypt, encrypt } = encryptedCalls(calls)
  return isSingleton
    ? {
        insert,
        decrypt: async (field: string) => decrypt(whole, field),
        encrypt: async (field: string, value: unknown) => encrypt(whole, field, value),
      }
    : { insert, insertMany, decrypt, encrypt }
}

/** The calls on the rows of one entity: those that it can have, as the storage that is made of them types them. */
export const repositoryOf = (calls: Calls): { readonly [call: string]: unknown } => {
  const { primary, encrypted, queries, lists } = calls.collection
  const isSingleton = primary?.fields.length === 0
  const { upsert, ...own } = isSingleton ? singletonCalls(calls) : rowCalls(calls)
  return Object.freeze({
    ...own,
    ...(encrypted === null ? (upsert === undefined ? {} : { upsert }) : withEncrypted(calls, isSingleton)),
    ...(Object.keys(lists).length === 0 ? {} : { lists: Object.freeze(listCalls(calls)) }),
    ...(Object.keys(queries).length === 0 ? {} : { queries: Object.freeze(queryCalls(calls)) }),
  })
}
