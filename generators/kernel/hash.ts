import { hash } from 'node:crypto'

/** An origin, rather than a key that a user's JSON value happens to have by that name. */
const isOrigin = (key: string, value: unknown): boolean =>
  key === 'origin' && typeof value === 'object' && value !== null && 'source' in value && 'start' in value

/** Whether a value says where something was written (`Span`); a user's own value under the key `origin` does not. */
const isPlace = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'source' in value && 'start' in value && 'end' in value

const members = (value: object): string => {
  const record = value as { readonly [key: string]: unknown }
  let text = ''
  for (const key of Object.keys(value).sort()) {
    const inner = record[key]
    if (inner === undefined || (key === 'origin' && isPlace(inner))) continue
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonical(inner)}`
  }
  return text
}

/**
 * A value as text, the same for the same meaning: keys of objects in code-unit order, `undefined` left out,
 * bigints marked, and origins left out (where a thing was defined is not part of what it means).
 */
export const canonical = (value: unknown): string => {
  if (typeof value === 'bigint') return `${value}n`
  if (value === undefined) return 'null'
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value instanceof Map) return canonical([...value.entries()])
  return `{${members(value)}}`
}

/** SHA-256 in hex: of bytes or text as they are. */
export const sha256 = (bytes: string | Uint8Array): string => hash('sha256', bytes)

/** The hash of what a value means. */
export const hashOf = (value: unknown): string => sha256(canonical(value))

const hashes = new WeakMap<object, string>()

/** The hash of a part of the model that many units depend on: parts are frozen, so it is taken once. */
export const hashOfPart = (part: object): string => {
  const hash = hashes.get(part) ?? hashOf(part)
  hashes.set(part, hash)
  return hash
}
