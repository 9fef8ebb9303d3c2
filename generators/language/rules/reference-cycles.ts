import { report } from '../../kernel/diagnostic.js'
import type { Entity, Reference } from '../../model/entity.js'
import { findEntity, findField } from '../../model/lookup.js'
import type { Rule } from './rule.js'

/** Whether a row cannot be written before the row it refers to: a null in any field lifts a reference (MATCH SIMPLE). */
const isBinding = (entity: Entity, { enforced, fields }: Reference): boolean =>
  enforced && fields.every((name) => findField(entity, name)?.nullable === false)

/** A row may refer to itself when its key is given; a key that the store makes is not known before the row is there. */
const isItsOwnParent = (entity: Entity, { to }: Reference): boolean =>
  to.entity === entity.name && to.fields.every((name) => findField(entity, name)?.maintained !== 'store')

/**
 * The entities of one cycle of binding references that starts and ends with `start`, or null. Every name of the cycle
 * comes after `start`, so that each cycle is found from its first name only.
 */
const cycleFrom = (start: Entity, bindings: ReadonlyMap<string, readonly string[]>): readonly string[] | null => {
  const seen = new Set<string>()
  const queue: (readonly string[])[] = [[start.name]]
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    for (const next of bindings.get(path.at(-1) ?? '') ?? []) {
      if (next === start.name) return [...path, next]
      if (next < start.name || seen.has(next)) continue
      seen.add(next)
      queue.push([...path, next])
    }
  }
  return null
}

/** Some order of inserts can write the first row of every entity. */
export const referenceCycles: Rule = {
  name: 'reference-cycles',
  *check({ set }) {
    const binding = (entity: Entity): readonly Reference[] =>
      entity.references.filter((reference) => isBinding(entity, reference) && !isItsOwnParent(entity, reference))
    const bindings = new Map(
      set.entities.map((entity) => [entity.name, binding(entity).map(({ to }) => to.entity)] as const),
    )
    for (const entity of set.entities) {
      const path = cycleFrom(entity, bindings)
      const [, second] = path ?? []
      const first = binding(entity).find(({ to }) => to.entity === second)
      if (path === null || first === undefined) continue
      const related = path.slice(1, -1).flatMap((name) => {
        const other = findEntity(set, name)
        return other === undefined ? [] : [{ message: `\`${name}\` is defined here`, at: other.origin }]
      })
      yield report('reference-cycle', first.origin, { path }, related)
    }
  },
}
