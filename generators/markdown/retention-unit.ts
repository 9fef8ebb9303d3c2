import { hashOf } from '../kernel/hash.js'
import { ok } from '../kernel/result.js'
import type { Entity } from '../model/entity.js'
import type { OutputPart, Unit } from '../model/target.js'
import { type Layouts, loadLayouts } from './layouts.js'
import { docsPath, type PageOfRetention } from './pages.js'
import {
  actRows,
  actsSection,
  entityLink,
  foreverRow,
  foreverSection,
  isUnruled,
  leavingEvents,
  leavingSection,
  plainSection,
  type RetentionFacts,
  retentionFooter,
  retentionHead,
  retentionHeads,
  runningSection,
  unruledSection,
} from './retention-page.js'
import { timelineEvents } from './timeline.js'

/** Where the parts of the page stand. Lines of the timeline have an order of their own, below 1e15. */
const orders = {
  head: 0,
  timeline: 1,
  lines: 2,
  timelineEnd: 1e15,
  acts: 2e15,
  'guild-leave': 3e15,
  'member-leave': 4e15,
  running: 5e15,
  forever: 6e15,
  unruled: 7e15,
  footer: 8e15,
} as const

type PartOf = (order: number, text: string) => OutputPart

const partsOf =
  (path: string): PartOf =>
  (order, text) => ({ path: docsPath(path), order, text })

const timelineParts = (part: PartOf, layouts: Layouts, { periods }: RetentionFacts): readonly OutputPart[] =>
  periods.length === 0
    ? []
    : [
        part(orders.timeline, `${layouts.section(plainSection(retentionHeads.timeline))}\`\`\`mermaid\ntimeline\n`),
        ...periods.map(({ order, text }) => part(orders.lines + order, `${text}\n`)),
        part(orders.timelineEnd, '```\n\n'),
      ]

/** A blank line ends what the entities have filled. */
const filled = (part: PartOf, order: number, head: string): readonly OutputPart[] => [
  part(order, head),
  part(order + 2, '\n'),
]

const runningParts = (part: PartOf, layouts: Layouts, facts: RetentionFacts): readonly OutputPart[] => {
  const section = runningSection(facts)
  return facts.hasActs && section.items.length > 0 ? [part(orders.running, layouts.section(section))] : []
}

const frameParts = (layouts: Layouts, path: string, facts: RetentionFacts): readonly OutputPart[] => {
  const part = partsOf(path)
  const leaving = leavingEvents.filter((event) => facts.leaving[event].length > 0)
  return [
    part(orders.head, layouts.set(retentionHead(facts))),
    ...timelineParts(part, layouts, facts),
    ...(facts.hasActs ? filled(part, orders.acts, layouts.section(actsSection(facts))) : []),
    ...runningParts(part, layouts, facts),
    ...leaving.map((event) => part(orders[event], `${layouts.section(leavingSection(event, facts))}\n`)),
    ...(facts.hasForever ? filled(part, orders.forever, layouts.section(foreverSection())) : []),
    ...(facts.hasUnruled ? filled(part, orders.unruled, layouts.section(unruledSection())) : []),
    part(orders.footer, layouts.footer(retentionFooter(facts))),
  ]
}

/** The page on retention but for what its entities fill in. */
export const retentionUnit = (path: string, facts: RetentionFacts): Unit => ({
  id: 'retention',
  definitions: [`set ${facts.set.name}`],
  hash: hashOf({ path, facts }),
  emit: async () => ok(frameParts(await loadLayouts(), path, facts)),
})

/** An entity's lines and rows on the page on retention. */
export const retentionParts = (
  layouts: Layouts,
  page: PageOfRetention | null,
  entity: Entity,
): readonly OutputPart[] => {
  if (page === null) return []
  const part = partsOf(page.path)
  const lines = page.hasTimeline ? timelineEvents(entity) : []
  const acts = actRows(entity, page.hasHooks)
  const forever = foreverRow(entity)
  return [
    ...lines.map(({ order, text }) => part(orders.lines + order, `${text}\n`)),
    ...(acts.length === 0 ? [] : [part(orders.acts + 1, acts.map(layouts.row).join(''))]),
    ...(forever === null ? [] : [part(orders.forever + 1, layouts.row(forever))]),
    ...(isUnruled(entity) ? [part(orders.unruled + 1, `- ${entityLink(entity)}\n`)] : []),
  ]
}
