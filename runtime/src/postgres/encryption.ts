import { z } from 'zod'
import { EncryptedFieldError } from '../encrypted-field-error.js'
import { ConstraintError } from '../errors.js'
import { readRow } from '../rows/decoding.js'
import type { SqlClient } from './client.js'
import { refusedBy, type Written } from './refusals.js'
import type { Table } from './rows.js'
import { undone } from './wire.js'

/** Keys by their names, as `process.env` has them. A key goes along as a parameter and stands in no statement. */
export interface EncryptionKeys {
  readonly [name: string]: string | undefined
}

/** The options of `pgp_sym_encrypt`: without them it takes AES with 128 bits (Postgres manual, F.26.3.7.1). */
export const encryptionOptions = 'cipher-algo=aes256'

/** What `pgp_sym_decrypt` fails with: "Wrong key or corrupt data", and bytes that are no text. */
const unreadable: readonly unknown[] = ['39000', '22021']

const codeOf = (failure: unknown): string | null =>
  typeof failure === 'object' && failure !== null && 'code' in failure ? String(failure.code) : null

/** Where a statement goes: the field it is about, or the entity where it is about a row, and the table. */
interface Subject {
  readonly field: string
  readonly table: Written
}

/** Runs a statement; what it fails with comes back without its parameters. */
export const runSecretly = async (
  client: SqlClient,
  { field, table }: Subject,
  text: string,
  values: unknown[],
): Promise<readonly unknown[]> => {
  try {
    return (await client.query(text, values)).rows
  } catch (failure) {
    const constraint = refusedBy(failure, table, 'write')
    if (constraint !== null) throw new ConstraintError(constraint, undefined)
    const code = codeOf(failure)
    if (unreadable.includes(code)) {
      throw new EncryptedFieldError('unreadable', field, 'the key is wrong, or the stored bytes were changed', code)
    }
    throw new EncryptedFieldError('refused', field, failure instanceof Error ? failure.message : 'refused', code)
  }
}

/** A key by its name. */
export const keyOf = (keys: EncryptionKeys, name: string, field: string): string => {
  const key = keys[name]
  if (typeof key === 'string' && key !== '') return key
  throw new EncryptedFieldError('missing-key', field, `the key ${name} was not given`)
}

/** A parameter of an insert: its column and what stands for it; null where the column's default does. */
export interface Parameter {
  readonly column: string
  readonly values: readonly unknown[]
  /** The function that encrypts the value; null where it is stored as it is. */
  readonly encrypt: string | null
}

/** A column that is stored as it is. */
export const plainColumn = <Codec extends z.ZodType>(
  column: string,
  codec: Codec,
  value: z.output<Codec> | undefined,
): readonly Parameter[] => (value === undefined ? [] : [{ column, values: [z.encode(codec, value)], encrypt: null }])

/** A column that is stored encrypted with a key of `keys`; null stays null, and needs no key. */
export const encryptedColumn = (
  { field, column, key, encrypt }: Place,
  value: string | null,
  keys: EncryptionKeys,
): readonly Parameter[] => (value === null ? [] : [{ column, values: [value, keyOf(keys, key, field)], encrypt }])

const encrypting = (encrypt: string, first: number): string =>
  `${encrypt}($${first}::text, $${first + 1}::text, '${encryptionOptions}')`

const placeholders = ({ encrypt }: Parameter, first: number): string =>
  encrypt === null ? `$${first}` : encrypting(encrypt, first)

/** Inserts a row and returns it, without its encrypted columns. */
export const insertRow = async <Row>(
  client: SqlClient,
  entity: string,
  table: Table<Row>,
  parameters: readonly Parameter[],
): Promise<Row> => {
  let next = 1
  const taken = parameters.map((parameter) => {
    const first = next
    next += parameter.values.length
    return placeholders(parameter, first)
  })
  const given =
    parameters.length === 0
      ? 'DEFAULT VALUES'
      : `(${parameters.map(({ column }) => column).join(', ')}) VALUES (${taken.join(', ')})`
  const text = `INSERT INTO ${table.sql} ${given} RETURNING ${table.columns}`
  const [row] = await runSecretly(
    client,
    { field: entity, table },
    text,
    parameters.flatMap(({ values }) => [...values]),
  )
  return readRow(table, undone(table.forms ?? {}, row), true)
}

/** Where an encrypted value stands: its table and column, its key's name, and the condition on the row's own key. */
export interface Place {
  readonly field: string
  readonly table: Written & { readonly sql: string }
  readonly column: string
  readonly key: string
  /** The functions of pgcrypto, with its schema. */
  readonly encrypt: string
  readonly decrypt: string
  /** By parameters from `$1` on. */
  readonly where: string
}

/** Replaces the encrypted value of a row. */
export const replaceValue = async (
  client: SqlClient,
  keys: EncryptionKeys,
  place: Place,
  rowKey: readonly unknown[],
  value: string | null,
): Promise<void> => {
  const { field, table, column, key, encrypt, where } = place
  const encrypted = encrypting(encrypt, rowKey.length + 1)
  const text = `UPDATE ${table.sql} SET ${column} = ${encrypted} WHERE ${where} RETURNING 1 AS found`
  const rows = await runSecretly(client, place, text, [...rowKey, value, keyOf(keys, key, field)])
  if (rows.length === 0) throw new EncryptedFieldError('no-row', field, 'no row has this key')
}

/** The plain text of a row's encrypted value; null where the row has none. */
export const readValue = async (
  client: SqlClient,
  keys: EncryptionKeys,
  place: Place,
  rowKey: readonly unknown[],
): Promise<string | null> => {
  const { field, table, column, key, decrypt, where } = place
  const text = `SELECT ${decrypt}(${column}, $${rowKey.length + 1}::text) AS value FROM ${table.sql} WHERE ${where}`
  const [row] = await runSecretly(client, place, text, [...rowKey, keyOf(keys, key, field)])
  if (row === undefined) throw new EncryptedFieldError('no-row', field, 'no row has this key')
  return (row as { readonly value: string | null }).value
}

export const asJson = (value: unknown): string | null => (value === null ? null : JSON.stringify(value))

export const ofJson = (text: string | null): unknown => (text === null ? null : JSON.parse(text))
