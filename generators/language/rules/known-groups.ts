import { report } from '../../kernel/diagnostic.js'
import { nearest } from '../../kernel/nearest.js'
import { entityRule, placeOf } from './rule.js'

/** An entity stands in a chapter that the set lists. */
export const knownGroups = entityRule('known-groups', function* ({ group, origin }, { set }) {
  const names = set.groups.map(({ name }) => name)
  if (group === null || names.includes(group)) return
  yield report('unknown-group', placeOf(origin, group), { name: group, nearest: nearest(group, names) })
})
