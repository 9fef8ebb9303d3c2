import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import {
  type OptionField,
  type Origin,
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

const optionsIn = (id: TargetId, node: Node | null): Readonly<Record<string, unknown>> => {
  const shapes = optionShapes[id] as Readonly<Record<string, OptionField<unknown>>>
  return Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => {
      const written = node?.kind === 'mapping' ? nodeAtKey(node, name) : null
      return [name, written === null ? shape.default : jsonOf(written)]
    }),
  )
}

const isOff = (node: Node | null): boolean => node !== null && truthOf(node) === false

/** The store that a target is for, or null. */
const storeOf: Readonly<Record<TargetId, Store | null>> = {
  postgres: 'postgres',
  mongoose: 'mongo',
  zod: null,
  typescript: null,
  'json-schema': null,
  markdown: null,
}

type Written = Readonly<Record<TargetId, Readonly<Record<string, unknown>> | null>>

/** Whether a target's output imports what it needs. */
const isNeeded = ({ target, option }: TargetNeed, options: Written): boolean => {
  const own = options[target]
  return own !== null && (option === null || own[option] === true)
}

/**
 * The options of every target, defaults filled in; null for one that is turned off, or whose store keeps nothing of the
 * set. The shape was checked before.
 */
export const resolveTargets = (
  root: Mapping,
  kept: readonly Store[],
  found: (diagnostic: Diagnostic) => void,
): TargetOptions => {
  const written = nodeAtKey(root, 'targets')
  const nodeOf = (id: TargetId): Node | null => (written?.kind === 'mapping' ? nodeAtKey(written, id) : null)
  const placeOf = (id: TargetId): Origin => (written?.kind === 'mapping' ? placeOfKey(written, id) : root.at)
  const optionsOf = (id: TargetId): Readonly<Record<string, unknown>> | null => {
    const store = storeOf[id]
    if (store === null || kept.includes(store)) return isOff(nodeOf(id)) ? null : optionsIn(id, nodeOf(id))
    // To turn it off says what is so anyway: a set that had the store before may keep its line.
    if (nodeOf(id) !== null && !isOff(nodeOf(id)))
      found(report('target-without-store', placeOf(id), { target: id, store }))
    return null
  }
  const options = Object.fromEntries(targetIds.map((id) => [id, optionsOf(id)])) as unknown as Written
  for (const need of targetNeeds.filter(({ needs }) => options[needs] === null)) {
    if (!isNeeded(need, options)) continue
    found(report('target-needed', placeOf(need.needs), { ...need }))
  }
  return options as unknown as TargetOptions
}
