import type { Comparison, FunctionName } from '../../model/expression.js'
import type { Token } from './token.js'

/** How many arguments each function takes. */
export const functionArguments: Readonly<Record<FunctionName, { readonly least: number; readonly most: number }>> = {
  length: { least: 1, most: 1 },
  lower: { least: 1, most: 1 },
  upper: { least: 1, most: 1 },
  coalesce: { least: 2, most: Number.POSITIVE_INFINITY },
}

export const functionNames = Object.keys(functionArguments)

export const isFunctionName = (name: string): name is FunctionName => Object.hasOwn(functionArguments, name)

const comparisons: ReadonlySet<string> = new Set(['=', '<>', '<', '<=', '>', '>='])

export const isComparison = (text: string): text is Comparison => comparisons.has(text)

const reserved: ReadonlySet<string> = new Set(['and', 'or', 'not', 'is', 'in', 'between', 'null', 'true', 'false'])

/** Operators of SQL that the language leaves out. */
const foreignWords: ReadonlySet<string> = new Set(['like', 'ilike', 'similar', 'regexp', 'div', 'mod', 'xor'])

/** A word of the language itself in lower case, or null: names keep their case and may be quoted to be names. */
export const keywordOf = (token: Token): string | null => {
  const word = token.text.toLowerCase()
  return token.kind === 'name' && reserved.has(word) ? word : null
}

/** A word as a message names it. */
export const shown = (token: Token): string => (token.kind === 'end' ? 'the end' : `\`${token.text}\``)

export const isForeign = (token: Token): boolean => token.kind === 'name' && foreignWords.has(token.text.toLowerCase())
