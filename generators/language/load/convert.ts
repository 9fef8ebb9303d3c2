import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Pair,
  type ParsedNode,
  type YAMLMap,
  type YAMLSeq,
  type Scalar as YamlScalar,
} from 'yaml'
import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { type Source, type Span, span } from '../../kernel/source.js'
import { type FlowPiece, findSplitText } from './flow.js'
import type { Entry, Mapping, Node, Scalar, Sequence } from './node.js'

type Found = (diagnostic: Diagnostic) => void
type YamlNode = ParsedNode | null | undefined
type YamlPair = Pair<ParsedNode, ParsedNode | null>

/** What no text of any store holds, in words: an escape in double quotes can make it. */
const characterOfNoStore = (text: string): string | null =>
  text.includes('\0') ? 'a NUL' : /\p{Surrogate}/u.test(text) ? 'half of a surrogate pair' : null

/** Turns the library's tree (failsafe schema: every scalar is text) into nodes with spans. */
export const convert = (source: Source, root: ParsedNode, found: Found): Node => {
  const spanOf = (node: ParsedNode): Span => span(source, node.range[0], node.range[1])

  const styleOf = (scalar: YamlScalar): Scalar['style'] =>
    scalar.type === 'PLAIN' ? 'plain' : scalar.type?.startsWith('BLOCK') ? 'block' : 'quoted'

  const nothingAt = (offset: number): Scalar => ({
    kind: 'scalar',
    text: '',
    style: 'plain',
    at: span(source, offset, offset),
  })

  const scalarOf = (node: YamlScalar.Parsed): Scalar => {
    const text = String(node.value ?? '')
    const character = characterOfNoStore(text)
    if (character !== null) found(report('yaml-character', spanOf(node), { character }))
    return { kind: 'scalar', text, style: styleOf(node), at: spanOf(node) }
  }

  const keyOf = (node: YamlNode, after: number): Scalar => {
    if (isScalar(node)) return scalarOf(node)
    found(report('yaml-key', node ? spanOf(node) : span(source, after, after), {}))
    return nothingAt(node?.range[0] ?? after)
  }

  const entryOf = (pair: YamlPair, after: number): Entry => {
    const key = keyOf(pair.key, after)
    return { key, value: pair.value ? nodeOf(pair.value) : nothingAt(key.at.end) }
  }

  const withoutRepeats = (entries: readonly Entry[]): readonly Entry[] => {
    const first = new Map<string, Entry>()
    for (const entry of entries) {
      const before = first.get(entry.key.text)
      if (before === undefined) first.set(entry.key.text, entry)
      else {
        const related = [{ message: 'first written here', at: before.key.at }]
        found(report('duplicate-key', entry.key.at, { key: entry.key.text }, related))
      }
    }
    return [...first.values()]
  }

  const plainIn = (...nodes: readonly YamlNode[]): FlowPiece['plain'] =>
    nodes.flatMap((node) =>
      isScalar(node) && node.type === 'PLAIN' ? [{ text: String(node.value), at: spanOf(node as ParsedNode) }] : [],
    )

  const isNothing = (value: YamlNode): boolean =>
    !value || (isScalar(value) && value.type === 'PLAIN' && value.source === '')

  const checkFlow = (pieces: readonly FlowPiece[]): void => {
    const finding = findSplitText(pieces)
    if (finding !== null) found(finding)
  }

  const mappingOf = (node: YAMLMap.Parsed): Mapping => {
    if (node.flow === true) {
      checkFlow(
        node.items.map(({ key, value }) => ({
          plain: plainIn(key, value),
          bareKey: isNothing(value) ? spanOf(key) : null,
        })),
      )
    }
    const entries = withoutRepeats(node.items.map((pair) => entryOf(pair, node.range[0])))
    return { kind: 'mapping', entries, at: spanOf(node) }
  }

  const sequenceOf = (node: YAMLSeq.Parsed): Sequence => {
    if (node.flow === true) {
      checkFlow(node.items.map((item) => ({ plain: plainIn(item), bareKey: null })))
    }
    return { kind: 'sequence', items: node.items.map(nodeOf), at: spanOf(node) }
  }

  const nodeOf = (node: ParsedNode): Node => {
    if (isMap(node)) return mappingOf(node)
    if (isSeq(node)) return sequenceOf(node)
    if (isAlias(node)) return nothingAt(node.range[0])
    return scalarOf(node)
  }

  return nodeOf(root)
}
