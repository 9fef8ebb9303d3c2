import type { CodeRange } from './ranges.js'

/** How one engine writes what engines write differently. */
export interface Spelling {
  readonly character: (codePoint: number) => string
  /** The end of the whole text. */
  readonly end: string
}

const isPlain = (codePoint: number): boolean => /^[A-Za-z0-9_ ]$/.test(String.fromCodePoint(codePoint))

const isAsciiPunctuation = (codePoint: number): boolean => codePoint > 0x20 && codePoint < 0x7f && !isPlain(codePoint)

const hex = (codePoint: number, digits: number): string => codePoint.toString(16).toUpperCase().padStart(digits, '0')

/**
 * Postgres AREs (manual 9.7.3): an escaped punctuation mark is itself, `\uXXXX` and `\UXXXXXXXX` are code points, inside
 * brackets too. `$` is the very end, since patterns are matched without the newline-sensitive flag.
 */
export const postgresSpelling: Spelling = {
  character: (codePoint) => {
    if (isPlain(codePoint)) return String.fromCodePoint(codePoint)
    if (isAsciiPunctuation(codePoint)) return `\\${String.fromCodePoint(codePoint)}`
    return codePoint > 0xffff ? `\\U${hex(codePoint, 8)}` : `\\u${hex(codePoint, 4)}`
  },
  end: '$',
}

/** What JavaScript with the `u` flag allows behind a backslash beside letters and digits; a hyphen only within brackets. */
const syntaxCharacters = /^[\^$\\.*+?()[\]{}|/]$/

/**
 * What PCRE2 and JavaScript (`u`) read alike: characters as they are, controls in two hexadecimal digits. `$` of PCRE2
 * also stands before a last line feed, so the end is "nothing follows".
 */
export const pcreSpelling: Spelling = {
  character: (codePoint) => {
    const text = String.fromCodePoint(codePoint)
    if (codePoint < 0x20 || codePoint === 0x7f || text === '-') return `\\x${hex(codePoint, 2)}`
    return syntaxCharacters.test(text) ? `\\${text}` : text
  },
  end: '(?![\\s\\S])',
}

/** A bracket expression of ranges, in their order. */
export const bracket = (spelling: Spelling, ranges: readonly CodeRange[], negate: boolean): string => {
  const parts = ranges.map(({ from, to }) => {
    if (from === to) return spelling.character(from)
    return `${spelling.character(from)}${to === from + 1 ? '' : '-'}${spelling.character(to)}`
  })
  return `[${negate ? '^' : ''}${parts.join('')}]`
}
