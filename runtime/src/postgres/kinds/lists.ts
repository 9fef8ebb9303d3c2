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
