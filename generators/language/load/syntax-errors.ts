import type { YAMLError } from 'yaml'
import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { type Source, span } from '../../kernel/source.js'

/** What mends each of YAML's own errors that people meet; the others are said in the library's words alone. */
const help: Partial<Record<YAMLError['code'], string>> = {
  BAD_INDENT: 'lines of one mapping or list start in the same column',
  BAD_SCALAR_START: 'put the text in quotes: it starts with a character that means something in YAML',
  BAD_DQ_ESCAPE: "in double quotes a backslash starts an escape; use 'single quotes' to keep it as it is",
  BLOCK_AS_IMPLICIT_KEY: 'a text with `: ` in it needs quotes',
  BLOCK_IN_FLOW: 'inside { } and [ ] everything is written with { } and [ ]',
  MISSING_CHAR: 'a quote, a bracket or a colon is missing before this place',
  MULTILINE_IMPLICIT_KEY: 'a key and its colon stand on one line; perhaps a colon is missing',
  TAB_AS_INDENT: 'indent with spaces',
  UNEXPECTED_TOKEN: 'check the indentation and the quotes just before this place',
}

const firstSentence = (message: string): string => message.replace(/\s+/g, ' ').replace(/[.:]$/, '')

/** An error or warning of the YAML library as a diagnostic at its place. */
export const syntaxError = (source: Source, error: YAMLError): Diagnostic => {
  // The library counts what is missing at the end as one more character.
  const start = Math.min(error.pos[0], source.text.length)
  const at = span(source, start, Math.min(Math.max(error.pos[1], start), source.text.length))
  if (error.code === 'TAB_AS_INDENT') return report('yaml-tab', at, {})
  return report('yaml-syntax', at, { message: firstSentence(error.message), help: help[error.code] ?? null })
}
