import { memoised } from '../../kernel/memoised.js'
import { type Span, span } from '../../kernel/source.js'

/**
 * A value of the YAML with its place. Scalars are kept as text: what they mean depends on the type expected where they
 * stand, so `0123` can be a text and 123456789012345678 keeps its digits.
 */
export type Node = Scalar | Sequence | Mapping

export interface Scalar {
  readonly kind: 'scalar'
  readonly text: string
  /** A quoted or block scalar is text whatever it looks like. */
  readonly style: 'plain' | 'quoted' | 'block'
  readonly at: Span
}

export interface Sequence {
  readonly kind: 'sequence'
  readonly items: readonly Node[]
  readonly at: Span
}

export interface Mapping {
  readonly kind: 'mapping'
  readonly entries: readonly Entry[]
  readonly at: Span
}

export interface Entry {
  readonly key: Scalar
  readonly value: Node
}

/** A YAML document that could be read: a mapping, named by its first key. */
export interface Document {
  readonly root: Mapping
}

export const isPlain = (node: Node): node is Scalar => node.kind === 'scalar' && node.style === 'plain'

/** YAML's null: nothing at all, `~` or an unquoted `null`. */
export const isNull = (node: Node): boolean => isPlain(node) && /^(?:~|null|Null|NULL)?$/.test(node.text)

export const isTruth = (node: Node): boolean =>
  isPlain(node) && /^(?:true|True|TRUE|false|False|FALSE)$/.test(node.text)

const number = /^[-+]?(?:0o[0-7]+|0x[0-9a-fA-F]+|(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?)$/

export const isNumber = (node: Node): boolean => isPlain(node) && number.test(node.text)

/** The entries of a large mapping by key. */
const indexOf = memoised(({ entries }: Mapping) => new Map(entries.map((entry) => [entry.key.text, entry])))

/** A mapping of so many entries is looked up in an index: finding all of them one by one would take the square of it. */
const large = 32

/** The value of a key, or undefined. */
export const entryOf = (mapping: Mapping, key: string): Entry | undefined =>
  mapping.entries.length < large ? mapping.entries.find((entry) => entry.key.text === key) : indexOf(mapping).get(key)

/** The span from the first key of an entry to the end of its value. */
export const spanOfEntry = (entry: Entry): Span =>
  span(entry.key.at.source, entry.key.at.start, Math.max(entry.key.at.end, entry.value.at.end))
