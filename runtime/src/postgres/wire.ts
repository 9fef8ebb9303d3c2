import { z } from 'zod'

/** What a column was asked for in, so that no setting of the session and no parser of the client changes it. */
export type Form =
  | 'number'
  | 'boolean'
  | 'json'
  | 'double'
  | 'real'
  | 'interval'
  | 'bytes'
  | 'numbers'
  | 'booleans'
  | 'doubles'
  | 'reals'
  | 'intervals'
  | 'bytesList'

/** Eight bytes to read a number from, which is done before another is. */
const scratch = new DataView(new ArrayBuffer(8))

/** The number that `float8send` sends, in hexadecimal digits. */
const doubleOf = (hex: string): number => {
  scratch.setUint32(0, Number.parseInt(hex.slice(0, 8), 16))
  scratch.setUint32(4, Number.parseInt(hex.slice(8, 16), 16))
  return scratch.getFloat64(0)
}

/** The number that `float4send` sends. */
const realOf = (hex: string): number => {
  scratch.setUint32(0, Number.parseInt(hex.slice(0, 8), 16))
  return scratch.getFloat32(0)
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

const bytesIn = (text: string): Uint8Array => z.util.hexToUint8Array(text)

const realIn = (bytes: Uint8Array): number => viewOf(bytes).getFloat32(0)

const doubleIn = (bytes: Uint8Array): number => viewOf(bytes).getFloat64(0)

/** What `interval_send` sends: microseconds, days and months. */
const intervalIn = (bytes: Uint8Array): object => {
  const view = viewOf(bytes)
  return { milliseconds: Number(view.getBigInt64(0)) / 1000, days: view.getInt32(8), months: view.getInt32(12) }
}

/** What `array_send` sends of a list: how many dimensions, two words, a size and a bound of each, and then the items. */
const itemsIn = <Item>(text: string, item: (bytes: Uint8Array) => Item): (Item | null)[] => {
  const bytes = bytesIn(text)
  const view = viewOf(bytes)
  const items: (Item | null)[] = []
  for (let at = 12 + 8 * view.getInt32(0); at < bytes.length; ) {
    const length = view.getInt32(at)
    at += 4
    items.push(length < 0 ? null : item(bytes.slice(at, at + length)))
    at += Math.max(length, 0)
  }
  return items
}

const jsonItems = (text: string, item: (value: unknown) => unknown): unknown =>
  (JSON.parse(text) as unknown[]).map((value) => (value === null ? null : item(value)))

/** A number in digits. What is none, in a column of another type by now, stays as it is: the codec refuses it. */
const numberIn = (text: string): unknown => (text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text))

const booleans: { readonly [text: string]: boolean } = { true: true, false: false }

const booleanIn = (text: string): unknown => booleans[text] ?? text

const jsonIn = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const undo: { readonly [Name in Form]: (text: string) => unknown } = {
  number: numberIn,
  boolean: booleanIn,
  json: jsonIn,
  double: doubleOf,
  real: realOf,
  interval: (text) => intervalIn(bytesIn(text)),
  bytes: bytesIn,
  numbers: (text) => jsonItems(text, (value) => numberIn(String(value))),
  booleans: (text) => jsonItems(text, (value) => booleanIn(String(value))),
  doubles: (text) => itemsIn(text, doubleIn),
  reals: (text) => itemsIn(text, realIn),
  intervals: (text) => itemsIn(text, intervalIn),
  bytesList: (text) => itemsIn(text, (bytes) => bytes),
}

/** The forms of columns, by the names that a statement gives them; those that are not named are texts. */
export interface Forms {
  readonly [column: string]: Form
}

const entries = new WeakMap<Forms, readonly (readonly [column: string, form: Form])[]>()

/** The forms of a table are asked for with each of its rows. */
const entriesOf = (forms: Forms): readonly (readonly [column: string, form: Form])[] => {
  const known = entries.get(forms) ?? Object.entries(forms)
  entries.set(forms, known)
  return known
}

/** A row that a statement returned, its columns as the codecs of the entity read them. */
export const undone = (forms: Forms, row: unknown): { readonly [column: string]: unknown } => {
  const values: { [column: string]: unknown } = { ...(row as { readonly [column: string]: unknown }) }
  for (const [column, form] of entriesOf(forms)) {
    const value = values[column]
    if (typeof value === 'string') values[column] = undo[form](value)
  }
  return values
}

/** A value that was sent in a form. */
export const undoneText = (form: Form, text: string): unknown => undo[form](text)

/** The text of a value that a list is ordered by, from which Postgres makes the same value again. */
export const orderedText = (value: unknown): string | null => {
  if (value === null || value === undefined) return null
  if (typeof value !== 'object') return String(value)
  const { months, days, milliseconds } = value as { readonly [part: string]: number }
  return `${months} months ${days} days ${milliseconds} milliseconds`
}
