import type { z } from 'zod'
import { EncryptedFieldError } from '../../encrypted-field-error.js'
import { open, type Place, seal } from '../../mongoose/encryption.js'
import { checked, checkedKeys, refusal } from '../../rows/inputs.js'
import { readKey } from '../../storage/keys.js'
import { encoded } from '../access/store.js'
import { touching } from '../changes.js'
import { ask, asUnit, type Calls, keyFilter, nativeOf } from './collection.js'
import { insertDocument } from './writes.js'

/** A path whose values only these calls write and read. */
export interface EncryptedPath {
  readonly path: string
  /** The name of its key. */
  readonly key: string
  /** Holds a value. */
  readonly value: z.ZodType
  /** Whether a value may be put in the place of another. */
  readonly isFixed?: boolean
}

/** The encrypted fields of a collection, by their names in code. */
export type EncryptedPaths = { readonly [field: string]: EncryptedPath }

interface Found {
  readonly encrypted: EncryptedPath
  readonly place: Place
}

const pathOf = ({ collection }: Calls, call: string, field: string): Found => {
  const { encrypted: all, entity } = collection
  const encrypted = all !== null && Object.hasOwn(all, field) ? all[field] : undefined
  if (encrypted === undefined)
    throw refusal(collection, call, [{ code: 'custom', path: [], message: 'no encrypted field', input: undefined }])
  const { path, key } = encrypted
  return { encrypted, place: { path, key, field: `${entity}.${field}` } }
}

/** A plain value as it is stored: its JSON text, encrypted. */
const sealed = ({ keys, collection }: Calls, place: Place, value: unknown): unknown =>
  value == null ? null : seal(checkedKeys(collection, 'encrypt', keys), place, JSON.stringify(value))

/** Inserts a row with its encrypted values, and returns it without them. */
const insert = async (calls: Calls, row: unknown): Promise<unknown> => {
  const { collection } = calls
  const given = checked(collection, 'insert', collection.newRow, row) as { readonly [field: string]: unknown }
  const secrets = Object.keys(collection.encrypted ?? {}).map((field) => {
    const { place } = pathOf(calls, 'insert', field)
    return [place.path, sealed(calls, place, given[field])] as const
  })
  return insertDocument(calls, { ...encoded(collection, given), ...Object.fromEntries(secrets) })
}

/** The plain value of a row. Throws an `EncryptedFieldError`: no row has the key, or it cannot be decrypted. */
const decrypt = async (calls: Calls, key: unknown, field: string): Promise<unknown> => {
  const { collection, keys } = calls
  const { place } = pathOf(calls, 'decrypt', field)
  const filter = keyFilter(calls, readKey(collection, 'decrypt', key))
  const options = { projection: { [place.path]: 1 } } as const
  const found = await ask(calls, (own) => nativeOf(calls).findOne(filter, { ...own, ...options }))
  if (found === null) throw new EncryptedFieldError('no-row', place.field, 'no document has this key')
  const stored = found[place.path] ?? null
  return stored === null ? null : JSON.parse(open(checkedKeys(collection, 'decrypt', keys), place, stored))
}

/** Puts a value in the place of the one before. Throws an `EncryptedFieldError`. */
const encrypt = async (calls: Calls, key: unknown, field: string, value: unknown): Promise<void> => {
  const { collection } = calls
  const { encrypted, place } = pathOf(calls, 'encrypt', field)
  if (encrypted.isFixed === true)
    throw refusal(collection, 'encrypt', [
      { code: 'custom', path: [field], message: 'never changes', input: undefined },
    ])
  const plain = checked(collection, 'encrypt', encrypted.value, value)
  const filter = keyFilter(calls, readKey(collection, 'encrypt', key))
  const update = { $set: { [place.path]: sealed(calls, place, plain), ...touching(collection) } }
  const { matchedCount } = await ask(calls, (own) => nativeOf(calls).updateOne(filter, update, own))
  if (matchedCount === 0) throw new EncryptedFieldError('no-row', place.field, 'no document has this key')
}

/** The calls that write and read encrypted values. */
export const encryptedCalls = (calls: Calls) => ({
  insert: async (row: unknown): Promise<unknown> => insert(calls, row),
  insertMany: async (rows: readonly unknown[]): Promise<unknown[]> =>
    asUnit(calls, async (own) => {
      const stored: unknown[] = []
      for (const row of rows) stored.push(await insert(own, row))
      return stored
    }),
  decrypt: async (key: unknown, field: string): Promise<unknown> => decrypt(calls, key, field),
  encrypt: async (key: unknown, field: string, value: unknown): Promise<void> => encrypt(calls, key, field, value),
})
