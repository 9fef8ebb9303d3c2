import type { Diagnostic } from '../../kernel/diagnostic.js'
import { type Document, type Entry, entryOf, type Mapping, type Node } from '../load/node.js'
import { mappingAt } from '../resolve/read.js'
import { disagreements } from './disagreements.js'
import { layOver } from './lay-over.js'
import type { Layer } from './layer.js'
import { ofSet } from './treatment.js'

/** What a set takes in of the head of another: groups and actors, but for those that it names itself. */
const takenFrom = (head: Mapping, own: Mapping): Mapping => ({
  ...head,
  entries: Object.keys(ofSet.keys).flatMap((name): readonly Entry[] => {
    const entry = entryOf(head, name)
    if (entry?.value.kind !== 'mapping') return []
    const said = mappingAt(own, name)
    const entries = entry.value.entries.filter(({ key }) => said === null || entryOf(said, key.text) === undefined)
    return [{ key: entry.key, value: { ...entry.value, entries } }]
  }),
})

const withTaken = (own: Node, taken: Node): Node =>
  own.kind === 'mapping' && taken.kind === 'mapping' ? { ...own, entries: [...own.entries, ...taken.entries] } : own

/** The head of the set that is compiled, with the groups and actors of what it takes in after its own. */
export const extendHead = (
  { root: own }: Document,
  taken: readonly Layer[],
  found: (diagnostic: Diagnostic) => void,
): Document => {
  const nothing: Mapping = { kind: 'mapping', entries: [], at: own.at }
  const disagreed = disagreements(taken)
  const shared = taken.reduce(
    (below, layer) =>
      layer.head === null ? below : layOver(below, takenFrom(layer.head.root, own), ofSet, disagreed.by(layer)),
    nothing,
  )
  disagreed.open().forEach(found)
  const entries = own.entries.map((entry) => {
    const more = entryOf(shared, entry.key.text)
    return more === undefined ? entry : { ...entry, value: withTaken(entry.value, more.value) }
  })
  return { root: { ...own, entries: [...entries, ...shared.entries.filter(({ key }) => !entryOf(own, key.text))] } }
}
