import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Condition } from '../conditions/condition.js'
import { CursorError } from '../errors.js'
import { decodeJson, encodeJson } from './json-text.js'
import type { Sort } from './order.js'

/** Where a page ended: opaque, and good for the `where` and `order` that it was returned for. */
export type Cursor = string & { readonly __brand: 'Cursor' }

/** A value so that no two are alike in JSON: a Date is no text, and a bigint no number. */
const told = (value: unknown): unknown => {
  if (value instanceof Date) return { date: value.toISOString() }
  return typeof value === 'bigint' ? { bigint: String(value) } : value
}

/** What a cursor is good for: its page's conditions and order, and the named list, where it is of one. A replacer sees a Date's `toJSON`, so values are told before. */
const digestOf = (condition: Condition, sorts: readonly Sort[], list: string | null): string => {
  const tell = (inner: Condition): unknown => {
    switch (inner.kind) {
      case 'all':
      case 'any':
        return [inner.kind, inner.of.map(tell)]
      case 'not':
        return [inner.kind, tell(inner.of)]
      case 'one-of':
        return [inner.kind, inner.field, inner.values.map(told)]
      case 'equal':
      case 'has':
        return [inner.kind, inner.field, told(inner.value)]
      case 'order':
        return [inner.operator, inner.field, told(inner.value)]
      case 'null':
        return [inner.kind, inner.field]
      case 'starts':
      case 'contains':
        return [inner.kind, inner.field, inner.text]
    }
  }
  const asked = [tell(condition), sorts.map(({ field, direction }) => [field, direction])]
  const text = JSON.stringify(list === null ? asked : [...asked, list])
  return createHash('sha256').update(text).digest('base64url').slice(0, 16)
}

const content = z.tuple([z.string(), z.array(z.json())])

type Content = z.output<typeof content>

const contentOf = (cursor: string): Content | null => content.safeParse(decodeJson(cursor)).data ?? null

/** The cursor that stands after a row with these values of the ordered fields, as the store tells them in JSON. */
export const cursorAfter = (
  condition: Condition,
  sorts: readonly Sort[],
  values: readonly z.core.util.JSONType[],
  list: string | null = null,
): Cursor => encodeJson([digestOf(condition, sorts, list), values]) as Cursor

/** The values that a cursor stands after. Throws a `CursorError` where it is of another `where` or `order`, or none at all. */
export const valuesOf = (
  cursor: unknown,
  condition: Condition,
  sorts: readonly Sort[],
  list: string | null = null,
): Content[1] => {
  const [digest, values] = (typeof cursor === 'string' ? contentOf(cursor) : null) ?? ['', []]
  if (digest === digestOf(condition, sorts, list) && values.length === sorts.length) return values
  throw new CursorError('not a cursor of a page with this `where` and `order`')
}
