import type * as Parser from 'libpg-query'
import type { Token } from './layout.js'
import { isTree, listAt, type Tree, under } from './tree.js'

/** A statement as Postgres' own parser reads it. */
export interface ParsedStatement {
  readonly text: string
  /** `{ SelectStmt: { … } }` */
  readonly tree: Tree
  /** The offset in `text`, in UTF-16 units, of a location in the tree, which counts bytes. */
  readonly offset: (location: number) => number
}

/** What the parser refuses, and where. */
export interface Refusal {
  readonly message: string
  readonly offset: number
}

/** Only what can be prepared stands behind this (Postgres manual, PREPARE). */
const head = 'PREPARE query AS '

const isAscii = (text: string): boolean => Buffer.byteLength(text) === text.length

const unitsOf = (text: string): ParsedStatement['offset'] => {
  if (isAscii(text)) return (location) => location - head.length
  const bytes = Buffer.from(text)
  return (location) => bytes.subarray(0, location - head.length).toString().length
}

/** A place that counts characters from the beginning of what was parsed. */
const unitAt = (text: string, place: number): number =>
  [...text].slice(0, Math.max(0, place - head.length)).join('').length

const severalStatements = 'cannot insert multiple commands into a prepared statement'

const loaded: { parser: Promise<typeof Parser> | null } = { parser: null }

/** The parser is a WebAssembly module of 1.7 MB: it is loaded for the first query that is emitted. */
const load = async (): Promise<typeof Parser> => {
  const parser = await import('libpg-query')
  await parser.loadModule()
  return parser
}

/** What Postgres (its own parser, of version 18) makes of a statement, whose parameters are numbered. */
export const parseStatement = async (text: string): Promise<ParsedStatement | Refusal> => {
  loaded.parser ??= load()
  const { hasSqlDetails, parseSync } = await loaded.parser
  try {
    const [first, second] = listAt(parseSync(head + text), 'stmts')
    if (second !== undefined) {
      const location = isTree(second) ? Number(second['stmt_location'] ?? 0) : 0
      return { message: severalStatements, offset: unitsOf(text)(location) }
    }
    const tree = under(under(under(first, 'stmt'), 'PrepareStmt'), 'query')
    return tree === null ? { message: 'no statement', offset: 0 } : { text, tree, offset: unitsOf(text) }
  } catch (failure) {
    if (failure instanceof RangeError) return { message: 'it is nested too deeply', offset: 0 }
    const place = hasSqlDetails(failure) ? (failure.sqlDetails?.cursorPosition ?? 0) : 0
    return { message: failure instanceof Error ? failure.message : String(failure), offset: unitAt(text, place) }
  }
}

/** The words of a statement that was parsed, without its comments. */
export const tokensOf = async ({ text }: ParsedStatement): Promise<readonly Token[]> => {
  loaded.parser ??= load()
  const { scanSync } = await loaded.parser
  const offset = unitsOf(text)
  return scanSync(text).tokens.flatMap(({ start, end, tokenName, text: word }) =>
    tokenName.endsWith('_COMMENT')
      ? []
      : [{ text: word, start: offset(start + head.length), end: offset(end + head.length) }],
  )
}

export const isParsed = (result: ParsedStatement | Refusal): result is ParsedStatement => 'tree' in result
