import { type AST, RegExpParser } from '@eslint-community/regexpp'

/**
 * The tree of a regular expression with the `u` flag.
 *
 * @throws where it is none, with what is wrong behind the last `: ` of the message
 */
export const parsePattern = (source: string): AST.Pattern =>
  new RegExpParser().parsePattern(source, 0, source.length, { unicode: true })
