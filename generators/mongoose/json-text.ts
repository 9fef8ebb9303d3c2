import type { ExtendedJson } from '../document/index.js'

const widest = 110

const block = (open: string, members: readonly string[], close: string, indent: string): string =>
  `${open}\n${members.map((member) => `${indent}  ${member}`).join(',\n')}\n${indent}${close}`

const onOneLine = (value: ExtendedJson): string => {
  if (Array.isArray(value)) return `[${value.map((item: ExtendedJson) => onOneLine(item)).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}: ${onOneLine(inner)}`)
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`
}

/** What is left of `room` beside the value on one line, without its spaces; where that is below zero it does not fit. */
const roomBeside = (value: ExtendedJson, room: number): number => {
  if (typeof value !== 'object' || value === null) return room - JSON.stringify(value).length
  let left = room - 2
  for (const [key, inner] of Object.entries(value)) {
    if (left < 0) return left
    left = roomBeside(inner, Array.isArray(value) ? left : left - key.length - 3)
  }
  return left
}

/** JSON as a person would lay it out: what is short stays on one line. `indent` stands before the line it begins on. */
export const jsonText = (value: ExtendedJson, indent = ''): string => {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const line = roomBeside(value, widest - indent.length) < 0 ? null : onOneLine(value)
  if (line !== null && line.length + indent.length <= widest) return line
  const inner = `${indent}  `
  if (Array.isArray(value)) {
    return block(
      '[',
      value.map((item: ExtendedJson) => jsonText(item, inner)),
      ']',
      indent,
    )
  }
  const members = Object.entries(value).map(([key, one]) => `${JSON.stringify(key)}: ${jsonText(one, inner)}`)
  return block('{', members, '}', indent)
}
