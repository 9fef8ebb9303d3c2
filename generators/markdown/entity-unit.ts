import { hashOf } from '../kernel/hash.js'
import { ok } from '../kernel/result.js'
import type { OutputPart, Unit } from '../model/target.js'
import type { EntityFacts } from './facts.js'
import { type Layouts, loadLayouts } from './layouts.js'
import { pageOf } from './names.js'
import { entityPage } from './page.js'
import { docsPath } from './pages.js'
import { protectionParts } from './protection-unit.js'
import { orders, type Row } from './readme.js'
import { pictureLine, pictureNode } from './references.js'
import { retentionParts } from './retention-unit.js'
import { accessRow, chapterRow } from './rows.js'

export const readmePart = (order: number, text: string): OutputPart => ({ path: docsPath('README.md'), order, text })

/** An entity's box and lines in the picture of its chapter. */
const pictureParts = ({ chapter, entity, outbound }: EntityFacts): readonly OutputPart[] => {
  if (!chapter.hasPicture) return []
  const order = orders.chapter(chapter.order)
  const lines = outbound.map((link) => readmePart(order + 2, `${pictureLine(link)}\n`))
  return [readmePart(order + 1, `${pictureNode(entity.name)}\n`), ...lines]
}

const rowPart = (layouts: Layouts, order: number, row: Row | null): readonly OutputPart[] =>
  row === null ? [] : [readmePart(order, layouts.row(row))]

const entityParts = (layouts: Layouts, facts: EntityFacts): readonly OutputPart[] => [
  { path: docsPath(pageOf(facts.entity.name)), order: 0, text: layouts.entity(entityPage(facts)) },
  ...pictureParts(facts),
  ...rowPart(layouts, orders.chapter(facts.chapter.order) + 4, chapterRow(facts)),
  ...rowPart(layouts, orders.access + 1, accessRow(facts)),
  ...retentionParts(layouts, facts.pages.retention, facts.entity),
  ...protectionParts(layouts, facts),
]

const definitionsOf = ({ entity, objects, enums }: EntityFacts): readonly string[] => [
  `entity ${entity.name}`,
  ...objects.filter(({ object }) => object.inline === null).map(({ object }) => `object ${object.name}`),
  ...enums.filter(({ inline }) => inline === null).map(({ name }) => `enum ${name}`),
]

/** An entity's page, and its rows and lines on the pages about all entities. */
export const entityUnit = (facts: EntityFacts): Unit => ({
  id: `entity ${facts.entity.name}`,
  definitions: definitionsOf(facts),
  hash: hashOf(facts),
  emit: async () => ok(entityParts(await loadLayouts(), facts)),
})
