import type { CST } from 'yaml'

/** A token that holds no others, but perhaps what ends its line. */
export type SmallToken = Exclude<CST.Token, CST.Document | CST.BlockMap | CST.BlockSequence | CST.FlowCollection>

/** A token of the YAML with how deep it stands in collections. */
export interface PlacedToken {
  readonly token: SmallToken
  readonly depth: number
}

type Part = CST.Token | CST.SourceToken | CST.CollectionItem | CST.Document

const isCollectionItem = (part: Part): part is CST.CollectionItem => !('type' in part)

const partsOf = (part: Part): readonly Part[] => {
  if (isCollectionItem(part))
    return [...part.start, ...(part.key ? [part.key] : []), ...(part.sep ?? []), ...valueIn(part)]
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
      return part.end ?? []
    default:
      return []
  }
}

const valueIn = (item: CST.CollectionItem): readonly Part[] => (item.value ? [item.value] : [])

type Collection = CST.BlockMap | CST.BlockSequence | CST.FlowCollection

const isCollection = (part: Part): part is Collection =>
  !isCollectionItem(part) && (part.type === 'block-map' || part.type === 'block-seq' || part.type === 'flow-collection')

const isSmall = (part: Part): part is SmallToken =>
  !isCollectionItem(part) && !isCollection(part) && part.type !== 'document'

/** Every small token of a syntax tree, in the order of the text; an explicit stack, since the text may nest as deep as it likes. */
export function* tokensWithin(tree: CST.Token): Generator<PlacedToken> {
  const waiting: { readonly part: Part; readonly depth: number }[] = [{ part: tree, depth: 0 }]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { part, depth } = next
    if (isSmall(part)) yield { token: part, depth }
    const inside = depth + (isCollection(part) ? 1 : 0)
    for (const inner of partsOf(part).toReversed()) waiting.push({ part: inner, depth: inside })
  }
}
