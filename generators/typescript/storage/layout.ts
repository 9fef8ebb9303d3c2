import { propertyName } from '../../kernel/safe/typescript.js'
import { type Code, code, trusted } from '../../script/code.js'
import { objectTypeCode, unionLines } from '../../script/layout.js'

/** The members of an object's type, by name. */
export type Members = readonly (readonly [name: string, type: Code])[]

const memberCodes = (members: Members, optional: string): readonly Code[] =>
  members.map(([name, type]) => code`readonly ${trusted(propertyName(name))}${trusted(optional)}: ${type}`)

/** The type of an object. */
export const objectType = (members: Members, optional = ''): Code =>
  members.length === 0 ? trusted('Record<string, never>') : objectTypeCode(memberCodes(members, optional))

/** A declaration that ends in a union: on one line, or a line for each of its types where that is too long. */
export const unionLine = (head: string, types: readonly Code[], indent: string): Code => {
  const [only] = types
  if (types.length < 2) return code`${trusted(`${indent}${head} `)}${only ?? trusted('never')}`
  return code`${trusted(`${indent}${head}`)}${unionLines(types)}`
}

/** A declaration that ends in the type of an object: on one line, or a line a member where that is too long. */
export const objectLine = (head: string, members: Members, optional: string, indent: string): Code =>
  code`${trusted(`${indent}${head} `)}${objectType(members, optional)}`
