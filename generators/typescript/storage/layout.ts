import { propertyName } from '../../kernel/safe/typescript.js'
import { type Code, code, joined, trusted } from '../../script/code.js'

/** The members of an object's type, by name. */
export type Members = readonly (readonly [name: string, type: Code])[]

const memberCodes = (members: Members, optional: string): readonly Code[] =>
  members.map(([name, type]) => code`readonly ${trusted(propertyName(name))}${trusted(optional)}: ${type}`)

/** The type of an object on one line. */
export const objectType = (members: Members, optional = ''): Code =>
  members.length === 0 ? trusted('Record<string, never>') : code`{ ${joined(memberCodes(members, optional), '; ')} }`

/** How wide a line of emitted code may be. */
export const width = 120

/** A declaration that ends in a union: on one line, or a line for each of its types where that is too long. */
export const unionLine = (head: string, types: readonly Code[], indent: string): Code => {
  const line = code`${trusted(`${indent}${head} `)}${types.length === 0 ? trusted('never') : joined(types, ' | ')}`
  if (line.text.length <= width || types.length < 2) return line
  return code`${trusted(`${indent}${head}`)}${types.map((type) => code`\n${trusted(indent)}  | ${type}`)}`
}

/** A declaration that ends in the type of an object: on one line, or a line a member where that is too long. */
export const objectLine = (head: string, members: Members, optional: string, indent: string): Code => {
  const line = code`${trusted(`${indent}${head} `)}${objectType(members, optional)}`
  if (line.text.length <= width) return line
  const lines = memberCodes(members, optional).map((one) => code`${trusted(indent)}  ${one}\n`)
  return code`${trusted(`${indent}${head} {\n`)}${lines}${trusted(indent)}}`
}
