import { hashOf } from '../kernel/hash.js'
import { ok } from '../kernel/result.js'
import type { OutputPart, Unit } from '../model/target.js'
import type { EntityFacts } from './facts.js'
import { type Layouts, loadLayouts } from './layouts.js'
import { footerOf } from './page.js'
import { docsPath } from './pages.js'
import {
  checkingSection,
  forgettingSection,
  howLongRow,
  howLongSection,
  keptSection,
  leavingSection,
  type ProtectionFacts,
  personalRows,
  protectionHead,
  stayingSection,
} from './protection-page.js'

/** Where the parts of the page stand; the tables of the entities' rows end in a blank line two places on. */
const orders = { head: 0, kept: 10, howLong: 20, rest: 30, footer: 90 } as const

const frameText = (layouts: Layouts, facts: ProtectionFacts): string =>
  [forgettingSection(facts), stayingSection(facts), leavingSection(facts), checkingSection(facts)]
    .flatMap((section) => section ?? [])
    .map((section) => (section.table === null ? layouts.section(section) : `${layouts.section(section)}\n`))
    .join('')

const frameParts = (layouts: Layouts, path: string, facts: ProtectionFacts): readonly OutputPart[] => {
  const part = (order: number, text: string): OutputPart => ({ path: docsPath(path), order, text })
  return [
    part(orders.head, layouts.set(protectionHead(facts))),
    part(orders.kept, layouts.section(keptSection())),
    part(orders.kept + 2, '\n'),
    part(orders.howLong, layouts.section(howLongSection())),
    part(orders.howLong + 2, '\n'),
    part(orders.rest, frameText(layouts, facts)),
    part(orders.footer, layouts.footer({ footer: footerOf(facts.set.name) })),
  ]
}

/** The page on data protection but for the rows of its entities. */
export const protectionUnit = (path: string, facts: ProtectionFacts): Unit => ({
  id: 'data protection',
  definitions: [`set ${facts.set.name}`],
  hash: hashOf({ path, facts }),
  emit: async () => ok(frameParts(await loadLayouts(), path, facts)),
})

/** An entity's rows on the page on data protection; none where it holds nothing of persons. */
export const protectionParts = (
  layouts: Layouts,
  { entity, personal, pages, actors }: EntityFacts,
): readonly OutputPart[] => {
  const { protection } = pages
  if (protection === null || personal.length === 0) return []
  const rows = personalRows(entity, personal).map(layouts.row).join('')
  const row = layouts.row(howLongRow(entity, (actor) => actors[actor] ?? actor))
  return [
    { path: docsPath(protection), order: orders.kept + 1, text: rows },
    { path: docsPath(protection), order: orders.howLong + 1, text: row },
  ]
}
