import type { JsonValue } from '../../model/origin.js'
import { entryOf, isNull, isNumber, isTruth, type Node } from '../load/node.js'

const scalarJson = (node: Node & { readonly kind: 'scalar' }): JsonValue => {
  if (isNull(node)) return null
  if (isTruth(node)) return node.text.toLowerCase() === 'true'
  return isNumber(node) ? Number(node.text) : node.text
}

/** A node as JSON by the YAML 1.2 core schema: what its kind is, not what the expected type makes of it. */
export const jsonOf = (node: Node): JsonValue => {
  switch (node.kind) {
    case 'scalar':
      return scalarJson(node)
    case 'sequence':
      return node.items.map(jsonOf)
    case 'mapping':
      return Object.fromEntries(node.entries.map(({ key, value }) => [key.text, jsonOf(value)]))
  }
}

const step = (node: Node, key: string): Node => {
  if (node.kind === 'sequence') return node.items[Number(key)] ?? node
  return node.kind === 'mapping' ? (entryOf(node, key)?.value ?? node) : node
}

/** The node that a JSON pointer leads to. */
export const nodeAt = (root: Node, pointer: string): Node =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce(step, root)
