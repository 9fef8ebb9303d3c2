import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import type { Entity } from '../../model/entity.js'
import type { Event } from '../../model/event.js'
import type { Origin } from '../../model/origin.js'
import type { SchemaSet } from '../../model/schema-set.js'
import { deletionsOf, fatesOf, goingWith, type Link, linksTo } from './going.js'
import { entityRule } from './rule.js'

/** What of an entity keeps the rows that a link takes away: of a person, only what is said of the fields that link. */
const keptAt = ({ from, reference }: Link, event: Event) =>
  fatesOf(from, event).find(
    ({ field, rule }) => rule.kind === 'keep' && (field === null || reference.fields.includes(field)),
  )

function* ofEvent(root: Entity, event: Event, goesAt: Origin, set: SchemaSet): Generator<Diagnostic> {
  for (const link of linksTo(set, goingWith(set, root))) {
    const kept = link.from !== root && link.reference.onDelete === 'cascade' ? keptAt(link, event) : undefined
    if (kept === undefined) continue
    const words = { entity: link.to.name, field: link.reference.fields.join(', ') }
    yield report('keep-contradiction', kept.origin, words, [
      { message: 'the reference that takes them along is here', at: link.reference.origin },
      { message: `what deletes rows of \`${root.name}\` is here`, at: goesAt },
    ])
  }
}

/** What an event keeps does not go with what the same event deletes. */
export const keepContradiction = entityRule('keep-contradiction', function* (entity, { set }) {
  for (const { event, origin } of deletionsOf(entity)) yield* ofEvent(entity, event, origin, set)
})
