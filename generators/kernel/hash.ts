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

/** Each kind of value begins with a letter of its own; a string with its length, so that nothing in it needs an escape. */
const scalarText = (value: unknown): string =>
  typeof value === 'string' ? `s${value.length}:${value}` : `${typeof value === 'bigint' ? 'b' : 'v'}${value};`

const addMembers = (value: object, pieces: string[]): void => {
  const record = value as { readonly [key: string]: unknown }
  pieces.push('{')
  for (const key of Object.keys(value)) {
    const inner = record[key]
    if (inner === undefined || (key === 'origin' && isPlace(inner))) continue
    pieces.push(scalarText(key))
    addText(inner, pieces)
  }
  pieces.push('}')
}

/** The text of a definition of the model, which has an origin: many units hash it, so it is made once. */
const definitionText = memoised((definition) => {
  const pieces: string[] = []
  addMembers(definition, pieces)
  return pieces.join('')
})

const isDefinition = (value: object): boolean => 'origin' in value && isPlace(value.origin)

/** Adds what a hash is taken of. Unlike `canonical` it keeps the order of keys, since outputs show a user's values in theirs. */
const addText = (value: unknown, pieces: string[]): void => {
  if (value === null || typeof value !== 'object') pieces.push(scalarText(value))
  else if (Array.isArray(value) || value instanceof Map) {
    pieces.push('[')
    for (const item of value) addText(item, pieces)
    pieces.push(']')
  } else if (isDefinition(value)) pieces.push(definitionText(value))
  else addMembers(value, pieces)
}

const hashedText = (value: unknown): string => {
  const pieces: string[] = []
  addText(value, pieces)
  return pieces.join('')
}

/** SHA-256 in hex: of bytes or text as they are. */
export const sha256 = (bytes: string | Uint8Array): string => hash('sha256', bytes)

/** The hash of what a value means. */
export const hashOf = (value: unknown): string => sha256(hashedText(value))

/** The hash of a part of the model that many units depend on: parts are frozen, so it is taken once. */
export const hashOfPart: (part: object) => string = memoised(hashOf)
