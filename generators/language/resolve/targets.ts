import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import {
  type OptionField,
  optionShapes,
  type Store,
  type TargetId,
  type TargetNeed,
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

const storeOf = (target: TargetId): Store | null =>
  target === 'postgres' ? 'postgres' : target === 'mongoose' ? 'mongo' : null

/** Whether a target's output imports what it needs; there are no functions for a store that keeps nothing. */
const isNeeded = ({ target, option }: TargetNeed, options: Written, kept: readonly Store[]): boolean => {
  const own = options[target]
  if (own === null || option === null) return own !== null
  const store = storeOf(target)
  return own[option] === true && (store === null || kept.includes(store))
}

type Written = Readonly<Record<TargetId, Readonly<Record<string, unknown>> | null>>

/** The options of every target, defaults filled in; null for one that is turned off. The shape was checked before. */
export const resolveTargets = (
  root: Mapping,
  kept: readonly Store[],
  found: (diagnostic: Diagnostic) => void,
): TargetOptions => {
  const written = nodeAtKey(root, 'targets')
  const nodeOf = (id: TargetId): Node | null => (written?.kind === 'mapping' ? nodeAtKey(written, id) : null)
  const options = Object.fromEntries(
    targetIds.map((id) => [id, isOff(nodeOf(id)) ? null : optionsOf(id, nodeOf(id))]),
  ) as unknown as Written
  for (const need of targetNeeds.filter(({ needs }) => options[needs] === null)) {
    if (!isNeeded(need, options, kept)) continue
    const at = written?.kind === 'mapping' ? placeOfKey(written, need.needs) : root.at
    found(report('target-needed', at, { target: need.target, needs: need.needs, option: need.option }))
  }
  return options as unknown as TargetOptions
}
