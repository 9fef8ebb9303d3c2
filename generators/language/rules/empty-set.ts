import { report } from '../../kernel/diagnostic.js'
import type { Rule } from './rule.js'

/** A set is there to describe something. */
export const emptySet: Rule = {
  name: 'empty-set',
  *check({ set }) {
    if (set.entities.length + set.objects.length + set.enums.length > 0) return
    yield report('empty-set', set.origin, { name: set.name })
  },
}
