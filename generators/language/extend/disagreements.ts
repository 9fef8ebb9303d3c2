import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import type { Source } from '../../kernel/source.js'
import type { Replaced } from './lay-over.js'
import type { Layer } from './layer.js'

const layerOf = (layers: readonly Layer[], source: Source): Layer | undefined =>
  layers.find(({ paths }) => paths.has(source.path))

/** Whether a set takes in what stands in a source, or says it itself. */
export const reaches = (layers: readonly Layer[], layer: Layer, source: Source): boolean => {
  const said = layerOf(layers, source)
  return said === undefined || said === layer || layer.uses.has(said.name)
}

/** A set may say anew what the sets say that it takes in; two that know nothing of each other have to agree. */
export const disagreements =
  (layers: readonly Layer[], layer: Layer, found: (diagnostic: Diagnostic) => void): Replaced =>
  (before, after) => {
    if (reaches(layers, layer, before.at.source)) return
    found(report('modules-disagree', after.at, {}, [{ message: 'said here', at: before.at }]))
  }
