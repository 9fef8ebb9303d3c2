import type { z } from 'zod'
import { EncryptedFieldError } from '../../encrypted-field-error.js'
import { checked, checkedKeys, refusal } from '../../rows/inputs.js'
import { readKey } from '../../storage/keys.js'
import { asJson, encryptionOptions, keyOf, ofJson, runSecretly } from '../encryption.js'
import { insertedValues, type NewRow } from './new-rows.js'
import { type Calls, conditionSql, readReturned } from './table.js'

/** A column whose values only these calls write and read. */
export interface EncryptedColumn {
  /** The name: quoted. */
  readonly column: string
  /** The name of its key. */
  readonly key: string
  /** Holds a value. */
  readonly value: z.ZodType
  readonly isJson?: boolean
  /** Whether a value may be put in the place of another. */
  readonly isFixed?: boolean
}

/** The encrypted columns of a table. */
export interface EncryptedColumns {
  /** The functions of pgcrypto, with their schema. */
  readonly encrypt: string
  readonly decrypt: string
  readonly columns: { readonly [field: string]: EncryptedColumn }
}

interface Found {
  readonly encrypted: EncryptedColumns
  readonly column: EncryptedColumn
  /** `vault.secret`, as errors have it. */
  readonly name: string
}

const columnOf = ({ table }: Calls, call: string, field: string): Found => {
  const { encrypted, entity } = table
  const column = encrypted !== null && Object.hasOwn(encrypted.columns, field) ? encrypted.columns[field] : undefined
  if (encrypted !== null && column !== undefined) return { encrypted, column, name: `${entity}.${field}` }
  throw refusal(table, call, [{ code: 'custom', path: [], message: 'no encrypted field', input: undefined }])
}

const textOf = ({ isJson = false }: EncryptedColumn, value: unknown): string | null =>
  isJson ? asJson(value) : (value as string | null)

/** Runs a statement whose parameters no error shows. */
const askSecretly = (
  { db, table }: Calls,
  field: string,
  textOfStatement: (parameter: (value: unknown) => string) => string,
): Promise<readonly unknown[]> => {
  const values: unknown[] = []
  const text = textOfStatement((value) => `$${values.push(value)}`)
  return runSecretly(db, { field, table }, text, values)
}

/** Inserts a row with its encrypted values, and returns it without them. */
const insert = async (calls: Calls, row: unknown): Promise<unknown> => {
  const { table } = calls
  const given = checked(table, 'insert', table.newRow, row) as NewRow
  const keys = checkedKeys(table, 'insert', calls.keys)
  const [stored] = await askSecretly(calls, table.entity, (parameter) => {
    const secret = Object.keys(table.encrypted?.columns ?? {}).flatMap((field) => {
      const { encrypted, column, name } = columnOf(calls, 'insert', field)
      const text = textOf(column, given[field] ?? null)
      if (text === null) return []
      const value = `${parameter(text)}::text, ${parameter(keyOf(keys, column.key, name))}::text`
      return [{ name: column.column, value: `${encrypted.encrypt}(${value}, '${encryptionOptions}')` }]
    })
    const all = [...insertedValues(table.columns, given, parameter), ...secret]
    const values =
      all.length === 0
        ? 'DEFAULT VALUES'
        : `(${all.map((one) => one.name).join(', ')}) VALUES (${all.map((one) => one.value).join(', ')})`
    return `INSERT INTO ${table.table} AS own ${values} RETURNING ${table.returned}`
  })
  return readReturned(calls, stored, 'write')
}

/** The plain value of a row. Throws an `EncryptedFieldError`: no row has the key, or it cannot be decrypted. */
const decrypt = async (calls: Calls, key: unknown, field: string): Promise<unknown> => {
  const { table } = calls
  const { encrypted, column, name } = columnOf(calls, 'decrypt', field)
  const { condition, unique } = readKey(table, 'decrypt', key)
  const secret = keyOf(checkedKeys(table, 'decrypt', calls.keys), column.key, name)
  const [row] = await askSecretly(
    calls,
    name,
    (parameter) =>
      `SELECT ${encrypted.decrypt}(own.${column.column}, ${parameter(secret)}::text) AS value FROM ${table.table} AS own ` +
      `WHERE ${conditionSql(calls, condition, parameter, unique)}`,
  )
  if (row === undefined) throw new EncryptedFieldError('no-row', name, 'no row has this key')
  const { value } = row as { readonly value: string | null }
  return column.isJson === true ? ofJson(value) : value
}

/** Puts a value in the place of the one before. Throws an `EncryptedFieldError`. */
const encrypt = async (calls: Calls, key: unknown, field: string, value: unknown): Promise<void> => {
  const { table } = calls
  const { encrypted, column, name } = columnOf(calls, 'encrypt', field)
  if (column.isFixed === true)
    throw refusal(table, 'encrypt', [{ code: 'custom', path: [field], message: 'never changes', input: undefined }])
  const text = textOf(column, checked(table, 'encrypt', column.value, value))
  const { condition, unique } = readKey(table, 'encrypt', key)
  const secret = keyOf(checkedKeys(table, 'encrypt', calls.keys), column.key, name)
  const rows = await askSecretly(
    calls,
    name,
    (parameter) =>
      `UPDATE ${table.table} AS own SET ${column.column} = ` +
      `${encrypted.encrypt}(${parameter(text)}::text, ${parameter(secret)}::text, '${encryptionOptions}') ` +
      `WHERE ${conditionSql(calls, condition, parameter, unique)} RETURNING 1 AS found`,
  )
  if (rows.length === 0) throw new EncryptedFieldError('no-row', name, 'no row has this key')
}

/** The calls that write and read encrypted values. */
export const encryptedCalls = (calls: Calls) => ({
  insert: async (row: unknown): Promise<unknown> => insert(calls, row),
  insertMany: async (rows: readonly unknown[]): Promise<unknown[]> =>
    calls.db.transaction(async (db) => {
      const stored: unknown[] = []
      for (const row of rows) stored.push(await insert({ ...calls, db }, row))
      return stored
    }),
  decrypt: async (key: unknown, field: string): Promise<unknown> => decrypt(calls, key, field),
  encrypt: async (key: unknown, field: string, value: unknown): Promise<void> => encrypt(calls, key, field, value),
})
