import type { Diagnostic } from '../../kernel/diagnostic.js'
import { report } from '../../kernel/diagnostic.js'
import { ok, type Result, withDiagnostics } from '../../kernel/result.js'
import type { Span } from '../../kernel/source.js'

/** A word of a predicate. `text` is what it means: quotes are taken off and doubled quotes are one. */
export interface Token {
  readonly kind: 'name' | 'quoted' | 'string' | 'number' | 'symbol' | 'end'
  readonly text: string
  readonly start: number
  readonly end: number
}

/** Where a stretch of a predicate's text stands in its source: YAML may fold or escape, so the caller knows. */
export type ToSpan = (start: number, end: number) => Span

/** Words of other languages, and what to write instead; null where the predicate language has no such thing. */
const foreignSymbols: ReadonlyMap<string, string | null> = new Map([
  ['===', '`=`'],
  ['!==', '`<>`'],
  ['==', '`=`'],
  ['!=', '`<>`'],
  ['&&', '`and`'],
  ['||', '`or`'],
  ['!', '`not`'],
  ['::', null],
  ['/', null],
  ['%', null],
  ['~', null],
])

const quotes: ReadonlyMap<string, 'string' | 'quoted'> = new Map([
  ["'", 'string'],
  ['"', 'quoted'],
  ['`', 'quoted'],
])

const patterns = {
  space: /\s+/uy,
  name: /[\p{L}_][\p{L}\p{N}_$]*/uy,
  number: /\d+(?:\.\d+)?/uy,
  symbol: /<=|>=|<>|[=<>+\-*(),.]/uy,
  foreign: /===|!==|==|!=|&&|\|\||::|[!/%~]/uy,
  closing: { "'": /'((?:[^']|'')*)'/uy, '"': /"((?:[^"]|"")*)"/uy, '`': /`((?:[^`]|``)*)`/uy },
} as const

const matchAt = (pattern: RegExp, text: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at
  return pattern.exec(text)
}

type Read = Token | Diagnostic

const readQuoted = (text: string, at: number, toSpan: ToSpan): Read | null => {
  const quote = text.charAt(at)
  const kind = quotes.get(quote)
  if (kind === undefined) return null
  const match = matchAt(patterns.closing[quote as "'" | '"' | '`'], text, at)
  if (match === null) {
    const what = kind === 'string' ? 'text' : 'name'
    return report('predicate-unclosed', toSpan(at, text.length), { what, closing: quote })
  }
  const inner = (match[1] ?? '').replaceAll(quote + quote, quote)
  return { kind, text: inner, start: at, end: at + match[0].length }
}

const readNumber = (text: string, at: number, toSpan: ToSpan): Read | null => {
  const match = matchAt(patterns.number, text, at)
  if (match === null) return null
  const end = at + match[0].length
  const tail = matchAt(patterns.name, text, end)
  if (tail === null) return { kind: 'number', text: match[0], start: at, end }
  const tailEnd = end + tail[0].length
  const found = `\`${text.slice(at, tailEnd)}\``
  return report('predicate-syntax', toSpan(at, tailEnd), { found, expected: 'a number, or a name' })
}

const readSymbol = (text: string, at: number, toSpan: ToSpan): Read => {
  const foreign = matchAt(patterns.foreign, text, at)?.[0]
  if (foreign !== undefined) {
    const instead = foreignSymbols.get(foreign) ?? null
    return report('predicate-operator', toSpan(at, at + foreign.length), { found: foreign, instead })
  }
  const symbol = matchAt(patterns.symbol, text, at)?.[0]
  if (symbol !== undefined) return { kind: 'symbol', text: symbol, start: at, end: at + symbol.length }
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0)
  const found = `\`${character}\``
  return report('predicate-syntax', toSpan(at, at + character.length), {
    found,
    expected: 'a name, a value or an operator',
  })
}

const readName = (text: string, at: number): Token | null => {
  const name = matchAt(patterns.name, text, at)?.[0]
  return name === undefined ? null : { kind: 'name', text: name, start: at, end: at + name.length }
}

/** The words of a predicate, an `end` last; null when one of them cannot be read. */
export const tokenize = (text: string, toSpan: ToSpan): Result<readonly Token[] | null> => {
  const tokens: Token[] = []
  let at = 0
  while (true) {
    at += matchAt(patterns.space, text, at)?.[0].length ?? 0
    if (at >= text.length) break
    const read =
      readName(text, at) ?? readNumber(text, at, toSpan) ?? readQuoted(text, at, toSpan) ?? readSymbol(text, at, toSpan)
    if ('code' in read) return withDiagnostics(null, [read])
    tokens.push(read)
    at = read.end
  }
  return ok([...tokens, { kind: 'end', text: '', start: text.length, end: text.length }])
}
