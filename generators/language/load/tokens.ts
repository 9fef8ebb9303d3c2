import type { CST } from 'yaml'

/** A token that holds no others, but perhaps what ends its line. */
export type SmallToken = Exclude<CST.Token, CST.Document | CST.BlockMap | CST.BlockSequence | CST.FlowCollection>

type Part = CST.Token | CST.SourceToken | CST.CollectionItem | CST.Document

const isCollectionItem = (part: Part): part is CST.CollectionItem => !('type' in part)

/** What a token that is no collection's item is made of beside itself. */
const partsOf = (part: CST.Token | CST.SourceToken): readonly Part[] | undefined => {
  switch (part.type) {
    case 'document':
      return [...part.start, ...(part.value ? [part.value] : []), ...(part.end ?? [])]
    case 'block-map':
    case 'block-seq':
      return part.items
    case 'flow-collection':
      return [part.start, ...part.items, ...part.end]
    case 'block-scalar':
      return part.props
    case 'alias':
    case 'scalar':
    case 'single-quoted-scalar':
    case 'double-quoted-scalar':
    case 'doc-end':
      return part.end
    default:
      return undefined
  }
}

type Collection = CST.BlockMap | CST.BlockSequence | CST.FlowCollection

const isCollection = (part: CST.Token | CST.SourceToken): part is Collection =>
  part.type === 'block-map' || part.type === 'block-seq' || part.type === 'flow-collection'

const isSmall = (part: CST.Token | CST.SourceToken): part is SmallToken =>
  !isCollection(part) && part.type !== 'document'

type Look = (token: SmallToken) => void

const lookAtAll = (parts: readonly Part[] | undefined, room: number, look: Look): SmallToken | null => {
  for (const part of parts ?? []) {
    const tooDeep = lookAtTokens(part, room, look)
    if (tooDeep !== null) return tooDeep
  }
  return null
}

const lookAtItem = ({ start, key, sep, value }: CST.CollectionItem, room: number, look: Look): SmallToken | null =>
  lookAtAll(start, room, look) ??
  (key ? lookAtTokens(key, room, look) : null) ??
  lookAtAll(sep, room, look) ??
  (value ? lookAtTokens(value, room, look) : null)

/**
 * Looks at every small token of a syntax tree, in the order of the text, up to the first that stands in more than `room`
 * collections, which it returns: every collection begins with a token of its own, so that no text is too deep to look at.
 */
export const lookAtTokens = (part: Part, room: number, look: Look): SmallToken | null => {
  if (isCollectionItem(part)) return lookAtItem(part, room, look)
  if (isSmall(part)) {
    if (room < 0) return part
    look(part)
  }
  return lookAtAll(partsOf(part), isCollection(part) ? room - 1 : room, look)
}
