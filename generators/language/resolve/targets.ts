import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import {
  type OptionField,
  optionShapes,
  type TargetId,
  type TargetOptions,
  targetIds,
  targetNeeds,
} from '../../model/index.js'
import type { Mapping, Node } from '../load/node.js'
import { jsonOf } from '../shape/json.js'
import { nodeAtKey, placeOfKey, truthOf } from './read.js'

const optionsOf = (id: TargetId, node: Node | null): Readonly<Record<string, unknown>> => {
  const shapes = optionShapes[id] as Readonly<Record<string, OptionField<unknown>>>
  return Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => {
      const written = node?.kind === 'mapping' ? nodeAtKey(node, name) : null
      return [name, written === null ? shape.default : jsonOf(written)]
    }),
  )
}

const isOff = (node: Node | null): boolean => node !== null && truthOf(node) === false

/** The options of every target, defaults filled in; null for one that is turned off. The shape was checked before. */
export const resolveTargets = (root: Mapping, found: (diagnostic: Diagnostic) => void): TargetOptions => {
  const written = nodeAtKey(root, 'targets')
  const nodeOf = (id: TargetId): Node | null => (written?.kind === 'mapping' ? nodeAtKey(written, id) : null)
  const on = targetIds.filter((id) => !isOff(nodeOf(id)))
  for (const target of on) {
    for (const needs of targetNeeds[target].filter((need) => !on.includes(need))) {
      const at = written?.kind === 'mapping' ? placeOfKey(written, needs) : root.at
      found(report('target-needed', at, { target, needs }))
    }
  }
  const options = targetIds.map((id) => [id, on.includes(id) ? optionsOf(id, nodeOf(id)) : null])
  return Object.fromEntries(options) as unknown as TargetOptions
}
