import { type Document, isScalar, Scalar } from 'yaml'
import { type PlacedUse, parseDocuments, printDocuments, type SetTexts } from './set-texts.js'

/** A set with one thing said otherwise. */
export interface Change {
  readonly use: PlacedUse
  /** What was done, for messages: `removed`, `= 31`. */
  readonly how: string
  readonly texts: SetTexts
}

const edited = (texts: SetTexts, use: PlacedUse, edit: (document: Document.Parsed) => void): SetTexts => {
  const documents = parseDocuments(texts[use.file] ?? '')
  const document = documents[use.document]
  if (document !== undefined) edit(document)
  return { ...texts, [use.file]: printDocuments(documents) }
}

const removal = (texts: SetTexts, use: PlacedUse): Change => ({
  use,
  how: 'removed',
  texts: edited(texts, use, (document) => document.deleteIn(use.path)),
})

/** Another value near this one: the next number, the other truth, a text that is longer by a letter. */
const neighbour = (text: string): string => {
  if (/^-?\d+$/.test(text)) return String(BigInt(text) + 1n)
  if (text === 'true') return 'false'
  return text === 'false' ? 'true' : `${text}x`
}

const otherValues = ({ shape }: PlacedUse, text: string): readonly string[] => {
  switch (shape.kind) {
    case 'choice':
      return shape.values.map(String).filter((value) => value !== text)
    case 'truth':
      return [String(text !== 'true')]
    case 'whole':
      return [String(text === String(shape.to) ? shape.to - 1 : Number(text) + 1)]
    default:
      return [neighbour(text)]
  }
}

export const replacement = (texts: SetTexts, use: PlacedUse, value: string): Change => ({
  use,
  how: `= ${value}`,
  texts: edited(texts, use, (document) => {
    const scalar = new Scalar(value)
    if (isScalar(use.node) && use.node.type !== undefined) scalar.type = use.node.type
    document.setIn(use.path, scalar)
  }),
})

const replacements = (texts: SetTexts, use: PlacedUse): readonly Change[] =>
  isScalar(use.node) && use.node.value !== null
    ? otherValues(use, String(use.node.value)).map((value) => replacement(texts, use, value))
    : []

/** What the user names or lists, and free text: one of them in a place of the syntax is as good as another. */
const isLikeOthers = ({ syntax, shape }: PlacedUse): boolean =>
  /(?:[*]|\[\])$/.test(syntax) || shape.kind === 'text' || shape.kind === 'anything'

const isOwn = ({ syntax }: PlacedUse): boolean => !/(?:[*]|\[\])$/.test(syntax)

/** How many of those stand for all. */
const fewOfEach = 3

/**
 * What a set can be changed to by one change: every key that the syntax does not demand taken away, every option given
 * each other value. Of entries, items and texts in one place of the syntax the first few stand for all.
 */
export const changesOf = (texts: SetTexts, uses: readonly PlacedUse[]): readonly Change[] => {
  const seen = new Map<string, number>()
  return uses.flatMap((use) => {
    const before = seen.get(use.syntax) ?? 0
    seen.set(use.syntax, before + 1)
    const isMore = isLikeOthers(use) && before >= fewOfEach
    const isRemoved = use.optional && (isOwn(use) || !isMore)
    return [...(isRemoved ? [removal(texts, use)] : []), ...(isMore ? [] : replacements(texts, use))]
  })
}
