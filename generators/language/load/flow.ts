import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import type { Span } from '../../kernel/source.js'

const count = (text: string, character: string): number => text.split(character).length - 1

/** Whether a plain text has a bracket without its partner: a comma inside brackets ended it early. */
const isUnbalanced = (text: string): boolean => count(text, '(') !== count(text, ')')

/** One entry of `{ }` or item of `[ ]`: its plain texts, and whether it is a key without a value. */
export interface FlowPiece {
  readonly plainTexts: readonly string[]
  readonly bareKey: boolean
  readonly at: Span
}

/** The first piece that a comma cut out of somebody's text: one finding says enough for the whole collection. */
export const findSplitText = (pieces: readonly FlowPiece[]): Diagnostic | null => {
  const split = pieces.find((piece) => piece.bareKey || piece.plainTexts.some(isUnbalanced))
  return split === undefined ? null : report('comma-split-text', split.at, {})
}
