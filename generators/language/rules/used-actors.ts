import { report } from '../../kernel/diagnostic.js'
import type { Rule } from './rule.js'

/** An actor that the set lists touches something. */
export const usedActors: Rule = {
  name: 'used-actors',
  *check({ set }) {
    const used = new Set(set.entities.flatMap(({ access }) => access.map(({ actor }) => actor)))
    for (const { name, origin } of set.actors) {
      if (!used.has(name)) yield report('unused-actor', origin, { name })
    }
  },
}
