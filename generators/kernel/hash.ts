import { hash } from 'node:crypto'
import { memoised } from './memoised.js'

/** Whether a value says where something was written (`Span`); a user's own value under the key `origin` does not. */
const isPlace = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'source' in value && 'start' in value && 'end' in value

/**
 * A value as text, the same for what is equal: keys of objects in code-unit order, `undefined` left out, bigints marked,
 * and origins left out (where a thing was defined is not part of what it means).
 */
export const canonical = (value: unknown): string => {
  if (typeof value === 'bigint') return `${value}n`
  if (value === undefined) return 'null'
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value instanceof Map) return canonical([...value.entries()])
  const members = Object.entries(value)
    .filter(([key, inner]) => inner !== undefined && !(key === 'origin' && isPlace(inner)))
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`
}

const membersText = (value: object): string => {
  const record = value as { readonly [key: string]: unknown }
  let text = ''
  for (const key of Object.keys(value)) {
    const inner = record[key]
    if (inner !== undefined && !(key === 'origin' && isPlace(inner))) text += scalarText(key) + hashedText(inner)
  }
  return `{${text}}`
}

/** The text of a definition of the model, which has an origin: many units hash it, so it is made once. */
const definitionText = memoised(membersText)

const isDefinition = (value: object): boolean => 'origin' in value && isPlace(value.origin)

/** Each kind of value begins with a letter of its own; a string with its length, so that nothing in it needs an escape. */
const scalarText = (value: unknown): string =>
  typeof value === 'string' ? `s${value.length}:${value}` : `${typeof value === 'bigint' ? 'b' : 'v'}${value};`

const listText = (values: readonly unknown[]): string => {
  let text = ''
  for (const value of values) text += hashedText(value)
  return `[${text}]`
}

/** What a hash is taken of. Unlike `canonical` it keeps the order of keys, since outputs show a user's values in theirs. */
const hashedText = (value: unknown): string => {
  if (value === null || typeof value !== 'object') return scalarText(value)
  if (Array.isArray(value)) return listText(value)
  if (value instanceof Map) return listText([...value])
  return isDefinition(value) ? definitionText(value) : membersText(value)
}

/** SHA-256 in hex: of bytes or text as they are. */
export const sha256 = (bytes: string | Uint8Array): string => hash('sha256', bytes)

/** The hash of what a value means. */
export const hashOf = (value: unknown): string => sha256(hashedText(value))

/** The hash of a part of the model that many units depend on: parts are frozen, so it is taken once. */
export const hashOfPart: (part: object) => string = memoised(hashOf)
