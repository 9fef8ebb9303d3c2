import { z } from 'zod'
import type { Form } from '../wire.js'
import type { ColumnKind } from './kind.js'

/** An item of an array's text form (Postgres manual, 8.15.2). */
const itemText = (text: string | null): string => (text === null ? 'NULL' : `"${text.replace(/["\\]/g, '\\$&')}"`)

/** Texts as the text form of an array. */
export const arrayText = (items: readonly (string | null)[]): string => `{${items.map(itemText).join(',')}}`

/** The forms of lists whose items are asked for in the bytes that the server sends. */
const sentForms: { readonly [type: string]: Form } = {
  real: 'reals',
  'double precision': 'doubles',
  interval: 'intervals',
  bytea: 'bytesList',
}

/** Types whose lists JSON has as they are, whatever DateStyle says. */
const isDate = (type: string): boolean => ['date', 'timestamp', 'timestamptz'].includes(type)

const jsonForms: { readonly [type: string]: Form } = {
  smallint: 'numbers',
  integer: 'numbers',
  boolean: 'booleans',
}

const returnedOf = ({ type }: ColumnKind): Pick<ColumnKind, 'returned' | 'form'> => {
  const sent = sentForms[type]
  if (sent !== undefined) return { returned: (column) => `encode(array_send(${column}), 'hex')`, form: sent }
  if (isDate(type)) return { returned: (column) => `to_jsonb(${column})::text`, form: 'json' }
  return { returned: (column) => `to_jsonb(${column}::text[])::text`, form: jsonForms[type] ?? 'json' }
}

/** A list of values of a kind, in an array. */
export const listOf = (item: ColumnKind): ColumnKind => ({
  ...item,
  ...returnedOf(item),
  type: `${item.type}[]`,
  encode: (value) =>
    arrayText(
      z
        .array(z.unknown())
        .parse(value)
        .map((one) => (one === null ? null : item.encode(one))),
    ),
  asks: 'items',
  isText: false,
  next: null,
  sum: null,
  item,
  ordering: null,
})

/** A vector in an array of `real`, of which no item is asked. */
export const realsOf = (real: ColumnKind): ColumnKind => ({
  ...listOf(real),
  asks: 'null',
  carrier: z.never(),
})

/** The JSON of an item: integers of 64 bits are texts there. */
const itemJson = (value: unknown): string => JSON.stringify(typeof value === 'bigint' ? String(value) : value)

/** A list in JSON. An item is asked for by its JSON, which the list contains (Postgres manual, 8.14.3). */
export const jsonListOf = (item: ColumnKind): ColumnKind => ({
  ...item,
  type: 'jsonb',
  encode: (value) =>
    JSON.stringify(z.array(z.unknown()).parse(value), (_, one) => (typeof one === 'bigint' ? String(one) : one)),
  returned: (column) => `${column}::text`,
  form: 'json',
  asks: 'items',
  isText: false,
  next: null,
  sum: null,
  item: { ...item, type: 'jsonb', encode: itemJson, next: null },
  ordering: null,
})
