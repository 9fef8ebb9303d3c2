import { type Diagnostic, type Related, report } from '../../kernel/diagnostic.js'
import { nearest } from '../../kernel/nearest.js'
import type { Span } from '../../kernel/source.js'
import type { Mapping } from '../load/node.js'
import type { Definition, Names } from '../resolve/index.js'
import { checkShape } from '../shape/check.js'
import { disagreements, reaches } from './disagreements.js'
import { layOver, type Replaced } from './lay-over.js'
import type { Extension, Layer } from './layer.js'
import { ofDefinition } from './treatment.js'
import { leaveOut } from './without.js'

export { extendHead } from './head.js'
export type { Extension, Layer } from './layer.js'

type Found = (diagnostic: Diagnostic) => void

/** A definition that was extended, as it was written, and where each extension of it stands. */
interface Extended {
  readonly root: Mapping
  readonly by: readonly Span[]
}

const isIntact = (kind: 'extend' | Definition['kind'], root: Mapping): boolean =>
  checkShape(kind, { root }).diagnostics.length === 0

const whatIsSaid = ({ root }: Extension): Mapping => ({
  ...root,
  entries: root.entries.filter(({ key }) => key.text !== 'extend' && key.text !== 'without'),
})

/** The extension laid over the definition, held to the syntax as if it had been written so. */
const extended = (definition: Definition, extension: Extension, replaced: Replaced, found: Found): Definition => {
  const { kind, name } = definition
  const left = leaveOut(definition.root, name, extension.root, found)
  const root = layOver(left, whatIsSaid(extension), ofDefinition, replaced)
  if (isIntact(kind, definition.root) && isIntact('extend', extension.root)) {
    for (const diagnostic of checkShape(kind, { root }).diagnostics) found(diagnostic)
  }
  return { ...definition, root }
}

const repeated = ({ name, nameNode }: Extension, before: Extension): Diagnostic =>
  report('extended-twice', nameNode.at, { name }, [{ message: 'extended here', at: before.nameNode.at }])

/** Why a definition cannot be extended by a set, or null. */
const refusal = (layer: Layer, target: Definition, { name, nameNode }: Extension): Diagnostic | null => {
  const related: readonly Related[] = [{ message: 'defined here', at: target.nameNode.at }]
  if (target.kind === 'type') return report('type-extended', nameNode.at, { name }, related)
  return layer.paths.has(target.nameNode.at.source.path) ? report('extends-own', nameNode.at, { name }, related) : null
}

const holds = ({ root }: Extended, at: Span): boolean =>
  at.source.path === root.at.source.path && at.start >= root.at.start && at.end <= root.at.end

/** A finding in what was taken in may come of what an extension said of it: that place is shown as well. */
const withExtensions = (diagnostic: Diagnostic, changed: readonly Extended[]): Diagnostic => {
  const { at } = diagnostic
  const by = at === null ? [] : changed.filter((one) => holds(one, at)).flatMap((one) => one.by)
  return {
    ...diagnostic,
    related: [...diagnostic.related, ...by.map((place) => ({ message: 'extended here', at: place }))],
  }
}

interface ExtendedNames {
  readonly names: Names
  /** A finding about what was extended, with the places that extended it. */
  readonly marked: (diagnostic: Diagnostic) => Diagnostic
}

/** All extensions laid over the definitions they name: those of a set after those of the sets that it takes in. */
export const extendDefinitions = (names: Names, layers: readonly Layer[], found: Found): ExtendedNames => {
  const byName = new Map(names.byName)
  const changed = new Map<string, Extended>()
  const disagreed = disagreements(layers)

  const findTarget = (layer: Layer, { name, nameNode }: Extension): Definition | null => {
    const target = byName.get(name)
    if (target !== undefined && reaches(layers, layer, target.nameNode.at.source)) return target
    if (names.unreadable.has(name)) return null
    found(report('unknown-extended', nameNode.at, { name, nearest: nearest(name, byName.keys()) }))
    return null
  }

  const extend = (layer: Layer, extension: Extension): void => {
    const target = findTarget(layer, extension)
    const problem = target && refusal(layer, target, extension)
    if (problem !== null) found(problem)
    if (target === null || problem !== null) return
    byName.set(target.name, extended(target, extension, disagreed.by(layer), found))
    const { root, by } = changed.get(target.name) ?? { root: target.root, by: [] }
    changed.set(target.name, { root, by: [...by, extension.nameNode.at] })
  }

  for (const layer of layers) {
    const first = new Map<string, Extension>()
    for (const extension of layer.extensions) {
      const before = first.get(extension.name)
      if (before !== undefined) found(repeated(extension, before))
      else extend(layer, extension)
      first.set(extension.name, before ?? extension)
    }
  }
  disagreed.open().forEach(found)
  return { names: { ...names, byName }, marked: (diagnostic) => withExtensions(diagnostic, [...changed.values()]) }
}
