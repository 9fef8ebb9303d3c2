import { type Entry, entryOf, type Mapping, type Node, type Scalar } from '../load/node.js'
import { partOf } from '../resolve/read.js'
import { parseFieldText } from '../resolve/type-text.js'

/** The keys that say the type of a field: one of them takes the place of another. */
export const typeKeys = ['type', 'ref', 'fields'] as const

const keyNamed = (text: string, beside: Scalar): Scalar => ({ kind: 'scalar', text, style: 'plain', at: beside.at })

/** `string(5)? = "!"` as its type and its default; as it stands where it cannot be read. */
const entriesOfText = (source: Scalar): readonly Entry[] => {
  const type = { key: keyNamed('type', source), value: source }
  const parsed = parseFieldText(source.text)
  if (!parsed.ok || parsed.value.default === null) return [type]
  const { default: given, nullable } = parsed.value
  const end = parsed.value.type.end + (nullable ? 1 : 0)
  const value = partOf(source, given.start, given.end, given.quoted ? 'quoted' : 'plain')
  return [
    { ...type, value: partOf(source, 0, end, source.style) },
    { key: keyNamed('default', source), value },
  ]
}

const splitType = (mapping: Mapping): readonly Entry[] =>
  mapping.entries.flatMap((entry) => {
    if (entry.key.text !== 'type' || entry.value.kind !== 'scalar') return [entry]
    const [type = entry, ...others] = entriesOfText(entry.value)
    return [{ ...type, key: entry.key }, ...(entryOf(mapping, 'default') === undefined ? others : [])]
  })

/** A field in its long form, with its default beside its type, so that each can be said anew by itself. */
export const asLongField = (node: Node): Node => {
  if (node.kind === 'sequence') return node
  return { kind: 'mapping', entries: node.kind === 'scalar' ? entriesOfText(node) : splitType(node), at: node.at }
}
