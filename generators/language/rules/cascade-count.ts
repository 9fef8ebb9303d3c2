import { report } from '../../kernel/diagnostic.js'
import type { Entity } from '../../model/entity.js'
import { referencesTo } from '../../model/lookup.js'
import type { SchemaSet } from '../../model/schema-set.js'
import { deletionsOf } from './going.js'
import type { Rule } from './rule.js'

/** Each way is a statement of an event's function; sets that people write have about as many as they have references. */
const mostWays = 2_000

/** Deeper than rows of any set hang on each other. */
const mostDeep = 100

/** How many ways there are from rows that go to rows that go with them, counted no further than `most`. */
const waysFrom = (set: SchemaSet, entity: Entity, path: readonly Entity[], most: number): number => {
  let ways = 0
  for (const { from, reference } of referencesTo(set, entity.name)) {
    if (ways > most) return ways
    if (!reference.enforced || reference.onDelete !== 'cascade' || path.includes(from)) continue
    if (path.length === mostDeep) return most + 1
    ways += 1 + waysFrom(set, from, [...path, from], most - ways)
  }
  return ways
}

/** What goes with what an event deletes is followed on every way, so there are not too many of them. */
export const cascadeCount: Rule = {
  name: 'cascade-count',
  *check({ set }) {
    let left = mostWays
    for (const entity of set.entities) {
      for (const { origin } of deletionsOf(entity)) {
        left -= waysFrom(set, entity, [entity], left)
        if (left >= 0) continue
        yield report('too-many-cascades', origin, { entity: entity.name, most: mostWays, deep: mostDeep })
        return
      }
    }
  },
}
