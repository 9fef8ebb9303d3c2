import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { EncryptedFieldError } from '../encrypted-field-error.js'
import { isSealed, loadSealed, type Sealed } from './kinds.js'

/**
 * A key in all its versions, so that it can be replaced while values of the one before are still stored. Each is a text
 * of at least 32 random bytes, such as `openssl rand -base64 32` prints.
 */
export interface KeyVersions {
  /** The version that new values are encrypted with; from 1 on. */
  readonly current: number
  readonly versions: { readonly [version: number]: string | undefined }
}

/** Keys by their names, as `process.env` has them, or in versions; a text alone is the first version of its key. */
export interface EncryptionKeys {
  readonly [name: string]: KeyVersions | string | undefined
}

/** An encrypted field: what messages call it, its path in documents, and its key's name. */
export interface Place {
  readonly field: string
  readonly path: string
  readonly key: string
}

const versionsOf = (keys: EncryptionKeys, name: string): KeyVersions | undefined => {
  const key = keys[name]
  return typeof key === 'string' ? { current: 1, versions: { 1: key } } : key
}

/** AES-256 takes 32 bytes, which a key's text rarely has: HKDF makes them of it (RFC 5869). */
const keyBytes = (keys: EncryptionKeys, version: number, { field, key }: Place): Uint8Array => {
  const text = versionsOf(keys, key)?.versions[version]
  if (text !== undefined && text !== '') return new Uint8Array(hkdfSync('sha256', text, '', 'botschema', 32))
  throw new EncryptedFieldError('missing-key', field, `version ${version} of the key ${key} was not given`)
}

/** The digits of a version, which is authenticated with the value, so that it cannot be changed unnoticed. */
const authenticated = (version: number): Uint8Array => Uint8Array.from(String(version), Number)

const currentOf = (keys: EncryptionKeys, { field, key }: Place): number => {
  const current = versionsOf(keys, key)?.current
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
