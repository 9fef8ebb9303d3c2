import type { Sql } from '../../kernel/safe/sql.js'
import { templateText } from '../../kernel/safe/typescript.js'
import { type Code, text } from '../../script/code.js'

type Piece = Sql | Code

/**
 * A statement as a literal of the emitted code. SQL that is put in stands in it as it is; code, which is the name of a
 * constant there, as a substitution.
 *
 * @example statement`SELECT ${trusted('columns')} FROM ${qualified(schema, name)}`
 */
export const statement = (texts: TemplateStringsArray, ...pieces: readonly Piece[]): Code => {
  const plain = texts.map((chunk, index) => chunk + sqlOf(pieces[index])).join('')
  const codes = pieces.filter((piece): piece is Code => typeof piece === 'object')
  if (codes.length === 0 && !plain.includes('\n')) return text(plain)
  const printed = texts.map((chunk, index) => templateText(chunk) + printedPiece(pieces[index]))
  return { text: `\`${printed.join('')}\``, imports: codes.flatMap(({ imports }) => imports) }
}

const sqlOf = (piece: Piece | undefined): string => (typeof piece === 'string' ? piece : '')

const printedPiece = (piece: Piece | undefined): string => {
  if (piece === undefined) return ''
  return typeof piece === 'string' ? templateText(piece) : `\${${piece.text}}`
}
