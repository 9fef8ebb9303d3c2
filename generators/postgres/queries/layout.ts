import type { ParsedStatement } from './parse.js'
import { ctesOf, isTree, locationOf } from './tree.js'

/** A word of a statement, as the parser's own scanner finds it; comments are none. */
export interface Token {
  readonly text: string
  readonly start: number
  readonly end: number
}

/** The parts that a statement is made of, where it may be put into a WITH clause. */
export interface Layout {
  /** The WITH clause, up to the end of its last query; empty where it need not stand at the top. */
  readonly before: string
  /** The rest, without brackets around it and without a semicolon. */
  readonly statement: string
}

const closings: Readonly<Record<string, string>> = { '(': ')', '[': ']' }

/** The index of the token that closes the bracket at an index. */
const closingOf = (tokens: readonly Token[], open: number): number => {
  const expected: string[] = []
  for (let at = open; at < tokens.length; at += 1) {
    const { text } = tokens[at] as Token
    const closing = closings[text]
    if (closing !== undefined) expected.push(closing)
    else if (text === expected.at(-1)) expected.pop()
    if (expected.length === 0) return at
  }
  return tokens.length - 1
}

/** The tokens of a statement without a semicolon at its end and without brackets around all of it. */
const unwrapped = (tokens: readonly Token[]): readonly Token[] => {
  const last = tokens.at(-1)
  if (last?.text === ';') return unwrapped(tokens.slice(0, -1))
  const isBracketed = tokens[0]?.text === '(' && closingOf(tokens, 0) === tokens.length - 1
  return isBracketed ? unwrapped(tokens.slice(1, -1)) : tokens
}

const startsStatement = /^(?:select|insert|update|delete|merge|values|table|\()$/i

/** The index of the first token behind the last query of a WITH clause, and behind what RECURSIVE may add to it. */
const endOfWith = ({ tree, offset }: ParsedStatement, tokens: readonly Token[]): number => {
  const [statement] = Object.values(tree)
  const last = isTree(statement) ? ctesOf(statement).at(-1) : undefined
  const start = last === undefined ? 0 : offset(locationOf(last))
  const name = tokens.findIndex((token) => token.start >= start)
  const as = tokens.findIndex(({ text }, at) => at > name && /^as$/i.test(text))
  const open = tokens.findIndex(({ text }, at) => at > as && text === '(')
  const behind = closingOf(tokens, open) + 1
  return tokens.findIndex(({ text }, at) => at >= behind && startsStatement.test(text))
}

/** The parts of a statement; `isAtTop`: its WITH clause has to stay at the top. */
export const layoutOf = (parsed: ParsedStatement, all: readonly Token[], isAtTop: boolean): Layout => {
  const tokens = unwrapped(all)
  const [first, last] = [tokens[0], tokens.at(-1)]
  if (first === undefined || last === undefined) return { before: '', statement: parsed.text }
  const [start, end] = tokens === all ? [0, parsed.text.length] : [first.start, last.end]
  const slice = (from: number, to: number): string => parsed.text.slice(from, to).trim()
  if (!isAtTop || !/^with$/i.test(first.text)) return { before: '', statement: slice(start, end) }
  const main = tokens[endOfWith(parsed, tokens)] ?? first
  return { before: slice(start, main.start), statement: slice(main.start, end) }
}
