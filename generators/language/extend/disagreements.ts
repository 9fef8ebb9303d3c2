import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import type { Source } from '../../kernel/source.js'
import type { Node } from '../load/node.js'
import type { Replaced } from './lay-over.js'
import type { Layer } from './layer.js'

const layerOf = (layers: readonly Layer[], source: Source): Layer | undefined =>
  layers.find(({ paths }) => paths.has(source.path))

/** Whether a set takes in what stands in a source, or says it itself. */
export const reaches = (layers: readonly Layer[], layer: Layer, source: Source): boolean => {
  const said = layerOf(layers, source)
  return said === undefined || said === layer || layer.uses.has(said.name)
}

/** What sets that know nothing of each other say differently. */
export interface Disagreements {
  /** Hears what a set puts in the place of what was said before. */
  readonly by: (layer: Layer) => Replaced
  /** Those that no set has settled: one that takes in both sides, and says itself what is meant. */
  readonly open: () => readonly Diagnostic[]
}

/** A set may say anew what the sets say that it takes in; two that know nothing of each other have to agree. */
export const disagreements = (layers: readonly Layer[]): Disagreements => {
  const open = new Map<Node, readonly Diagnostic[]>()

  const isSettledBy = (layer: Layer, { related }: Diagnostic): boolean =>
    related.every(({ at }) => reaches(layers, layer, at.source))

  const hear =
    (layer: Layer): Replaced =>
    (before, after, isSame) => {
      const earlier = (open.get(before) ?? []).filter((one) => !isSettledBy(layer, one))
      const isKnown = isSame || reaches(layers, layer, before.at.source)
      const own = isKnown ? [] : [report('modules-disagree', after.at, {}, [{ message: 'said here', at: before.at }])]
      open.delete(before)
      open.set(after, [...earlier, ...own])
    }

  return { by: hear, open: () => [...open.values()].flat() }
}
