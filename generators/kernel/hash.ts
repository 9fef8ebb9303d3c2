import { hash } from 'node:crypto'
import { memoised } from './memoised.js'

/** Whether a value says where something was written (`Span`); a user's own value under the key `origin` does not. */
const isPlace = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'source' in value && 'start' in value && 'end' in value

const keyTexts = new Map<string, string>()

/** The model has some hundred keys and very many objects with them. */
const keyText = (key: string): string => {
  const text = keyTexts.get(key) ?? `${JSON.stringify(key)}:`
  keyTexts.set(key, text)
  return text
}

const members = (value: object): string => {
  const record = value as { readonly [key: string]: unknown }
  let text = ''
  for (const key of Object.keys(value).sort()) {
    const inner = record[key]
    if (inner === undefined || (key === 'origin' && isPlace(inner))) continue
    text += `${text === '' ? '' : ','}${keyText(key)}${canonical(inner)}`
  }
  return text
}

const objectText = (value: object): string => `{${members(value)}}`

/** The text of a definition of the model, which has an origin: many units hash it, so it is made once. */
const definitionText = memoised(objectText)

const isDefinition = (value: object): boolean => 'origin' in value && isPlace(value.origin)

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
  return isDefinition(value) ? definitionText(value) : objectText(value)
}

/** SHA-256 in hex: of bytes or text as they are. */
export const sha256 = (bytes: string | Uint8Array): string => hash('sha256', bytes)

/** The hash of what a value means. */
export const hashOf = (value: unknown): string => sha256(canonical(value))

/** The hash of a part of the model that many units depend on: parts are frozen, so it is taken once. */
export const hashOfPart: (part: object) => string = memoised(hashOf)
