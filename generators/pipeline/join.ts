import { sha256 } from '../kernel/hash.js'
import { compareText } from '../kernel/order.js'
import type { CachedPart } from './unit-cache.js'

/** A file as the set makes it, relative to the set's output folder. */
export interface OutputFile {
  readonly path: string
  /** SHA-256 of its bytes, in hex. */
  readonly hash: string
  /** The names of what it came from, sorted. */
  readonly definitions: readonly string[]
  /** Its text, emitted only now when a cache answered for its hash. */
  readonly text: () => Promise<string>
}

/** A part of a file with the definitions it came from; `load` gives its text when the cache knew only its hash. */
export interface Piece extends CachedPart {
  readonly definitions: readonly string[]
  readonly load: () => Promise<string>
}

/** The pieces of each file, by path. */
export const piecesByPath = (pieces: readonly Piece[]): ReadonlyMap<string, readonly Piece[]> => {
  const files = new Map<string, Piece[]>()
  for (const piece of pieces) {
    const file = files.get(piece.path)
    if (file === undefined) files.set(piece.path, [piece])
    else file.push(piece)
  }
  return files
}

const definitionsOf = (pieces: readonly Piece[]): readonly string[] =>
  [...new Set(pieces.flatMap(({ definitions }) => definitions))].sort(compareText)

const joinPieces = async (pieces: readonly Piece[]): Promise<string> => {
  const texts = await Promise.all(pieces.map(async ({ order, load }) => ({ order, text: await load() })))
  return texts
    .sort((a, b) => a.order - b.order || compareText(a.text, b.text))
    .map(({ text }) => text)
    .join('')
}

const fileOf = async (path: string, pieces: readonly Piece[]): Promise<OutputFile> => {
  const definitions = definitionsOf(pieces)
  const [only] = pieces
  if (only !== undefined && pieces.length === 1) return { path, hash: only.hash, definitions, text: only.load }
  const text = await joinPieces(pieces)
  return { path, hash: sha256(text), definitions, text: async () => text }
}

/** Parts as whole files, sorted by path: texts in ascending order, ties by text. */
export const joinFiles = async (files: ReadonlyMap<string, readonly Piece[]>): Promise<readonly OutputFile[]> => {
  const joined: OutputFile[] = []
  for (const [path, pieces] of files) joined.push(await fileOf(path, pieces))
  return joined.sort((a, b) => compareText(a.path, b.path))
}
