import { report } from '../../kernel/diagnostic.js'
import type { Entity, Reference } from '../../model/entity.js'
import { findEntity, findField } from '../../model/lookup.js'
import type { Rule } from './rule.js'

/** Which entities each entity needs a row of before its own first row. */
type Needs = ReadonlyMap<string, readonly string[]>

/** Whether a row cannot be written before the row it refers to: a null in any field lifts a reference (MATCH SIMPLE). */
const isBinding = (entity: Entity, { enforced, fields }: Reference): boolean =>
  enforced && fields.every((name) => findField(entity, name)?.nullable === false)

/** A row may refer to itself when its key is given; a key that the store makes is not known before the row is there. */
const isItsOwnParent = (entity: Entity, { to }: Reference): boolean =>
  to.entity === entity.name && to.fields.every((name) => findField(entity, name)?.maintained !== 'store')

const bindingOf = (entity: Entity): readonly Reference[] =>
  entity.references.filter((reference) => isBinding(entity, reference) && !isItsOwnParent(entity, reference))

/** Takes away, again and again, what needs nothing that is left: what stays leads into a cycle. Linear in the references. */
const leadingIntoCycles = (needs: Needs): ReadonlySet<string> => {
  const open = new Map([...needs].map(([name, needed]) => [name, needed.filter((other) => needs.has(other)).length]))
  const neededBy = new Map<string, string[]>()
  for (const [name, needed] of needs) {
    for (const other of needed) neededBy.set(other, [...(neededBy.get(other) ?? []), name])
  }
  const free = [...open].filter(([, count]) => count === 0).map(([name]) => name)
  for (let name = free.pop(); name !== undefined; name = free.pop()) {
    open.delete(name)
    for (const user of neededBy.get(name) ?? []) {
      const left = (open.get(user) ?? 0) - 1
      open.set(user, left)
      if (left === 0) free.push(user)
    }
  }
  return new Set(open.keys())
}

/**
 * The shortest cycle through `start` whose other names all come after it, `start` first and last, or null: each cycle
 * is found once, from its first name.
 */
const cycleFrom = (start: string, needs: Needs): readonly string[] | null => {
  const cameFrom = new Map<string, string>()
  const pathTo = (name: string): readonly string[] =>
    name === start ? [start] : [...pathTo(cameFrom.get(name) ?? start), name]
  const queue = [start]
  for (const name of queue) {
    for (const next of needs.get(name) ?? []) {
      if (next === start) return [...pathTo(name), start]
      if (next < start || cameFrom.has(next)) continue
      cameFrom.set(next, name)
      queue.push(next)
    }
  }
  return null
}

/** Some order of inserts can write the first row of every entity. */
export const referenceCycles: Rule = {
  name: 'reference-cycles',
  *check({ set }) {
    const needs = new Map(set.entities.map((entity) => [entity.name, bindingOf(entity).map(({ to }) => to.entity)]))
    for (const name of leadingIntoCycles(needs)) {
      const path = cycleFrom(name, needs)
      const entity = findEntity(set, name)
      const first = entity && bindingOf(entity).find(({ to }) => to.entity === path?.[1])
      if (path === null || first === undefined) continue
      const related = path.slice(1, -1).flatMap((other) => {
        const at = findEntity(set, other)?.origin
        return at === undefined ? [] : [{ message: `\`${other}\` is defined here`, at }]
      })
      yield report('reference-cycle', first.origin, { path }, related)
    }
  },
}
