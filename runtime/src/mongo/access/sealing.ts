import { EncryptedFieldError } from '../../encrypted-field-error.js'
import { type EncryptionKeys, open, type Place, seal } from '../../mongoose/encryption.js'
import { insertedDocument } from './rows.js'
import {
  type Collection,
  type Encoded,
  encoded,
  having,
  held,
  type MongoStore,
  modelOf,
  sessionOf,
  type Values,
} from './store.js'

/** A plain value as it is stored: its JSON text, encrypted. */
const sealed = (keys: EncryptionKeys, place: Place, value: unknown): unknown =>
  value === null || value === undefined ? null : seal(keys, place, JSON.stringify(value))

/** Inserts a row, its encrypted values given in plain, and gives it as stored, without those. */
export const insertedSealed = async <Row>(
  db: MongoStore,
  collection: Collection<Row>,
  keys: EncryptionKeys,
  places: readonly (readonly [property: string, place: Place])[],
  row: object,
): Promise<Row> => {
  const secrets = places.map(([property, place]) => [place.path, sealed(keys, place, (row as Values)[property])])
  return insertedDocument(db, collection, { ...encoded(collection, row), ...Object.fromEntries(secrets) })
}

/** Encrypts a value in place of the one before. */
export const replacedSealed = async <Row>(
  db: MongoStore,
  collection: Collection<Row>,
  keys: EncryptionKeys,
  place: Place,
  key: Encoded,
  value: unknown,
): Promise<void> => {
  const update = { $set: { [place.path]: sealed(keys, place, value) } }
  const { matchedCount } = await held(db, collection, () =>
    modelOf(db, collection).updateOne(having(collection, key), update, sessionOf(db)),
  )
  if (matchedCount === 0) throw new EncryptedFieldError('no-row', place.field, 'no document has this key')
}

/** The plain value of a row's encrypted field; null where it has none. */
export const openedSealed = async <Row>(
  db: MongoStore,
  collection: Collection<Row>,
  keys: EncryptionKeys,
  place: Place,
  key: Encoded,
): Promise<unknown> => {
  const found: Values | null = await modelOf(db, collection)
    .findOne(having(collection, key), { [place.path]: 1 }, { ...sessionOf(db), lean: true })
    .exec()
  if (found === null) throw new EncryptedFieldError('no-row', place.field, 'no document has this key')
  const stored = found[place.path] ?? null
  return stored === null ? null : JSON.parse(open(keys, place, stored))
}
