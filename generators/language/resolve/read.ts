import { spanIn } from '../../kernel/place.js'
import type { Span } from '../../kernel/source.js'
import {
  type Entry,
  entryOf,
  isNull,
  isNumber,
  type Mapping,
  type Node,
  type Scalar,
  type Sequence,
} from '../load/node.js'

// Readers of nodes whose shape was checked before: a value of another kind was reported there, and reads as left out.

export const nodeAtKey = (mapping: Mapping, key: string): Node | null => {
  const value = entryOf(mapping, key)?.value
  return value === undefined || isNull(value) ? null : value
}

export const scalarAt = (mapping: Mapping, key: string): Scalar | null => {
  const node = nodeAtKey(mapping, key)
  return node?.kind === 'scalar' ? node : null
}

/** A text as written, without the line end that a block scalar has at its end. */
export const textAt = (mapping: Mapping, key: string): string | null => scalarAt(mapping, key)?.text.trimEnd() ?? null

export const truthAt = (mapping: Mapping, key: string): boolean | null => {
  const scalar = scalarAt(mapping, key)
  return scalar === null ? null : truthOf(scalar)
}

export const truthOf = (node: Node): boolean | null => {
  if (node.kind !== 'scalar' || node.style !== 'plain') return null
  const word = node.text.toLowerCase()
  return word === 'true' ? true : word === 'false' ? false : null
}

export const numberAt = (mapping: Mapping, key: string): number | null => {
  const scalar = scalarAt(mapping, key)
  return scalar !== null && isNumber(scalar) ? Number(scalar.text) : null
}

/** A word out of a few, or null when another or none was written. */
export const wordAt = <W extends string>(mapping: Mapping, key: string, words: readonly W[]): W | null => {
  const text = scalarAt(mapping, key)?.text
  return words.find((word) => word === text) ?? null
}

export const mappingAt = (mapping: Mapping, key: string): Mapping | null => {
  const node = nodeAtKey(mapping, key)
  return node?.kind === 'mapping' ? node : null
}

export const sequenceAt = (mapping: Mapping, key: string): Sequence | null => {
  const node = nodeAtKey(mapping, key)
  return node?.kind === 'sequence' ? node : null
}

export const itemsAt = (mapping: Mapping, key: string): readonly Node[] => sequenceAt(mapping, key)?.items ?? []

export const entriesAt = (mapping: Mapping, key: string): readonly Entry[] => mappingAt(mapping, key)?.entries ?? []

export const scalarsIn = (node: Node | null): readonly Scalar[] => {
  if (node?.kind === 'scalar') return [node]
  return node?.kind === 'sequence' ? node.items.filter((item) => item.kind === 'scalar') : []
}

/** The texts of a list; a single text is a list of one. */
export const textsAt = (mapping: Mapping, key: string): readonly string[] =>
  scalarsIn(nodeAtKey(mapping, key)).map((scalar) => scalar.text.trimEnd())

/** A part of a scalar as a scalar of its own, with its exact place. */
export const partOf = (scalar: Scalar, start: number, end: number, style: Scalar['style'] = 'plain'): Scalar => ({
  kind: 'scalar',
  text: scalar.text.slice(start, end),
  style,
  at: spanIn(scalar, start, end),
})

/** Where a key stands, or the whole mapping when it is not written. */
export const placeOfKey = (mapping: Mapping, key: string): Span => entryOf(mapping, key)?.key.at ?? mapping.at
