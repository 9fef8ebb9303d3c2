import { propertyAccess, propertyName, stringLiteral, valueLiteral } from '../kernel/safe/typescript.js'

/**
 * A name that a module takes from another: `module` is the path below the set's output folder without its ending
 * (`typescript/ids`), or `package:` and the package's name (`package:zod`).
 */
export interface Import {
  readonly module: string
  readonly name: string
  readonly typeOnly: boolean
  /** All exports under the name. */
  readonly isNamespace?: boolean
}

/** A piece of TypeScript with the imports it needs: raw text does not fit, so escaping cannot be forgotten. */
export interface Code {
  readonly text: string
  readonly imports: readonly Import[]
}

type Piece = Code | Import | readonly Code[] | number

const pieceCode = (piece: Piece): Code => {
  if (typeof piece === 'number') return { text: String(piece), imports: none }
  if ('text' in piece) return piece
  if ('module' in piece) return { text: piece.name, imports: [piece] }
  return joined(piece, '')
}

const none: readonly Import[] = []

/** Most pieces import nothing, so a list is mostly handed on rather than copied. */
const importsIn = (pieces: readonly Code[]): readonly Import[] => {
  let found = none
  for (const { imports } of pieces) if (imports.length > 0) found = found.length === 0 ? imports : found.concat(imports)
  return found
}

/**
 * Prints a template of code: every piece put in is code, an import (printed as its name), or a number.
 *
 * @example code`${zod}.array(${inner}).max(${10})`
 */
export const code = (template: TemplateStringsArray, ...pieces: readonly Piece[]): Code => {
  const printed = pieces.map(pieceCode)
  return {
    text: template.reduce((text, chunk, index) => text + (printed[index - 1]?.text ?? '') + chunk),
    imports: importsIn(printed),
  }
}

/** Text that this program wrote itself: names out of `names.ts`, fixed lines. Never a text of the user's. */
export const trusted = (text: string, imports: readonly Import[] = none): Code => ({ text, imports })

export const literal = (value: unknown): Code => trusted(valueLiteral(value))
export const text = (value: string): Code => trusted(stringLiteral(value))
export const property = (name: string): Code => trusted(propertyName(name))
export const access = (name: string): Code => trusted(propertyAccess(name))

export const joined = (pieces: readonly Code[], separator: string): Code => ({
  text: pieces.map((piece) => piece.text).join(separator),
  imports: importsIn(pieces),
})

export const typeImport = (module: string, name: string): Import => ({ module, name, typeOnly: true })
export const valueImport = (module: string, name: string): Import => ({ module, name, typeOnly: false })
