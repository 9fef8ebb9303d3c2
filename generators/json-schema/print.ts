import type { JsonValue } from '../model/origin.js'

const lineWidth = 120

const flat = (value: JsonValue): string => {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(flat).join(', ')}]`
  const members = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}: ${flat(inner)}`)
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`
}

const members = (value: object, indent: string): readonly string[] =>
  Array.isArray(value)
    ? value.map((item) => printed(item, indent, 0))
    : Object.entries(value).map(([key, inner]) => {
        const name = `${JSON.stringify(key)}: `
        return `${name}${printed(inner, indent, name.length)}`
      })

/** Known from the values alone: most schemas hold others, and need not be printed to see that they fit no line. */
const holdsObjects = (value: object): boolean =>
  Object.values(value).some(
    (inner: unknown) => typeof inner === 'object' && inner !== null && (!Array.isArray(inner) || holdsObjects(inner)),
  )

const printed = (value: JsonValue, indent: string, taken: number): string => {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const line = holdsObjects(value) ? null : flat(value)
  if (line !== null && indent.length + taken + line.length < lineWidth && !line.slice(1).includes('{')) return line
  const inner = `${indent}  `
  const lines = members(value, inner).map((member) => `${inner}${member}`)
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}']
  return `${open}\n${lines.join(',\n')}\n${indent}${close}`
}

/** JSON for reading: what has no objects inside and fits a line stands on one. The keys' order is kept. */
export const jsonText = (value: JsonValue): string => `${printed(value, '', 0)}\n`
