import { unreachable } from '../kernel/bug.js'
import { hashOf } from '../kernel/hash.js'
import { ok } from '../kernel/result.js'
import type { Markdown } from '../kernel/safe/markdown.js'
import type { OutputPart, Unit } from '../model/target.js'
import { readmePart } from './entity-unit.js'
import { type Layouts, loadLayouts } from './layouts.js'
import type { Part } from './page.js'
import {
  accessSection,
  chapterEntities,
  chapterHead,
  footer,
  lossesSection,
  orders,
  plannedSection,
  type Section,
  type SectionName,
  type SetFacts,
  setHead,
  sharedSection,
  takenSection,
} from './readme.js'

/** What README.md says of the set as a whole. */
export interface SetContent {
  readonly facts: SetFacts
  readonly losses: readonly Markdown[]
  readonly planned: readonly Markdown[]
  readonly shared: readonly Part[]
  /** The definitions it is read from, as the manifest names them. */
  readonly definitions: readonly string[]
}

const sectionOf = (name: SectionName, content: SetContent): Section => {
  switch (name) {
    case 'access':
      return accessSection(content.facts)
    case 'taken':
      return takenSection(content.facts)
    case 'losses':
      return lossesSection(content.losses)
    case 'planned':
      return plannedSection(content.planned)
    case 'shared':
      return sharedSection(content.shared)
    default:
      return unreachable(name)
  }
}

/** A blank line ends the table that the entities' rows have filled. */
const endOfRows = (order: number): OutputPart => readmePart(order, '\n')

const chapterParts = (layouts: Layouts, { chapters }: SetFacts): readonly OutputPart[] =>
  chapters.flatMap((chapter) => {
    const order = orders.chapter(chapter.order)
    return [
      readmePart(order, layouts.chapter(chapterHead(chapter))),
      readmePart(order + 3, layouts['chapter-entities'](chapterEntities(chapter))),
      endOfRows(order + 5),
    ]
  })

const sectionParts = (layouts: Layouts, content: SetContent): readonly OutputPart[] =>
  content.facts.sections.flatMap((name) => {
    const section = sectionOf(name, content)
    const head = readmePart(orders[name], layouts.section(section))
    return section.table === null ? [head] : [head, endOfRows(orders[name] + 2)]
  })

/** README.md but for the rows and lines of its entities. */
export const setUnit = (content: SetContent): Unit => ({
  id: 'set',
  definitions: content.definitions,
  hash: hashOf(content),
  emit: async () => {
    const layouts = await loadLayouts()
    return ok([
      readmePart(orders.head, layouts.set(setHead(content.facts))),
      ...chapterParts(layouts, content.facts),
      ...sectionParts(layouts, content),
      readmePart(orders.footer, layouts.footer(footer(content.facts))),
    ])
  },
})
