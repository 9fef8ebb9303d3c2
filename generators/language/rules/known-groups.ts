import { report } from '../../kernel/diagnostic.js'
import { nearest } from '../../kernel/nearest.js'
import { span } from '../../kernel/source.js'
import type { Origin } from '../../model/origin.js'
import { entityRule, placeAfter } from './rule.js'

/** The group stands in a line of its own below the entity's name. */
const placeOfGroup = (entity: Origin, group: string): Origin => {
  const { source, end } = entity
  const line = source.text.slice(end).search(/^group:/m)
  return line === -1 ? entity : placeAfter(span(source, end + line, end + line + 'group:'.length), group)
}

/** An entity stands in a chapter that the set lists. */
export const knownGroups = entityRule('known-groups', function* ({ group, origin }, { set }) {
  const names = set.groups.map(({ name }) => name)
  if (group === null || names.includes(group)) return
  yield report('unknown-group', placeOfGroup(origin, group), { name: group, nearest: nearest(group, names) })
})
