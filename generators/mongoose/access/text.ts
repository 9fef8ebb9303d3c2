import { type Code, code, joined, trusted } from '../../script/code.js'

const width = 100

const fits = ({ text }: Code): boolean => text.length <= width && !text.includes('\n')

const deeper = ({ text, imports }: Code): Code => trusted(text.replaceAll('\n', '\n  '), imports)

const lines = (items: readonly Code[]): Code =>
  joined(
    items.map((item) => code`\n  ${deeper(item)},`),
    '',
  )

/** An object literal, on one line where it fits. */
export const objectCode = (members: readonly Code[]): Code => {
  if (members.length === 0) return trusted('{}')
  const line = code`{ ${joined(members, ', ')} }`
  return fits(line) ? line : code`{${lines(members)}\n}`
}

/** A list literal, on one line where it fits. */
export const listCode = (items: readonly Code[]): Code => {
  const line = code`[${joined(items, ', ')}]`
  return fits(line) ? line : code`[${lines(items)}\n]`
}

/** A call, on one line where it fits. */
export const callCode = (callee: Code, given: readonly Code[]): Code => {
  const line = code`${callee}(${joined(given, ', ')})`
  return fits(line) ? line : code`${callee}(${lines(given)}\n)`
}

/** `name: value`, if there is a value. */
export const member = (name: string, value: Code | null): readonly Code[] =>
  value === null ? [] : [code`${trusted(name)}: ${value}`]
