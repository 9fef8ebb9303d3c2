import { mongo } from 'mongoose'
import type { ExtendedJsonObject } from '../../document/index.js'
import { decimalText, parseDecimal, withScale } from '../../kernel/decimal.js'
import { accepts } from './stand-in.js'

/** An index as `createIndexes` takes it. */
export interface UniqueIndex {
  readonly key: Readonly<Record<string, unknown>>
  readonly name: string
  readonly unique?: boolean
  readonly partialFilterExpression?: ExtendedJsonObject
}

type Document = Readonly<Record<string, unknown>>

/** The name of an index that refuses a document beside another, or null. */
export type KeepsApart = (there: Document, added: Document) => string | null

const valueAt = (document: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (value, step) => (typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined),
      document,
    )

/** Decimals are equal by value, however many digits they have. */
const equalText = (value: mongo.Decimal128): string => {
  const decimal = parseDecimal(String(value))
  return decimal === null ? String(value) : decimalText(withScale(decimal, 0))
}

/** What is missing is null to an index; whole numbers are equal however wide they are stored. */
const indexed = (document: Document, path: string): string => {
  const value = valueAt(document, path) ?? null
  if (value instanceof mongo.Decimal128) return equalText(value)
  return typeof value === 'bigint' ? String(value) : mongo.BSON.EJSON.stringify({ value })
}

/** A stand-in for the unique indexes of a collection where there is no server; each document is in one entry of an index. */
export const keepsApart = (indexes: readonly UniqueIndex[]): KeepsApart => {
  const unique = indexes
    .filter((index) => index.unique === true)
    .map(({ name, key, partialFilterExpression }) => ({
      name,
      paths: Object.keys(key),
      holds: partialFilterExpression === undefined ? () => true : accepts(partialFilterExpression),
    }))
  const all = [{ name: '_id_', paths: ['_id'], holds: () => true }, ...unique]
  return (there, added) => {
    const found = all.find(
      ({ paths, holds }) =>
        holds(there) && holds(added) && paths.every((path) => indexed(there, path) === indexed(added, path)),
    )
    return found === undefined ? null : `another document has this ${found.paths.join(', ')}`
  }
}
