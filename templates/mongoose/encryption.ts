import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import type { Model } from 'mongoose'
import { inSlot, isSealed, loadSealed, type Sealed, type Slot } from './kinds.js'

/**
 * A key in all its versions, so that it can be replaced while values of the one before are still stored. Each is a text
 * of at least 32 random bytes, such as `openssl rand -base64 32` prints.
 */
export interface KeyVersions {
  /** The version that new values are encrypted with; from 1 on. */
  readonly current: number
  readonly versions: { readonly [version: number]: string | undefined }
}

/** EncryptionKeys by their names. */
export interface EncryptionKeys {
  readonly [name: string]: KeyVersions | undefined
}

/**
 * `missing-key`: no key of that name, or not in the version that a value was encrypted with. `unreadable`: the key is
 * another than the one that encrypted the value, or what is stored was changed; nothing tells the two apart. `no-row`:
 * no document has the key asked for. `refused`: the value is none of the field's.
 */
export type EncryptionProblem = 'missing-key' | 'unreadable' | 'no-row' | 'refused'

/** What went wrong with an encrypted field. It holds neither a key nor a value. */
export class EncryptedFieldError extends Error {
  override readonly name = 'EncryptedFieldError'
  readonly problem: EncryptionProblem
  /** The field, as `entity.field`. */
  readonly field: string
  constructor(problem: EncryptionProblem, field: string, message: string) {
    super(`${field}: ${message}`)
    this.problem = problem
    this.field = field
  }
}

/** An encrypted field: what messages call it, its path in documents, and its key's name. */
export interface Place {
  readonly field: string
  readonly path: string
  readonly key: string
}

/** AES-256 takes 32 bytes, which a key's text rarely has: HKDF makes them of it (RFC 5869). */
const keyBytes = (keys: EncryptionKeys, version: number, { field, key }: Place): Uint8Array => {
  const text = keys[key]?.versions[version]
  if (text !== undefined && text !== '') return new Uint8Array(hkdfSync('sha256', text, '', 'botschema', 32))
  throw new EncryptedFieldError('missing-key', field, `version ${version} of the key ${key} was not given`)
}

/** The digits of a version, which is authenticated with the value, so that it cannot be changed unnoticed. */
const authenticated = (version: number): Uint8Array => Uint8Array.from(String(version), Number)

const currentOf = (keys: EncryptionKeys, { field, key }: Place): number => {
  const current = keys[key]?.current
  if (current !== undefined) return current
  throw new EncryptedFieldError('missing-key', field, `the key ${key} was not given`)
}

/** A text encrypted with the current version of its key, by AES-256-GCM with an IV of its own. */
export const seal = (keys: EncryptionKeys, place: Place, text: string): Sealed => {
  const version = currentOf(keys, place)
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyBytes(keys, version, place), iv)
  cipher.setAAD(authenticated(version))
  const data = Uint8Array.of(...cipher.update(text, 'utf8'), ...cipher.final())
  return { v: version, iv, tag: cipher.getAuthTag(), data }
}

const sealedIn = (stored: unknown, { field }: Place): Sealed => {
  const loaded = loadSealed(stored)
  if (isSealed(loaded) === null) return loaded as Sealed
  throw new EncryptedFieldError('unreadable', field, 'what is stored is no encrypted value')
}

/** The text that was sealed; the stored form is taken from a document as well as from the driver. */
export const open = (keys: EncryptionKeys, place: Place, stored: unknown): string => {
  const { v, iv, tag, data } = sealedIn(stored, place)
  const key = keyBytes(keys, v, place)
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: 16 })
    decipher.setAAD(authenticated(v))
    decipher.setAuthTag(tag)
    return decipher.update(data, undefined, 'utf8') + decipher.final('utf8')
  } catch {
    throw new EncryptedFieldError('unreadable', place.field, 'the key is wrong, or what is stored was changed')
  }
}

/** A model, as far as encrypted fields need it: Mongoose's own types do not come back from some records. */
export interface Store {
  readonly schema: { path(name: string): { readonly options: object } | undefined }
  create(document: object): Promise<object>
  updateOne(filter: object, update: object): Promise<{ readonly matchedCount: number }>
  findOne(filter: object, projection: object): { lean(): Promise<{ readonly [path: string]: unknown } | null> }
}

const storeOf = <Stored>(model: Model<Stored>): Store => model as unknown as Store

/** A plain value, held to what its field takes, as its JSON text encrypted. */
export const sealValue = (store: Store, keys: EncryptionKeys, place: Place, value: unknown): Sealed | null => {
  const options = store.schema.path(place.path)?.options as { readonly plain: Slot; readonly nullable: boolean }
  if (value === null && options.nullable) return null
  const wrong = inSlot(options.plain, value)
  if (wrong !== null) throw new EncryptedFieldError('refused', place.field, wrong)
  return seal(keys, place, JSON.stringify(value))
}

/** Stores a document, the plain values in it encrypted. */
export const insertSealed = async <Stored>(
  model: Model<Stored>,
  keys: EncryptionKeys,
  places: readonly Place[],
  document: object,
): Promise<unknown> => {
  const store = storeOf(model)
  const given = document as { readonly [path: string]: unknown }
  const sealed = places.map((place) => [place.path, sealValue(store, keys, place, given[place.path] ?? null)])
  return store.create({ ...given, ...Object.fromEntries(sealed) })
}

/** Replaces the encrypted value of a document. */
export const replaceSealed = async <Stored>(
  model: Model<Stored>,
  keys: EncryptionKeys,
  place: Place,
  filter: object,
  value: unknown,
): Promise<void> => {
  const store = storeOf(model)
  const sealed = sealValue(store, keys, place, value)
  const { matchedCount } = await store.updateOne(filter, { $set: { [place.path]: sealed } })
  if (matchedCount === 0) throw new EncryptedFieldError('no-row', place.field, 'no document has this key')
}

/** The plain value of a document's encrypted field; null where it has none. */
export const readSealed = async <Stored>(
  model: Model<Stored>,
  keys: EncryptionKeys,
  place: Place,
  filter: object,
): Promise<unknown> => {
  const found = await storeOf(model)
    .findOne(filter, { [place.path]: 1 })
    .lean()
  if (found === null) throw new EncryptedFieldError('no-row', place.field, 'no document has this key')
  const stored = found[place.path] ?? null
  return stored === null ? null : JSON.parse(open(keys, place, stored))
}
