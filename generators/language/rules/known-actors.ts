import { report } from '../../kernel/diagnostic.js'
import { nearest } from '../../kernel/nearest.js'
import { placeOf, type Rule } from './rule.js'

/** Access is given to actors of the set. */
export const knownActors: Rule = {
  name: 'known-actors',
  *check({ set }) {
    const names = set.actors.map(({ name }) => name)
    for (const { actor, origin } of set.entities.flatMap(({ access }) => access)) {
      if (names.includes(actor)) continue
      yield report('unknown-actor', placeOf(origin, actor), { name: actor, nearest: nearest(actor, names) })
    }
  },
}
