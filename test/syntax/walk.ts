import { isMap, isScalar, isSeq, type Node, type Pair } from 'yaml'
import { documentShapes, shapeNamed } from '../../generators/language/shape/language.js'
import type { Shape } from '../../generators/language/shape/syntax.js'

/** Where something stands in a YAML document. */
export type YamlPath = readonly (string | number)[]

/** A node of a YAML document with the syntax that it is an instance of. */
export interface Use {
  readonly path: YamlPath
  readonly node: Node
  readonly shape: Shape
  /** Its place in the definition of the syntax: `entity.indexes[].where`. Names that the user chooses are `*`. */
  readonly syntax: string
  /** False for what the syntax demands: its lack is an error by definition. */
  readonly optional: boolean
}

/** The alternatives of a shape, and the place that their insides are counted from. */
const alternatives = (shape: Shape, syntax: string): readonly { readonly shape: Shape; readonly syntax: string }[] => {
  if (shape.kind === 'named') return alternatives(shapeNamed(shape.name), shape.name)
  return shape.kind === 'either' ? shape.of.flatMap((one) => alternatives(one, syntax)) : [{ shape, syntax }]
}

const takes = (shape: Shape, node: Node): boolean => {
  if (shape.kind === 'anything') return true
  if (isMap(node)) return shape.kind === 'keys' || shape.kind === 'names'
  return isSeq(node) ? shape.kind === 'list' : !['keys', 'names', 'list'].includes(shape.kind)
}

const textOf = (key: unknown): string => String(isScalar(key) ? key.value : key)

const nodeOf = (pair: Pair): Node => pair.value as Node

function* insideMap(use: Use, pairs: readonly Pair[]): Generator<Use> {
  const { shape } = use
  for (const pair of pairs) {
    const name = textOf(pair.key)
    const path = [...use.path, name]
    if (shape.kind === 'keys') {
      const key = shape.keys[name]
      if (key !== undefined) yield* usesOf(path, nodeOf(pair), key.shape, `${use.syntax}.${name}`, !key.required)
    } else {
      const of = shape.kind === 'names' ? shape.of : shape
      yield* usesOf(path, nodeOf(pair), of, `${use.syntax}.*`, true)
    }
  }
}

function* usesOf(path: YamlPath, node: Node, shape: Shape, syntax: string, optional: boolean): Generator<Use> {
  const alternative = alternatives(shape, syntax).find((one) => takes(one.shape, node))
  if (alternative === undefined) throw new Error(`${path.join('.')} is no ${syntax}`)
  yield { path, node, shape: alternative.shape, syntax, optional }
  const inside: Use = { path, node, ...alternative, optional }
  if (isMap(node)) yield* insideMap(inside, node.items)
  if (isSeq(node)) {
    const of = alternative.shape.kind === 'list' ? alternative.shape.of : alternative.shape
    for (const [index, item] of node.items.entries()) {
      yield* usesOf([...path, index], item as Node, of, `${alternative.syntax}[]`, true)
    }
  }
}

/** Everything that a document says, with the syntax it says it in. The root comes first. */
export const usesIn = (root: Node, kind: keyof typeof documentShapes): readonly Use[] => [
  ...usesOf([], root, documentShapes[kind], kind, false),
]
