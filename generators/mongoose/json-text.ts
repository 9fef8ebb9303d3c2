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

/** Whether it may fit a line: without spaces it is shorter still, and how short is quickly known. */
const fits = (value: ExtendedJson, taken: number): boolean => JSON.stringify(value).length + taken <= widest

/** JSON as a person would lay it out: what is short stays on one line. `indent` stands before the line it begins on. */
export const jsonText = (value: ExtendedJson, indent = ''): string => {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const line = fits(value, indent.length) ? onOneLine(value) : null
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
