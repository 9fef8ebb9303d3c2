import { docComment, proseOf } from '../kernel/safe/typescript.js'
import { type Code, code, trusted } from '../script/code.js'

/** An exported constant with its comment. */
export const declared = (doc: string, name: string, value: Code): Code =>
  code`${trusted(docComment(proseOf(doc)))}export const ${trusted(name)} = ${value}`
