import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import type { Span } from '../../kernel/source.js'

const count = (text: string, character: string): number =>
  text.includes(character) ? text.split(character).length - 1 : 0

/** Whether a plain text has a bracket without its partner: a comma inside brackets ended it early. */
const isUnbalanced = (text: string): boolean => count(text, '(') !== count(text, ')')

/** One entry of `{ }` or item of `[ ]`: its plain texts, and its key where it has no value. */
export interface FlowPiece {
  readonly plain: readonly { readonly text: string; readonly at: Span }[]
  readonly bareKey: Span | null
}

const splitIn = ({ plain, bareKey }: FlowPiece): Span | null =>
  plain.find(({ text }) => isUnbalanced(text))?.at ?? bareKey

/** The first text that a comma cut in two: one finding says enough for the whole collection. */
export const findSplitText = (pieces: readonly FlowPiece[]): Diagnostic | null => {
  const [at] = pieces.flatMap((piece) => splitIn(piece) ?? [])
  return at === undefined ? null : report('comma-split-text', at, {})
}
