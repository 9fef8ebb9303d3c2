import type { YAMLError } from 'yaml'
import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { type Source, type Span, span } from '../../kernel/source.js'

/** What mends each of YAML's own errors that people meet; the others are said in the library's words alone. */
const help: Partial<Record<YAMLError['code'], string>> = {
  BAD_INDENT: 'lines of one mapping or list start in the same column',
  BAD_SCALAR_START: 'put the text in quotes: it starts with a character that means something in YAML',
  BAD_DQ_ESCAPE: "in double quotes a backslash starts an escape; use 'single quotes' to keep it as it is",
  BLOCK_IN_FLOW: 'inside { } and [ ] everything is written with { } and [ ]',
  MISSING_CHAR: 'a quote, a bracket or a colon is missing before this place',
  TAB_AS_INDENT: 'indent with spaces',
  UNEXPECTED_TOKEN: 'check the indentation and the quotes just before this place',
}

/** A mistake that YAML's library tells by what follows from it, told by itself. */
interface Retold {
  readonly at: Span
  readonly message: string
  readonly help: string
}

const lineFrom = ({ text }: Source, start: number): string => /^.*/.exec(text.slice(start))?.[0] ?? ''

const colonInText = (source: Source, at: number): Retold => ({
  at: span(source, at, at + 1),
  message: 'this colon makes a key of the text before it, inside of a text',
  help: 'put the whole text in quotes',
})

/** `id: identity`, and below it a line that begins further right: YAML reads on, and finds a mapping within a text. */
const mappingInText = (source: Source, start: number): Retold => {
  const value = lineFrom(source, start)
  const colon = value.search(/:\s/)
  if (colon !== -1) return colonInText(source, start + colon)
  const [, space = '', line = ''] = /^(\s*)(\S.*)/.exec(source.text.slice(start + value.length)) ?? []
  const from = start + value.length + space.length
  return {
    at: span(source, from, from + line.trimEnd().length),
    message: 'this line begins further right than the one above, which has its value already',
    help: 'lines of one mapping start in the same column',
  }
}

/** `active:boolean`, or a key without a colon. */
const keyWithoutColon = (source: Source, start: number): Retold => {
  const line = lineFrom(source, start).trimEnd()
  const [, key, value] = /^([^\s:]+):(\S.*)$/.exec(line) ?? []
  return {
    at: span(source, start, start + line.length),
    message: key === undefined ? 'a key needs a colon behind it' : 'a colon needs a space behind it',
    help: key === undefined ? `write \`${line}:\`, or \`${line}: value\`` : `write \`${key}: ${value}\``,
  }
}

/** The last bracket before an offset that is not closed there; text in quotes may hide it. */
const openBracket = ({ text }: Source, end: number): number | null => {
  let closed = 0
  for (let at = end - 1; at >= 0; at -= 1) {
    if (/[\]}]/.test(text[at] ?? '')) closed += 1
    else if (/[[{]/.test(text[at] ?? '') && --closed < 0) return at
  }
  return null
}

const unclosedBracket = (source: Source, end: number): Retold | null => {
  const at = openBracket(source, end)
  const bracket = at === null ? '' : source.text[at]
  const closing = bracket === '{' ? '}' : ']'
  return at === null
    ? null
    : {
        at: span(source, at, at + 1),
        message: `this ${bracket} is not closed`,
        help: `write a ${closing} where it ends; inside it every line begins further right than its key`,
      }
}

const retold = (source: Source, { code, message }: YAMLError, start: number): Retold | null => {
  switch (code) {
    case 'BLOCK_AS_IMPLICIT_KEY':
      return mappingInText(source, start)
    case 'MULTILINE_IMPLICIT_KEY':
      return keyWithoutColon(source, start)
    case 'MISSING_CHAR':
      return message.startsWith('Implicit map keys') ? keyWithoutColon(source, start) : null
    case 'BAD_INDENT':
      return message.startsWith('Flow ') ? unclosedBracket(source, start) : null
    default:
      return null
  }
}

const firstSentence = (message: string): string => message.replace(/\s+/g, ' ').replace(/[.:]$/, '')

/** An error or warning of the YAML library as a diagnostic at its place. */
export const syntaxError = (source: Source, error: YAMLError): Diagnostic => {
  // The library counts what is missing at the end as one more character.
  const start = Math.min(error.pos[0], source.text.length)
  const at = span(source, start, Math.min(Math.max(error.pos[1], start), source.text.length))
  if (error.code === 'TAB_AS_INDENT') return report('yaml-tab', at, {})
  const said = { at, message: firstSentence(error.message), help: help[error.code] ?? null }
  const { at: place, ...words } = retold(source, error, start) ?? said
  return report('yaml-syntax', place, words)
}
