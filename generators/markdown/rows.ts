import { code, joined, type Markdown, md, prose, text } from '../kernel/safe/markdown.js'
import type { Entity } from '../model/entity.js'
import { growthCell } from './about.js'
import { lettersOf } from './access.js'
import type { EntityFacts } from './facts.js'
import type { Row } from './readme.js'
import { entityLink } from './retention-page.js'

const keyText = ({ key }: Entity): Markdown => {
  if (key.kind === 'fields') return joined(key.fields.map(code), ', ')
  return key.kind === 'singleton' ? md`one row` : md`no key`
}

/** An entity in the table of its chapter. */
export const chapterRow = ({ entity, chapter }: EntityFacts): Row => ({
  cells: [
    entityLink(entity),
    prose(entity.summary ?? ''),
    keyText(entity),
    ...(chapter.hasGrowth ? [growthCell(entity)] : []),
  ],
})

/** An entity in the matrix of access; null when it says nothing of it. */
export const accessRow = ({ entity, matrix }: EntityFacts): Row | null =>
  entity.access.length === 0
    ? null
    : {
        cells: [
          entityLink(entity),
          ...matrix.map((actor) => text(lettersOf(entity.access.find((access) => access.actor === actor)))),
        ],
      }
